"""Mermaid 11's `A@{ shape: rounded, label: "…" }`, written as the brackets that came before it.

The renderer that keeps eojeols whole shows it as its source. https://mermaid.js.org/syntax/flowchart
lists the names of shapes; those without brackets of their own are for the other renderer.
"""

from __future__ import annotations

import re

_BRACKETS = {
    name: brackets
    for brackets, names in {
        ("[", "]"): "rect proc process rectangle",
        ("(", ")"): "rounded event",
        ("([", "])"): "stadium terminal pill",
        ("[[", "]]"): "fr-rect subproc subprocess subroutine framed-rectangle",
        ("[(", ")]"): "cyl cylinder db database",
        ("((", "))"): "circle circ",
        ("(((", ")))"): "dbl-circ double-circle",
        ("{", "}"): "diam decision diamond question",
        ("{{", "}}"): "hex hexagon prepare",
        ("[/", "/]"): "lean-r lean-right in-out",
        ("[\\", "\\]"): "lean-l lean-left out-in",
        ("[/", "\\]"): "trap-b priority trapezoid trapezoid-bottom",
        ("[\\", "/]"): "trap-t manual inv-trapezoid trapezoid-top",
    }.items()
    for name in names.split()
}
_KIND = re.compile(r"(?:flowchart|graph)\b", re.IGNORECASE)
_OBJECT = re.compile(r"([^\s@\[\](){}<>|;&\"]{1,200})@\{((?>(?:\"[^\"]*+\"|[^{}\"])*))\}")
_EDGE = re.compile(r"(?<![^\s;])([^\s@\[\](){}<>|;&\"]{1,200})@(?=[-=<~xo.])")
_PAIR = re.compile(
    r"(?<![A-Za-z])([A-Za-z]++)[ \t]*+:[ \t]*+(?:\"([^\"]*+)\"|([^\s,\"][^,\n\"]*+))"
)
_HAS_TEXT = re.compile(r"(?<![^\s;&>|-])([^\s@\[\](){}<>|;&\"]{1,200})(?=[\[({])")


def is_flowchart(body: str) -> bool:
    """Tell whether a source, less what is in front of its kind, is a flowchart."""
    return bool(_KIND.match(body))


def has_other_shapes(source: str) -> bool:
    """Tell whether a flowchart has shapes that no brackets stand for, or icons and pictures."""
    for node in _OBJECT.finditer(source):
        pairs = _pairs(node[2])
        shape = pairs.get("shape", "rect").lower()
        if shape not in _BRACKETS or not {"icon", "img"}.isdisjoint(pairs):
            return True
    return False


def with_brackets(source: str) -> str:
    """Return a flowchart's source with its shapes as brackets, and its edges without names."""
    if "@" not in source:
        return source
    edges = {match[1] for match in _EDGE.finditer(source)}
    written = {match[1] for match in _HAS_TEXT.finditer(_OBJECT.sub("", source))}

    def node(match: re.Match[str]) -> str:
        name = match[1]
        if name in edges:
            return ""
        pairs = _pairs(match[2])
        label = pairs.get("label", "").strip()
        if not label and name in written:
            return name
        opened, closed = _BRACKETS.get(pairs.get("shape", "").lower(), ("[", "]"))
        return f'{name}{opened}"{label or name}"{closed}'

    return _EDGE.sub("", _OBJECT.sub(node, source))


def _pairs(inside: str) -> dict[str, str]:
    """Return what stands between the braces of `@{…}`, by key in small letters."""
    return {pair[1].lower(): pair[2] or (pair[3] or "").strip() for pair in _PAIR.finditer(inside)}
