"""Directives: `:::note[제목]` of Docusaurus, Astro's Starlight, VitePress and remark-directive."""

from __future__ import annotations

import re

from hanpan.labels import Labels
from hanpan.source.lines import Line
from hanpan.source.mdx.components import KINDS, callout

_OPENS = re.compile(
    r"([ \t]*+):{3,}+[ ]?([A-Za-z][\w-]*+)[ ]*+(?>(?:\[([^\]\n]*+)\])?)[ ]*+(?>(\{[^}\n]*+\})?)"
    r"([^\n]*)\Z"
)
_CLOSES = re.compile(r"[ \t]*:{3,}[ \t]*\Z")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_TITLE = re.compile(r"title=[\"']([^\"']*)[\"']")
_PARTS = frozenset({"code-group", "tabs", "steps", "columns", "v-pre", "raw"})
_KNOWN = KINDS.keys() | _PARTS


def directives(lines: tuple[Line, ...], labels: Labels) -> tuple[Line, ...]:
    """Return lines with directives as callouts; what is in fences stays as it was typed.

    A name that nobody knows is the callout's title where it is written as one: `:::Tips`.
    """
    if not any(":::" in line.text for line in lines):
        return lines
    output: list[Line] = []
    ends: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line.text)
        if mark and (not fence or (mark[1].startswith(fence) and line.text.strip() == mark[1])):
            fence = "" if fence else mark[1]
        opens = None if fence else _OPENS.match(line.text)
        name = opens[2].lower() if opens else ""
        own = "" if name in _KNOWN or not opens or opens[2].islower() else opens[2]
        if opens and (name in _KNOWN or own):
            titled = _TITLE.search(opens[4] or "")
            title = opens[3] or (titled[1] if titled else "") or opens[5].strip() or own
            name = name.removesuffix("s") if own else name
            before, after = _shown(name, title.strip(), labels)
            output += [line.with_text(part) for part in ["", *before.split("\n"), ""]]
            ends.append(after)
        elif ends and not fence and _CLOSES.match(line.text):
            output += [line.with_text(part) for part in ["", *ends.pop().split("\n"), ""]]
        elif ends and not fence:
            output.append(line.with_text(line.text))
        else:
            output.append(line)
    for after in reversed(ends):
        output += [lines[-1].with_text(part) for part in ["", *after.split("\n")]]
    return tuple(output)


def _shown(name: str, title: str, labels: Labels) -> tuple[str, str]:
    if name in _PARTS:
        return "", ""
    if name == "details":
        return f"<details>\n<summary>{title or labels.details}</summary>", "</details>"
    before, after, _ = callout(name, title)
    return before.rstrip("\n"), after.strip("\n")
