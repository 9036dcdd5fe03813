"""Code in a template: which lines are code or maths, in which Liquid stays as it was typed."""

from __future__ import annotations

import re

from hanpan.source.dialect.reader import Reader
from hanpan.source.dialect.regions import mark_regions
from hanpan.source.lines import Kind, Line
from hanpan.source.liquid.marks import RAW_BRACE

CODE_TAGS = frozenset({"highlight", "codeblock", "code", "prism"})
RAW = re.compile(r"\{%-?\s*(end)?raw\s*-?%\}")
_FENCE = re.compile(r"[\s>]*+(?:`{3}|~{3})")
_FENCE_AT_END = re.compile(
    r"\A([\s>]*+\{%-?\s{0,9}end(?!raw)\w{1,40}\s{0,9}-?%\})((?:`{3,}+|~{3,}+)\s*+)\Z"
)
_END_OF_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_TAG_ALONE = re.compile(r"\s*+\{%(?>(?:[^%\n]|%(?!\}))*)%\}\s*+\Z")
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


def without_indented_tags(lines: tuple[Line, ...], code: set[int]) -> set[int]:
    """Return which lines are code, less indented ones with a tag on a line of its own.

    Jekyll runs tags before Markdown is read: `{% endfor %}` on such a line ends a loop of the text.
    """
    kept = set(code)
    run: list[Line] = []
    for line in (*lines, Line("", -1)):
        if line.number in code:
            run.append(line)
            continue
        is_fence = bool(run) and any(mark in run[0].text for mark in ("```", "~~~"))
        if not is_fence and any(_TAG_ALONE.match(one.text) for one in run):
            kept -= {one.number for one in run}
        run = []
    return kept


def _code_tag(reader: Reader, line: Line) -> bool:
    """A block of code or raw text by a tag: fences within are no fences."""
    opened = _OPENS.match(line.text)
    if not opened:
        return False
    name = opened[1] or opened[2]
    closing = end_of_code_tag(name)
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


def end_of_code_tag(name: str) -> re.Pattern[str]:
    """Return what ends code by a tag: its own mark, or Hugo's that names nothing."""
    return re.compile(
        rf"\{{%-?\s*end{name}\s*-?%\}}|\{{\{{<\s*/\s*(?:{name}\s*)?>\}}\}}", re.IGNORECASE
    )


def bare_fences(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with `{% raw %}` taken off the lines that open and close fences.

    With the mark beside it, it would be no fence. What the mark keeps, stays closed to Liquid up to
    its end.
    """
    lines = _fences_apart(lines)
    if not any("raw" in line.text for line in lines):
        return lines
    last = max((at for at, line in enumerate(lines) if _END_OF_RAW.search(line.text)), default=-1)
    output: list[Line] = []
    is_raw = False
    for at, line in enumerate(lines):
        match = _MARK_AT_FENCE.match(line.text) if "raw" in line.text else None
        if match:
            is_raw = "endraw" not in line.text and at < last
            line = line.with_text(f"{match[1]}{match[2]}" if match[2] else match[3].rstrip())
        elif is_raw:
            end = _END_OF_RAW.search(line.text)
            is_raw = not end
            kept = line.text[: end.start()] if end else line.text
            rest = line.text[end.end() :] if end else ""
            line = line.with_text(kept.replace("{", RAW_BRACE) + rest)
            if (
                end
                and not line.text.strip()
                and at + 1 < len(lines)
                and _FENCE.match(lines[at + 1].text)
            ):
                continue
        output.append(line)
    return tuple(output)


def _fences_apart(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with a fence on a line of its own that stands behind the end of a block.

    To Jekyll it begins that line: the tag is gone before Markdown is read.
    """
    if not any("%}`" in line.text or "%}~" in line.text for line in lines):
        return lines
    output: list[Line] = []
    for line in lines:
        match = _FENCE_AT_END.match(line.text) if "{%" in line.text else None
        if match:
            output += [line.with_text(match[1]), line.with_text(match[2])]
        else:
            output.append(line)
    return tuple(output)


def without_raw(lines: list[Line]) -> list[Line]:
    """Return lines of code without the pairs of `{% raw %}` that Jekyll needs around Liquid.

    What is between them opens nothing. A mark without its partner is part of what the code shows.
    A line that held nothing but a mark goes.
    """
    opened: tuple[int, re.Match[str]] | None = None
    cuts: dict[int, list[tuple[int, int, str]]] = {}  # what stands for stretches of each line
    for at, line in enumerate(lines):
        for mark in RAW.finditer(line.text):
            if not mark[1]:
                opened = opened or (at, mark)
            elif opened:
                _cut_pair(lines, opened, (at, mark), cuts)
                opened = None
    output = []
    for at, line in enumerate(lines):
        text = line.text
        for start, end, instead in reversed(cuts.get(at, [])):
            text = text[:start] + instead + text[end:]
        if text.strip() or not any(not instead for _, _, instead in cuts.get(at, [])):
            output.append(line.with_text(text))
    return output


def _cut_pair(
    lines: list[Line],
    opening: tuple[int, re.Match[str]],
    closing: tuple[int, re.Match[str]],
    cuts: dict[int, list[tuple[int, int, str]]],
) -> None:
    """Cut a pair of marks out of the lines, and close what is between them to Liquid."""
    first, last = opening[0], closing[0]
    cuts.setdefault(first, []).append((*opening[1].span(), ""))
    for at in range(first, last + 1):
        start = opening[1].end() if at == first else 0
        end = closing[1].start() if at == last else len(lines[at].text)
        if "{" in lines[at].text[start:end]:
            raw = lines[at].text[start:end].replace("{", RAW_BRACE)
            cuts.setdefault(at, []).append((start, end, raw))
    cuts.setdefault(last, []).append((*closing[1].span(), ""))
