"""Nesting: no block inside a paragraph, heading or phrase, no link inside a link.

The content models are those of the HTML Standard, 3.2.5: phrasing content holds no flow content.
"""

from __future__ import annotations

from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.sound.elements import BLOCKS, PARTS, PHRASING
from hanpan.transforms.shared.sound.structure import is_sound_ruby
from hanpan.tree import HEADINGS, Element, add_class, unwrap

_TRANSPARENT = frozenset(("a", "ins", "del"))
_STRUCTURAL = BLOCKS | (PARTS - {"rt", "rp"})
# they stay what they are, so blocks in them become phrases
_FIRM = frozenset((*HEADINGS, *"pre summary rt rp ruby sub sup q".split()))
_PHRASING_ONLY = (PHRASING - _TRANSPARENT) | _FIRM | {"p"}
_LOOKS = {
    "b": "font-weight: bold",
    "strong": "font-weight: bold",
    "u": "text-decoration: underline",
    "s": "text-decoration: line-through",
    "small": "font-size: 0.85em",
}
_ALONE = ("a", "dfn")  # must not stand inside their like


def nesting(root: Element, context: Context) -> None:
    """Turn what is around a block into a block, or the block into a phrase where that is firm."""
    for element in list(root.iter(*_ALONE)):
        nested = any(up.tag == element.tag for up in element.iterancestors())
        if nested or (element.tag == "a" and next(element.iter("details"), None) is not None):
            unwrap(element)
    for element in list(root.iter(*_STRUCTURAL)):
        if element.tag not in _STRUCTURAL or element.getparent() is None:
            continue
        around = _phrases_around(element, root)
        if any(up.tag in _FIRM for up in around):
            _flatten(element)
        else:
            for up in around:
                _open(up)
    for ruby in list(root.iter("ruby")):  # last: what was a reading may be a line by now
        if not is_sound_ruby(ruby):
            for part in list(ruby.iterchildren("rt", "rp")):
                unwrap(part)
            unwrap(ruby)


def _phrases_around(element: Element, root: Element) -> list[Element]:
    """Return the ancestors that hold only phrasing content, up to the nearest that holds more."""
    phrases = []
    for up in element.iterancestors():
        if up is root or (up.tag not in _PHRASING_ONLY and up.tag not in _TRANSPARENT):
            break
        if up.tag in _PHRASING_ONLY:
            phrases.append(up)
    return phrases


def _open(element: Element) -> None:
    """Make a paragraph or phrase a division that looks the same."""
    tag = str(element.tag)
    if tag == "p":
        add_class(element, "paragraph")
    elif tag in _LOOKS:
        style = f"{_LOOKS[tag]}; {element.get('style', '')}"
        element.set("style", style.rstrip("; "))
    elif tag not in ("span", "div"):
        add_class(element, tag)
    element.attrib.pop("datetime", "")
    element.tag = "div"


def _flatten(element: Element) -> None:
    """Make a block, and every part in it, a phrase that still stands on its own line."""
    for part in list(element.iter(*_STRUCTURAL)):
        if part.tag in ("hr", "col", "colgroup"):
            part.tag = "br"
            part.text = None
            part.attrib.clear()
            for child in list(part):
                part.remove(child)
            continue
        cell = part.tag in ("td", "th")
        part.tag = "span"
        for name in ("colspan", "rowspan", "scope", "start", "type", "reversed", "value", "open"):
            part.attrib.pop(name, "")
        add_class(part, "cell" if cell else "line")
