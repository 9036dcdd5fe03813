"""TeX: what authors write in formulas that pandoc's reader does not know, in words that it does."""

from __future__ import annotations

import re

# kramdown needs the star and the underscore escaped, TeX must not have them so
_STARRED = re.compile(r"(\\(?:begin|end)\{\w+)\\\*\}")
_OVER = re.compile(r"\\over(?![A-Za-z])")
_LIKE_TEX = re.compile(r"[\\^_=()<>+|]|\A[A-Za-z]\Z")
_LIKE_PROSE = re.compile(
    r"[가-힣ㄱ-ㅣ]|(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}|\s(?:and|or|to|is|for|per)(?:\s|\Z)"
)


def reads_like_tex(text: str) -> bool:
    """Tell whether what stands between two dollars is a formula rather than prose with prices."""
    return bool(_LIKE_TEX.search(text)) and not _LIKE_PROSE.search(text)


def mend_tex(tex: str) -> str:
    r"""Return a formula with `\begin{align\*}`, `x\_{1}` and `{a \over b}` as pandoc reads them."""
    tex = _STARRED.sub(r"\1*}", tex).replace("\\_{", "_{")
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
