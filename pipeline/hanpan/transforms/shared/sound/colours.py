"""Colours: an author's own, as far as they can be read (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import re

from hanpan import tree
from hanpan.transforms.contrast import colour, contrast
from hanpan.transforms.select import with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_DECLARATION = re.compile(r"(color|background-color)\s*:\s*([^;]+)", re.IGNORECASE)
_PAPER = (255, 255, 255)
_INKS = ("#1c1e21", "#ffffff")
# 4.5 is asked of body text, 3 of large text. Plain red has 4.0, and is the colour that authors use
# most; the page darkens it (author_colours), so that only what cannot be saved goes.
LEAST = 3.0


def colours(root: Element, context: Context) -> None:
    """Drop colours that cannot be read on paper; give a background the ink that fits it."""
    for element in with_attribute(root, "style"):
        style = element.get("style") or ""
        said = {name.lower(): value.strip() for name, value in _DECLARATION.findall(style)}
        ink, ground = said.get("color"), said.get("background-color")
        if not said:
            continue
        behind = (colour(ground) if ground else None) or _PAPER
        if ink and (front := colour(ink)) and contrast(front, behind) < LEAST:
            if ink not in _INKS:  # the ink that `safe_style` gives a background is no author's
                _say(element, ink, ground, context)
            style, ink = _without(style, "color"), None
        if ground and not ink and colour(ground):
            best = max(_INKS, key=lambda name: contrast(colour(name) or _PAPER, behind))
            style = f"{style.rstrip('; ')}; color: {best}"
        if style.strip():
            element.set("style", style)
        else:
            del element.attrib["style"]
            if element.tag == "span" and not element.attrib:
                tree.unwrap(element)


def _say(element: Element, ink: str, ground: str | None, context: Context) -> None:
    where = f"on {ground}" if ground else "on white"
    said = f"text in {ink} {where} cannot be read and takes the colour of the text around it"
    remedy = "Choose a darker colour, with a contrast of 4.5 to 1."
    context.report("colour-contrast", "warning", said, context.place_of(element, ink), remedy)


def _without(style: str, name: str) -> str:
    kept = [part for part in style.split(";") if part.partition(":")[0].strip().lower() != name]
    return ";".join(kept).strip()
