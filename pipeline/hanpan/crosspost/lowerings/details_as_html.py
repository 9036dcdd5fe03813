"""Folded text as one block of HTML: the Markdown reader of the platform looks into none."""

from __future__ import annotations

from hanpan.crosspost.html_block import html_block
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.formulas_written import formulas_written
from hanpan.tree import Element

_SIGNS = "\\`*_[]~!"  # what a reader that looks for emphasis in a block of HTML would find


def details_as_html(root: Element, lowering: Lowering) -> None:
    """Mark each outermost `<details>`; the Markdown writer takes `data-raw` as it is."""
    for details in list(root.iter("details")):
        if not any(outer.tag == "details" for outer in details.iterancestors()):
            formulas_written(details, lowering)
            details.set("data-raw", html_block(details, _SIGNS))
