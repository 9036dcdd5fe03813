"""Which block of WordPress an element becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import Node, add_copies, nodes, paragraph_of, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.gutenberg.code import code_block
from hanpan.crosspost.writers.gutenberg.images import image_block
from hanpan.crosspost.writers.gutenberg.markup import anchor, bare, is_only_inline, wrap
from hanpan.crosspost.writers.gutenberg.tables import table_block, table_figure
from hanpan.transforms.element_numbers import strip_numbers
from hanpan.tree import Element


def write_blocks(root: Element, lowering: Lowering) -> Iterator[str]:
    """Yield the blocks of a body, or of a quote; the report names those that are HTML."""
    for run in runs(root):
        yield _block(run, lowering)


def _block(run: Element | list[Node], lowering: Lowering) -> str:
    element = paragraph_of(run) if isinstance(run, list) else run
    if element.tag == "blockquote":
        return _quote(element, lowering)
    plain = deepcopy(element)
    plain.tail = None
    strip_numbers(plain)
    # a block of code has one colour, whatever its language
    write = None if plain.tag == "pre" and lowering.code_colours else _NATIVE.get(str(plain.tag))
    block = image_block(plain, lowering) or (write(plain) if write else "")
    if not block:
        lowering.lose("html-block", str(plain.tag), at=element)
        block = wrap("html", etree.tostring(plain, encoding="unicode", method="html"))
    return block


def _paragraph(element: Element) -> str:
    if not is_only_inline(element):
        return ""
    if not tree.text_of(element).strip() and not len(element):
        return ""
    return wrap("paragraph", f"<p{anchor(element)}>{bare(element)}</p>")


def _heading(element: Element) -> str:
    if not is_only_inline(element):
        return ""
    level = int(str(element.tag)[1])
    opening = f'<{element.tag} class="wp-block-heading"{anchor(element)}>'
    html = f"{opening}{bare(element)}</{element.tag}>"
    return wrap("heading", html, {"level": level} if level != 2 else None)


def _list(element: Element) -> str:
    """Return a list block with its items as inner blocks, "" where an item is more than a line."""
    html = _list_block(element)
    return html if html else ""


def _list_block(element: Element) -> str:
    items = []
    for item in element:
        if item.tag != "li":
            return ""
        inside = _item(item)
        if inside is None:
            return ""
        items.append(wrap("list-item", f"<li>{inside}</li>"))
    attributes: dict[str, object] = {}
    start = element.get("start") or ""
    opening = "<ul>"
    if element.tag == "ol":
        attributes["ordered"] = True
        opening = "<ol>"
        if start.isdigit() and start != "1":
            attributes["start"] = int(start)
            opening = f'<ol start="{start}">'
    opening = opening.replace(">", ' class="wp-block-list">')
    html = f"{opening}{''.join(items)}</{element.tag}>"
    return wrap("list", html, attributes)


def _item(item: Element) -> str | None:
    """Return the contents of a list item, None where a list block cannot contain them."""
    if item.get("id"):
        return None
    line, lists = etree.Element("li"), ""
    parts = list(runs(item))
    for part in parts:
        if isinstance(part, list):
            inline = part
        elif part.tag in ("ul", "ol"):
            inner = _list_block(part)
            if not inner:
                return None
            lists += inner
            continue
        elif part.tag == "p" and part is parts[0] and is_only_inline(part):
            inline = nodes(part)
        else:
            return None
        if lists or len(line) or line.text:
            return None  # text after an inner list, or a second paragraph
        add_copies(line, inline)
    return bare(line) + lists if is_only_inline(line) else None


def _quote(element: Element, lowering: Lowering) -> str:
    inside = "\n\n".join(write_blocks(element, lowering))
    return wrap("quote", f'<blockquote class="wp-block-quote">{inside}</blockquote>')


def _rule(element: Element) -> str:
    return wrap("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')


_NATIVE: dict[str, Callable[[Element], str]] = {
    "p": _paragraph,
    "h2": _heading,
    "h3": _heading,
    "h4": _heading,
    "h5": _heading,
    "h6": _heading,
    "ul": _list,
    "ol": _list,
    "hr": _rule,
    "pre": code_block,
    "table": table_block,
    "figure": table_figure,
}
