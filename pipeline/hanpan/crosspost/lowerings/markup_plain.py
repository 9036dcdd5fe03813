"""Plain markup, for editors with styles of their own: no styles, no classes."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import BLOCKS, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.element_numbers import strip_numbers
from hanpan.tree import Element

_KEPT = frozenset(("href", "src", "alt", "start", "colspan", "rowspan"))
_SILENT = frozenset(("div", "span", "section", "tbody", "thead", "figure", "figcaption"))
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code"}


def markup_plain(root: Element, lowering: Lowering) -> None:
    """Keep only the elements that the platform keeps, with their addresses."""
    allowed = frozenset(lowering.platform.body.tags)
    for element in list(root.iterdescendants()):
        tag = str(element.tag)
        if tag not in allowed and _SAME.get(tag) in allowed:
            tag = element.tag = _SAME[tag]
        if tag in allowed and not _is_empty_frame(element):
            continue
        if tag == "dt":
            _bold(element)
        if tag not in _SILENT:
            lowering.lose("tag-dropped", tag, at=element)
        if tag in BLOCKS:
            _wrap_inline_runs(element)
        tree.unwrap(element)
    for table in root.iter("table"):
        if any("text-align" in (cell.get("style") or "") for cell in table.iter("td", "th")):
            lowering.lose("table-alignment", at=table)
    strip_numbers(root)
    for element in root.iter():
        names = [n for n in tree.classes(element) if lowering.platform.body.keeps_class(n)]
        for name in [name for name in element.attrib if name not in _KEPT]:
            del element.attrib[name]
        if names:
            element.set("class", " ".join(names))


def _is_empty_frame(element: Element) -> bool:
    """Tell whether a figure has lost its picture, or a caption its figure."""
    parent = element.getparent()
    if element.tag == "figcaption":
        return parent is not None and parent.tag != "figure"
    return element.tag == "figure" and next(element.iter("img"), None) is None


def _bold(term: Element) -> None:
    """Make a term bold: without its list nothing else marks it."""
    strong = etree.Element("strong")
    strong.text, term.text = term.text, None
    strong.extend(list(term))
    term.append(strong)


def _wrap_inline_runs(element: Element) -> None:
    """Put inline contents of a block into paragraphs, so that they stay separate."""
    new = etree.Element("div")
    for run in list(runs(element)):
        if not isinstance(run, list):
            new.append(run)
            run.tail = None
            continue
        paragraph = etree.SubElement(new, "p")
        for node in run:
            if isinstance(node, str):
                tree.append_text(paragraph, node)
            else:
                node.tail = None
                paragraph.append(node)
    element.text = None
    element[:] = list(new)
