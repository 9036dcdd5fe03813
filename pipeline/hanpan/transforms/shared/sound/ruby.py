"""Ruby of the older kind, `<rb>` and `<rtc>`, in today's: each base with its reading behind it."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_OLD = ("rb", "rtc")


def ruby(root: Element, context: Context) -> None:
    """Pair what HTML 5.0 kept apart (W3C's HTML Ruby Markup Extensions, 2014).

    A second row of readings belongs to all of what is read already: a ruby around the ruby. Where
    bases and readings differ in number, all readings belong to all bases.
    """
    for element in list(root.iter("ruby")):
        if any(child.tag in _OLD for child in element):
            _pair_parts(element)


def _pair_parts(element: Element) -> None:
    bases = _text(element.text)
    rows: list[list[Element]] = [[]]
    for child in list(element):
        if child.tag == "rt":
            rows[0].append(child)
        elif child.tag == "rtc":
            rows.append([part for part in child if part.tag == "rt"] or [child])
        elif child.tag != "rp":
            bases.append(child)
        bases += _text(child.tail)
    readings = [row for row in rows if row]
    if not bases or not readings:
        return
    element.text = None
    for child in list(element):
        element.remove(child)
    _fill(element, bases, readings[0])
    for row in readings[1:]:
        inner = etree.Element("ruby")
        inner[:] = list(element)
        inner.text, element.text = element.text, None
        element.append(inner)
        element.append(_join_readings(row))


def _text(text: str | None) -> list[Element]:
    """Return text that stands in no part of a ruby as a base; none where it is blank."""
    if not (text or "").strip():
        return []
    base = etree.Element("rb")
    base.text = text
    return [base]


def _fill(element: Element, bases: list[Element], row: list[Element]) -> None:
    """Fill a ruby with bases and readings."""
    if len(bases) == len(row):
        pairs = [([base], [reading]) for base, reading in zip(bases, row, strict=True)]
    else:
        pairs = [(bases, row)]
    for some_bases, readings in pairs:
        for base in some_bases:
            base.tail = None
            element.append(base)
            if base.tag == "rb":
                tree.unwrap(base)
        element.append(_join_readings(readings))


def _join_readings(row: list[Element]) -> Element:
    """Return a row of readings as one."""
    reading = etree.Element("rt")
    for part in row:
        tree.append_text(reading, part.text)
        reading.extend(list(part))
    return reading
