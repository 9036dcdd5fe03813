"""A row of a formula is laid out twice only where something in it grows to the row's height.

What: `Mrow._get_height_nostretch` measures a row only where an operator in it stretches.
Why: ziamath lays each row out once to know its height, and again to draw it, and so does each row
    within it: depth costs two to its power.
Upstream: docs/upstream.md, "A row within rows is laid out two to the power of its depth times"
Known: ziamath 0.13
Delete when: the numbers of the reproduction there grow by the same step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from hanpan.insides import ZIAMATH, KnownPart

PARTS = (
    KnownPart(
        ZIAMATH,
        "ziamath.nodes.mrow:Mrow._get_height_nostretch",
        "self, line, **kwargs",
        "51061dfd172d93bc",
    ),
    KnownPart(ZIAMATH, "ziamath.operators:get_params", "name, form"),
)


def install() -> None:
    """Have ziamath measure rows only where it needs their height."""
    from ziamath.nodes.mrow import Mrow

    measure: Callable[..., tuple[float, float]] = Mrow._get_height_nostretch

    def height(
        row: object, line: Sequence[ElementTree.Element], **how: object
    ) -> tuple[float, float]:
        if any(_grows(part) for child in line for part in child.iter()):
            return measure(row, line, **how)
        return 0.0, 0.0

    Mrow._get_height_nostretch = height  # type: ignore[assignment, method-assign]


def _grows(part: ElementTree.Element) -> bool:
    """Tell whether ziamath fits an element to the height of its row."""
    from ziamath import operators

    if part.tag != "mo":
        return part.tag == "mfenced"
    known = operators.get_params((part.text or "").strip(), part.get("form", "infix"))
    return (part.get("stretchy") or known.get("stretchy", "false")) != "false"
