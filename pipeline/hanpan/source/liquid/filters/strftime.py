"""strftime as Ruby has it: with English names whatever the machine, flags, and widths."""

from __future__ import annotations

import re
from datetime import datetime

_DIRECTIVE = re.compile(r"%([-0^#_]{0,4})(\d{0,3})(:{0,3})[EO]?([A-Za-z%])")
_COMPOUND = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
    "v": "%e-%^b-%Y",
}
_MONTHS = """January February March April May June July August September October November
December""".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WIDEST = 100  # characters that one directive may be filled up to
_WITH_BLANKS = frozenset("ekl")


def format_date(moment: datetime, form: str) -> str:
    """Return a moment in a form; what is no directive stays as it is."""

    def one(match: re.Match[str]) -> str:
        flags, width, colons, letter = match.groups()
        if letter in _COMPOUND:
            piece: str | None = format_date(moment, _COMPOUND[letter])
        elif letter == "N":
            return f"{moment.microsecond:06}000".ljust(int(width or 9), "0")[: int(width or 9)]
        else:
            piece = _piece(moment, letter, len(colons))
        if piece is None or int(width or 0) > _WIDEST or (colons and letter != "z"):
            return match[0]
        return _with_flags(piece, flags, int(width or 0), letter)

    return _DIRECTIVE.sub(one, form)


def _with_flags(piece: str, flags: str, width: int, letter: str) -> str:
    """Return what a directive stands for as its flags and its width want it."""
    is_number = piece.strip().isdigit()
    if "-" in flags and is_number:
        piece = piece.lstrip("0 ") or "0"
    elif is_number and ("0" in flags or "_" in flags):
        width = max(width, len(piece))
        piece = piece.lstrip("0 ") or "0"
    if "^" in flags:
        piece = piece.upper()
    elif "#" in flags:
        piece = piece.lower() if letter == "p" else piece.upper()
    blanks = "_" in flags or ((not is_number or letter in _WITH_BLANKS) and "0" not in flags)
    return piece.rjust(width, " " if blanks else "0")


def _piece(at: datetime, letter: str, colons: int) -> str | None:
    """Return what one letter stands for; None for a letter that stands for nothing."""
    month, day = _MONTHS[at.month - 1], _DAYS[at.weekday()]
    hour = at.hour % 12 or 12
    year, week, _ = at.isocalendar()
    pieces = {
        "Y": f"{at.year:04}",
        "C": f"{at.year // 100:02}",
        "y": f"{at.year % 100:02}",
        "G": f"{year:04}",
        "g": f"{year % 100:02}",
        "m": f"{at.month:02}",
        "B": month,
        "b": month[:3],
        "h": month[:3],
        "d": f"{at.day:02}",
        "e": f"{at.day:2}",
        "j": f"{at.timetuple().tm_yday:03}",
        "H": f"{at.hour:02}",
        "k": f"{at.hour:2}",
        "I": f"{hour:02}",
        "l": f"{hour:2}",
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "L": f"{at.microsecond // 1000:03}",
        "p": "AM" if at.hour < 12 else "PM",
        "P": "am" if at.hour < 12 else "pm",
        "A": day,
        "a": day[:3],
        "u": str(at.isoweekday()),
        "w": str(at.isoweekday() % 7),
        "U": at.strftime("%U"),
        "W": at.strftime("%W"),
        "V": f"{week:02}",
        "z": _offset(at, colons),
        "Z": at.tzname() if re.fullmatch("[A-Z]+", at.tzname() or "") else "",
        "s": str(int(at.timestamp())),
        "n": "\n",
        "t": "\t",
        "%": "%",
    }
    return pieces.get(letter)


def _offset(at: datetime, colons: int) -> str:
    """Return the offset of a moment: +0900, +09:00, +09:00:00."""
    offset = at.strftime("%z") or "+0000"
    if not colons:
        return offset
    return f"{offset[:3]}:{offset[3:5]}" + (":00" if colons == 2 else "")
