"""TeX as authors write it for MathJax and kramdown, in the form in which it is read here."""

from __future__ import annotations

import re

# kramdown needs the star and the underscore escaped, TeX must not have them so
_STARRED = re.compile(r"(\\(?:begin|end)\{\w+)\\\*\}")
_LIKE_TEX = re.compile(r"[\\^_=()<>+|]|\A[A-Za-z]\Z")
_LIKE_PROSE = re.compile(
    r"[가-힣ㄱ-ㅣ]|(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}|\s(?:and|or|to|is|for|per)(?:\s|\Z)"
)
# rows, also at the top of a formula; their numbers, which they have here only if asked for
_WORDS = {"newline": "\\\\", "cr": "\\\\", "notag": "", "nonumber": ""}
_WORD = re.compile(rf"\\({'|'.join(_WORDS)})(?![A-Za-z])")
_REQUIRED = re.compile(r"\\require\{[^{}]*\}")
_TAG = re.compile(r"\\tag(\*?)\{([^{}]*)\}")  # browsers do not set labels of rows
_TOKEN = re.compile(r"\\(?:begin|end)(?=\{)|\\\\|\\.|[{}&]", re.DOTALL)
_ROW_END = re.compile(r"(?<![\s\\])(?>(?:\\\\|\s)+)\Z")  # the run as a whole, tried once


def reads_like_tex(text: str) -> bool:
    """Tell whether what stands between two dollars is a formula rather than prose with prices."""
    return bool(_LIKE_TEX.search(text)) and not _LIKE_PROSE.search(text)


def normalise_tex(tex: str) -> str:
    r"""Return a formula with `\begin{align\*}`, `\tag{1}`, `\newline` as formulas are read here.

    Rows without an environment around them get one.
    """
    if "\\" not in tex and "&" not in tex:
        return tex
    tex = _STARRED.sub(r"\1*}", tex).replace("\\_{", "_{")
    tex = _REQUIRED.sub("", tex)
    tex = _WORD.sub(lambda match: _WORDS[match[1]], tex)
    tex = _TAG.sub(lambda tag: f"\\qquad\\text{{{tag[2] if tag[1] else f'({tag[2]})'}}}", tex)
    return _in_rows(tex)


def _in_rows(tex: str) -> str:
    r"""Put an environment around rows that have none: MathJax draws them, `a \\ b` and `a &= b`."""
    end = _ROW_END.search(tex)
    whole = tex[: end.start()] if end else tex
    braces = within = 0
    has_rows = has_columns = False
    for token in _TOKEN.findall(whole):
        if token in ("\\begin", "\\end"):
            within += 1 if token == "\\begin" else -1
        elif token in "{}":
            braces += 1 if token == "{" else -1
        elif not within and braces <= 0:
            has_rows = has_rows or token == "\\\\"
            has_columns = has_columns or token == "&"
    if not has_rows and not has_columns:
        return whole + tex[len(whole) :].replace("\\\\", "")
    name = "aligned" if has_columns else "gathered"
    blanks = whole[: len(whole) - len(whole.lstrip())]
    behind = tex[len(whole) :].replace("\\\\", "")
    return f"{blanks}\\begin{{{name}}}{whole.lstrip()}\\end{{{name}}}{behind}"
