"""The dialect: kramdown's, GitHub's and Korean authors' habits -> Markdown as pandoc reads it.

Line by line, so that every line keeps its number in the author's file.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from hanpan.problems import Problem
from hanpan.source.dialect import commonmark
from hanpan.source.dialect.attributes import (
    ATTRIBUTES_LINE,
    looks_like_attributes,
    span_mark,
)
from hanpan.source.dialect.definitions import abbreviations, named_attributes, notes
from hanpan.source.dialect.html_blocks import (
    BLOCK_TAG,
    comment_breaks,
    html_blocks,
    html_paragraphs,
)
from hanpan.source.dialect.inline import write_inline
from hanpan.source.dialect.kramdown.block_ends import block_end
from hanpan.source.dialect.lists import (
    Pass,
    also_in_quotes,
    lazy_quotes,
    nested_lists,
    numbers,
    tight_items,
    underlined_items,
)
from hanpan.source.dialect.literal.link_definitions import link_definitions
from hanpan.source.dialect.literal.swallowing import swallowing_tags
from hanpan.source.dialect.obsidian.callouts import alerts
from hanpan.source.dialect.paragraphs import (
    empty_items,
    ends_of_lines,
    long_numbers,
    rules,
    starts_of_lines,
    terms,
)
from hanpan.source.dialect.reader import LISTED, MARKER
from hanpan.source.dialect.regions import mark_regions
from hanpan.source.dialect.tables import carry_cell_blocks, tables
from hanpan.source.lines import Kind, Line, RenderedBody, Source, indent_of, lines_of
from hanpan.source.post import Post
from hanpan.source.processor import Processor

_CONTENTS = re.compile(r"[ \t]*+\{:\s*+toc\b")
_IAL = re.compile(r"\{:\s*+([^{}\n]*+)\}")
_LISTED = re.compile(r"[ ]*+(?>(?:>[ ]?+)*)[ ]*+(?:[-*+]|\d{1,9}[.)])(?:[ ]|\Z)")
_HEADING = re.compile(r"([ ]*+)(#{1,6}[ \t]++)((?>(?:[^ \t]++|[ \t]++(?!\Z))*))[ \t]*+\Z")
_HEADING_ID = re.compile(r"(?<![ \t])[ \t]*+\{#([^\s{}]++)\}[ \t]*+\Z")
_ALONE = re.compile(r"[ ]{0,3}(?:\*{3}|-+|=+|\$\$.*\$\$)[ \t]*\Z")
_QUOTED = re.compile(r"[ ]*(?:>[ ]?)+")
_TICKS = re.compile("`+")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*\Z")
_LABEL = re.compile(r"[ ]{0,3}\[(?!\^)[^\[\]]+\]:[ \t]*\Z")  # of a definition that goes on below
_DEFINITION = re.compile(r"[ ]{0,3}\[(?!\^)[^\[\]]+\]:[ \t]*\S")
_ESCAPED_HASH = re.compile(r"(?<!\\)\\#+\Z")
_GLUED_HASH = re.compile(r"[^\s#\\]#+\Z")

DEEPEST_QUOTE = 6  # each more doubles pandoc's time, where lines of all depths follow each other
_DEEP_QUOTE = re.compile(rf"((?:[ ]{{0,3}}>[ ]?){{{DEEPEST_QUOTE}}})(?:[ ]{{0,3}}>[ ]?)+")


def markdown_for_pandoc(
    post: Post,
    rendered: RenderedBody | None = None,
    processor: Processor = Processor.KRAMDOWN,
    instead: Mapping[Pass, Pass] = MappingProxyType({}),
) -> Source:
    """Return a post's Markdown as pandoc reads it right, with the author's line numbers.

    `rendered` is the body without Liquid; a body that never held any needs none. `processor` is
    the blog's own; `instead` has what takes the place of passes where it reads otherwise.
    """
    rendered = rendered or RenderedBody(lines_of(post))
    is_commonmark = processor is Processor.COMMONMARK
    first = commonmark.indented_code if is_commonmark else block_end
    lines, problems = mark_regions(post.path, list(rendered.lines), (first,))
    regions = tuple(lines)
    for change in commonmark.PASSES if is_commonmark else PASSES:
        lines = instead.get(change, change)(lines)
    lines, reversals = _write_lines(post.path, lines, is_commonmark=is_commonmark)
    return Source(
        text=_compose("".join(f"{line.text}\n" for line in lines)),
        numbers=tuple(line.number for line in lines),
        original=tuple(post.body.split("\n")),
        first=post.body_line,
        problems=(*rendered.problems, *problems, *reversals),
        code=frozenset(line.number for line in lines if line.kind is Kind.CODE),
        regions=regions,
    )


def _compose(text: str) -> str:
    """Return text as NFC: what was taken out may have kept a letter from its mark.

    The `>` of a tag that was put in is no letter, though `>` and a stroke make `≯`.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return ">".join(unicodedata.normalize("NFC", part) for part in text.split(">"))


def quotes(lines: list[Line]) -> list[Line]:
    """Leave at most DEEPEST_QUOTE marks in front of a line: pandoc's time doubles with each."""
    output: list[Line] = []
    for line in lines:
        deep = _DEEP_QUOTE.match(line.text) if line.is_markdown else None
        output.append(line.with_text(deep[1] + line.text[deep.end() :]) if deep else line)
    return output


def headings(lines: list[Line]) -> list[Line]:
    """Put headings where their text belongs; keep the `#` of `## C#`, and `---` below apart."""
    output: list[Line] = []
    columns: list[int] = []  # where the text of the open items begins
    for line in lines:
        if output and line.kind is Kind.TEXT and _UNDERLINE.match(line.text):
            line = _below(output, line)
            if output[-1].kind is Kind.TEXT and not columns:
                line = line.with_text(line.text.strip())  # pandoc wants it at the margin
        heading = _HEADING.match(line.text) if line.kind is Kind.TEXT else None
        if line.kind is Kind.TEXT and not line.is_blank:
            _follow(columns, line.text, ends=bool(heading) or not output or output[-1].is_blank)
        if heading and len(heading[1]) < (columns[-1] if columns else 0) + LISTED:
            title = heading[3]
            escaped = _ESCAPED_HASH.search(title)
            if escaped:
                title = title[: escaped.start()] + "\\#" * (len(escaped[0]) - 1)
            elif _GLUED_HASH.search(title):
                hashes = len(title) - len(title.rstrip("#"))
                title = title[:-hashes] + "\\#" * hashes
            if output and not output[-1].is_blank and not columns:
                output.append(Line("", line.number))  # else the item of a list above takes it in
            line = line.with_text(" " * (columns[-1] if columns else 0) + heading[2] + title)
        output.append(line)
    return output


def _below(output: list[Line], line: Line) -> Line:
    """Keep `---` below a heading, or below a quote, from making a heading of all above it.

    Below a quote it is a rule, as on GitHub; `===` belongs to the quote, as in kramdown.
    """
    above = output[-1]
    quoted = _QUOTED.match(above.text) if above.kind is Kind.TEXT else None
    text = above.text[quoted.end() :] if quoted else above.text
    marker = MARKER.match(text)
    is_heading = _HEADING.match(text[marker.end() :] if marker else text)
    if quoted and "=" in line.text and text.strip() and not is_heading:
        return line.with_text(quoted[0].rstrip() + " " + line.text.lstrip())
    if is_heading or quoted:
        output.append(Line("", line.number))
    return line


def _follow(columns: list[int], text: str, *, ends: bool) -> None:
    """Keep track of the items that a line opens or ends."""
    marker, indent = MARKER.match(text), indent_of(text)
    if marker or ends:
        while columns and indent < columns[-1]:
            columns.pop()
    if marker:
        blanks = len(marker[3]) if 0 < len(marker[3]) <= LISTED else 1
        columns.append(indent + len(marker[2]) + blanks)


def attribute_lists(lines: list[Line]) -> list[Line]:
    """Carry kramdown's `{: .notice}` lines to the tree, on the block that they belong to."""
    output: list[Line] = []
    columns: list[int] = []  # where the text of the open items begins
    for at, line in enumerate(lines):
        if line.kind is Kind.TEXT and not line.is_blank:
            _follow(columns, line.text, ends=not output or output[-1].is_blank)
        if not (line.is_markdown and ATTRIBUTES_LINE.match(line.text)):
            output.append(line)
            continue
        attributes = " ".join(match[1].strip() for match in _IAL.finditer(line.text))
        if not looks_like_attributes(attributes):
            output.append(line)
            continue
        before = output[-1] if output else Line("", 0)
        if before.kind is Kind.TEXT and _DEFINITION.match(before.text):
            continue  # they are the link's, wherever it stands
        named = _HEADING_ID.search(before.text) if before.kind is Kind.TEXT else None
        if named and _HEADING.match(before.text):  # pandoc wants that one last
            before, attributes = (
                before.with_text(before.text[: named.start()]),
                f"#{named[1]} {attributes}",
            )
        if before.is_markdown and not before.is_blank and not _stands_alone(before.text):
            output[-1] = before.with_text(before.text.rstrip() + span_mark(attributes, "block"))
            following = lines[at + 1] if at + 1 < len(lines) else line
            if following.kind is Kind.TEXT and not _LISTED.match(following.text):
                output.append(line.with_text(""))  # its attributes end the paragraph
        else:
            following = lines[at + 1] if at + 1 < len(lines) else Line("", 0)
            ahead = before.is_blank and not following.is_blank
            margin = _margin(line.text, columns)
            output += _block_mark(line, attributes, "next" if ahead else "previous", margin)
    return output


def _stands_alone(text: str) -> bool:
    """Tell whether attributes after this line belong to a whole list, table or quote."""
    if text.lstrip().startswith((">", "|")) or BLOCK_TAG.match(text) or _ALONE.match(text):
        return True
    return bool(_LISTED.match(text))


def _margin(text: str, columns: list[int]) -> str:
    """Return what stands in front of attributes of a block in a quote or an item, for pandoc."""
    lead = text[: text.index("{")]
    if ">" in lead:
        return lead.rstrip() + " "
    inside = [column for column in columns if column <= indent_of(lead)]
    is_contents = _CONTENTS.match(text)  # of the list itself, wherever it stands
    return " " * (inside[-1] if inside and not is_contents else 0)


def _block_mark(line: Line, attributes: str, side: str, margin: str) -> list[Line]:
    """Return the mark of a block as a paragraph of its own, in the item or quote it stands in."""
    mark = f'{margin}<div data-ial="{html.escape(attributes)}" data-side="{side}"></div>'
    blank, marked = line.with_text(margin.rstrip()), Line(mark, line.number, Kind.RAW)
    return [blank, marked] if margin.isspace() else [blank, marked, blank]


def _ticks_below(lines: list[Line]) -> list[frozenset[int]]:
    """Return for each line how long the runs of backticks are in the rest of its paragraph."""
    below: list[frozenset[int]] = []
    lengths: frozenset[int] = frozenset()
    for line in reversed(lines):
        below.append(lengths)
        text = line.text.lstrip("> ")
        is_first = text.startswith(("|", "#")) or MARKER.match(text)
        if is_first or line.is_blank or not line.is_markdown:
            lengths = frozenset()
        elif "`" in text:
            lengths |= {len(run) for run in _TICKS.findall(text)}
    return below[::-1]


def _write_lines(
    path: str, lines: list[Line], *, is_commonmark: bool
) -> tuple[list[Line], list[Problem]]:
    """Rewrite the text of the lines; report links in reverse."""
    output, problems, open_ticks = [], [], 0
    below_label = False
    for line, below in zip(lines, _ticks_below(lines), strict=True):
        if line.is_markdown and line.text:
            written = write_inline(
                line.text,
                is_literal=line.is_literal,
                is_commonmark=is_commonmark,
                below_label=below_label,
                open_ticks=open_ticks,
                ticks_below=below,
            )
            open_ticks = written.open_ticks
            below_label = bool(_LABEL.match(line.text))
            line = line.with_text(carry_cell_blocks(written.text))
            for link in written.reversed_links:
                message = (
                    f"the link `{link}` has its text where its address belongs; they were swapped"
                )
                remedy = "Write it as [text](address)."
                problems.append(
                    Problem("link-reversed", "warning", message, path, line.number, remedy)
                )
        output.append(line)
    return output, problems


# Attributes come last: they end up inside the lines that the others look at.
PASSES: tuple[Pass, ...] = (
    swallowing_tags,  # before all that asks whether a line begins with a tag
    named_attributes,
    abbreviations,
    alerts,
    comment_breaks,  # before html_blocks, which sees elements
    notes,
    quotes,
    html_paragraphs,
    html_blocks,  # before the rest: what is HTML is no list or heading
    rules,  # before lists, whose mark begins them
    starts_of_lines,
    empty_items,
    ends_of_lines,
    long_numbers,
    link_definitions,
    terms,
    underlined_items,
    lazy_quotes,
    also_in_quotes(nested_lists),  # before tables, which look at what an item holds
    tables,
    numbers,
    also_in_quotes(tight_items),
    headings,
    attribute_lists,
)
