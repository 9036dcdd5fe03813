"""ESM: the lines of imports and exports in MDX, and the values that they give to names."""

from __future__ import annotations

import re

from hanpan.source.mdx.jsx import value_of

_OPENS = re.compile(
    r"import\s*(?:[\w*{$][^\n]*|[\"'][^\n]*)|export\s+(?:const|let|var|function|default|class|async|\{|\*)"
)
_IMPORT = re.compile(
    r"import\s+(?:\*\s+as\s+)?([\w$]+)(?:\s*,\s*\{[^{}]*\})?\s+from\s+[\"']([^\"'\n]+)[\"']"
)
_IMPORTED = re.compile(r"import\b[^;]*?\bfrom\s+[\"'][^\"'\n]+[\"']|import\s+[\"']", re.DOTALL)
_CONST = re.compile(
    r"export\s++(?:const|let|var)\s++([\w$]++)(?>(?:\s*+:\s*+\w++)?)\s*+=\s*+"
    r"(\"[^\"\n]*+\"|'[^'\n]*+'|`[^`]*+`|-?[\d.]++)[ \t]*+;?+[ \t]*+$",
    re.MULTILINE,
)
_PAIRS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_MOST = 2_000  # lines of one block
_SITE_ALIAS = re.compile(r"@site/|[@~]/")  # Docusaurus; Astro, Next


def end_of_block(lines: list[str], at: int) -> int:
    """Return the line behind the imports or exports that begin at a line; `at` where none do."""
    if not _OPENS.match(lines[at]):
        return at
    if lines[at].startswith("import") and not _IMPORTED.match("\n".join(lines[at : at + 60])):
        return at
    depth = 0
    for end in range(at, min(len(lines), at + _MOST)):
        line = lines[end]
        if not line.strip() and depth <= 0:
            return end
        depth += sum(
            _PAIRS.get(sign, 0) for sign in re.sub(r"\"[^\"]*\"|'[^']*'|`[^`]*`", "", line)
        )
        following = lines[end + 1] if end + 1 < len(lines) else ""
        if depth <= 0 and _OPENS.match(following):
            return end + 1
    return min(len(lines), at + _MOST)


def names_given(block: str) -> dict[str, str]:
    """Return the names that imports and exports give to files and to plain values."""
    names = {name: _path(path) for name, path in _IMPORT.findall(block)}
    for name, written in _CONST.findall(block):
        value = value_of(written, {})
        if value is not None:
            names[name] = value
    return names


def _path(path: str) -> str:
    """Return a path as pictures are looked for; an alias is the site's root, or its `src`."""
    alias = _SITE_ALIAS.match(path)
    if not alias:
        return path
    inner = path[alias.end() :]
    return f"/{inner}" if alias[0] == "@site/" else f"/src/{inner}"
