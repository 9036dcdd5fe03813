"""Tables as blocks of WordPress, where a block can hold all of them.

It has rows of cells with text, each a head or not, with an alignment and spans (WordPress 6.2 and
newer; an older editor offers to recover those). It has no blocks in cells and no colours or ids of
them: such a table stays HTML.
"""

from __future__ import annotations

import re

from hanpan.crosspost.blocks import has_blocks
from hanpan.crosspost.writers.gutenberg.markup import anchor, attribute, bare, is_only_inline, wrap
from hanpan.tree import Element

_SECTIONS = ("thead", "tbody", "tfoot")  # in the order in which the editor saves them
_KNOWN = frozenset(("caption", "colgroup", *_SECTIONS))
_ALIGNED = re.compile(r"(?:^|;)\s*text-align:\s*(left|center|right)")
_COLOURED = re.compile(r"(?:^|;)\s*(?:background(?:-color)?|color):")
# it would be the editor's default (WordPress 6.7), and make long words of a column overlap
_AUTOMATIC = {"hasFixedLayout": False}


def table_block(table: Element) -> str:
    """Return a table as a block, "" where a block cannot hold it."""
    captions = table.findall("caption")
    if len(captions) > 1 or any(part.tag not in _KNOWN for part in table):
        return ""
    return _block(table, captions[0] if captions else None)


def table_figure(figure: Element) -> str:
    """Return a figure as a block if it has nothing but a table and a caption, else ""."""
    tables, captions = figure.findall("table"), figure.findall("figcaption")
    if len(tables) != 1 or len(tables) + len(captions) != len(figure) or len(captions) > 1:
        return ""
    beside = f"{figure.text or ''}{''.join(part.tail or '' for part in figure)}"
    if beside.strip() or (captions and tables[0].find("caption") is not None):
        return ""
    return _block(tables[0], captions[0]) if captions else table_block(tables[0])


def _block(table: Element, caption: Element | None) -> str:
    if caption is not None and not is_only_inline(caption):
        return ""
    sections = ""
    for name in _SECTIONS:
        rows = [row for section in table.findall(name) for row in section]
        written = [_row(row) for row in rows]
        if any(row is None for row in written):
            return ""
        sections += f"<{name}>{''.join(filter(None, written))}</{name}>" if rows else ""
    if not sections:
        return ""
    words = bare(caption) if caption is not None else ""
    below = f'<figcaption class="wp-element-caption">{words}</figcaption>' if words else ""
    opening = f'<figure class="wp-block-table"{anchor(table)}>'
    return wrap("table", f"{opening}<table>{sections}</table>{below}</figure>", _AUTOMATIC)


def _row(row: Element) -> str | None:
    """Return a row of the block, None where the block cannot hold it."""
    if row.tag != "tr" or row.get("id") or _is_coloured(row):
        return None
    cells = [_cell(cell) for cell in row]
    return None if None in cells else f"<tr>{''.join(filter(None, cells))}</tr>"


def _cell(cell: Element) -> str | None:
    if cell.tag not in ("td", "th") or cell.get("id") or _is_coloured(cell):
        return None
    only = cell
    if len(cell) == 1 and cell[0].tag == "p" and not _text_beside(cell[0]):
        only = cell[0]
    if has_blocks(only) or not is_only_inline(only):
        return None
    aligned = _ALIGNED.search(cell.get("style") or "")
    place = aligned[1] if aligned else "left"
    attributes = ""
    if place != "left" or cell.tag == "th":  # browsers centre heads
        attributes = f' class="has-text-align-{place}" data-align="{place}"'
    for name in ("colspan", "rowspan"):
        value = cell.get(name) or "1"
        attributes += f' {name}="{attribute(value)}"' if value != "1" else ""
    return f"<{cell.tag}{attributes}>{bare(only)}</{cell.tag}>"


def _text_beside(only: Element) -> str:
    parent = only.getparent()
    return f"{parent.text or ''}{only.tail or ''}".strip() if parent is not None else ""


def _is_coloured(element: Element) -> bool:
    return bool(_COLOURED.search(element.get("style") or ""))
