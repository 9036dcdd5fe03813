"""Ruby as 漢字(한자): the form of Korean print, which needs no layout."""

from __future__ import annotations

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def ruby_in_parentheses(root: Element, lowering: Lowering) -> None:
    """Unwrap each `<ruby>`, its readings in parentheses."""
    for ruby in list(root.iter("ruby")):
        lowering.lose("ruby", at=ruby)
        for mark in list(ruby.iter("rp")):
            tree.remove(mark)
        for reading in list(ruby.iter("rt")):
            reading.text = f"({reading.text or ''}" if len(reading) else f"({reading.text or ''})"
            if len(reading):
                tree.append_text(reading, ")")
            tree.unwrap(reading)
        for base in list(ruby.iter("rb", "rtc")):
            tree.unwrap(base)
        tree.unwrap(ruby)
