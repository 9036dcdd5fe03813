"""The text of PDFs, measured: lines, words, glyphs, fonts; what is true is the document's text.

`python -m tests.conformance.pdf_text ../shared/corpus` builds the PDF of every post below a folder
and prints what is wrong in each, and the sums. Words are looked for in `pdftotext -raw`: in the
order of the PDF's content, which is also what a screen reader follows. Without `-raw` pdftotext
sorts what it reads by place on the page, column by column, and takes hyphens from line ends.
"""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.others_posts import build, documents, entries, posts_of
from tests.support.pdf.document_words import document_words, plain, signed
from tests.support.pdf.faults import faults
from tests.support.pdf.line_ends import Lines, count_lines
from tests.support.pdf.placed_words import place
from tests.support.pdf.printed_words import printed_words


@dataclass(frozen=True, slots=True)
class Judged:
    """One post's PDF: how its lines end, what it lost of its words, and what else is wrong."""

    name: str
    words: int
    lost: tuple[str, ...]
    lines: Lines
    faults: tuple[str, ...]


def judge(path: Path, document: dict[str, Any], problems: list[dict[str, Any]]) -> Judged:
    """Measure a PDF against the document that it was made of."""
    printed = printed_words(path, document["meta"]["title"])
    free = [plain(word.text) for word in printed]
    lines = Lines()
    count, lost = 0, []
    for flow in document_words(document):
        words = [word._replace(shown=signed(word.shown, problems)) for word in flow]
        placed = place([word.text for word in words], free)
        count_lines(words, placed, printed, lines)
        count += len(words)
        for word, spans in zip(words, placed, strict=True):
            if not spans:
                lost.append(word.text)
            for span in spans:  # the next flow is looked for in what is left
                free[span.printed] = free[span.printed][span.length :]
    return Judged(document["slug"], count, tuple(lost), lines, tuple(faults(path, document)))


def judge_all(out: Path, jobs: int = 2) -> list[Judged]:
    """Judge every PDF of a build's folder."""
    by_slug = documents(out)
    made = [entry for entry in entries(out) if "pdf" in entry["artifacts"]]
    with ProcessPoolExecutor(jobs) as pool:
        return list(
            pool.map(
                judge,
                [out / entry["artifacts"]["pdf"] for entry in made],
                [by_slug[entry["slug"]] for entry in made],
                [entry["problems"] for entry in made],
                chunksize=4,
            )
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of many posts together."""

    posts: int
    words: int
    lost: int
    lines: Lines
    faults: int

    @property
    def broken(self) -> float:
        """Return the share of line ends that part an eojeol."""
        return len(self.lines.broken) / max(1, self.lines.turns)

    @property
    def found(self) -> float:
        """Return the share of words that are found."""
        return 1 - self.lost / max(1, self.words)


def sums(judged: list[Judged]) -> Sums:
    """Add the figures of posts."""
    lines = Lines()
    for post in judged:
        lines += post.lines
    lost = sum(len(post.lost) for post in judged)
    words = sum(post.words for post in judged)
    return Sums(len(judged), words, lost, lines, sum(len(post.faults) for post in judged))


def report(judged: list[Judged]) -> str:
    """Return what is wrong in each post, and the sums, as lines."""
    said = []
    for post in judged:
        if post.lost or post.lines.broken or post.lines.forbidden or post.faults:
            said.append(f"\n{post.name}: {post.words} words, {post.lines.turns} line ends")
            said += [f"    parted: {parted}" for parted in post.lines.broken]
            said += [f"    against klreq: {around}" for around in post.lines.forbidden]
            said += [f"    lost: {' '.join(post.lost[:20])}"] if post.lost else []
            said += [f"    {fault}" for fault in post.faults]
    all_of = sums(judged)
    lines = all_of.lines
    said += [
        f"\n{all_of.posts} posts, {all_of.words} words, {all_of.lost} lost, "
        f"{all_of.found:.4%} found",
        f"{lines.turns} line ends within paragraphs; {len(lines.broken)} part an eojeol "
        f"({all_of.broken:.3%}); {lines.marks} behind / and -, {lines.long} in words longer than "
        f"a line, {lines.code} more in lines of code; {len(lines.forbidden)} against klreq",
        f"{all_of.faults} other faults",
    ]
    return "\n".join(said)


def assert_good(judged: list[Judged]) -> None:
    """Fail with the whole report where a figure of issue 4 is not reached."""
    said = report(judged)
    figures = sums(judged)
    assert figures.broken <= 0.002, said
    assert figures.lines.forbidden == [], said
    assert figures.found >= 0.9999, said
    assert [post.name for post in judged if len(post.lost) > 0.005 * post.words] == [], said
    assert figures.faults == 0, said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="posts, or the out/ of a build")
    said = parser.parse_args()
    if (said.folder / "build.json").is_file():
        print(report(judge_all(said.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        out = build(posts_of(said.folder), Path(folder), "--edition", "pdf")
        print(report(judge_all(out)))


if __name__ == "__main__":
    main()
