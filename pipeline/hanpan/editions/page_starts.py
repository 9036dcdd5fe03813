"""Where the pages of a PDF begin, in words that an EPUB of the same document understands.

Both editions number the blocks of the body before they change it. A page begins in a block, behind
so many of its letters; blanks and joiners are none, for editions have their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from hanpan.files import Files
from hanpan.tree import HEADINGS, Element

AT = "data-at"  # holds the number of a block, or the name of a leaf of the layout
POST = "post"  # the leaf that a post is; a book's leaves are named by their ids
BLOCKS = frozenset(HEADINGS) | frozenset(
    """address article aside blockquote caption center dd details div dt figcaption figure footer
    header legend li p pre section summary td th""".split()
)
UNCOUNTED = frozenset("rp rt".split())  # editions differ in what they show of these
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins: its number as printed, a place, and how many letters of it are before.

    The place is a leaf's name, or `LEAF/N` for its block of that number.
    """

    label: str
    place: str
    letters: int


def number_blocks(root: Element, leaf: str) -> None:
    """Number the blocks of a document's body; the same body gets the same numbers."""
    for number, block in enumerate(root.iter(*BLOCKS)):
        block.set(AT, f"{leaf}/{number}")


def letters(text: str) -> int:
    """Return how many letters of a text all editions show."""
    return len(_UNSEEN.sub("", text))


def position(text: str, count: int) -> int:
    """Return where in a text the letter behind the first `count` letters stands."""
    for index, letter in enumerate(text):
        if not _UNSEEN.match(letter):
            if not count:
                return index
            count -= 1
    return len(text)


def as_left(starts: Iterable[PageStart]) -> bytes:
    """Return the starts as an edition leaves them for another."""
    return json.dumps([astuple(start) for start in starts], ensure_ascii=False).encode()


def read_starts(files: Files) -> tuple[PageStart, ...]:
    """Return what the PDF of the same document has left; nothing where there is no such PDF."""
    return tuple(PageStart(*start) for start in json.loads(files.predecessor() or "[]"))


def of_leaf(starts: Iterable[PageStart], leaf: str) -> Iterator[PageStart]:
    """Yield the pages that begin in a leaf."""
    for start in starts:
        if start.place.partition("/")[0] == leaf:
            yield start
