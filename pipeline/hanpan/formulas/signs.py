"""Signs: how many marks a formula must show at least, so that a drawing without one is noticed.

Each letter, digit and operator of MathML's leaves is a mark of its own, and so are the bars of
fractions and roots (MathML Core, 3.2 and 3.3; issue 14).
"""

from __future__ import annotations

import unicodedata

from lxml import etree

_LEAVES = frozenset(("mi", "mn", "mo", "mtext", "ms"))
_BARS = {"mfrac": 1, "msqrt": 2, "mroot": 2}  # a root is a hook and a bar
_UNSEEN = frozenset(("mphantom", "annotation", "annotation-xml"))
_WITHIN = frozenset("MZC")  # categories of what is drawn with another sign, or not at all


def count_signs(mathml: str) -> int:
    """Return how many marks the drawing of a `<math>` has at least."""
    count = 0
    for _, element in (walk := etree.iterwalk(etree.fromstring(mathml), events=("start",))):
        tag = element.tag
        if tag in _UNSEEN:
            walk.skip_subtree()
        elif tag in _LEAVES:
            count += _marks_of(element.text or "")
        elif tag != "mfrac" or not _is_bare(element):
            count += _BARS.get(tag, 0)
    return count


def _marks_of(text: str) -> int:
    return sum(
        1
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char)[0] not in _WITHIN
    )


def _is_bare(fraction: etree._Element) -> bool:
    """Tell whether a fraction has no bar, as a binomial has none."""
    thickness = fraction.get("linethickness") or ""
    return bool(thickness) and not thickness.strip("0.emptx%inc ")
