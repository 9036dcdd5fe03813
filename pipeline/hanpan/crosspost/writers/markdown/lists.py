"""Lists -> Markdown; the contents of an item are indented by its mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.html_block import formulas_in, html_block
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.markdown.escape import guard_liquid
from hanpan.tree import Element

_LISTS = ("ul", "ol")


def write_list(
    element: Element, lowering: Lowering, write_item: Callable[[Element, Lowering], list[str]]
) -> list[str]:
    """Return a list as one block; `write_item` returns the blocks of an item."""
    dialect = lowering.platform.markdown
    start = element.get("start") or "1"
    number = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
    if element.tag == "ol" and number != 1 and not dialect.list_start:
        lowering.lose("list-start", at=element)
    loose = _is_loose(element, dialect)
    items = []
    for item in element:
        marker = f"{number}. " if element.tag == "ol" else "- "
        number += 1
        items.append(_item(write_item(item, lowering), marker.ljust(dialect.indent), loose))
    text = ("\n\n" if loose else "\n").join(items)
    if "\n\n" in text and not dialect.lists_mixed and _is_mixed(element):
        return [_as_html(element, dialect)]
    return [text] if items else []


def _is_loose(element: Element, dialect: MarkdownDialect) -> bool:
    loose = any(child.tag == "p" for item in element for child in item)
    if dialect.lists_merge:  # a blank line more than is needed may end the list around this one
        return loose and any(len([e for e in i if e.tag not in _LISTS]) > 1 for i in element)
    return loose


def _item(blocks: list[str], marker: str, loose: bool) -> str:
    """Return a list item; lines after the first are indented by the marker's width."""
    text = blocks[0] if blocks else ""
    for block in blocks[1:]:
        is_list = re.match(r"(?:[-*+]|\d{1,9}[.)]) ", block)
        text += ("\n" if is_list and not loose else "\n\n") + block
    indent = " " * len(marker)
    lines = text.split("\n")
    return "\n".join(
        [f"{marker}{lines[0]}".rstrip(), *(indent + line if line else "" for line in lines[1:])]
    )


def _is_mixed(element: Element) -> bool:
    """Tell whether an outermost list contains lists of both kinds, and can be written as HTML."""
    if any(outer.tag == "li" for outer in element.iterancestors()):
        return False
    if any(e.get("data-raw") or e.tag == "details" for e in element.iterdescendants()):
        return False
    return len({e.tag for e in element.iter(*_LISTS)}) == 2


def _as_html(element: Element, dialect: MarkdownDialect) -> str:
    """Return a list as HTML without signs of code, which readers look for in HTML too."""
    plain = deepcopy(element)
    formulas_in(plain, dialect.maths)
    return guard_liquid(html_block(plain, "`~["), dialect)
