"""Wide things that scroll by themselves: code, tables and formulas, in reach of the keyboard.

What scrolls must take the focus (WCAG 2.1.1; axe: scrollable-region-focusable) and have a name;
the names are numbered, for two regions of one name cannot be told apart (axe: landmark-unique).
"""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.head_cells import unhead_empty_cells
from hanpan.transforms.table_sizes import least_width
from hanpan.tree import Element

_LONG = 20  # characters of a formula: some 240 pixels
_PAPER = 41.0  # em of a table's type in a line of A4, as screen.css prints it
_PADDING = 1.7  # em, both sides of a cell
_SMALLEST = 0.66  # of a table's type: 6.4 points. Below, words are cut
_WORDY = 8  # characters: a cell of so many wants room for more than a word a line


def scroll_code(root: Element, name: str) -> None:
    """Make each `<pre>` of a highlight frame a named region that takes the focus."""
    frames = [frame for frame in root.iter("div") if "highlight" in tree.classes(frame)]
    for number, frame in enumerate(frames, 1):
        language = frame.get("data-lang")
        label = f"{name} {number} ({language})" if language else f"{name} {number}"
        for pre in frame.findall("pre"):
            _make_region(pre, label)


def scroll_tables(root: Element, name: str) -> None:
    """Put each outermost table into `<div class="table-scroll">`.

    A cell of several words gets the class "wordy": its column stays readable, and the table scrolls
    instead.
    """
    unhead_empty_cells(root)
    for cell in root.iter("td", "th"):
        words = tree.text_of(cell).split()
        if len(words) > 1 and len(" ".join(words)) >= _WORDY:
            tree.add_class(cell, "wordy")
    outermost = [
        table
        for table in root.iter("table")
        if not any(up.tag == "table" for up in table.iterancestors())
    ]
    for number, table in enumerate(outermost, 1):
        caption = table.find("caption")
        title = " ".join(tree.text_of(caption).split()) if caption is not None else ""
        fitting = _PAPER / max(least_width(table, _PADDING), 1.0)
        _wrap(table, "div", "table-scroll", f"{name} {number}: {title}".rstrip(": "))
        if fitting < 1:  # a browser would print the whole page smaller, not the table
            scroller = table.getparent()
            assert scroller is not None
            tree.add_class(scroller, "broad" if fitting >= _SMALLEST else "broad cut")
            scroller.set("style", f"--fitting:{max(fitting, _SMALLEST):.2f}em")


def scroll_formulas(root: Element, name: str, most: int = _LONG) -> None:
    """Put each display formula, and each long one within a line, into a scroller of its own.

    Browsers do not break a formula over lines. One of more than `most` characters is long.
    """
    wide = [(math, _is_displayed(math)) for math in root.iter("math")]
    wide = [(math, is_block) for math, is_block in wide if is_block or formula_length(math) > most]
    for number, (math, is_block) in enumerate(wide, 1):
        place = "math-scroll" if is_block else "math-scroll inline"
        _wrap(math, "span", place, f"{name} {number}")


def _is_displayed(math: Element) -> bool:
    return math.get("display") == "block"


def formula_length(math: Element) -> int:
    """Return how many characters a formula shows; its TeX annotation is not shown."""
    shown = (part for part in math.iter() if part.tag != "annotation")
    return len("".join("".join((part.text or "").split()) for part in shown))


def _wrap(element: Element, tag: str, name: str, label: str) -> None:
    wrapper = etree.Element(tag, {"class": name})
    _make_region(wrapper, label)
    tree.replace(element, wrapper)
    element.tail = None
    wrapper.append(element)


def _make_region(element: Element, label: str) -> None:
    element.set("role", "region")
    element.set("aria-label", label)
    element.set("tabindex", "0")
