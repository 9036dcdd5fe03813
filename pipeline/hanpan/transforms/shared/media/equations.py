r"""Numbers of equations: `\label`, and `\ref` and `\eqref` to it, in formulas and in prose.

MathJax on an author's page numbers equations as it is told to there, which a post does not say. So
an equation has the number of its own `\tag`; of the others, those that the post refers to are
counted in order. (Issue 14, section 2.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\qquad\\text\{\(([^{}]*)\)\}")  # as the dialect writes `\tag`
_ROW = re.compile(r"\\\\|\\end\s*\{")


def numbered(formulas: list[str], prose: str) -> tuple[list[str], dict[str, str]]:
    """Return the formulas with their numbers and without labels, and the number of each label."""
    wanted = {match[2] for text in (*formulas, prose) for match in _REFERENCE.finditer(text)}
    numbers: dict[str, str] = {}
    free = (str(number) for number in count(1))
    written = [_number(formula, wanted, numbers, free) for formula in formulas]
    return [with_numbers(formula, numbers) for formula in written], numbers


def with_numbers(text: str, numbers: dict[str, str]) -> str:
    r"""Return a text with numbers for `\ref` and `\eqref`; of unknown labels, `???`."""

    def number(match: re.Match[str]) -> str:
        shown = numbers.get(match[2], "???")
        return rf"\text{{({shown})}}" if match[1] else rf"\text{{{shown}}}"

    return _REFERENCE.sub(number, text)


def _number(formula: str, wanted: set[str], numbers: dict[str, str], free: Iterator[str]) -> str:
    """Return a formula with a number in each row whose label is wanted; note the numbers."""
    if "\\label" not in formula:
        return formula
    written, at = [], 0
    for end in [*(match.start() for match in _ROW.finditer(formula)), len(formula)]:
        row = formula[at:end]
        labels = _LABEL.findall(row)
        row = _LABEL.sub("", row)
        tag = _TAG.search(row)
        if labels and not tag and wanted.intersection(labels):
            number = next(free)
            row = f"{row.rstrip()}\\qquad\\text{{({number})}}"
            numbers.update(dict.fromkeys(labels, number))
        elif labels and tag:
            numbers.update(dict.fromkeys(labels, tag[1]))
        written.append(row)
        at = end
    return "".join(written)


def in_prose(text: str, numbers: dict[str, str]) -> str:
    """Return a text with the numbers of the equations that it refers to; others stay."""

    def number(match: re.Match[str]) -> str:
        if match[2] not in numbers:
            return match[0]
        return f"({numbers[match[2]]})" if match[1] else numbers[match[2]]

    return _REFERENCE.sub(number, text)
