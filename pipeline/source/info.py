"""Info strings: what stands behind the marks that open a fence, as attributes for pandoc."""

from __future__ import annotations

import re

_BRACED = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = re.compile(r"[^\s{},:;=\"'`<>()\[\]]+")
_CLASS = re.compile(r"\.([^\s.#={}]+)")
_TITLE = re.compile(r"""(?:title|filename|file)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_FILE = re.compile(r"[^\s{},:;=\"'`]+:([^\s{}:]+\.[^\s{}:]+)")
_LINES = re.compile(r"\{[ ]*(\d[\d, -]*)\}")
_NO_LANGUAGE = frozenset({"numberlines", "number-lines", "linenos", "highlight", "sourcecode"})


def attributes(info: str) -> str:
    """Return an info string as `{class="language-x" title="a.py"}`, or "" where it says nothing.

    `{1,3-5}` becomes `data-lines`, the lines to point out.

    Understood: `js{1,3}`, `python title="a.py"`, `{.python .numberLines}`, `python:a.py`,
    `javascript react`, kramdown's `{:.python}`.
    """
    language, title = "", _TITLE.search(info)
    rest = _TITLE.sub("", info).strip()
    if rest.startswith("{"):
        braced = _BRACED.match(rest)
        named = _CLASS.findall(braced[1]) if braced else []
        plain = [name for name in named if name.lower() not in _NO_LANGUAGE]
        language = plain[0] if plain else ""
    else:
        found = _LANGUAGE.match(rest)
        language = found[0] if found else ""
    file = _FILE.match(rest)
    lines = _LINES.search(rest)
    name = next((group for group in (title.groups() if title else ()) if group), "")
    name = name or (file[1] if file else "")
    parts = [f'class="language-{language.lower()}"'] if language else []
    if name:
        escaped = name.replace("\\", "\\\\").replace('"', "&quot;")
        parts.append(f'title="{escaped}"')
    if lines:
        parts.append(f'data-lines="{lines[1].replace(" ", "")}"')
    return f"{{{' '.join(parts)}}}" if parts else ""
