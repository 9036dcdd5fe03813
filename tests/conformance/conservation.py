"""What editions lose: `python -m tests.conformance.conservation ../shared/corpus`.

Builds every edition of all posts below a folder and prints what is told as lost (`text-lost`,
`internal-mark`): between source and document, and between document and each edition; what has a
reason in REASONS is counted apart. Then the artifacts themselves are read, by other programs than
hanpan's: the text of the PDF (`pdf_text`), of each page of the EPUB and of the HTML page.
"""

from __future__ import annotations

import argparse
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from hanpan import tree
from hanpan.conservation import Shown, find_faults, take_inventory
from tests.support.others_posts import build, documents, entries, posts_of

RULES = ("text-lost", "internal-mark")
READ = "source to document"
# a post, words of its message -> why they are not shown
REASONS: dict[tuple[str, str], str] = {}
_UNSEEN = "script|style|template|title|head"


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that is told of a post; `edition` is where it is missing."""

    edition: str
    post: str
    line: int | None
    message: str

    @property
    def reason(self) -> str:
        """Return why it is so; "" where that is not known."""
        return next(
            (
                why
                for (post, words), why in REASONS.items()
                if post == self.post and words in self.message
            ),
            "",
        )


def told_as_lost(out: Path) -> Iterator[Lost]:
    """Yield what a build tells as lost."""
    for entry in entries(out):
        for problem in entry["problems"]:
            if problem["rule"] in RULES:
                yield _lost(entry["slug"], problem)


def _lost(slug: str, problem: dict[str, Any]) -> Lost:
    message = problem["message"]
    edition = READ if message.startswith("these words") else message.partition(":")[0]
    return Lost(edition, slug, problem["line"], message)


def missing_in_artifacts(out: Path) -> Iterator[Lost]:
    """Yield what other readers do not find in HTML pages and EPUBs, as they are on the disk."""
    known = documents(out)
    for entry in entries(out):
        inventory = take_inventory(tree.parse_xml(known[entry["slug"]]["body"]))
        for edition, read in (("html", _text_of_page), ("epub", _text_of_book)):
            if edition in entry["artifacts"]:
                shown = Shown(read(out / entry["artifacts"][edition]))
                for fault in find_faults(inventory, shown):
                    yield Lost(f"{edition} on disk", entry["slug"], None, fault.words)


def _text_of_page(path: Path) -> str:
    return _text(lxml_html.document_fromstring(path.read_text("utf-8")))


def _text_of_book(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return "\n".join(_text(etree.fromstring(book.read(name))) for name in names)


def _text(root: Any) -> str:
    """Return the text of a page as its reader has it."""
    path = f"//text()[not(ancestor::*[contains('|{_UNSEEN}|', concat('|', local-name(), '|'))])]"
    return "".join(root.xpath(path))


def report(lost: list[Lost], posts: int) -> str:
    """Return a table of losses for each edition."""
    lines = [
        f"{one.edition}: {one.post}:{one.line}: {one.message}" for one in lost if not one.reason
    ]
    count = Counter(one.edition for one in lost)
    unexplained = Counter(one.edition for one in lost if not one.reason)
    lines += ["", "| edition | losses | unexplained |", "| --- | --- | --- |"]
    names = dict.fromkeys((READ, "HTML", "PDF", "EPUB", "html on disk", "epub on disk", *count))
    lines += [f"| {name} | {count[name]} | {unexplained[name]} |" for name in names]
    return "\n".join([*lines, "", f"{posts} posts; {sum(unexplained.values())} unexplained"])


def main() -> int:
    """Print the losses; return 1 where one is unexplained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="posts, or the out/ of a build")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as place:
        is_built = (folder / "build.json").is_file()
        out = folder if is_built else build(posts_of(folder), Path(place))
        lost = [*told_as_lost(out), *missing_in_artifacts(out)]
        print(report(lost, len(entries(out))))
    return int(any(not one.reason for one in lost))


if __name__ == "__main__":
    raise SystemExit(main())
