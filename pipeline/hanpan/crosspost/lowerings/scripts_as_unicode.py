"""Superscripts and subscripts as Unicode digits, or ^( ): otherwise 10² would become 102."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_SUP = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ")


def scripts_as_unicode(root: Element, lowering: Lowering) -> None:
    """Unwrap `<sup>` and `<sub>`, with their characters raised or lowered where Unicode can."""
    for script in list(root.iter("sup", "sub")):
        lowering.lose("script", at=script)
        table, sign = (_SUP, "^") if script.tag == "sup" else (_SUB, "_")
        text = tree.text_of(script)
        raised = text.strip().translate(table)
        if raised and not len(script) and all(ord(c) in table for c in text.strip()):
            script.text = raised
        elif re.search(r"[가-힣\s]", text.strip()):  # a remark in small letters
            if not text.lstrip().startswith("("):
                script.text = f"({script.text or ''}"
                tree.append_text(script, ")")
        elif text.strip():
            short = len(text.strip()) == 1
            script.text = f"{sign}{'' if short else '('}{script.text or ''}"
            tree.append_text(script, "" if short else ")")
        if script.get("id"):  # a footnote's number may be linked to
            etree.strip_attributes(script, "id")
        tree.unwrap(script)
