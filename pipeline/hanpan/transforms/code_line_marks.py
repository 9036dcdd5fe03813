"""Lines of code that are pointed out or numbered: a span for each."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.tree import Element

POINTED, LINE = "hll", "code-line"  # classes; the first is Pygments' name
NUMBER = "data-line"  # a line's number: the stylesheets show it, for it is no text of the code
_MOST_LINES = 1_000  # lines pointed out in one block


def lines_in(ranges: str) -> frozenset[int]:
    """Return the numbers of the lines in `1,3-5`."""
    numbers: set[int] = set()
    for part in ranges.split(",")[:_MOST_LINES]:
        first, _, last = part.partition("-")
        if first.isdigit() and len(part) < 12:
            end = int(last) if last.isdigit() else int(first)
            numbers.update(range(int(first), min(end, int(first) + _MOST_LINES) + 1))
    return frozenset(numbers)


def mark_lines(code: Element, pointed: frozenset[int], first: int | None) -> None:
    """Put lines that the author points out into spans, or all lines, numbered from `first`.

    `pointed` counts from 1. Expects code without spans that cross the end of a line.
    """
    lines = _lines_of(code)
    for number, line in enumerate(lines, 1):
        into = code
        if number in pointed or (first is not None and (number < len(lines) or line != [""])):
            names = [LINE] * (first is not None) + [POINTED] * (number in pointed)
            into = etree.SubElement(code, "span", {"class": " ".join(names)})
        if first is not None and into is not code:
            into.set(NUMBER, str(first + number - 1))
        for item in line:
            if isinstance(item, str):
                tree.append_text(into, item)
            else:
                into.append(item)
        if number < len(lines):
            tree.append_text(code if first is None else into, "\n")


def _lines_of(code: Element) -> list[list[Element | str]]:
    """Empty the code; return its lines, as text and spans."""
    parts: list[tuple[str, Element | None]] = [(code.text or "", None)]
    parts += [(child.tail or "", child) for child in code]
    lines: list[list[Element | str]] = [[]]
    for tail, child in parts:
        if child is not None:
            child.tail = None
            lines[-1].append(child)
        first, *others = tail.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    for child in list(code):
        code.remove(child)
    code.text = None
    return lines
