"""Emphasis -> asterisks and tildes where the dialect opens and closes them, else tags.

`**강조(bold)**는` would not close (CommonMark 0.31, section 6.2, the flanking rules; one Korean
post in ten has it). Where no tag survives either, an invisible word joiner is put outside the
signs, as a reference: for the rules its ampersand and semicolon are punctuation.
"""

from __future__ import annotations

import unicodedata

from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.writers.markdown.pieces import Piece

_JOINER = "&#8288;"
_TAGS = {"strong": ("strong", "b"), "em": ("em", "i"), "del": ("del", "s", "strike")}


def write_emphasis(pieces: list[Piece], texts: list[str], dialect: MarkdownDialect) -> None:
    """Set in `texts` how each emphasis among the pieces opens and closes."""
    ends = {id(piece): index for index, piece in enumerate(pieces) if piece.kind == "close"}
    first = 0  # where the paragraph's first word is, as far as is known
    for index, piece in enumerate(pieces):
        if piece.kind == "open":
            while first < index and not texts[first].strip():
                first += 1
            end = ends[id(piece.partner[0])]
            texts[index], texts[end] = _marks(pieces, texts, index, end, dialect, first == index)


def _marks(
    pieces: list[Piece],
    texts: list[str],
    index: int,
    end: int,
    dialect: MarkdownDialect,
    is_first: bool,
) -> tuple[str, str]:
    piece = pieces[index]
    tag = next((tag for tag in _TAGS[piece.tag] if tag in dialect.html), "")
    has_signs = piece.tag in dialect.signs
    tagged = bool(tag) and not (has_signs and _closes(pieces, texts, index, end, dialect))
    piece.tagged = piece.partner[0].tagged = tagged
    if tagged:
        # at the beginning of a line Redcarpet reads `<del>` as a block of HTML
        before = _JOINER if tag == "del" and is_first and not dialect.intraword else ""
        return f"{before}<{tag}>", f"</{tag}>"
    if not has_signs:
        return "", ""
    if tag:
        return piece.value, piece.value
    if not _is_marker(pieces, index - 1, end + 1):
        opens, closes = _flanking(texts, index, end)
        before, after = "" if opens else _JOINER, "" if closes else _JOINER
        return f"{before}{piece.value}", f"{piece.value}{after}"
    inside = _JOINER if _is_marker(pieces, index + 1) else ""
    behind = _JOINER if _is_marker(pieces, end - 1) else ""
    return f"{_JOINER}{piece.value}{inside}", f"{behind}{piece.value}{_JOINER}"


def _closes(
    pieces: list[Piece], texts: list[str], index: int, end: int, dialect: MarkdownDialect
) -> bool:
    """Tell whether signs open and close correctly there."""
    if _is_marker(pieces, index - 1, index + 1, end - 1, end + 1):
        return False
    if any(pieces[index].value[0] in text for text in texts[index + 1 : end]):
        return False  # remark-parse 7 reads even an escaped asterisk as the end
    if not dialect.intraword and not (
        _char(texts, index - 1, -1).isspace() and _char(texts, end + 1, 0).isspace()
    ):
        return False
    return all(_flanking(texts, index, end))


def _flanking(texts: list[str], index: int, end: int) -> tuple[bool, bool]:
    """Tell whether signs open at `index`, and whether they close at `end`."""
    before, first = _char(texts, index - 1, -1), _char(texts, index + 1, 0)
    last, after = _char(texts, end - 1, -1), _char(texts, end + 1, 0)
    return _flanks(before, first), _flanks(after, last)


def _is_marker(pieces: list[Piece], *places: int) -> bool:
    """Tell whether another run of asterisks or tildes is there, which would join this one."""
    return any(
        pieces[place].kind in ("open", "close") and pieces[place].tagged is not True
        for place in places
        if 0 <= place < len(pieces)
    )


def _char(texts: list[str], place: int, side: int) -> str:
    return texts[place][side] if 0 <= place < len(texts) and texts[place] else " "


def _flanks(outside: str, inside: str) -> bool:
    """Tell whether asterisks open (or close, read backwards) between two characters."""
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
