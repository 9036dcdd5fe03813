"""Pieces of a paragraph -> Markdown.

Emphasis is written with asterisks where CommonMark would open and close them, else with tags:
`**강조(bold)**는` would not close (section 6.2, the flanking rules; one Korean post in ten has it).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from pipeline.crosspost.platform import Markdown
from pipeline.crosspost.writers.markdown.escape import code_span, escape, escape_line_start


@dataclass(slots=True)
class Piece:
    """A part of a line.

    Its kind is text (to escape), code, raw (as it is), break, maths (a block), open or close.
    """

    kind: str
    value: str = ""
    tag: str = ""
    partner: list[Piece] = field(default_factory=list)  # of open and close: each other
    tagged: bool | None = None  # of open and close: written as tags


def merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbouring texts: what is special depends on what stands next to it."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "text" and found and found[-1].kind == "text":
            found[-1] = Piece("text", re.sub(" +", " ", found[-1].value + piece.value))
        elif piece.kind == "code" and found and found[-1].kind == "code":
            found[-1] = Piece("code", found[-1].value + piece.value)  # `a``b` would be one span
        elif piece.kind != "text" or piece.value:
            found.append(piece)
    return found


def trimmed(pieces: list[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Move blanks and breaks at the edges out of an emphasis or a link."""
    before: list[Piece] = []
    after: list[Piece] = []
    inside = list(pieces)
    while inside and _is_blank(inside[0]):
        before.append(inside.pop(0))
    while inside and _is_blank(inside[-1]):
        after.insert(0, inside.pop())
    if inside and inside[0].kind == "text":
        stripped = inside[0].value.lstrip(" ")
        if stripped != inside[0].value:
            before.append(Piece("text", " "))
            inside[0] = Piece("text", stripped)
    if inside and inside[-1].kind == "text":
        stripped = inside[-1].value.rstrip(" ")
        if stripped != inside[-1].value:
            after.insert(0, Piece("text", " "))
            inside[-1] = Piece("text", stripped)
    return before, inside, after


def _is_blank(piece: Piece) -> bool:
    return piece.kind == "break" or (piece.kind == "text" and not piece.value.strip(" "))


def render(
    pieces: list[Piece], dialect: Markdown, line_break: str = "  \n", *, in_table: bool = False
) -> str:
    """Return pieces as Markdown: one paragraph, its lines parted by `line_break`.

    Maths blocks must have been taken out before.
    """
    pieces = merged(pieces)
    texts = [_written(pieces, index, dialect, in_table) for index in range(len(pieces))]
    for index, piece in enumerate(pieces):
        if piece.kind == "open":
            tagged = _needs_tags(pieces, texts, index, dialect)
            for mark in (piece, piece.partner[0]):
                mark.tagged = tagged
                closing = "/" if mark.kind == "close" else ""
                place = next(i for i, p in enumerate(pieces) if p is mark)
                texts[place] = f"<{closing}{piece.tag}>" if tagged else piece.value
    return _joined(pieces, texts, dialect, line_break, in_table)


def _written(pieces: list[Piece], index: int, dialect: Markdown, in_table: bool) -> str:
    piece = pieces[index]
    if piece.kind == "code":
        return _code(piece.value, dialect, in_table, _in_link(pieces, index))
    if piece.kind != "text":
        return piece.value
    text = escape(piece.value, dialect, brackets=_in_link(pieces, index), pipes=in_table)
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if text.endswith("!") and following is not None and following.value.startswith("["):
        text = text[:-1] + "\\!"
    return text


def _code(text: str, dialect: Markdown, in_table: bool, in_link: bool) -> str:
    """Return code; a pipe would end a table's cell, a bracket a link (remark-parse 7)."""
    text = re.sub(r"\s+", " ", text)
    if (in_table and "|" in text) or (in_link and re.search(r"[\[\]]", text)):
        if "code" in dialect.html:
            inside = escape(text, dialect, brackets=True, pipes=False).replace("|", "&#124;")
            return f"<code>{inside}</code>"
        return code_span(text).replace("|", "\\|") if in_table else code_span(text)
    return code_span(text)


def _in_link(pieces: list[Piece], index: int) -> bool:
    """Tell whether the piece stands between the brackets of a link."""
    for piece in reversed(pieces[:index]):
        if piece.kind == "raw" and piece.value.startswith("]("):
            return False
        if piece.kind == "raw" and piece.tag == "link":
            return True
    return False


def _needs_tags(pieces: list[Piece], texts: list[str], index: int, dialect: Markdown) -> bool:
    """Tell whether the emphasis that opens at `index` must be written with tags."""
    piece = pieces[index]
    end = next(i for i, p in enumerate(pieces) if p is piece.partner[0])
    around = (index - 1, index + 1, end - 1, end + 1)
    if any(_is_marker(pieces, place) for place in around):
        wanted = True
    elif any(piece.value[0] in text for text in texts[index + 1 : end]):
        wanted = True  # remark-parse 7 takes even an escaped asterisk for the end
    else:
        before, first = _char(texts, index - 1, -1), _char(texts, index + 1, 0)
        last, after = _char(texts, end - 1, -1), _char(texts, end + 1, 0)
        wanted = not (_flanks(before, first) and _flanks(after, last))
    return wanted and piece.tag in dialect.html


def _is_marker(pieces: list[Piece], place: int) -> bool:
    """Tell whether another run of asterisks or tildes stands there, which would join this one."""
    if not 0 <= place < len(pieces):
        return False
    return pieces[place].kind in ("open", "close") and pieces[place].tagged is not True


def _char(texts: list[str], place: int, side: int) -> str:
    return texts[place][side] if 0 <= place < len(texts) and texts[place] else " "


def _flanks(outside: str, inside: str) -> bool:
    """Tell whether asterisks open (or close, seen from behind) between two characters."""
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _joined(
    pieces: list[Piece], texts: list[str], dialect: Markdown, line_break: str, in_table: bool
) -> str:
    """Put the texts together; blanks at line edges go, and the first character is made harmless."""
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
    return _with_gaps(lines, line_break)


def _with_gaps(lines: list[str], line_break: str) -> str:
    """Join lines; an empty line between two ends the paragraph, where there may be several."""
    if line_break != "  \n":
        return line_break.join(lines)
    text = ""
    for index, line in enumerate(lines):
        if not line:
            continue
        if index and text:
            text += "  \n" if lines[index - 1] else "\n\n"
        text += line
    return text
