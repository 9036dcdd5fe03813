"""Flat blocks for rich text editors that know no lists, no `<pre>` and no `<code>`.

Lists become paragraphs with a mark and no-break spaces, code one `<div>` a line, inline marks
styled spans. The class names are those of layouts/styles/inline.css.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import Node, has_blocks, is_callout, nodes, runs
from hanpan.crosspost.code_lines import code_lines
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_NBSP = "\u00a0"
_INLINE = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em",
    "del": "del", "s": "del", "strike": "del", "code": "code", "kbd": "code", "samp": "code",
    "tt": "code", "mark": "mark", "u": "u", "ins": "u", "small": "small",
}  # fmt: skip
_BULLETS = "•◦▪"
_CELL = ("style", "align", "colspan", "rowspan")


@dataclass(frozen=True)
class _Target:
    """Where new blocks go: the element, and the depth of lists."""

    into: Element
    lowering: Lowering
    indent: int = 0

    @property
    def kept(self) -> frozenset[str]:
        """Return the elements that the platform keeps, so that they need no substitute."""
        return frozenset(self.lowering.platform.body.tags)


def blocks_flattened(root: Element, lowering: Lowering) -> None:
    """Rebuild the body below `root` from paragraphs, divs, headings, tables and rules only."""
    new = etree.Element("div")
    _blocks(root, _Target(new, lowering))
    root.text = None
    root[:] = list(new)


def _blocks(element: Element, target: _Target, mark: str = "") -> None:
    """Write what is inside `element` as flat blocks; `mark` goes before the first one."""
    for run in runs(element):
        if isinstance(run, list):
            _paragraph(run, target, mark)
            mark = ""
        else:
            mark = _block(run, target, mark)
    if mark:
        _paragraph([], target, mark)


def _block(child: Element, target: _Target, mark: str) -> str:
    """Write one block; return the mark if it is not used yet."""
    tag = str(child.tag)
    if tag == "p" or (tag in ("dt", "figcaption", "summary") and not has_blocks(child)):
        name = {"dt": "term", "figcaption": "caption"}.get(tag, child.get("class") or "")
        if name == "term" and "strong" in target.kept:  # no style would make it bold
            _paragraph([_bold(child)], target, mark, name)
        else:
            _paragraph(nodes(child), target, mark, name)
        return ""
    if tag[0] == "h" and tag[1:].isdigit():
        _heading(child, target)
        return mark
    simple = {"hr": _rule, "pre": _code, "table": _table, "ul": _list, "ol": _list, "dl": _terms}
    if tag in simple:
        if mark:
            _paragraph([""], target, mark)
        simple[tag](child, target)
        return ""
    box = _box(child)
    if box:
        is_quote = child.tag == "blockquote" and "blockquote" in target.kept
        into = etree.SubElement(target.into, "blockquote" if is_quote else "div", {"class": box})
        _blocks(child, replace(target, into=into), mark)
        return ""
    _blocks(child, target, mark)
    return ""


def _bold(term: Element) -> Element:
    strong = copy(term)
    strong.tag = "strong"
    return strong


def _box(element: Element) -> str:
    """Return the class of the box that a quote or a callout becomes, "" for other containers."""
    if element.tag == "blockquote":
        return "quote"
    return (element.get("class") or "") if is_callout(element) else ""


def _paragraph(run: list[Node], target: _Target, mark: str, name: str = "") -> None:
    paragraph = etree.SubElement(target.into, "p")
    if name or mark or target.indent:
        paragraph.set("class", name or "item")
    before = _NBSP * 4 * max(0, target.indent - 1) + mark if target.indent else mark
    if target.indent and not mark:
        before += _NBSP * 3  # below an item's first paragraph
    _inlines(run, paragraph, target.kept)
    paragraph.text = before + (paragraph.text or "").lstrip(" \n\t")


def _inlines(run: list[Node], into: Element, kept: frozenset[str]) -> None:
    """Copy inline contents into a paragraph, marks that are not kept as spans with a class."""
    for item in run:
        if isinstance(item, str):
            tree.append_text(into, item)
        elif item.tag in _INLINE:
            name = _INLINE[item.tag]
            is_kept = name in kept
            attributes = {} if is_kept else {"class": name}
            inner = etree.SubElement(into, name if is_kept else "span", attributes)
            _inlines(nodes(item), inner, kept)
        elif item.tag in ("a", "span", "img", "br"):
            _inlines(nodes(item), _copy_into(item, into), kept)
        elif isinstance(item.tag, str):
            _inlines(nodes(item), into, kept)


def _copy_into(element: Element, into: Element) -> Element:
    """Append a copy of `element` without its contents."""
    new = etree.SubElement(into, str(element.tag))
    for name in element.keys():  # noqa: SIM118 (an element is no dictionary)
        new.set(name, element.get(name, ""))
    return new


def _heading(element: Element, target: _Target) -> None:
    level = min(max(int(str(element.tag)[1]), 2), 4)
    _inlines(nodes(element), etree.SubElement(target.into, f"h{level}"), target.kept)


def _rule(element: Element, target: _Target) -> None:
    etree.SubElement(target.into, "hr")


def _list(element: Element, target: _Target) -> None:
    target.lowering.lose("nested-list" if target.indent else "list", at=element)
    deeper = replace(target, indent=target.indent + 1)
    start = element.get("start") or ""
    number = int(start) if start.lstrip("-").isdigit() else 1
    for item in element:
        if item.tag != "li":
            _blocks(item, deeper)
            continue
        if element.tag == "ol":
            mark = f"{number}."
            number += 1
        else:
            mark = _BULLETS[min(target.indent, len(_BULLETS) - 1)]
        mark = _task_mark(item) or mark
        _blocks(item, deeper, mark + _NBSP)
    last = target.into[-1] if len(target.into) else None
    if not target.indent and last is not None and last.get("class") == "item":
        last.set("class", "item-last")  # space before what follows


def _task_mark(item: Element) -> str:
    """Take the box out of a task, for it takes the place of the list's mark."""
    boxes = (e for e in item.iter("span") if e.get("class") == "task-box")
    box = next((e for e in boxes if next(e.iterancestors("li")) is item), None)
    if box is None:
        return ""
    mark = box.text or ""
    box.tail = (box.tail or "").lstrip()
    tree.remove(box)
    return mark


def _terms(element: Element, target: _Target) -> None:
    target.lowering.lose("definition-list", at=element)
    for item in element:
        if item.tag == "dd":
            _blocks(item, replace(target, indent=target.indent + 1))
        elif item.tag == "dt":
            _block(item, target, "")
        else:
            _blocks(item, target)


def _code(element: Element, target: _Target) -> None:
    """Write code as one div a line, with blanks that no editor removes."""
    box = etree.SubElement(target.into, "div", {"class": "code-box"})
    for line in code_lines(element):
        row = etree.SubElement(box, "div", {"class": "code-line"})
        for text, name in line:
            if name:
                etree.SubElement(row, "span", {"class": name}).text = text
            else:
                tree.append_text(row, text)
        if not line:
            row.text = _NBSP


def _table(element: Element, target: _Target) -> None:
    """Copy a table with plain cells."""
    table = etree.SubElement(target.into, "table")
    for section in element:
        if section.tag == "caption":
            caption = etree.Element("p", {"class": "caption"})
            _inlines(nodes(section), caption, target.kept)
            table.addprevious(caption)
        elif section.tag in ("thead", "tbody", "tfoot"):
            new = etree.SubElement(table, "thead" if section.tag == "thead" else "tbody")
            for row in section.iter("tr"):
                _row(row, new, target)
        elif section.tag == "tr":
            _row(section, table, target)


def _row(row: Element, into: Element, target: _Target) -> None:
    new = etree.SubElement(into, "tr")
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        kept = {name: cell.get(name, "") for name in _CELL if cell.get(name)}
        filled = etree.SubElement(new, str(cell.tag), kept)
        if has_blocks(cell):
            target.lowering.lose("table-blocks", at=cell)
            inside = etree.Element("div")
            _blocks(cell, _Target(inside, target.lowering))
            for index, block in enumerate(list(inside)):
                if index:
                    etree.SubElement(filled, "br")
                _inlines(nodes(copy(block)), filled, target.kept)
        else:
            _inlines(nodes(cell), filled, target.kept)
