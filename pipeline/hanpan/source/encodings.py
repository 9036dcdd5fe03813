"""Encodings: which one a source file has, where it is not UTF-8, and its text.

Marks at the beginning say it; without them NUL bytes show UTF-16, and the places of bytes above 127
the rest: in pairs they are Korean (cp949), alone between letters they are Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from hanpan.problems import Problem

_MARKS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE = 100_000  # bytes in which NULs are counted
_LEAST_NULS = 0.05  # of all bytes: of Korean text in UTF-16 more than a tenth are blanks' NULs
_ONE_SIDE = 0.95  # of the NULs are at odd places, or at even ones
_HIGH = re.compile(rb"[\x80-\xff]+")
# a letter of KS X 1001, which is nearly all of what is written: both bytes are above 160
_WANSUNG = re.compile(rb"(?:[\xa1-\xfe][\xa1-\xfe])+")
_MOST_WRONG = 0.02  # of the bytes above 127, in a file that is damaged
# a letter in UTF-8 that is not ASCII (RFC 3629, section 4, but for the finer limits)
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode_bytes(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file's bytes, and what was wrong with them."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), [_other(path, name)]
    first = 0
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        first = data.count(b"\n", 0, error.start) + 1
    wide = _wide_codec(data) if first or (0 in data and text.isascii()) else ""
    if wide:
        return data.decode(wide, "replace"), [_other(path, "UTF-16")]
    if not first:
        return text, []
    high = sum(len(run) for run in _HIGH.findall(data))
    if sum(len(letter) for letter in _UTF8.findall(data)) * 2 > high:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", _AS_WINDOWS)
        return text, [_damaged(path, first, "UTF-8", text)]
    paired = sum(len(run) for run in _WANSUNG.findall(data))
    if paired * 2 > high:
        try:
            return data.decode("cp949"), [_other(path, "cp949")]
        except UnicodeDecodeError as error:
            bad = data.count(b"\n", 0, error.start) + 1
        text = data.decode("cp949", "replace")
        if text.count("\ufffd") <= max(2, high * _MOST_WRONG):
            return text, [_other(path, "cp949"), _damaged(path, bad, "cp949", text)]
    elif 0 not in data:
        text = data.decode("cp1252", "replace")
        problems = [_other(path, "Windows-1252")]
        if "\ufffd" in text:
            bad = text.count("\n", 0, text.index("\ufffd")) + 1
            problems.append(_damaged(path, bad, "Windows-1252", text))
        return text, problems
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return text, [_damaged(path, first, "UTF-8", text)]


def _wide_codec(data: bytes) -> str:
    """Return the codec of UTF-16 without its mark; "" for what is none."""
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if len(data) % 2 or odd + even <= len(sample) * _LEAST_NULS:
        return ""
    side = "utf-16-le" if odd > even else "utf-16-be"
    if max(odd, even) < (odd + even) * _ONE_SIDE:
        return ""
    try:
        data.decode(side)
    except UnicodeDecodeError:
        return ""
    return side


def _windows_letters(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252: quotation marks that were pasted."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "hanpan.windows"
codecs.register_error(_AS_WINDOWS, _windows_letters)


def _other(path: str, name: str) -> Problem:
    message = f"the file is encoded in {name} instead of UTF-8"
    return Problem("encoding", "warning", message, path, 1, "Save the file as UTF-8.")


def _damaged(path: str, line: int, name: str, text: str) -> Problem:
    """Return the problem of bytes that an encoding does not know."""
    what = "replaced by U+FFFD" if "\ufffd" in text else "read as Windows-1252"
    message = f"the bytes on this line are not {name}; they were {what}"
    return Problem("encoding", "warning", message, path, line, "Save the file as UTF-8.")
