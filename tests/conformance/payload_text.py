"""The text of payloads, measured against the text of the body that they were made of.

`python -m tests.conformance.payload_text ../shared/corpus` makes the payloads of every post below a
folder and prints for each platform how much of the text is equal: the median, the 5th percentile
and the worst post with what differs. Platforms that take Markdown are judged by their own renderers
(`round_trip.py`), where these are installed.

Twice the words that both sides have in the same order, by all words there are. What a payload's
report lists is taken off first: formulas; tables and code where they became pictures or lists;
footnotes' numbers; and what a payload adds in words (the kind of a callout, marks of lists).
"""

from __future__ import annotations

import argparse
import re
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import unquote

from hanpan import tree
from hanpan.crosspost.blocks import BLOCKS
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.payload import make_payload
from hanpan.crosspost.pictures import number_pictures
from hanpan.crosspost.platform import Platform, load_platform, platform_names
from hanpan.document import Document
from hanpan.files import Digests, Files
from hanpan.reading import read
from hanpan.site import Crosspost, Identity, find_root, load_site
from hanpan.tree import Element
from tests.conformance import round_trip
from tests.conformance.kramdown import percentile
from tests.crosspost.sample import Pictures
from tests.support.others_posts import posts_of

SITE = "https://blog.example"
PLATFORMS = tuple(name for name in platform_names() if name not in round_trip.PLATFORMS)
_ADDED = frozenset("참고 팁 중요 주의 위험 Note Tip Important Warning Danger 각주 Notes".split())
# what replaces an element, by the lowering that does it; the report says so
_REPLACED = {
    "code_drawn": ("pre",),
    "tables_drawn": ("table",),
    "tables_as_lists": ("table",),
    "pictures_left_out": ("figure",),
}
_MARKS = re.compile(
    r"\[(?:그림|Image) \d\d[^\n]{0,400}?→ images/[^\]\n]*\]|\[\d+\]"
    r"|\[[^\]\n]{0,400}\((?:그림을 찾을 수 없음|image not found)\)\]"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One payload: how much of its text is equal, 0 to 1, and what differs."""

    platform: str
    post: str
    equal: float
    differences: tuple[str, ...]


def judge(document: Document, files: Files, platform: Platform) -> Judged:
    """Make the payload of a document and compare its text with the body's."""
    document = replace(document, meta=replace(document.meta, canonical_url=SITE, tags=()))
    body = tree.parse_xml(document.body)
    replaced = [tag for name in platform.body.lowerings for tag in _REPLACED.get(name, ())]
    missing = [img for img in body.iter("img") if img.get("data-missing") is not None]
    for element in [*body.iter("math", *replaced), *missing]:
        if element.getparent() is not None:
            tree.remove(element)
    identity = replace(files.settings(Identity), url=SITE)
    pictures = number_pictures(document, body, files)
    pictures = {k: replace(p, url=p.url or f"{SITE}/{p.number}.png") for k, p in pictures.items()}
    settings = Crosspost(backlink="none")
    wanted = words(_plain(body))
    lowering = Lowering(document, platform, files, identity, settings, pictures)
    name, text = next(iter(make_payload(body, lowering).texts.items()))
    if platform.body.max_characters:  # a share: the beginning of the text, without its link
        found = words(text.removeprefix(document.meta.title).rpartition(SITE)[0])
        wanted = wanted[: len(found)]
    else:
        found = words(_plain(tree.parse(text)) if name.endswith(".html") else text)
    return _compared(platform.name, document.source, wanted, found)


def _compared(platform: str, post: str, wanted: list[str], found: list[str]) -> Judged:
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    equal, extra, differences = 0, 0, []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            equal += b - a
            continue
        added = [word for word in found[c:d] if not (word in _ADDED or word.isdigit())]
        if a == b and not added:
            continue
        extra += b - a + len(added)
        differences.append(f"ours [{' '.join(wanted[a:b])[:160]}] sent [{' '.join(added)[:160]}]")
    whole = 2 * equal + extra
    return Judged(platform, post, 2 * equal / whole if whole else 1.0, tuple(differences))


def words(text: str) -> list[str]:
    """Return what a reader reads, word by word: letters and digits, raised ones as plain ones."""
    text = _MARKS.sub(" ", unicodedata.normalize("NFKC", text))
    return re.findall(r"\w+", unquote(text))


def _plain(root: Element) -> str:
    """Return the text below `root`; words of two blocks are two words."""
    return "".join(_texts(root))


def _texts(element: Element) -> Iterator[str]:
    if element.tag == "a" and re.match(r"#fn(?:ref)?-?\d", element.get("href") or ""):
        return
    apart = " " if element.tag in (*BLOCKS, "td", "th", "br", "rt", "sup", "sub") else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield apart


def judge_post(path: Path, platforms: tuple[str, ...], digests: Digests) -> list[Judged]:
    """Read a post by its own site's settings, and judge its payloads."""
    root = (find_root(path) or path.parent).resolve()
    files = Files(load_site(root), Pictures(), digests)
    document = read(path.resolve().relative_to(root).as_posix(), path.stem, files).document
    return [judge(document, files, load_platform(name)) for name in platforms]


def main() -> None:
    """Judge the payloads of all posts below a folder and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("platforms", nargs="*", default=PLATFORMS)
    parser.add_argument("--differences", type=int, default=4)
    said = parser.parse_args()
    digests = Digests()
    judged = [
        one
        for post in posts_of(said.folder)
        for one in judge_post(post, tuple(said.platforms), digests)
    ]
    print("| platform | median | p5 | worst | post |\n| --- | --- | --- | --- | --- |")
    for name in said.platforms:
        own = sorted((one for one in judged if one.platform == name), key=lambda one: one.equal)
        values = [one.equal for one in own]
        print(
            f"| {name} | {statistics.median(values):.4f} | {percentile(values, 0.05):.4f} | "
            f"{own[0].equal:.4f} | {own[0].post} |"
        )
        for difference in own[0].differences[: said.differences]:
            print(f"    {difference}")
    print("The others: python -m tests.conformance.round_trip", said.folder)


if __name__ == "__main__":
    main()
