"""The page's web fonts: one woff2 subset for each face that the page's characters need.

A page has two families of its own, "post-body" and "post-code", in the weights 400 and 700. What
the first family of the settings lacks (hanja, old Hangul, symbols) comes from the next one, by
`unicode-range`. Emoji, and what no face has, are left to the reader's system.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterator

from hanpan import tree
from hanpan.assets.fonts import Face, Role, coverage, role_faces, role_families, subset
from hanpan.files import Files
from hanpan.tree import HEADINGS, Element

Use = tuple[Role, int]  # role, weight
_BOLD = frozenset((*HEADINGS, "strong", "b", "th", "dt", "summary"))
_CODE = frozenset(("pre", "code", "kbd", "samp", "tt"))
_SILENT = frozenset(("script", "style", "math"))  # formulas are set in the system's maths font
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# Conjoining jamo of one syllable must come from one font, or they stand side by side.
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u302e\u302f]")
_GENERIC = {
    "body": '"Apple SD Gothic Neo", "Malgun Gothic", sans-serif',
    "code": "Menlo, Consolas, monospace",
}


def font_css(parts: tuple[Element, ...], css: str, files: Files) -> str:
    """Return the `@font-face` rules for all text of `parts` and for what `css` generates."""
    used = characters(parts)
    generated = {char for char in css if char > "\x7f"}  # `content: "..."`
    rules = []
    for use in sorted(used):
        role, weight = use
        text = used[use] | _ASCII | (generated if role == "body" else set())
        shares = _shares(role_faces(files, role, weight), text)
        for place, (face, share) in enumerate(shares):
            rules.append(_rule(role, weight, face, share, has_range=place > 0))
    stacks = "".join(
        f'--font-{role}: "post-{role}", {", ".join(map(_quote, families))}, {_GENERIC[role]};'
        for role, families in role_families(files).items()
    )
    return "\n".join([*rules, f":root {{ {stacks} }}"])


def characters(parts: tuple[Element, ...]) -> dict[Use, set[str]]:
    """Return the characters of the text by the role and the weight in which it is set."""
    used: dict[Use, set[str]] = defaultdict(set)
    for part in parts:
        for text, use in _runs(part, ("body", 400)):
            used[use].update(text)
    return {use: chars for use, chars in used.items() if not chars <= {" ", "\n"}}


def _runs(element: Element, use: Use) -> Iterator[tuple[str, Use]]:
    """Yield each text below `element` with its use; without recursion, for posts nest at will."""
    stack: list[tuple[Element, Use]] = [(element, use)]
    while stack:
        current, outer = stack.pop()
        if isinstance(current.tag, str) and current.tag not in _SILENT:
            role: Role = "code" if current.tag in _CODE else outer[0]
            bold = current.tag in _BOLD or "title" in tree.classes(current)
            bold = bold or current.get("font-weight") in ("bold", "600", "700")  # SVG
            weight = 700 if bold else outer[1]
            if current.text:
                yield current.text, (role, weight)
            stack += [(child, (role, weight)) for child in current]
        elif current.tag == "math":
            yield from ((text, outer) for text in map(tree.text_of, current.iter("mtext")))
        if current.tail and current is not element:
            yield current.tail, outer


def _shares(faces: tuple[Face, ...], text: set[str]) -> Iterator[tuple[Face, set[str]]]:
    """Yield each face with the characters that it sets: each goes to the first face that has it."""
    jamo = {char for char in text if _JAMO.match(char)}
    left = set(text)
    for face in faces:
        covered = coverage(face)
        share = {char for char in left if ord(char) in covered}
        if not all(ord(char) in covered for char in jamo):
            share -= jamo
        left -= share
        if share:
            yield face, share


def _rule(role: Role, weight: int, face: Face, text: set[str], *, has_range: bool) -> str:
    data = base64.b64encode(subset(face, "".join(text), "woff2")).decode("ascii")
    parts = f'font-family: "post-{role}"; font-weight: {weight}; font-display: swap;'
    parts += f" src: url(data:font/woff2;base64,{data}) format('woff2');"
    if has_range:
        parts += f" unicode-range: {_ranges(text)};"
    return f"@font-face {{ {parts} }}"


def _ranges(text: set[str]) -> str:
    """Return CSS's `unicode-range` for the characters: `U+4E00, U+6F22-6F24`."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, text)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def _quote(family: str) -> str:
    return '"' + family.replace("\\", "").replace('"', "") + '"'
