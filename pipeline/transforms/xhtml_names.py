"""Names: elements that HTML has given up, or never had, under the names that it has now."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import etree

from pipeline.transforms.inline_svg import is_foreign
from pipeline.transforms.word_set import word_set
from pipeline.tree import Element, remove, replace, text_of, unwrap

BLOCKS = word_set(
    "p div section article aside h1 h2 h3 h4 h5 h6 ul ol dl pre blockquote figure table hr details"
)
PARTS = word_set(
    "li dt dd caption colgroup col thead tbody tfoot tr th td figcaption summary rt rp"
)
PHRASING = word_set("""
    a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q ruby s samp small span strong
    sub sup time u var wbr svg math""")
# old or interactive name -> what stands for it, and the look it brought
_RENAMED: dict[str, tuple[str, str]] = {
    "center": ("div", "text-align: center"),
    "font": ("span", ""),
    "big": ("span", "font-size: 1.17em"),
    "nobr": ("span", "white-space: nowrap"),
    "tt": ("code", ""),
    "strike": ("s", ""),
    "acronym": ("abbr", ""),
    "dir": ("ul", ""),
    "menu": ("ul", ""),
    "xmp": ("pre", ""),
    "listing": ("pre", ""),
    "plaintext": ("pre", ""),
    # one of each, or none in another: the outline of a post does not need them
    **dict.fromkeys(
        word_set("main header footer hgroup nav address search form fieldset legend dialog"),
        ("div", ""),
    ),
}
# they run, fetch, style the reader's page, or ask for input
_DROPPED = word_set("""
    script style link meta title base basefont template param source track map area datalist
    input frame frameset noframes bgsound keygen""")
_EMBEDDED = word_set("iframe embed object video audio applet")
_VOID = word_set("br wbr hr img col")
_UNWRAPPED = word_set("picture noscript html body head")


def known_names(root: Element) -> None:
    """Leave only elements that HTML has; embedded players become links, unknown names spans."""
    for element in list(root.iter(etree.Element)):
        tag = str(element.tag)
        if element is root or element.getparent() is None or is_foreign(element):
            continue
        if tag in _RENAMED:
            element.tag, look = _RENAMED[tag]
            if look:
                element.set("style", f"{look}; {element.get('style', '')}".rstrip("; "))
        elif tag in _DROPPED:
            remove(element)
        elif tag in _EMBEDDED:
            _link(element)
        elif tag in _UNWRAPPED:
            unwrap(element)
        elif tag not in BLOCKS and tag not in PARTS and tag not in PHRASING:
            element.tag = "span"
        elif tag in _VOID and (len(element) or element.text):
            _empty(element)


def _empty(element: Element) -> None:
    """Move what stands in an element that can hold nothing behind it."""
    held = etree.Element("span")
    held.text, element.text = element.text, None
    held.extend(list(element))
    held.tail, element.tail = element.tail, None
    element.addnext(held)
    unwrap(held)


def _link(element: Element) -> None:
    """Put a link to what a player would have fetched in its place, or its own fallback text."""
    address = element.get("src") or element.get("data") or ""
    source = element.find(".//source")
    if not address and source is not None:
        address = source.get("src") or ""
    if address.startswith("//"):
        address = f"https:{address}"
    host = urlsplit(address).netloc if address.startswith(("http://", "https://")) else ""
    said = " ".join(text_of(element).split())
    words = element.get("title") or said or host
    if not words:
        remove(element)
        return
    link = etree.Element("a" if host else "span")
    if host:
        link.set("href", address)
    link.text = words
    replace(element, link)
