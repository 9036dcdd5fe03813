"""TeX: what authors write in formulas that pandoc's reader does not know, in words that it does."""

from __future__ import annotations

import re

# kramdown needs the star and the underscore escaped, TeX must not have them so
_STARRED = re.compile(r"(\\(?:begin|end)\{\w+)\\\*\}")
_OVER = re.compile(r"\\over(?![A-Za-z])")
_FONT = re.compile(r"\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])[ ]*")
_LIKE_TEX = re.compile(r"[\\^_=()<>+|]|\A[A-Za-z]\Z")
_LIKE_PROSE = re.compile(
    r"[가-힣ㄱ-ㅣ]|(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}|\s(?:and|or|to|is|for|per)(?:\s|\Z)"
)
# what MathJax knows and pandoc does not -> what says the same
_WORDS = {
    "notag": "",
    "mathstrut": "",
    "space": "\\ ",
    "bmod": "\\;\\mathrm{mod}\\;",
    "degree": "^\\circ ",
    "newline": "\\\\",
    "cr": "\\\\",
    "mathbbm": "\\mathbb",
    "Bbb": "\\mathbb",
    "textcolor": "\\color",
    "argmax": "\\operatorname*{argmax}",
    "argmin": "\\operatorname*{argmin}",
    **dict.fromkeys(
        "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge".split(), ""
    ),
}
_WORD = re.compile(rf"\\({'|'.join(_WORDS)})(?![A-Za-z])")
_REQUIRED = re.compile(r"\\require\{[^{}]*\}")
_TAG = re.compile(r"\\tag\*?\{([^{}]*)\}")  # pandoc loses the number
_TOKEN = re.compile(r"\\(?:begin|end)(?=\{)|\\\\|\\.|[{}&]", re.DOTALL)
_ROW_END = re.compile(r"(?<![\s\\])(?>(?:\\\\|\s)+)\Z")  # the run as a whole, tried once
_TURNS = 20  # a formula has few of each; every turn rewrites one


def reads_like_tex(text: str) -> bool:
    """Tell whether what stands between two dollars is a formula rather than prose with prices."""
    return bool(_LIKE_TEX.search(text)) and not _LIKE_PROSE.search(text)


def normalise_tex(tex: str) -> str:
    r"""Return a formula with `\begin{align\*}`, `{a \over b}`, `{\rm x}` as pandoc reads them.

    Rows without an environment around them get one.
    """
    if "\\" not in tex and "&" not in tex:
        return tex
    tex = _STARRED.sub(r"\1*}", tex).replace("\\_{", "_{")
    tex = _REQUIRED.sub("", tex)
    tex = _WORD.sub(lambda match: _WORDS[match[1]], tex)
    tex = _TAG.sub(r"\\qquad\\text{(\1)}", tex)
    for _ in range(_TURNS):
        match = _OVER.search(tex)
        if not match:
            break
        start, end = _group(tex, match.start())
        above, below = tex[start : match.start()].strip(), tex[match.end() : end].strip()
        tex = f"{tex[:start]}\\frac{{{above}}}{{{below}}}{tex[end:]}"
    for _ in range(_TURNS):
        match = _FONT.search(tex)
        if not match:
            break
        kind = f"\\math{match[1]}"
        if tex[match.end() : match.end() + 1] == "{":
            tex = f"{tex[: match.start()]}{kind}{tex[match.end() :]}"
        else:
            _, end = _group(tex, match.start())
            tex = f"{tex[: match.start()]}{kind}{{{tex[match.end() : end]}}}{tex[end:]}"
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
