"""Flowcharts that Mermaid takes and the renderers do not, written so that they do.

Names of nodes such as `CI/CD`, `C++`, `맞나요?`, `가,나`, and titles of two lines.

Mermaid 11 has `!#$%'*+?\\/:,` and backticks in a name (NODE_STRING of its flow.jison); here such a
node gets a plain name, and what it was called as its label.
"""

from __future__ import annotations

import re

_ODD = re.compile(r"[!#$%'*+?\\/:,`]")
_TOKEN = re.compile(
    r"""(?P<line>(?m:^)[ \t]*+(?:(?:style|classDef|class|linkStyle|click|subgraph|direction|end
    |flowchart|graph)\b|acc(?:Title|Descr)|%%)[^\n]*+)
    |(?P<text>"[^"]*+")
    |(?P<arrow><?(?:-{2,}+|={2,}+|-\.++-*+|\.++-++|~{3,}+)(?:>|[ox](?=[\s|]))?)
    |(?P<pipe>\|[^|\n]*+\|)
    |(?P<name>(?>(?:[\w!#$%'*+?\\/,`]|\.(?!-)|(?<!:):(?!:)|-(?![-.>])|=(?!=))+))
    |(?P<open>[\[({])|(?P<close>[\])}])""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[[^\[\]\"]*+\]")
_OPENS_TEXT = frozenset(("--", "==", "-."))  # arrows behind which words stand, up to the next one


def with_plain_names(source: str) -> str:
    """Return a flowchart's source with plain names of nodes; itself where all of them are.

    A label of several lines becomes one of one line.
    """
    source = _LABEL.sub(lambda label: re.sub(r"\s*\n\s*", " ", label[0]), source)
    names = _places(source)
    if not names:
        return source
    labelled = {source[start:end] for start, end in names if _has_label(source, end)}
    prefix = "n"
    while f"{prefix}1" in source:
        prefix += "_"
    plain: dict[str, str] = {}
    parts, at = [], 0
    for start, end in names:
        name = source[start:end]
        own = plain.setdefault(name, f"{prefix}{len(plain) + 1}")
        parts += [source[at:start], own if name in labelled else f'{own}["{name}"]']
        at = end
    return "".join([*parts, source[at:]])


def _places(source: str) -> list[tuple[int, int]]:
    """Return where names with signs begin and end, outside of labels and words on arrows."""
    places = []
    depth, in_words = 0, False
    for token in _TOKEN.finditer(source):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif kind == "arrow":
            in_words = not in_words and token[0] in _OPENS_TEXT
        elif kind == "name" and not in_words and _ODD.search(token[0]) and token[0][-1] != ":":
            places.append(token.span())
    return places


def _has_label(source: str, end: int) -> bool:
    return source.startswith(("[", "(", "{", ">", "@{"), end)
