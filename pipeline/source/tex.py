"""TeX: what authors write in formulas that pandoc's reader does not know, in words that it does."""

from __future__ import annotations

import re

# kramdown needs the star escaped, TeX must not have it so
_STARRED = re.compile(r"(\\(?:begin|end)\{\w+)\\\*\}")
_OVER = re.compile(r"\\over(?![A-Za-z])")


def mend_tex(tex: str) -> str:
    r"""Return a formula with `\begin{align\*}` and `{a \over b}` as pandoc reads them."""
    tex = _STARRED.sub(r"\1*}", tex)
    for _ in range(20):  # a formula has few; each turn removes one
        found = _OVER.search(tex)
        if not found:
            break
        start, end = _group(tex, found.start())
        above, below = tex[start : found.start()].strip(), tex[found.end() : end].strip()
        tex = f"{tex[:start]}\\frac{{{above}}}{{{below}}}{tex[end:]}"
    return tex


def _group(tex: str, at: int) -> tuple[int, int]:
    """Return the bounds of the innermost braces around `at`; of the whole formula without any."""
    depth, start = 0, 0
    for place in range(at - 1, -1, -1):
        if tex[place] == "}":
            depth += 1
        elif tex[place] == "{":
            depth -= 1
            if depth < 0:
                start = place + 1
                break
    depth = 0
    for place in range(at, len(tex)):
        if tex[place] == "{":
            depth += 1
        elif tex[place] == "}":
            depth -= 1
            if depth < 0:
                return start, place
    return start, len(tex)
