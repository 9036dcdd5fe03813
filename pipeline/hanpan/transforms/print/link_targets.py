"""Where links lead, in print: a list at the end of the post, or the address beside each link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from hanpan import tree
from hanpan.transforms.print.own_elements import LABEL, NOTE, REFERENCE
from hanpan.tree import Element

_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # letters beyond ASCII, in UTF-8
_TURN = re.compile(r"(?<=[/.?&=-])(?<!:/)(?=[^/.?&=-])")  # where an address may go on below


def list_targets(root: Element, prefix: str, name: str) -> None:
    """Put a number behind each link, and the addresses under their numbers at the end.

    The same address has the same number. Links within the post, and those whose text is the
    address, have none. `prefix` begins the ids of the list; `name` is its title.
    """
    numbers: dict[str, int] = {}
    for link in _outward(root):
        address = link.get("href") or ""
        number = numbers.setdefault(address, len(numbers) + 1)
        mark = etree.Element("sup", {"class": "link-mark"})
        reference = etree.SubElement(mark, REFERENCE)
        there = etree.SubElement(reference, "a", {"href": f"#{prefix}{number}"})
        there.text = f"[{number}]"
        _put_behind(link, mark)
    if not numbers:
        return
    section = etree.SubElement(root, "section", {"class": "link-targets"})
    title = etree.SubElement(section, "p", {"class": "link-targets-title"})
    title.text = name
    for address, number in numbers.items():
        note = etree.SubElement(section, NOTE, {"id": f"{prefix}{number}"})
        words = etree.SubElement(note, "p")
        label = etree.SubElement(words, LABEL)
        label.text = f"[{number}]"
        link = etree.SubElement(words, "a", {"href": address})
        link.text = _breakable(readable_address(address))


def print_targets_inline(root: Element, *, is_korean: bool) -> None:
    """Put the address in brackets behind the first link to it, unless the link's text says it."""
    printed: set[str] = set()
    for link in _outward(root):
        address = link.get("href") or ""
        if address not in printed:
            printed.add(address)
            words = etree.Element("span", {"class": "link-address"})
            words.text = f"({_breakable(readable_address(address))})"
            if not is_korean:
                words.text = f" {words.text}"
            _put_behind(link, words)


def _outward(root: Element) -> list[Element]:
    """Return the links to the web whose text is not the address itself."""
    links = []
    for link in root.iter("a"):
        address, text = link.get("href") or "", tree.text_of(link).strip()
        if address.startswith(("https://", "http://")) and text and _bare(text) != _bare(address):
            links.append(link)
    return links


def _bare(address: str) -> str:
    """Return an address less all that a text may leave out."""
    plain = readable_address(address).lower().partition("://")
    return (plain[2] or plain[0]).removeprefix("www.").rstrip("/")


def readable_address(address: str) -> str:
    """Return an address with its letters decoded, in host and path; what ASCII escapes stays."""
    plain = _ESCAPED.sub(lambda match: _decode(match[0]), address)
    host = urlsplit(address).hostname or ""
    if "xn--" in host:
        try:
            plain = plain.replace(host, host.encode("ascii").decode("idna"), 1)
        except UnicodeError:
            return plain
    return plain


def _decode(escaped: str) -> str:
    try:
        text = bytes.fromhex(escaped.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return escaped
    return text if text.isprintable() else escaped


def _breakable(address: str) -> str:
    """Let a line end behind the marks of an address, and not before them."""
    return _TURN.sub("\u200b", address)


def _put_behind(link: Element, new: Element) -> None:
    new.tail, link.tail = link.tail, None
    link.addnext(new)
