"""The dialect: kramdown's, GitHub's and Korean authors' habits -> Markdown as pandoc reads it.

Line by line, so that every line keeps its number in the author's file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from pipeline.source.attributes import looks_like_attributes, span_mark
from pipeline.source.elements import BLOCKS, block_depth, is_element
from pipeline.source.inline import write_inline
from pipeline.source.lines import Kind, Line, Source
from pipeline.source.liquid import Rendered, lines_of
from pipeline.source.post import Post
from pipeline.source.regions import mark_regions

_IAL_LINE = re.compile(r"[ \t>]*(?:\{:(?![:/])[^{}\n]*\}[ \t]*)+\Z")
_IAL = re.compile(r"\{:\s*([^{}\n]*)\}")
_MARKER = re.compile(r"[ ]*(?:>[ ]?)*[ ]*(?:[-*+]|\d{1,9}[.)])(?:[ ]|\Z)")
_NUMBERED = re.compile(r"((?:[ ]*>)*[ ]*)(\d{1,9})([.)])(?=[ \t])")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6}[ \t]+)(.*?)[ \t]*\Z")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*\Z")
_GLUED_HASH = re.compile(r"[^\s#\\]#+\Z")
_ROW = re.compile(r"[ ]*\|.*\|[ ]*\Z")
_DELIMITER = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*\Z")
_BLOCK_TAG = re.compile(r"[ ]*</?([A-Za-z][A-Za-z0-9]*)[\s>/]")

DEEPEST_QUOTE = 6  # each more doubles pandoc's time, where lines of all depths follow each other
_DEEP_QUOTE = re.compile(rf"((?:[ ]{{0,3}}>[ ]?){{{DEEPEST_QUOTE}}})(?:[ ]{{0,3}}>[ ]?)+")

Pass = Callable[[list[Line]], list[Line]]


def markdown_for_pandoc(post: Post, rendered: Rendered | None = None) -> Source:
    """Return a post's Markdown as pandoc reads it right, with the author's line numbers.

    `rendered` is the body without Liquid; a body that never held any needs none.
    """
    rendered = rendered or Rendered(lines_of(post))
    lines, problems = mark_regions(post.path, list(rendered.lines))
    for change in PASSES:
        lines = change(lines)
    lines = _write_lines(lines)
    return Source(
        text="\n".join(line.text for line in lines) + "\n",
        numbers=tuple(line.number for line in lines),
        original=tuple(post.body.split("\n")),
        first=post.body_line,
        problems=(*rendered.problems, *problems),
    )


def quotes(lines: list[Line]) -> list[Line]:
    """Leave at most DEEPEST_QUOTE marks in front of a line: pandoc's time doubles with each."""
    made: list[Line] = []
    for line in lines:
        deep = _DEEP_QUOTE.match(line.text) if line.is_markdown else None
        made.append(line.says(deep[1] + line.text[deep.end() :]) if deep else line)
    return made


def html_blocks(lines: list[Line]) -> list[Line]:
    """Set HTML blocks apart from paragraphs, and their tags at the margin: four blanks are code."""
    made: list[Line] = []
    depth = 0
    for line in lines:
        if line.kind is not Kind.TEXT or line.is_blank:
            made.append(line)
            continue
        tag = _BLOCK_TAG.match(line.text)
        is_tag = bool(tag and is_element(tag[1]))
        if is_tag and tag and tag[1].lower() in BLOCKS and not depth:
            _part(made, line)
        inside = depth > 0 or is_tag
        text = line.text.lstrip() if depth > 0 and is_tag else line.text
        depth = max(0, depth + block_depth(line.text))
        made.append(Line(text, line.number, Kind.HTML if inside else Kind.TEXT))
    return made


def _part(made: list[Line], line: Line) -> None:
    """Put a blank line in front of `line` where text stands there."""
    if made and not made[-1].is_blank and made[-1].kind is not Kind.HTML:
        made.append(Line("", line.number))


def tables(lines: list[Line]) -> list[Line]:
    """Set tables apart from the paragraph in front; a table without a head gets an empty one."""
    made: list[Line] = []
    in_table = False
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else Line("", 0)
        row = line.is_markdown and "|" in line.text
        if not in_table and row and following.is_markdown and _heads(line.text, following.text):
            if not _MARKER.match(line.text):
                _part(made, line)
            in_table = True
        elif not in_table and row and _ROW.match(line.text) and _ROW.match(following.text):
            if not _MARKER.match(line.text) and (not made or made[-1].is_blank):
                made += _empty_head(line)
                in_table = True
        elif not row:
            in_table = False
        made.append(line)
    return made


def _heads(head: str, delimiter: str) -> bool:
    """Tell whether two lines begin a pipe table (GFM, section 4.10): as many cells in both."""
    if "|" not in delimiter or not _DELIMITER.match(delimiter):
        return False
    return len(_cells(head)) == len(_cells(delimiter))


def _cells(row: str) -> list[str]:
    text = re.sub(r"`[^`]*`", "", row.replace("\\|", "")).strip()
    return text.removeprefix("|").removesuffix("|").split("|")


def _empty_head(line: Line) -> list[Line]:
    """Return the two lines that kramdown does without; `|---|` as the first line is one of them."""
    if _DELIMITER.match(line.text):
        return [line.says("| " * len(_cells(line.text)) + "|")]
    count = len(_cells(line.text))
    return [line.says("| " * count + "|"), line.says("|---" * count + "|")]


def lists(lines: list[Line]) -> list[Line]:
    """Write `1)` as `1.`; and keep `2021. 10. 7` in the middle of a paragraph from being a list."""
    made: list[Line] = []
    in_list = False
    for line in lines:
        before = made[-1] if made else Line("", 0)
        number = _NUMBERED.match(line.text) if line.is_markdown else None
        if number:
            goes_on = before.kind is Kind.TEXT and not before.is_blank and not in_list
            if goes_on and int(number[2]) != 1 and not _HEADING.match(before.text):
                line = line.says(f"{number[1]}{number[2]}\\{line.text[number.start(3) :]}")
            elif number[3] == ")":
                line = line.says(f"{number[1]}{number[2]}.{line.text[number.end() :]}")
        if line.is_markdown and _MARKER.match(line.text):
            in_list = True
        elif before.is_blank and not line.is_blank and not line.text.startswith(" "):
            in_list = False
        made.append(line)
    return made


def headings(lines: list[Line]) -> list[Line]:
    """Put headings at the margin; keep the `#` of `## C#`, and a line of `---` below apart."""
    made: list[Line] = []
    for line in lines:
        if made and _UNDERLINE.match(line.text) and _HEADING.match(made[-1].text):
            made.append(Line("", line.number))
        found = _HEADING.match(line.text) if line.kind is Kind.TEXT else None
        if found:
            title = found[2]
            if _GLUED_HASH.search(title):
                hashes = len(title) - len(title.rstrip("#"))
                title = title[:-hashes] + "\\#" * hashes
            line = line.says(found[1] + title)
        made.append(line)
    return made


def attribute_lists(lines: list[Line]) -> list[Line]:
    """Carry kramdown's `{: .notice}` lines to the tree, on the block that they belong to."""
    made: list[Line] = []
    for at, line in enumerate(lines):
        if not (line.is_markdown and _IAL_LINE.match(line.text)):
            made.append(line)
            continue
        said = " ".join(found[1].strip() for found in _IAL.finditer(line.text))
        if not looks_like_attributes(said):
            made.append(line)
            continue
        before = made[-1] if made else Line("", 0)
        if before.is_markdown and not before.is_blank and not _stands_alone(before.text):
            made[-1] = before.says(before.text.rstrip() + span_mark(said, "block"))
        else:
            following = lines[at + 1] if at + 1 < len(lines) else Line("", 0)
            ahead = before.is_blank and not following.is_blank
            made += _block_mark(line, said, "next" if ahead else "previous")
    return made


def _stands_alone(text: str) -> bool:
    """Tell whether attributes behind this line belong to a whole list, table or quote."""
    if text.lstrip().startswith((">", "|")) or _BLOCK_TAG.match(text):
        return True
    return bool(_MARKER.match(text))


def _block_mark(line: Line, said: str, side: str) -> list[Line]:
    mark = f'<div data-ial="{html.escape(said)}" data-side="{side}"></div>'
    return [line.says(""), Line(mark, line.number, Kind.RAW), line.says("")]


def _write_lines(lines: list[Line]) -> list[Line]:
    """Rewrite what is within the lines."""
    return [
        line.says(write_inline(line.text)) if line.is_markdown and line.text else line
        for line in lines
    ]


# Attributes come last: they end up inside the lines that the others look at.
PASSES: tuple[Pass, ...] = (
    quotes,
    html_blocks,  # before the rest: what is HTML is no list or heading
    tables,
    lists,
    headings,
    attribute_lists,
)
