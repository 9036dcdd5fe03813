"""Shown: what a reader of a tree or of an edition sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from hanpan.conservation.inventory import TableSize, table_of
from hanpan.conservation.letters import letters
from hanpan.tree import Element

_UNSEEN = frozenset(("script", "style", "template", "head", "title"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What an edition shows of a body.

    `tables` are in order. Of `pictures` and `formulas`, None says that
    they are not counted; of `tables` as well.
    """

    text: str
    tables: tuple[TableSize, ...] | None = None
    pictures: int | None = None
    formulas: int | None = None


def shown_in(*roots: Element, formulas: str = "math") -> Shown:
    """Return what trees show that an edition is written from; `formulas` is the tag of one."""
    tables = [table_of(table) for root in roots for table in root.iter("table")]
    return Shown(
        "\n".join("".join(_texts(root)) for root in roots),
        tuple(tables),
        sum(1 for root in roots for _ in root.iter("img", "svg")),
        sum(1 for root in roots for _ in root.iter(formulas)),
    )


def shown_letters(root: Element, elsewhere: str = "") -> str:
    """Return the letters below `root`: texts, what stands for pictures, and formulas as TeX.

    `elsewhere` is what is shown at a place that is not known.
    """
    return letters("".join((*_texts(root), "\n", elsewhere)))


def _texts(root: Element) -> Iterator[str]:
    for event, element in (walk := etree.iterwalk(root, events=("start", "end"))):
        if event == "end":
            yield element.tail or ""
        elif element.tag == "math":
            notes = [annotation.text or "" for annotation in element.iter("annotation")]
            yield from notes or map(str, element.itertext())  # MathML of the author's own
            walk.skip_subtree()
        elif element.tag == "img":
            yield element.get("alt") or ""
        elif element.tag in _UNSEEN or "footnote-ref" in (element.get("class") or ""):
            walk.skip_subtree()
        else:
            yield element.get("data-title") or ""
            yield element.text or ""
