"""Inks: colours of the stylesheets, the site's own before ours, for what is drawn in Python."""

from __future__ import annotations

from hanpan.assets.colours import Colour, parse_colour
from hanpan.assets.stylesheets import Rules, rules_of
from hanpan.files import Files

_TOKENS = "styles/tokens.css"
_DEPTH = 8  # custom properties that name others


def token(name: str, files: Files) -> Colour:
    """Return the colour `--name` as tokens.css has it for light paper."""
    return stylesheet_colour(_TOKENS, ":root", f"--{name}", files)


def stylesheet_colour(sheet: str, selector: str, name: str, files: Files) -> Colour:
    """Return the colour in a property of the rules that have a selector, outside of `@media`.

    Ours where the site's own stylesheet has none that is known.
    """
    site, ours = rules_of(sheet, files)
    colour = _colour(site, selector, name) or _colour(ours, selector, name)
    assert colour is not None, f"{sheet} has no {name} for {selector}"
    return colour


def _colour(rules: Rules, selector: str, name: str, depth: int = 0) -> Colour | None:
    """Return the last colour in a property: `1px solid #e3e2dd`, `var(--line)`."""
    import tinycss2

    colour: Colour | None = None
    for value in tinycss2.parse_component_value_list(rules.get((selector, name), "")):
        if value.type == "function" and value.lower_name == "var":
            inner = [part.value for part in value.arguments if part.type == "ident"]
            if inner and depth < _DEPTH:
                colour = _colour(rules, ":root", inner[0], depth + 1) or colour
        elif value.type in ("hash", "ident", "function"):
            colour = parse_colour(value.serialize()) or colour
    return colour
