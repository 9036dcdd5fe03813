"""Info strings: the text after the marks that open a fence, as attributes for pandoc."""

from __future__ import annotations

import re

_BRACED = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = re.compile(r"[^\s{},:;=\"'`<>()\[\]]+")
_CLASS = re.compile(r"\.([^\s.#={}]+)")
_TITLE = re.compile(
    r"(?<![\w.-])(?:title|filename|file|caption)\s*[=:]\s*"
    r"""(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))"""
)
# `js:app.js`, `docker:Dockerfile`, `bash:터미널`; `js:line-numbers` is an option of VitePress
_FILE = re.compile(r"[^\s{},:;=\"'`]+:((?=[^\s{}:]*[./가-힣]|[A-Z])[^\s{}:]+)")
_LINES = re.compile(r"\{[ ]*(\d[\d, -]*)\}")
_HIGHLIGHTED = re.compile(r"""hl_lines\s*=\s*(?:"([\d, -]+)"|\[([\d, "'-]+)\]|(\d[\d-]*))""")
_NUMBERED = re.compile(
    r"""(?<![\w-])(?:number-?lines|line-?numbers|linenos|showLineNumbers)(?![\w-])"""
    r"""(?:\s*[=:]\s*["']?(\w{1,5}))?""",
    re.IGNORECASE,
)
_START = re.compile(r"""(?:startFrom|linenostart|data-start)\s*[=:]\s*["']?(\d{1,5})(?!\d)""")
_FIRST = re.compile(r"\{[ ]*([A-Za-z][\w+#-]*)[ ]*[,}]")
_OPTION = re.compile("[={}]")
_HANGUL = re.compile("[가-힣]")
_NO_LANGUAGE = frozenset({"numberlines", "number-lines", "linenos", "highlight", "sourcecode"})


def attributes(info: str) -> str:
    """Return an info string as `{class="language-x" title="a.py"}`, or "" where it says nothing.

    `{1,3-5}` becomes `data-lines`, the lines to point out; `linenos` becomes `data-numbers`, the
    number of the first line.

    Understood: `js{1,3}`, `python title="a.py"`, `{.python .numberLines}`, `python:a.py`,
    `{file: "a.py"}`, `caption="a.py"`, `javascript react`, kramdown's `{:.python}`, Hugo's
    `go {hl_lines=[1,"3-4"]}`, `{r, echo=TRUE}`.
    """
    language, title = "", _TITLE.search(info)
    rest = _TITLE.sub("", info).strip()
    if rest.startswith("{"):
        braced = _BRACED.match(rest)
        named = _CLASS.findall(braced[1]) if braced else []
        plain = [name for name in named if name.lower() not in _NO_LANGUAGE]
        first = _FIRST.match(rest)
        language = plain[0] if plain else first[1] if first and "=" not in first[0] else ""
    else:
        match = _LANGUAGE.match(rest)
        language = match[0] if match else ""
    file = _FILE.match(rest)
    lines, numbered = _lines(rest), first_number(rest)
    name = next((group for group in (title.groups() if title else ()) if group), "")
    name = name or (file[1] if file else "")
    parts = [f'class="language-{language.lower()}"'] if language else []
    if name:
        escaped = name.replace("\\", "\\\\").replace('"', "&quot;")
        parts.append(f'title="{escaped}"')
    if lines:
        parts.append(f'data-lines="{lines}"')
    if numbered:
        parts.append(f'data-numbers="{numbered}"')
    return f"{{{' '.join(parts)}}}" if parts else ""


def is_prose(info: str) -> bool:
    """Tell whether an info string may be a sentence: a Korean one, or three words and more.

    "``` 뒤에는 글을 쓴다" begins no code for kramdown, which takes one word.
    """
    words = _BRACED.sub("", _TITLE.sub("", info)).split()
    if len(words) > 1 and _HANGUL.search(words[0]):
        return True
    return len(words) > 2 and not any(_OPTION.search(word) for word in words)


def first_number(options: str) -> str:
    """Return the number of the first line where lines are to be numbered, else "".

    pandoc's `.numberLines startFrom="5"`, Jekyll's `linenos`, Hugo's `linenos=table,linenostart=5`,
    Gatsby's `numberLines: 5`, VitePress's `:line-numbers=5`, `showLineNumbers`.
    """
    asked = _NUMBERED.search(options)
    if not asked or (asked[1] or "").lower() in ("false", "none", "off", "no"):
        return ""
    start = _START.search(options)
    return start[1] if start else asked[1] if (asked[1] or "").isdigit() else "1"


def _lines(info: str) -> str:
    """Return the lines that an info string points out, as `1,3-5`."""
    match = _LINES.search(info)
    if match:
        return match[1].replace(" ", "")
    match = _HIGHLIGHTED.search(info)
    numbers = next((group for group in match.groups() if group), "") if match else ""
    return ",".join(re.findall(r"\d+(?:-\d+)?", numbers))
