"""The dialect, judged by kramdown: our bodies beside kramdown-GFM's, text by text, block by block.

`python -m tests.conformance.kramdown ../shared/corpus` prints the worst posts with what differs.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import shutil
import statistics
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hanpan import tree
from hanpan.files import Files
from hanpan.reading import read, read_source
from hanpan.site import find_root, load_site
from hanpan.transforms.shared.media.teaser_caption import CAPTION
from hanpan.tree import Element
from tests.support.reading import Web

RUBY = Path(__file__).with_name("kramdown_judge.rb")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
# Posts in which kramdown is wrong, and why: what its author sees there is no wish of theirs.
KRAMDOWN_IS_WRONG = {
    "2021-09-13-BOJ_15665.md": "a no-break space behind the closing marks leaves the fence open",
    "2018-06-29-Markdown.md": "an info string with a brace is no fence to it",
    "examples.md": "|F| in a formula makes a table of a sentence",
    "2022-01-09-web-tags-and-attributes-in-HTML-form-tags.md": "it wraps form fields in paragraphs",
}
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li pre blockquote table tr th td hr dl dt dd details".split()
)
_BACK = frozenset(("footnote-back", "reversefootnote"))
_UNSEEN = frozenset(("script", "style", "annotation", "template", "iframe", "noscript"))
# what MathJax takes away in the browser, and kramdown leaves: dollars
_WORD = re.compile(r"[^\W_]+|[^\w\s$]|_")
_QUOTES = str.maketrans("“”‘’«»", '""\'\'""')
_SIGNS = (("…", "..."), ("—", "---"), ("–", "--"), ("\ufe0e", ""), ("\xa0", " "), ("\u200b", ""))


@dataclass(frozen=True, slots=True)
class Judged:
    """One post: how alike the texts and the sequences of blocks are, 0 to 1, and what differs."""

    name: str
    text: float
    structure: float
    differences: tuple[str, ...]


def has_kramdown() -> bool:
    """Tell whether ruby with kramdown-GFM can be run here."""
    if not shutil.which("ruby"):
        return False
    command = ["ruby", "-e", 'require "kramdown-parser-gfm"']
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def kramdown(bodies: list[str]) -> list[str]:
    """Return the HTML that kramdown-GFM makes of Markdown bodies."""
    said = json.dumps(bodies)
    done = subprocess.run(
        ["ruby", str(RUBY)], input=said, capture_output=True, text=True, check=True, timeout=600
    )
    found: list[str] = json.loads(done.stdout)
    return found


def ours(path: Path) -> tuple[str, str]:
    """Return a post's Markdown, and the body that hanpan makes of it."""
    root = find_root(path) or path.parent
    name = path.relative_to(root).as_posix()
    files = Files(load_site(root), Web())
    return read_source(name, files).body, read(name, "post", files).document.body


def has_liquid(markdown: str) -> bool:
    return "{%" in markdown or "{{" in markdown


def words(root: Element) -> list[str]:
    """Return what a reader reads, word by word; formulas as their TeX, quotes as typed."""
    text = unicodedata.normalize("NFC", "".join(_texts(root))).translate(_QUOTES)
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    return _WORD.findall(text)


def _texts(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    if tag == "math":
        yield " ".join(["", *(tree.text_of(note) for note in element.iter("annotation")), ""])
    elif tag not in _UNSEEN and not _is_ours_alone(element):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""
    if tag in _BLOCKS or tag in ("br", "div", "summary"):
        yield " "


def blocks(root: Element) -> list[str]:
    """Return the block elements in order, each with those around it: `ul>li>p`."""
    return [
        ">".join([*reversed(_around(element)), str(element.tag)])
        for element in root.iter()
        if element.tag in _BLOCKS and not _is_empty(element) and not _is_ours_alone(element)
    ]


def _around(element: Element) -> list[str]:
    return [str(outer.tag) for outer in element.iterancestors() if outer.tag in _BLOCKS]


def _is_empty(element: Element) -> bool:
    """Tell whether an element shows nothing: some authors make room with U+200B or `&nbsp;`."""
    text = (element.text or "").strip(" \t\n\u200b\xa0\u3000")
    return element.tag in ("p", "tr") and not len(element) and not text


def _is_ours_alone(element: Element) -> bool:
    """Tell whether an element has no counterpart: link cards for embeds, arrows back from notes."""
    return bool({"embed", *_BACK} & set(tree.classes(element)))


def _theirs(html: str) -> Element:
    """Return kramdown's tree without its list of contents: every edition of ours makes its own."""
    root = tree.parse(re.sub(r"\\[()\[\]]", " ", html))
    for contents in root.findall(".//*[@id='markdown-toc']"):
        tree.remove(contents)
    return root


def judge(name: str, mine: str, their: str) -> Judged:
    """Compare two bodies."""
    one, two = tree.parse_xml(mine), _theirs(their)
    for caption in one.findall(f"p[@class='{CAPTION}']"):
        tree.remove(caption)  # of the front matter, which kramdown does not see
    differences: list[str] = []
    scores = []
    for kind, left, right in (
        ("text", words(one), words(two)),
        ("blocks", blocks(one), blocks(two)),
    ):
        matcher = difflib.SequenceMatcher(None, right, left, autojunk=False)
        scores.append(matcher.ratio() if left or right else 1.0)
        for change, a, b, c, d in matcher.get_opcodes():
            if change != "equal":
                before = " ".join(right[max(0, a - 3) : a])
                differences.append(
                    f"{kind}: …{before}… kramdown [{' '.join(right[a:b])[:160]}]"
                    f" ours [{' '.join(left[c:d])[:160]}]"
                )
    return Judged(name, scores[0], scores[1], tuple(differences))


def judge_all(folder: Path, jobs: int = 2) -> list[Judged]:
    """Judge every post without Liquid below `folder`."""
    every = sorted(folder.resolve().rglob("*"))
    posts = [path for path in every if path.suffix in (".md", ".markdown")]  # Jekyll's
    with ProcessPoolExecutor(jobs) as pool:
        read_posts = list(pool.map(ours, posts, chunksize=4))
        chosen = [
            (path.relative_to(folder.resolve()).as_posix(), markdown, body)
            for path, (markdown, body) in zip(posts, read_posts, strict=True)
            if not has_liquid(markdown) and path.name not in KRAMDOWN_IS_WRONG
        ]
        their = kramdown([markdown for _, markdown, _ in chosen])
        names, bodies = [name for name, _, _ in chosen], [body for _, _, body in chosen]
        return list(pool.map(judge, names, bodies, their, chunksize=4))


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]


def report(judged: list[Judged], worst: int, differences: int) -> None:
    """Print the worst posts with what differs, and the figures of all."""
    for post in sorted(judged, key=lambda post: min(post.text, post.structure))[:worst]:
        print(f"\n{post.text:.4f} {post.structure:.4f} {post.name}")
        for difference in post.differences[:differences]:
            print(f"    {difference}")
    for what in ("text", "structure"):
        values = [getattr(post, what) for post in judged]
        print(
            f"{what}: median {statistics.median(values):.4f}, "
            f"5th percentile {percentile(values, 0.05):.4f}, lowest {min(values):.4f}, "
            f"{len(values)} posts"
        )


def unexplained(judged: list[Judged]) -> list[str]:
    """Return the posts that differ, and that docs/conformance.md does not name."""
    said = DOCS.read_text("utf-8")
    return [
        post.name
        for post in judged
        if min(post.text, post.structure) < 0.97 and Path(post.name).name not in said
    ]


def print_worst(description: str | None, judge_posts: Callable[[Path], list[Judged]]) -> None:
    """Judge the posts of a folder that the command line names, and report the worst."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=20)
    parser.add_argument("--differences", type=int, default=8)
    said = parser.parse_args()
    report(judge_posts(said.folder), said.worst, said.differences)


if __name__ == "__main__":
    print_worst(__doc__, judge_all)
