"""The dialect: kramdown's, GitHub's and Korean authors' habits -> Markdown as pandoc reads it.

Line by line, so that every line keeps its number in the author's file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from pipeline.problems import Problem
from pipeline.source.attributes import looks_like_attributes, span_mark
from pipeline.source.definitions import abbreviations, alerts, named_attributes, repeated_notes
from pipeline.source.elements import BLOCKS, block_depth, is_element
from pipeline.source.inline import write_inline
from pipeline.source.lines import Kind, Line, Source
from pipeline.source.liquid import Rendered, lines_of
from pipeline.source.lists import lazy_quotes, nested, numbers, tight_items, underlined_items
from pipeline.source.post import Post
from pipeline.source.regions import mark_regions
from pipeline.source.tables import tables

_IAL_LINE = re.compile(r"[ \t>]*(?:\{:(?![:/])[^{}\n]*\}[ \t]*)+\Z")
_IAL = re.compile(r"\{:\s*([^{}\n]*)\}")
_MARKER = re.compile(r"[ ]*(?:>[ ]?)*[ ]*(?:[-*+]|\d{1,9}[.)])(?:[ ]|\Z)")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6}[ \t]+)(.*?)[ \t]*\Z")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*\Z")
_GLUED_HASH = re.compile(r"[^\s#\\]#+\Z")
_BLOCK_TAG = re.compile(r"[ ]*</?([A-Za-z][A-Za-z0-9]*)[\s>/]")
_TABLE_TAG = re.compile(r"<table[^<>]*", re.IGNORECASE)
_LITERAL = re.compile(r"([ \t]*)(\d*)([-*+>#|.)])(?=[ \t]|\Z)")

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
    lines, turned = _write_lines(post.path, lines)
    return Source(
        text="\n".join(line.text for line in lines) + "\n",
        numbers=tuple(line.number for line in lines),
        original=tuple(post.body.split("\n")),
        first=post.body_line,
        problems=(*rendered.problems, *problems, *turned),
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
    literal = 0  # tables that are open, in whose cells `*` and `>` are no lists and quotes
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
        if literal and not is_tag:
            text = _as_text(text)
        depth = max(0, depth + block_depth(line.text))
        literal = max(0, literal + _table_depth(line.text)) if depth else 0
        made.append(Line(text, line.number, Kind.HTML if inside else Kind.TEXT))
    return made


def _as_text(text: str) -> str:
    """Escape the mark that would begin a list, a quote, a heading or a table."""
    mark = _LITERAL.match(text)
    return f"{text[: mark.start(3)]}\\{text[mark.start(3) :]}" if mark else text


def _table_depth(text: str) -> int:
    opened = sum(1 for found in _TABLE_TAG.finditer(text) if "markdown" not in found[0])
    return opened - text.lower().count("</table")


def _part(made: list[Line], line: Line) -> None:
    """Put a blank line in front of `line` where text stands there."""
    if made and not made[-1].is_blank and made[-1].kind is not Kind.HTML:
        made.append(Line("", line.number))


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
            if made and not made[-1].is_blank and not line.text.startswith(" "):
                made.append(Line("", line.number))  # else the item of a list above takes it in
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


def _write_lines(path: str, lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    """Rewrite what is within the lines; tell of links in reverse."""
    made, problems = [], []
    for line in lines:
        if line.is_markdown and line.text:
            written = write_inline(line.text)
            line = line.says(written.text)
            for link in written.reversed_links:
                said = f"the link `{link}` has its text where its address belongs; it was turned"
                remedy = "Write it as [text](address)."
                problems.append(
                    Problem("link-reversed", "warning", said, path, line.number, remedy)
                )
        made.append(line)
    return made, problems


# Attributes come last: they end up inside the lines that the others look at.
PASSES: tuple[Pass, ...] = (
    named_attributes,
    abbreviations,
    alerts,
    repeated_notes,
    quotes,
    html_blocks,  # before the rest: what is HTML is no list or heading
    underlined_items,
    lazy_quotes,
    nested,  # before tables, which look at what an item holds
    tables,
    numbers,
    tight_items,
    headings,
    attribute_lists,
)
