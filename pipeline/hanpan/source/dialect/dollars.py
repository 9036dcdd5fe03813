"""Dollars: which pair of them holds a formula, and which are prices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hanpan.source.dialect.tex import reads_like_tex

_TIGHT = re.compile(r"\$(?=\S)([^$\n]*+)(?<=\S)\$")
# `$ x^2 $`: MathJax takes the blanks, pandoc does not
_SPACED = re.compile(r"\$([^$\n`]++)\$")
_COMMAND = re.compile(r"\\[A-Za-z]")
_BRACES = re.compile(r"\\.|[{}$]")
_REACH = 1_000  # characters in which a formula with formulas in its braces ends
_TEX = re.compile(r"[\\^_{}=]")
_PRICE = re.compile(r"\d[^\\^_{}=]*\Z")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_ROW = re.compile(r"[ \t]*\|")  # of a table
_WHOLE_ROW = re.compile(r"[ \t]*+\|[^\n]*\|[ \t]*+\Z")
_VARIABLE = re.compile(r"\$\{[A-Za-z_][\w.]{0,80}\}")
_CELL_END = re.compile(r"(?<!\\)\|")


_NAMES = re.compile(r"\\(?:text|mathrm|mathtt|operatorname|label|tag)")


@dataclass(frozen=True, slots=True)
class Dollars:
    """What a pair of dollars holds; `end` is after the second."""

    end: int
    inside: str
    is_price: bool


def dollars_at(text: str, at: int, *, in_table: bool = False) -> Dollars | None:
    r"""Return the pair of dollars that begins at `at`, None where that dollar has no partner.

    In a table `\|` is a bar that ends no cell, for kramdown and GitHub alike.
    """
    spaced = _SPACED.match(text, at)
    whole = _with_formulas_in_braces(text, at) if spaced and _is_open(spaced[1]) else None
    match = _TIGHT.match(text, at) or spaced
    if whole:
        inside, end = whole
    elif match and (match.re is _TIGHT or reads_like_tex(match[1].strip())):
        inside, end = match[1], match.end()
    else:
        return None
    if inside[0] == "{" and text[end : end + 1] == "{":
        return None  # `${first}-${last}` of a shell or of JavaScript
    if text[end : end + 1].isdigit() and not _COMMAND.search(inside):
        return None  # `$5 to $10`
    if _HANGUL.match(inside) and not _TEX.search(inside):
        return None  # `300$와 $x$` opens at the second dollar, if at all
    if _ROW.match(text) and are_in_two_cells(inside):
        return None
    if in_table:
        inside = inside.replace("\\|", "|")
    is_price = bool(_PRICE.match(inside) and _HANGUL.search(inside))
    return Dollars(end, _unescape(inside.strip()), is_price)


def are_in_two_cells(inside: str) -> bool:
    r"""Tell whether what is between two dollars in a row of a table is of two cells: `|$|끝|\d$|`.

    A norm has an even number of bars, and no formula has Hangul beside them.
    """
    bars = len(_CELL_END.findall(inside))
    return bool(bars and (_HANGUL.search(inside) or (inside[0] == "|" and bars % 2)))


def _is_open(tex: str) -> bool:
    return tex.count("{") > tex.count("}")


def _with_formulas_in_braces(text: str, at: int) -> tuple[str, int] | None:
    r"""Return what the formula at `at` holds, and its end: no dollar in braces ends it.

    `$\text{if $x$}$` is one formula to MathJax. To pandoc the first dollar ends it, so that those
    within become `\(` and `\)`, which say the same.
    """
    pieces: list[str] = []
    depth = inner = 0
    start = at + 1
    for mark in _BRACES.finditer(text, start, min(len(text), at + _REACH)):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == "$":
            pieces.append(text[start : mark.start()])
            start = mark.end()
            if depth <= 0:
                return ("".join(pieces), start) if inner % 2 == 0 else None
            pieces.append("\\)" if inner % 2 else "\\(")
            inner += 1
    return None


def _unescape(tex: str) -> str:
    r"""Return what kramdown leaves of a formula: `p\_z` was escaped lest it be emphasis.

    So was `|`, lest the line be a table; but `\|x\|` is a norm. `\<` is no command of TeX.
    """
    tex = re.sub(r"(?<!\\)\\([<>])", r"\1", tex)
    if "\\" not in tex or _NAMES.search(tex):
        return tex
    if tex.count("\\|") % 2:
        tex = tex.replace("\\|", "|")
    if "\\\\" in tex:  # to kramdown two are one, outside of its own `$$`
        tex = re.sub(r"\\\\(?=[{}])", r"\\", tex)
        if "\\begin" not in tex:
            tex = re.sub(r"\\\\(?=[A-Za-z])", r"\\", tex)
    return re.sub(r"(?<!\\)\\([_*])", r"\1", tex)


def begins_nothing(text: str, at: int) -> bool:
    """Tell whether the dollar at `at`, without a partner in its line, can begin no formula.

    It is followed by Hangul or a blank, or it is a variable's, or in a row of a table: pandoc would
    look for its partner lines further down, and rows between would be in the formula.
    """
    behind = text[at + 1 : at + 2]
    if behind and (behind.isspace() or _HANGUL.match(behind)):
        return True
    return bool(_WHOLE_ROW.match(text) or _VARIABLE.match(text, at))
