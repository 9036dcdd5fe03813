"""What is printed: texts of posts and servers, as a terminal and a CI's log show them.

All printing passes here. A control character could move the cursor, hide a line or change its
order, and GitHub's runner takes `::set-output` at the beginning of a line, and `##[` anywhere in
it, for commands: such characters are shown as `\\x1b`.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Mapping
from typing import TextIO

# C0, C1, ends of lines, the order of text (Unicode Technical Report 36), half characters
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_IN_A_LINE = re.compile(f"[{_CONTROLS}\t\n]")
_IN_LINES = re.compile(f"[{_CONTROLS}]")
_COMMAND = re.compile(r"(?m)(?<![^\n])(?P<blanks>[^\S\n]*):(?=:[^\n]*::)|#(?=#\w*\[)")


def hide_warnings() -> None:
    """Keep Python's warnings of libraries off the terminal, unless Python was told about them.

    They name a line of a library where a problem names one of a post: Pillow has four such lines
    for each picture whose EXIF is damaged.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def hide_logs() -> None:
    """Keep what libraries log off the terminal, where nobody has asked for it. For workers."""
    import logging  # which takes some milliseconds, and what workers load has loaded it

    logging.lastResort = None


def plain_line(text: str) -> str:
    """Return a text as one line without an effect."""
    return _without_commands(_IN_A_LINE.sub(_escaped, text))


def plain_lines(text: str) -> str:
    """Return a text whose ends of lines and tabs stay."""
    return _without_commands(_IN_LINES.sub(_escaped, text))


def print_line(text: str, file: TextIO | None = None) -> None:
    """Print a line on standard output, or on `file`."""
    _write(f"{plain_line(text)}\n", file or sys.stdout)


def print_lines(text: str, file: TextIO | None = None) -> None:
    """Print lines on standard output, or on `file`."""
    _write(f"{plain_lines(text)}\n", file or sys.stdout)


def print_json(data: object) -> None:
    """Print the result that --json asks for."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    text = _IN_LINES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    _write(re.sub(r"#(?=#\w*\[)", r"\\u0023", text) + "\n", sys.stdout)


def print_command(name: str, properties: Mapping[str, str], message: str) -> None:
    """Print a command of our own to GitHub's runner; nothing in it begins another."""
    given = ",".join(
        f"{key}={_in_command(value).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    _write(f"::{name} {given}::{_in_command(message)}\n", sys.stdout)


def _in_command(text: str) -> str:
    return plain_lines(text).replace("%", "%25").replace("\n", "%0A")


def print_data(text: str) -> None:
    """Print a text as it is; on a terminal, as `print_lines` does."""
    _write(plain_lines(text) if sys.stdout.isatty() else text, sys.stdout)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _without_commands(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        return r"\x23" if match["blanks"] is None else match["blanks"] + r"\x3a"

    return _COMMAND.sub(sign, text)


def _write(text: str, file: TextIO) -> None:
    """Write a text; what the terminal's encoding lacks is escaped."""
    encoding = getattr(file, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    file.write(text)
    if file is not sys.stdout:
        file.flush()
