"""XML that programs read: elements in namespaces, and text that XML allows."""

from __future__ import annotations

from typing import Any

from lxml import etree

from hanpan.tree import Element, clean_text

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/terms/"


def new(tag: str, namespaces: dict[str, str], **attributes: str) -> Element:
    """Return a root element in the namespace "" of `namespaces`, which is the default."""
    prefixes: Any = {prefix or None: uri for prefix, uri in namespaces.items()}
    root = etree.Element(f"{{{namespaces['']}}}{tag}", nsmap=prefixes)
    _set(root, attributes)
    return root


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """Add an element in the parent's namespace, or in that of `{namespace}tag`."""
    if not tag.startswith("{"):
        tag = f"{{{etree.QName(parent).namespace}}}{tag}"
    child = etree.SubElement(parent, tag)
    child.text = clean_text(text) or None
    _set(child, attributes)
    return child


def write(root: Element) -> bytes:
    """Return a document."""
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return text


def _set(element: Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_").replace("__", ":"), clean_text(value))
