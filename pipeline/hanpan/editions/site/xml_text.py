"""XML that programs read: elements in namespaces, and text that XML allows."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from hanpan.tree import Element

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/terms/"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


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
    child.text = allowed(text) or None
    _set(child, attributes)
    return child


def write(root: Element) -> bytes:
    """Return a document."""
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return text


def allowed(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _set(element: Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_").replace("__", ":"), allowed(value))
