"""Blanks: what authors put between blocks to move them apart, which print does by itself.

Runs of `<br>`, paragraphs with nothing in them, and `<br>` at the end of a block make half-empty
pages where a browser shows a gap.
"""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.print.flows import INLINE
from hanpan.tree import Element

_HOLDERS = frozenset(("p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_GONE = frozenset(("p", "div", "center"))  # blocks that go where they hold nothing
_BLANK = " \t\n\r\f\u00a0\u200b\u3000"
_MOST = 2  # `<br>` in a row within a text: a blank line
# what stands on paper though it has no text
_SHOWN = frozenset(("img", "svg", "hr", "input", "video", "audio", "iframe", "math", "td", "th"))
_KEPT = ("page-break",)  # classes of blocks that say something without a text


def collapse_blanks(root: Element) -> None:
    """Take out empty blocks and runs of `<br>` between blocks; idempotent.

    What has an id stays, for a link may lead there. Code is left alone.
    """
    for line_break in list(root.iter("br")):
        if not any(True for _ in line_break.iterancestors("pre", "code")):
            _collapse(line_break, root)
    for block in list(root.iter(*_GONE)):
        if block is not root and _is_empty(block):
            tree.remove(block)


def _collapse(line_break: Element, root: Element) -> None:
    """Take out a `<br>` that has no text of its block before or behind it, or is one too many."""
    parent = line_break.getparent()
    if parent is None:
        return
    before, behind = _before(line_break), _behind(line_break)
    if parent is root or parent.tag not in INLINE:
        is_edge = before is None or behind is None or _is_block(before) or _is_block(behind)
    else:
        is_edge = False
    run, one = 1, before
    while isinstance(one, Element) and one.tag == "br":
        run, one = run + 1, _before(one)
    if is_edge or run > _MOST:
        tree.remove(line_break)


def _before(element: Element) -> Element | str | None:
    """Return the element or the text in front of one in its parent."""
    previous = element.getprevious()
    parent = element.getparent()
    text = (parent.text if parent is not None else "") if previous is None else previous.tail
    if (text or "").strip(_BLANK):
        return text
    return previous


def _behind(element: Element) -> Element | str | None:
    """Return the element or the text behind one in its parent."""
    if (element.tail or "").strip(_BLANK):
        return element.tail
    following = element.getnext()
    while following is not None and following.tag == "br":
        if (following.tail or "").strip(_BLANK):
            return following.tail
        following = following.getnext()
    return following


def _is_block(item: Element | str) -> bool:
    return isinstance(item, Element) and item.tag not in INLINE and item.tag not in ("br", "img")


def _is_empty(block: Element) -> bool:
    """Tell whether nothing of a block would be on paper."""
    if any(name in tree.classes(block) for name in _KEPT) or block.get("style"):
        return False
    if tree.text_of(block).strip(_BLANK):
        return False
    return not any(one.get("id") or one.get("name") or one.tag in _SHOWN for one in block.iter())
