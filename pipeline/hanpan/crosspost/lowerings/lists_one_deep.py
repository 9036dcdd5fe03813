"""Lists without inner lists, for editors with one level: inner items become lines.

Lines within an item keep the order of the text and the numbers of the outer list.
"""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import Node, nodes, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_MARKS = ("– ", "\u00a0\u00a0· ")


def lists_one_deep(root: Element, lowering: Lowering) -> None:
    """Write inner lists as lines of the item that contains them."""
    for inner in root.iter("ul", "ol"):
        if next(inner.iterancestors("li"), None) is not None:
            lowering.lose("nested-list", at=inner)
    for item in list(root.iter("li")):
        is_outer = next(item.iterancestors("li"), None) is None
        if is_outer and next(item.iterdescendants("ul", "ol"), None) is not None:
            new = etree.Element("li")
            _lines(item, new, 0)
            item.text = new.text
            item[:] = list(new)


def _lines(element: Element, into: Element, depth: int, mark: str = "") -> None:
    """Append the contents of an item to `into`, a line for each paragraph and inner item."""
    for run in list(runs(element)):
        if isinstance(run, list) or run.tag == "p":
            _line(run if isinstance(run, list) else nodes(run), into, mark)
            mark = ""
        elif run.tag in ("ul", "ol"):
            for number, item in enumerate((e for e in run if e.tag == "li"), 1):
                inner = f"{number}. " if run.tag == "ol" else _MARKS[min(depth, 1)]
                _lines(item, into, depth + 1, inner)
        else:
            run.tail = None
            into.append(run)


def _line(run: list[Node], into: Element, mark: str) -> None:
    if len(into) or (into.text or "").strip():
        etree.SubElement(into, "br")
    tree.append_text(into, mark)
    begun = False
    for node in run:
        if isinstance(node, str):
            tree.append_text(into, node if begun else node.lstrip())
            begun = begun or bool(node.strip())
        else:
            node.tail = None
            into.append(node)
            begun = True
