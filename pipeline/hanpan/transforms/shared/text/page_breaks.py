"""Page breaks: `<div style="page-break-after: always">` and TeX's `\\newpage`, as Pandoc has them.

What is left is an empty `<div class="page-break">`: it begins a page in print and in a book, and
nothing anywhere else. Its words are never shown.
"""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

PAGE_BREAK = "page-break"  # class of the mark
_NAMES = frozenset("page-break pagebreak page_break newpage new-page".split())
_WORD = r"\\(?:newpage|pagebreak(?:\[[0-4]\])?|clearpage|cleardoublepage)(?![A-Za-z])(?:\{\})?"
_ALONE = re.compile(rf"[ \t>]*+{_WORD}[ \t]*+\Z")  # a line of the author's
_FIRST = re.compile(rf"\s*+{_WORD}(?:\s++|\Z)")
_LAST = re.compile(rf"(?:\s|\A){_WORD}\s*+\Z")
_LONGEST = 40  # characters of a word, with blanks
_STYLE = re.compile(
    r"(?<![\w-])(?:page-)?break-(before|after)\s*+:\s*+(?:always|page|left|right|recto|verso)\b",
    re.IGNORECASE,
)
_SOLID = ("img", "svg", "math", "hr", "table", "iframe", "video", "audio", "object", "embed")
_HOLDERS = frozenset(("div", "section", "li", "blockquote", "dd", "details", "figure", "article"))
_PARTS = frozenset("td th tr thead tbody tfoot caption table li dt dd summary figcaption".split())


def page_breaks(root: Element, context: Context) -> None:
    """Put a mark where a page is to begin, each once; at the end of the post it says nothing."""
    alone = any(_ALONE.match(line) for line in context.source.original)
    for element in list(root.iterdescendants(etree.Element)):
        if element.getparent() is not None:
            if element.tag == "p" and alone:
                _take_words(element)
            _take_style(element)
    marks = [mark for mark in root.iter("div") if PAGE_BREAK in tree.classes(mark)]
    for mark in marks:
        before = mark.getprevious()
        again = before is not None and PAGE_BREAK in tree.classes(before)
        if again and before is not None and not (before.tail or "").strip():
            tree.remove(before)
    if marks and _is_last(marks[-1], root):
        tree.remove(marks[-1])


def _take_words(paragraph: Element) -> None:
    """Take TeX's word for a new page out of a paragraph's start or end.

    pandoc has made blanks of line ends; the source has told that a word has a line of its own.
    """
    first = _FIRST.match(paragraph.text or "")
    if first:
        paragraph.text = (paragraph.text or "")[first.end() :]
        if not len(paragraph) and not paragraph.text:
            tree.replace(paragraph, _mark())
            return
        paragraph.addprevious(_mark())
    last = paragraph[-1] if len(paragraph) else None
    text = (paragraph.text if last is None else last.tail) or ""
    end = _LAST.search(text[-_LONGEST:])
    if end:
        text = text[: len(text) - len(end[0])]
        if last is None:
            paragraph.text = text
        else:
            last.tail = text
        _add_behind(paragraph)


def _take_style(element: Element) -> None:
    """Put marks before and behind an element whose style asks for a page; an empty one goes."""
    sides = {match[1].lower() for match in _STYLE.finditer(element.get("style") or "")}
    named = element.tag in ("div", "hr", "p", "span") and not _NAMES.isdisjoint(
        name.lower() for name in tree.classes(element)
    )
    if not (sides or named):
        return
    is_empty = not tree.text_of(element).strip() and next(element.iter(*_SOLID), None) is None
    if element.tag in ("br", "hr") or (is_empty and element.tag not in _PARTS):
        block = _block_around(element)
        if block is element:
            tree.replace(element, _mark())
        else:
            tree.remove(element)
            _add_behind(block)
    elif sides and element.tag not in _PARTS:
        block = _block_around(element)
        if "before" in sides:
            block.addprevious(_mark())
        if "after" in sides:
            _add_behind(block)


def _mark() -> Element:
    return etree.Element("div", {"class": PAGE_BREAK})


def _add_behind(element: Element) -> None:
    mark = _mark()
    mark.tail, element.tail = element.tail, None
    element.addnext(mark)


def _block_around(element: Element) -> Element:
    """Return the outermost paragraph or phrase around an element, beside which a mark may stand."""
    while (
        (parent := element.getparent()) is not None
        and parent.getparent() is not None
        and parent.tag not in _HOLDERS
        and parent.tag not in _PARTS
    ):
        element = parent
    return element


def _is_last(mark: Element, root: Element) -> bool:
    """Tell whether nothing is below a mark but notes."""
    node: Element | None = mark
    while node is not None and node is not root:
        if (node.tail or "").strip():
            return False
        for following in node.itersiblings():
            is_notes = following.tag == "section" and "footnotes" in tree.classes(following)
            says = (
                tree.text_of(following).strip() or next(following.iter(*_SOLID), None) is not None
            )
            if says and not is_notes:
                return False
        node = node.getparent()
    return True
