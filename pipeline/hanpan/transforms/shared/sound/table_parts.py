"""Tables with the parts that they must have, in order (HTML Standard, 4.9.1)."""

from __future__ import annotations

from lxml import etree

from hanpan.transforms.shared.sound.wrapping import wrap_others
from hanpan.tree import Element, remove, text_of

ROW_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_PARTS = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tfoot": 4}


def repair_table(table: Element) -> None:
    """Order the parts: caption, columns, one head, bodies, one foot."""
    wrap_others(table, ("caption", "colgroup", *ROW_GROUPS, "tr"), "tbody")
    _order_parts(table)
    for group in table.iterchildren(*ROW_GROUPS):
        wrap_others(group, ("tr",), "tr")
        for row in group:
            wrap_others(row, _CELLS, "td")
    for group in table.iterchildren("colgroup"):
        for column in list(group):
            if column.tag != "col":
                group.remove(column)
        if len(group):
            group.attrib.pop("span", "")
    if next(table.iter("tr"), None) is None and not text_of(table).strip():
        remove(table)


def _order_parts(table: Element) -> None:
    """Bring the parts of a table into their order, unless they are."""
    places = [_PARTS.get(str(part.tag), -1) for part in table]
    repeated = any(places.count(_PARTS[tag]) > 1 for tag in ("caption", "thead", "tfoot"))
    if places == sorted(places) and -1 not in places and not repeated:
        return
    parts: dict[str, list[Element]] = {}
    for part in list(table):
        part.tail = None
        parts.setdefault(str(part.tag), []).append(part)
        table.remove(part)
    captions = parts.get("caption", [])
    heads, feet = parts.get("thead", []), parts.get("tfoot", [])
    bodies = heads[1:] + parts.get("tbody", []) + feet[1:]
    if parts.get("tr"):
        rows = etree.Element("tbody")
        rows.extend(parts["tr"])
        bodies.append(rows)
    for body in bodies:
        body.tag = "tbody"
    table.extend([*captions[:1], *parts.get("colgroup", []), *heads[:1], *bodies, *feet[:1]])
    for caption in reversed(captions[1:]):
        caption.tag = "p"
        table.addprevious(caption)
