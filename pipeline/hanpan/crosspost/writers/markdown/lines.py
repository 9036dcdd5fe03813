"""Pieces -> the lines of a paragraph, each piece escaped for its position."""

from __future__ import annotations

import re

from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.writers.markdown.emphasis import write_emphasis
from hanpan.crosspost.writers.markdown.escape import (
    code_span,
    escape,
    escape_line_start,
    guard_liquid,
)
from hanpan.crosspost.writers.markdown.pieces import Piece, merge_neighbours

_LONE_TAG = re.compile(r"<[a-z][^<>]*>")


def render(
    pieces: list[Piece], dialect: MarkdownDialect, line_break: str, *, in_table: bool = False
) -> str:
    """Return pieces as Markdown: one paragraph, its lines separated by `line_break`.

    Maths blocks must have been taken out before.
    """
    pieces = merge_neighbours(pieces)
    linked = _in_links(pieces)
    texts = [
        _write_piece(pieces, index, dialect, in_table, linked[index])
        for index in range(len(pieces))
    ]
    write_emphasis(pieces, texts, dialect)
    return _join(pieces, texts, dialect, line_break, in_table)


def _write_piece(
    pieces: list[Piece], index: int, dialect: MarkdownDialect, in_table: bool, in_link: bool
) -> str:
    piece = pieces[index]
    if piece.kind == "code":
        return _code(piece.value, dialect, in_table, in_link)
    if piece.kind != "text":
        return piece.value
    text = escape(piece.value, dialect, brackets=in_link, pipes=in_table)
    text = guard_liquid(text, dialect)
    if text.endswith("\\\\"):  # Redcarpet reads the second one as an escape of what follows
        text = text[:-2] + "&#92;"
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if text.endswith("!") and following is not None and following.value.startswith("["):
        text = text[:-1] + "\\!"
    return text


def _code(text: str, dialect: MarkdownDialect, in_table: bool, in_link: bool) -> str:
    """Return code; a pipe would end a table's cell, a bracket a link (remark-parse 7).

    Forem reads anything between two pairs of backticks as code.
    """
    text = re.sub(r"\s+", " ", text)
    ends = (in_table and "|" in text) or (in_link and re.search(r"[\[\]]", text))
    if "code" in dialect.html and (ends or (dialect.liquid and "``" in text)):
        inside = escape(text, dialect, brackets=True, pipes=False).replace("|", "&#124;")
        return f"<code>{guard_liquid(inside, dialect)}</code>"
    return code_span(text).replace("|", "\\|") if in_table else code_span(text)


def _in_links(pieces: list[Piece]) -> list[bool]:
    """Tell of each piece whether it is between the brackets of a link."""
    linked, inside = [], False
    for piece in pieces:
        linked.append(inside)
        if piece.kind == "raw" and (piece.value.startswith("](") or piece.tag == "link"):
            inside = not piece.value.startswith("](")
    return linked


def _join(
    pieces: list[Piece], texts: list[str], dialect: MarkdownDialect, line_break: str, in_table: bool
) -> str:
    """Join the texts, without blanks at line ends, with the first character escaped."""
    lines, inside = [""], 0
    for piece, text in zip(pieces, texts, strict=True):
        inside += (piece.kind == "open" or piece.tag == "link") - (
            piece.kind == "close" or text.startswith("](")
        )
        if piece.kind == "break":
            if lines[-1] or not inside:  # an empty line would end a link or an emphasis
                lines.append("")
            continue
        if piece.kind == "text":
            if not lines[-1] or lines[-1].endswith(" "):
                text = text.lstrip(" ")
            if not lines[-1] and not in_table:
                text = escape_line_start(text, dialect)
        lines[-1] += text
    lines = [line.rstrip(" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    if line_break != dialect.line_break:  # a heading or a cell: one line
        return line_break.join(lines)
    return _with_gaps(lines, line_break)


def break_after(line: str, line_break: str) -> str:
    """Return a line's break; after nothing but a tag it is one too, lest HTML begin (7th kind)."""
    return "<br>" if _LONE_TAG.fullmatch(line) else line_break


def _with_gaps(lines: list[str], line_break: str) -> str:
    """Join lines; an empty line between two ends the paragraph, where there may be several."""
    text = ""
    for index, line in enumerate(lines):
        if not line:
            continue
        if index and text:
            text += break_after(lines[index - 1], line_break) if lines[index - 1] else "\n\n"
        text += line
    return text
