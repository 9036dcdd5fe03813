"""Folded text as one block of HTML, which the platform's Markdown reader leaves alone."""

from __future__ import annotations

from hanpan.crosspost.html_block import html_block
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.formulas_written import formulas_written
from hanpan.tree import Element

_SIGNS = "\\`*_[]~!"  # emphasis, for readers that look for it within a block of HTML


def details_as_html(root: Element, lowering: Lowering) -> None:
    """Mark each outermost `<details>`; the Markdown writer takes `data-raw` as it is."""
    for details in list(root.iter("details")):
        if not any(outer.tag == "details" for outer in details.iterancestors()):
            formulas_written(details, lowering)
            details.set("data-raw", html_block(details, _SIGNS))
