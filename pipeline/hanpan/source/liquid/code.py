"""Code in a template: which lines are code or maths, in which Liquid stays as it was typed."""

from __future__ import annotations

import re

from hanpan.source.dialect.reader import Reader
from hanpan.source.dialect.regions import mark_regions
from hanpan.source.lines import Kind, Line

CODE_TAGS = frozenset({"highlight", "codeblock", "code", "prism"})
RAW = re.compile(r"\{%-?\s*(end)?raw\s*-?%\}")
_OPENS = re.compile(
    r"[\s>*+-]*(?:\{%-?\s*(raw|highlight|codeblock|code|prism)\b|\{\{<\s*(highlight)\b)"
)
_MARK_AT_FENCE = re.compile(
    r"\A([\s>]*+)\{%-?\s*+(?:end)?raw\s*+-?%\}\s*+((?:`{3,}+|~{3,}+)[^`]*+)\Z"
    r"|\A([\s>]*+(?:`{3,}+|~{3,}+)[^`{]*+)\{%-?\s*+(?:end)?raw\s*+-?%\}\s*+\Z"
)


def code_lines(path: str, lines: tuple[Line, ...]) -> set[int]:
    """Return the numbers of the lines that are fences, indented code or maths."""
    marked, _ = mark_regions(path, list(lines), first=(_code_tag,))
    return {line.number for line in marked if line.kind in (Kind.CODE, Kind.MATH)}


def _code_tag(reader: Reader, line: Line) -> bool:
    """A block of code or raw text by a tag: fences within are no fences."""
    opened = _OPENS.match(line.text)
    if not opened:
        return False
    name = opened[1] or opened[2]
    closing = re.compile(
        rf"\{{%-?\s*end{name}\s*-?%\}}|\{{\{{<\s*/\s*{name}\s*>\}}\}}", re.IGNORECASE
    )
    if name == "raw" and RAW.sub("", line.text, count=1).strip().startswith(("```", "~~~")):
        return False  # the fence itself keeps what is in it
    key = f"end{name}"
    if key in reader.never_closed:
        return False
    for end in range(reader.at, len(reader.lines)):
        if closing.search(reader.lines[end].text, opened.end() if end == reader.at else 0):
            reader.take(end + 1 - reader.at, Kind.TEXT)
            return True
    reader.never_closed.add(key)
    return False


def bare_fences(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with `{% raw %}` taken off the lines that open and close fences.

    A fence keeps what is in it by itself; with the mark beside it, it would be no fence.
    """
    output = []
    for line in lines:
        match = _MARK_AT_FENCE.match(line.text) if "raw" in line.text else None
        if match:
            line = line.with_text(f"{match[1]}{match[2]}" if match[2] else match[3].rstrip())
        output.append(line)
    return tuple(output)


def without_raw(lines: list[Line]) -> list[Line]:
    """Return lines of code without the pairs of `{% raw %}` that Jekyll needs around Liquid.

    A mark without its partner is part of what the code shows. A line that held nothing but a mark
    goes.
    """
    opened: tuple[int, re.Match[str]] | None = None
    cuts: dict[int, list[re.Match[str]]] = {}
    for at, line in enumerate(lines):
        for mark in RAW.finditer(line.text):
            if not mark[1]:
                opened = opened or (at, mark)
            elif opened:
                for line_at, cut in (opened, (at, mark)):
                    cuts.setdefault(line_at, []).append(cut)
                opened = None
    output = []
    for at, line in enumerate(lines):
        text = line.text
        for cut in reversed(cuts.get(at, [])):
            text = text[: cut.start()] + text[cut.end() :]
        if text.strip() or at not in cuts:
            output.append(line.with_text(text))
    return output
