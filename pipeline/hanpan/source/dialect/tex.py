"""TeX as authors write it for MathJax and kramdown, in the form in which it is read here."""

from __future__ import annotations

import re
from itertools import chain

# kramdown needs the star and the underscore escaped, TeX must not have them so
_STARRED = re.compile(r"(\\(?:begin|end)\{\w+)\\\*\}")
# environments that MathJax draws without dollars around them
ENVIRONMENT = re.compile(
    r"\\begin\{((?:equation|align|gather|multline|eqnarray|alignat|flalign)\\?\*?)\}"
)
_LIKE_TEX = re.compile(r"[\\^_=()<>+|]|\A[A-Za-z]\Z")
_LIKE_PROSE = re.compile(
    r"[가-힣ㄱ-ㅣ]|(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}|\s(?:and|or|to|is|for|per)(?:\s|\Z)"
)
# rows, also at the top of a formula; their numbers, which they have here only if asked for
_WORDS = {"newline": "\\\\", "cr": "\\\\", "notag": "", "nonumber": ""}
_WORD = re.compile(rf"\\({'|'.join(_WORDS)})(?![A-Za-z])")
_REQUIRED = re.compile(r"\\require\{[^{}]*\}")
_TAG = re.compile(r"\\tag(\*?)\{([^{}]*)\}")  # browsers do not set labels of rows
_ROWS = re.compile(r"(\\\\|\\end\s*\{[^{}]*\}|\\begin\s*\{[^{}]*\})")
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
    if "\\tag" in tex:
        tex = _tags_last(tex)
    return _in_rows(tex)


def _tags_last(tex: str) -> str:
    r"""Return a formula with each `\tag` as text at the end of its row: it may stand anywhere."""
    written: list[str] = []
    waiting: list[list[str]] = [[]]  # tags of the row that is open, in each environment

    for at, piece in enumerate(_ROWS.split(tex)):
        is_text = at % 2 == 0
        if is_text:
            waiting[-1] += [_as_text(tag) for tag in _TAG.finditer(piece)]
            piece = _TAG.sub("", piece)
        elif not piece.startswith("\\begin"):
            written += waiting.pop()
            waiting.append([])
        written.append(piece)
        if not is_text and piece.startswith("\\begin"):
            waiting.append([])
        elif not is_text and piece.startswith("\\end") and len(waiting) > 1:
            waiting.pop()
    return "".join(chain(written, *waiting))


def _as_text(tag: re.Match[str]) -> str:
    return f"\\qquad\\text{{{tag[2] if tag[1] else f'({tag[2]})'}}}"


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
