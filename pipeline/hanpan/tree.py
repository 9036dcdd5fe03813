"""The body as a tree: HTML text of any quality -> lxml, and lxml -> XHTML or HTML text.

Lexbor (selectolax) reads tag soup as browsers do (HTML Standard, section 13.2); lxml is what the
transforms work on. Elements have no namespace; SVG and MathML keep their names' case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

Element = etree._Element
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLANKS = " \t\n"
_PHRASES = frozenset((*HEADINGS, "p", "dt", "summary"))  # they hold text and no blocks
_ITEMS = frozenset(("li", "dd", "td", "th", "figcaption", "caption"))  # they may hold both
# characters that XML 1.0 forbids, typed by some input methods (U+0008, U+001D)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z_][\w.\-]*\Z")
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?\Z")
# `<?php`, a comment to HTML: nobody writes one in a post but to show it (issue 14); `<?xml` begins
# the file of a drawing
_INSTRUCTION = re.compile(r"<\?(?!xml[\s?])")
_MOST_ATTRIBUTES = 256  # of a tag: Lexbor and libxml2 compare each with all before it
_SHORT = 10_000  # characters in which no tag has attributes enough to matter
# a tag as HTML's tokenizer reads it (HTML Standard, section 13.2.5): with the most attributes that
# it may have, and with the rest
_ONE = r"""[\s/]*+(?>=?[^\s/>=]++|=)(?>(?:\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>]*+))?)"""
_TAG = re.compile(rf"(</?[A-Za-z][^\s/>]*+(?>(?:{_ONE}){{0,{_MOST_ATTRIBUTES}}}))(?>(?:{_ONE})*)")


def clean_text(text: str) -> str:
    """Remove the characters that no XML document may contain."""
    return _ILLEGAL.sub("", text)


def parse(html: str) -> Element:
    """Return a `<div>` that holds the fragment `html`, repaired as a browser would."""
    text = _INSTRUCTION.sub("&lt;?", clean_text(html))
    if len(text) > _SHORT:
        text = _TAG.sub(r"\1", text)
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{text}").body
    root = etree.Element("div")
    if body is not None:
        _copy(body, root)
    return root


def _copy(node: Any, into: Element) -> None:
    """Copy Lexbor's children of `node` below `into`, without recursion: posts nest at will."""
    stack = [(node.child, into, False)]
    while stack:
        child, parent, in_pre = stack.pop()
        text: list[str] = []  # behind the last child so far; set at once, for lxml copies it
        while child is not None:
            tag = child.tag
            if tag == "-text":
                text += filter(None, [_behind_comment(child, parent, text, in_pre=in_pre)])
            elif tag in ("-comment", None):  # None: `<?php ?>`, which HTML takes for a comment
                _end_at_comment(child, parent, text)
            elif tag[0] not in "-_!":
                append_text(parent, "".join(text))
                text.clear()
                element = _element(tag, child.attributes, parent)
                if child.child is not None:
                    stack.append((child.next, parent, in_pre))
                    child, parent, in_pre = child.child, element, in_pre or tag == "pre"
                    continue
            child = child.next
        append_text(parent, "".join(text))


def _behind_comment(node: Any, parent: Element, before: list[str], *, in_pre: bool) -> str:
    """Return a text; a blank on both sides of a comment that is left out is one blank.

    So a comment more or less changes nothing, except where blanks count.
    """
    text: str = node.text_content
    if node.prev is None or node.prev.tag not in ("-comment", None) or in_pre:
        return text
    last = before[-1] if before else _text_so_far(parent)
    return text.lstrip(_BLANKS) if last[-1:].isspace() else text


def _end_at_comment(node: Any, parent: Element, text: list[str]) -> None:
    """Take away the blank in front of a comment that ends a body or a block of text."""
    if node.next is not None and (node.next.next is not None or node.next.text().strip()):
        return
    whole = _text_so_far(parent) + "".join(text)
    is_line = parent.tag in _PHRASES or (parent.tag in _ITEMS and whole.strip())
    if is_line or parent.getparent() is None:
        _set_last_text(parent, whole.rstrip(_BLANKS))
        text.clear()


def _text_so_far(parent: Element) -> str:
    """Return the text behind the last child of an element in the making."""
    last = _last_child(parent)
    return (parent.text if last is None else last.tail) or ""


def _set_last_text(parent: Element, text: str) -> None:
    """Set the text behind the last child of an element; without children, its own text."""
    last = _last_child(parent)
    if last is None:
        parent.text = text
    else:
        last.tail = text


def _last_child(parent: Element) -> Element | None:
    return next(parent.iterchildren(reversed=True), None)  # len(parent) would count them all


def _element(tag: str, attributes: dict[str, str | None], parent: Element) -> Element:
    """Append an element; a tag that XML cannot name becomes a span that says what it was."""
    if not _NAME.match(tag):
        element = etree.SubElement(parent, "span", {"data-tag": clean_text(tag)})
    else:
        element = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if _ATTRIBUTE.match(name) and not name.startswith("xmlns"):
            element.set(name.replace(":", "-") if ":" in name else name, clean_text(value or ""))
    return element


def parse_xml(body: str) -> Element:
    """Return a `<div>` that holds a Document's body, which is well-formed already."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f"<div>{body}</div>", parser)


def append_text(parent: Element, text: str | None) -> None:
    """Append text after the last child of `parent`."""
    if not text:
        return
    _set_last_text(parent, _text_so_far(parent) + text)


def inner_xml(element: Element) -> str:
    """Return what is inside `element` as well-formed XML text."""
    return "".join(_pieces(element, xml=True))


def inner_html(element: Element) -> str:
    """Return what is inside `element` in HTML's own syntax: `<br>`, and no empty short forms."""
    return "".join(_pieces(element, xml=False))


def _pieces(element: Element, *, xml: bool) -> Iterator[str]:
    if element.text:
        yield _escape(element.text)
    for child in element:
        data = etree.tostring(child, encoding="utf-8", method="xml" if xml else "html")
        yield data.decode("utf-8")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_of(element: Element) -> str:
    """Return the text of an element and all below it."""
    return "".join(map(str, element.itertext()))


def replace(old: Element, new: Element) -> None:
    """Replace `old` by `new`, keeping the text after it."""
    parent = old.getparent()
    assert parent is not None
    new.tail = old.tail
    parent.replace(old, new)


def unwrap(element: Element) -> None:
    """Remove an element and leave its content in its place."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    text, tail = element.text, element.tail
    children = list(element)
    element.tail = None
    for child in children:
        element.addprevious(child)
    parent.remove(element)
    _text_behind(before, parent, text)
    _text_behind(children[-1] if children else before, parent, tail)


def _text_behind(element: Element | None, parent: Element, text: str | None) -> None:
    """Add text behind a child of `parent`, after what is there; None: at its beginning."""
    if not text:
        return
    if element is None:
        parent.text = (parent.text or "") + text
    else:
        element.tail = (element.tail or "") + text


def remove(element: Element) -> None:
    """Remove an element with its content, keeping the text after it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    assert parent is not None
    element.tail = None
    parent.remove(element)
    _text_behind(before, parent, tail)


def put_behind(element: Element, text: str, spans: list[Element]) -> None:
    """Put a text and elements, with their tails, where the tail of an element is.

    Unlike an index among its siblings this takes no longer for the last of many.
    """
    element.tail = None
    for span in reversed(spans):
        element.addnext(span)
    element.tail = text or None


def classes(element: Element) -> list[str]:
    """Return the class names of an element."""
    return (element.get("class") or "").split()


def add_class(element: Element, name: str) -> None:
    """Add a class name once."""
    names = classes(element)
    if name not in names:
        element.set("class", " ".join([*names, name]))
