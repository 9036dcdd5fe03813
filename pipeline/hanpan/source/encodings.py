"""Encodings: which one a source file has, where it is not UTF-8, and its text.

Marks at the beginning say it; without them NUL bytes show UTF-16, and the places of bytes above 127
the rest: in pairs they are of East Asia, alone between letters they are Windows-1252.
"""

from __future__ import annotations

import codecs
import re
import shlex

from hanpan.problems import Problem
from hanpan.source.legacy import is_paired, is_western, legacy_encoding

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
    codec, name = legacy_encoding(data)
    if codec:
        return data.decode(codec), [_other(path, name)]
    high = sum(len(run) for run in _HIGH.findall(data))
    if sum(len(letter) for letter in _UTF8.findall(data)) * 2 > high:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", _AS_WINDOWS)
        return text, [_damaged(path, first, "UTF-8", text)]
    if 0 in data:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
        return text, [_damaged(path, first, "UTF-8", text)]
    if is_paired(data):
        text = data.decode("cp949", "replace")
        rest = text.replace("\ufffd", "").encode("cp949")
        is_damaged = text.count("\ufffd") <= max(2, high * _MOST_WRONG)
        if is_damaged and legacy_encoding(rest)[0] == "cp949":
            return text, [_other(path, "cp949"), _damaged(path, _line(text), "cp949", text)]
        return text, [_unknown(path, "cp949")]
    text = data.decode("cp1252", "replace")
    if not is_western(text):
        return text, [_unknown(path, "Windows-1252")]
    problems = [_other(path, "Windows-1252")]
    if "\ufffd" in text:
        problems.append(_damaged(path, _line(text), "Windows-1252", text))
    return text, problems


def _line(text: str) -> int:
    """Return the line of the first letter that was replaced."""
    return text.count("\n", 0, text.index("\ufffd")) + 1


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
    remedy = f"Save the file as UTF-8: `{_command(path, name)}`."
    return Problem("encoding", "warning", message, path, 1, remedy)


def _unknown(path: str, name: str) -> Problem:
    message = f"the file is not UTF-8, and its encoding cannot be told; it was read as {name}"
    remedy = f"Save it as UTF-8, with the name of its encoding: `{_command(path, 'EUC-KR')}`."
    return Problem("encoding", "warning", message, path, 1, remedy)


def _command(path: str, name: str) -> str:
    known = {"cp949": "CP949", "Windows-1252": "WINDOWS-1252"}.get(name, name)
    quoted = shlex.quote(path)
    return f"iconv -f {known} -t UTF-8 {quoted} > new.md && mv new.md {quoted}"


def _damaged(path: str, line: int, name: str, text: str) -> Problem:
    """Return the problem of bytes that an encoding does not know."""
    what = "replaced by U+FFFD" if "\ufffd" in text else "read as Windows-1252"
    message = f"the bytes on this line are not {name}; they were {what}"
    return Problem("encoding", "warning", message, path, line, "Save the file as UTF-8.")
