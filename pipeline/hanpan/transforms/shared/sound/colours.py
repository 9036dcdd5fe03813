"""Colours: an author's own, as far as they can be read (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import re

from hanpan import tree
from hanpan.assets.colours import BLACK, WHITE, Colour, as_hex, contrast, parse_colour
from hanpan.assets.stylesheets import token
from hanpan.transforms.select import with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_DECLARATION = re.compile(r"(color|background-color)\s*:\s*([^;]+)", re.IGNORECASE)
# 4.5 is asked of body text, 3 of large text. Plain red has 4.0, and is the colour that authors use
# most; the page darkens it (author_colours), so that only what cannot be saved goes.
LEAST = 3.0


def colours(root: Element, context: Context) -> None:
    """Drop colours that cannot be read on paper; give a background a text colour that fits."""
    for element in with_attribute(root, "style"):
        style = element.get("style") or ""
        declared = {name.lower(): value.strip() for name, value in _DECLARATION.findall(style)}
        ink, ground = declared.get("color"), declared.get("background-color")
        if not declared:
            continue
        behind = parse_colour(ground) if ground else None
        given: Colour | None = None
        if ink and (front := parse_colour(ink)) and contrast(front, behind or WHITE) < LEAST:
            _report_contrast(element, ink, ground, context)
            style = _without(style, "color")
            given = _best_ink(behind, context) if behind else None
        elif ground and not ink:
            given = _usual_ink(behind or WHITE, context)
        if given:
            style = f"{style.rstrip('; ')}; color: {as_hex(given)}"
        if style.strip():
            element.set("style", style)
        else:
            del element.attrib["style"]
            if element.tag == "span" and not element.attrib:
                tree.unwrap(element)


def _usual_ink(ground: Colour, context: Context) -> Colour:
    """Return the ink of the text, or another where that cannot be read."""
    ink = token("ink", context.files)
    return ink if contrast(ink, ground) >= LEAST else _best_ink(ground, context)


def _best_ink(ground: Colour, context: Context) -> Colour:
    """Return the ink of the text or white, what reads better; black where neither can be read."""
    ink = max((token("ink", context.files), WHITE), key=lambda ink: contrast(ink, ground))
    return ink if contrast(ink, ground) >= LEAST else BLACK


def _report_contrast(element: Element, ink: str, ground: str | None, context: Context) -> None:
    where = f"on {ground}" if ground else "on white"
    message = f"text in {ink} {where} is hard to read and takes the colour of the text around it"
    remedy = "Choose a colour with a contrast of at least 4.5 to 1."
    context.report("colour-contrast", "warning", message, context.place_of(element, ink), remedy)


def _without(style: str, name: str) -> str:
    kept = [part for part in style.split(";") if part.partition(":")[0].strip().lower() != name]
    return ";".join(kept).strip()
