"""Words of an SVG: those that name it, and HTML as text, for nobody draws HTML but browsers.

mermaid-cli and draw.io put labels into `<foreignObject>` (SVG 2, section 12.3). draw.io adds a
shortened one beside it in a `<switch>` (section 5.7.3), by which we know where the words stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from hanpan import tree

_BLOCKS = frozenset(
    "div p li tr ul ol table h1 h2 h3 h4 h5 h6 pre blockquote section dt dd hr br".split()
)
_UNSEEN = frozenset("script style annotation annotation-xml title template".split())
_NUMBER = re.compile(r"\s*+([+-]?(?:\d++(?>(?:\.\d++)?)|\.\d++))(?:px)?\s*+\Z")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\([\d.,% ]*+\)|\b(?!light|dark)[a-z]++\b(?!\()")
_CENTRED = re.compile(r"(?:node|edge|cluster)?-?[lL]abel\b")
_SIZE = 16.0  # px, of browsers and Mermaid
_LEADING = 1.2
_ABOVE = 0.35  # em from a baseline up to the middle of a line
_TOLERANCE = 1.05  # of a width, for faces that are wider or narrower than we think
_MOST_LINES = 200  # of a label


class _Place(NamedTuple):
    """Where a label stands: a point, and how its lines lie about it."""

    x: float
    y: float  # the baseline of a single line
    anchor: str  # start, middle, end
    down: float  # of the lines but one, the share above the point: 0, 0.5 or 1


@dataclass(frozen=True, slots=True)
class _Label:
    """The lines of a label, and the styles of its first words and of the boxes around them."""

    lines: tuple[str, ...]
    styles: tuple[dict[str, str], ...]  # of the innermost element first
    centred: bool

    def style(self, name: str) -> str:
        return next((style[name] for style in self.styles if name in style), "")


def name_of_drawing(drawing: etree._Element) -> str:
    """Return the title of an inline `<svg>`, else its words, else "" (SVG AAM 1.0)."""
    title = drawing.find("title")
    parts = [title] if title is not None else drawing.iter("text")
    return " ".join(" ".join(tree.text_of(part) for part in parts).split())


def write_words(root: etree._Element) -> None:
    """Replace what an SVG has of HTML by text; of each `<switch>` only what is shown stays."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    hints: dict[etree._Element, etree._Element] = {}  # a label in HTML -> the text in its place
    gone: set[etree._Element] = set()  # what is no part of the drawing any more
    for switch in (element for element in elements if _local(element) == "switch"):
        if switch not in gone:
            gone.update(one for child in _choose(switch, hints) for one in child.iter())
    for foreign in elements:
        has_place = foreign not in gone and foreign.getparent() is not None
        if _local(foreign) == "foreignObject" and has_place:
            _write(foreign, hints.get(foreign))
            gone.update(foreign.iter())


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _choose(
    switch: etree._Element, hints: dict[etree._Element, etree._Element]
) -> list[etree._Element]:
    """Leave the child of a `<switch>` that is shown, by its conditions; return the others."""
    children = [child for child in switch if isinstance(child.tag, str)]
    shown = next((child for child in children if _holds(child)), None)
    if shown is not None and _local(shown) == "foreignObject":
        text = (
            one for child in children if child is not shown for one in child.iter() if _is_text(one)
        )
        hint = next(text, None)
        if hint is not None:
            hints[shown] = hint
    others = [child for child in children if child is not shown]
    for child in others:
        switch.remove(child)
    switch.tag = str(switch.tag).replace("switch", "g")
    return others


def _is_text(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and _local(element) == "text"


def _holds(child: etree._Element) -> bool:
    """Tell whether what a child of a `<switch>` asks for is there; features always are (SVG 2)."""
    extensions = (child.get("requiredExtensions") or "http://www.w3.org/1999/xhtml").split()
    languages = child.get("systemLanguage")
    speaks = languages is None or any(
        one.strip().lower().startswith(("ko", "en")) for one in languages.split(",")
    )
    return speaks and all(name == "http://www.w3.org/1999/xhtml" for name in extensions)


def _write(foreign: etree._Element, hint: etree._Element | None) -> None:
    """Put the words of a `<foreignObject>` in its place."""
    label = _read(foreign)
    namespace = str(foreign.tag).removesuffix("foreignObject")
    group = etree.Element(f"{namespace}g")
    if foreign.get("transform"):
        group.set("transform", foreign.get("transform") or "")
    if label.lines:
        size = _length(label.style("font-size")) or _hint_size(hint) or _SIZE
        box = _box(foreign, label)
        lines = label.lines
        if "nowrap" not in label.style("white-space"):
            lines = tuple(_wrapped(lines, (box[2] or 0) / size))[:_MOST_LINES]
        place = _place_of(hint, label) or _place_in(box, label, size)
        colour = _COLOUR.search(
            label.style("color") or (hint.get("fill") if hint is not None else "") or ""
        )
        group.set("fill", colour[0] if colour else "#000")
        group.set("font-size", f"{size:g}px")
        for name in ("font-family", "font-weight", "font-style"):
            value = label.style(name) or (hint.get(name) if hint is not None else None)
            if value:
                group.set(name, re.sub(r'["<>&;]', "", value))
        leading = size * _LEADING
        first = place.y - place.down * (len(lines) - 1) * leading
        for number, line in enumerate(lines):
            y = first + number * leading
            where = {"x": f"{place.x:g}", "y": f"{y:g}", "text-anchor": place.anchor}
            etree.SubElement(group, f"{namespace}text", where).text = line
    parent = foreign.getparent()
    assert parent is not None
    group.tail = foreign.tail
    parent.replace(foreign, group)


def _read(foreign: etree._Element) -> _Label:
    """Return the words of a `<foreignObject>` in lines, as its blocks and breaks have them."""
    pieces: list[str] = []
    first: etree._Element | None = None
    walk = etree.iterwalk(foreign, events=("start", "end"))
    for event, element in walk:
        is_element = isinstance(element.tag, str)
        name = _local(element).lower() if is_element else ""
        if name in _BLOCKS:
            pieces.append("\n")
        if event == "start":
            if not is_element or name in _UNSEEN:
                walk.skip_subtree()
            elif (element.text or "").strip():
                first = element if first is None else first
                pieces.append(" ".join(["", *(element.text or "").split("\n"), ""])[1:-1])
        elif element is not foreign:
            pieces.append((element.tail or "").replace("\n", " "))
            pieces.append(" " if name in ("td", "th") else "")
            if first is None and (element.tail or "").strip():
                first = element.getparent()
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    around = [] if first is None else _up_to(first, foreign)
    names = " ".join(element.get("class") or "" for element in around)
    styles = tuple(_declarations(element) for element in around)
    return _Label(tuple(line for line in lines if line), styles, bool(_CENTRED.search(names)))


def _up_to(element: etree._Element, last: etree._Element) -> list[etree._Element]:
    """Return an element and those around it, as far as `last`."""
    around = [element]
    while around[-1] is not last and (parent := around[-1].getparent()) is not None:
        around.append(parent)
    return around


def _declarations(element: etree._Element) -> dict[str, str]:
    """Return what an element says of its style; marks of bold and slanted words say it, too."""
    style = {"b": "font-weight:bold", "strong": "font-weight:bold", "i": "font-style:italic"}.get(
        _local(element).lower(), ""
    )
    pairs = (one.partition(":") for one in f"{style};{element.get('style') or ''}".split(";"))
    return {
        name.strip().lower(): value.strip()
        for name, _, value in pairs
        if value.strip() and not (name.strip() == "font-size" and not _length(value))
    }


def _length(text: str) -> float:
    match = _NUMBER.match(text)
    return float(match[1]) if match else 0.0


def _hint_size(hint: etree._Element | None) -> float:
    return 0.0 if hint is None else _length(hint.get("font-size") or "")


def _box(foreign: etree._Element, label: _Label) -> tuple[float, float, float, float]:
    """Return x, y, width and height of a label; 0 for what nothing says.

    draw.io makes its labels as large as the drawing, and says in margins where the words are.
    """
    x, y = _length(foreign.get("x") or ""), _length(foreign.get("y") or "")
    width, height = _length(foreign.get("width") or ""), _length(foreign.get("height") or "")
    outer = next((style for style in reversed(label.styles) if "padding-top" in style), None)
    if outer is not None and not width:
        x += _length(outer.get("margin-left", ""))
        y += _length(outer["padding-top"]) + _length(outer.get("margin-top", ""))
        width = _length(outer.get("width", ""))
        height = 0.0
    return x, y, width if width > 1 else 0.0, height


def _place_of(hint: etree._Element | None, label: _Label) -> _Place | None:
    """Return where draw.io's text in place of a label stands."""
    if hint is None:
        return None
    numbers = [_NUMBER.match(hint.get(name) or "") for name in ("x", "y")]
    if not (numbers[0] and numbers[1]):
        return None
    x, y = float(numbers[0][1]), float(numbers[1][1])
    return _Place(x, y, _anchor(hint.get("text-anchor") or "start"), _down(label))


def _place_in(box: tuple[float, float, float, float], label: _Label, size: float) -> _Place:
    """Return where a label stands in its box."""
    x, y, width, height = box
    is_boxed = bool(height) or bool(label.style("padding-top"))
    down = _down(label) if label.style("align-items") else 0.5 if is_boxed else 0.0
    middle = y + height * (0.5 if height else 0.0)
    baseline = middle + size * _ABOVE if down == 0.5 or height else y + size
    align = label.style("text-align") or ("center" if label.centred else "")
    side = {"center": "middle", "right": "end", "end": "end"}.get(align, "start")
    at = x + width * {"middle": 0.5, "end": 1.0}.get(side, 0.0)
    return _Place(at, baseline, side, down)


def _anchor(value: str) -> str:
    return value if value in ("start", "middle", "end") else "start"


def _down(label: _Label) -> float:
    """Return which share of the lines stands above the point of a label."""
    align = label.style("align-items")
    return 0.0 if "start" in align else 1.0 if "end" in align else 0.5


def _wrapped(lines: Iterable[str], room: float) -> Iterable[str]:
    """Yield lines of words that fit into `room` em; without room, the lines as they are."""
    for line in lines:
        words = line.split(" ") if room > 0 else [line]
        taken: list[str] = []
        width = 0.0
        for word in words:
            wide = _em(word)
            if taken and width + wide > room * _TOLERANCE:
                yield " ".join(taken)
                taken, width = [], 0.0
            taken.append(word)
            width += wide + 0.28
        yield " ".join(taken)


def _em(word: str) -> float:
    """Return about how wide a word is, in em."""
    return sum(0.9 if unicodedata.east_asian_width(letter) in "WF" else 0.55 for letter in word)
