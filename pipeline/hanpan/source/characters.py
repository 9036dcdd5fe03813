"""Bytes to text: newlines, NFC, and characters that no XML document may contain."""

from __future__ import annotations

import re
import unicodedata

from hanpan.problems import Problem
from hanpan.source.encodings import decode_bytes
from hanpan.tree import clean_text

# control characters, noncharacters, and byte order marks left inside a file
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ufeff\ud800-\udfff]")
# U+2028 and U+2029 end a line for some programs and not for others: a blank means the same to all
_MANY_SIGNS = re.compile(r"[^\x00-\u02ff\w]{31,}")  # accents are among these
_MARKS = 30  # on one letter: Stream-Safe Text Format of UAX #15, where NFC takes linear time
_JOINER = "\u034f"  # COMBINING GRAPHEME JOINER: what follows it is ordered for itself
_SEPARATORS = str.maketrans({"\u2028": " ", "\u2029": " ", "\x85": " ", "\x0b": " ", "\x0c": " "})


def decode(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a source file, and what was wrong with its bytes."""
    text, problems = decode_bytes(path, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SEPARATORS)
    if _FORBIDDEN.search(text):
        problems += _report_forbidden(path, text)
        text = clean_text(text).replace("\ufeff", "")
    text = _MANY_SIGNS.sub(_part_marks, text)
    return unicodedata.normalize("NFC", text), tuple(problems)


def _part_marks(signs: re.Match[str]) -> str:
    """Return signs with a joiner after each thirty accents in a row."""
    parted, marks = [], 0
    for sign in signs[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > _MARKS:
            parted.append(_JOINER)
            marks = 1
        parted.append(sign)
    return "".join(parted)


def plain_characters(text: str) -> str:
    """Return text that templates made as a post's own is: NFC, of characters that may be shown."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r", " ").translate(_SEPARATORS)
    if _FORBIDDEN.search(text):
        text = clean_text(text).replace("\ufeff", "")
    return unicodedata.normalize("NFC", _MANY_SIGNS.sub(_part_marks, text))


def _report_forbidden(path: str, text: str) -> list[Problem]:
    """Return one problem for each line that holds forbidden characters."""
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        codes = sorted({f"U+{ord(character):04X}" for character in _FORBIDDEN.findall(line)})
        if codes and codes != ["U+FEFF"]:
            message = (
                f"the line contains {', '.join(codes)}, which cannot be published; it was removed"
            )
            problems.append(
                Problem("control-character", "warning", message, path, number, "Delete it.")
            )
    return problems
