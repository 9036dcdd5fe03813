"""Inventory: what the body of a document holds, so that it can be looked for in an edition.

Places are numbers of the body's elements in document order, the body itself being 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from hanpan import tree
from hanpan.conservation.losses import Passage
from hanpan.transforms.maths_svg import tex_of
from hanpan.transforms.theme_pictures import DARK
from hanpan.tree import Element

# what does not part the text around it; all else does
_INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i ins kbd mark q s samp small span "
    "strong sub sup time tt u var wbr".split()
)
_PARTS = ("thead", "tbody", "tfoot")
_FILLING = ("img", "svg", "math")
_WITHOUT_WORDS = frozenset(("math", "svg", "script", "style"))


class TableSize(NamedTuple):
    """How many rows and cells a table has, and how many cells with something in them.

    Tables within it have their own.
    """

    rows: int
    cells: int
    filled: int


class WrittenFormula(NamedTuple):
    """A formula's TeX, and its place."""

    place: int
    tex: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a body holds: its words, and the places of what is more than words."""

    passages: tuple[Passage, ...]
    tables: tuple[tuple[int, TableSize], ...]
    pictures: tuple[int, ...]
    formulas: tuple[WrittenFormula, ...]


def take_inventory(root: Element) -> Inventory:
    """Return what a document's body holds, as `tree.parse_xml` returns it."""
    tables, pictures, formulas = [], [], []
    for place, element in enumerate(root.iter(etree.Element)):
        if element.tag == "table":
            tables.append((place, table_of(element)))
        elif element.tag == "math":
            formulas.append(WrittenFormula(place, tex_of(element)))
        elif _is_picture(element):
            pictures.append(place)
    return Inventory(tuple(_passages(root)), tuple(tables), tuple(pictures), tuple(formulas))


def table_of(element: Element) -> TableSize:
    """Return the size of a `<table>`."""
    rows = list(_rows_of(element))
    cells = [cell for row in rows for cell in row]
    return TableSize(len(rows), len(cells), sum(map(_is_filled, cells)))


def _is_filled(cell: Element) -> bool:
    return bool(tree.text_of(cell).strip()) or next(cell.iter(*_FILLING), None) is not None


def _rows_of(table: Element) -> Iterator[list[Element]]:
    for part in table:
        for row in part if part.tag in _PARTS else (part,):
            if row.tag == "tr":
                yield [cell for cell in row if cell.tag in ("td", "th")]


def _is_picture(element: Element) -> bool:
    """Tell whether an element of a document is a picture that every edition shows."""
    if element.tag == "img":
        is_there = (element.get("src") or "").startswith("asset:")
        return is_there and DARK not in tree.classes(element)
    return element.tag == "svg"


def _passages(root: Element) -> Iterator[Passage]:
    """Yield the words between what parts them; each line of code is a passage.

    Cards of embeds are left out, whose words each edition chooses.
    """
    texts: list[str] = []
    blocks, number, is_code = [0], -1, False

    def passages() -> Iterator[Passage]:
        text = "".join(texts)
        texts.clear()
        for line in text.split("\n") if is_code else (text,):
            if line and not line.isspace():
                yield Passage(blocks[-1], line)

    for event, element in (walk := etree.iterwalk(root, events=("start", "end"))):
        tag = element.tag
        if event == "start":
            number += 1
            if tag not in _INLINE:
                yield from passages()
                blocks.append(number)
                is_code = is_code or tag == "pre"
                if title := element.get("data-title"):
                    yield Passage(number, title)
            names = tree.classes(element) if element.get("class") else ()
            if tag in _WITHOUT_WORDS or "embed" in names or "footnote-ref" in names:
                yield from passages()
                number += sum(1 for _ in element.iterdescendants(etree.Element))
                walk.skip_subtree()
            else:
                texts.append(element.text or "")
        else:
            if tag not in _INLINE:
                yield from passages()
                blocks.pop()
                is_code = is_code and tag != "pre"
            if element is not root:
                texts.append(element.tail or "")
