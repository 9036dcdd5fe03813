"""Scalars: what a text without quotation marks in the front matter is to Jekyll's YAML."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_INTEGER = re.compile(r"[-+]?\d[\d,_]{0,300}+\Z")
_FLOAT = re.compile(r"[-+]?(?:\d[\d_]{0,300}+)?\.\d{1,300}+(?:[eE][-+]?\d{1,3})?\Z")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]|\s+)(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{0,9}))?"
    r"\s*(Z|[-+]\d{1,2}(?::?\d{2})?)?\Z"
)
_WORDS = {"yes": True, "on": True, "no": False, "off": False}


class Plain(str):
    """A text of the front matter that stands there without quotation marks."""

    __slots__ = ()


def is_local_time(value: object) -> bool:
    """Tell whether a value is a time to YAML that does not say how far from UTC it is."""
    match = TIME.match(value) if isinstance(value, Plain) else None
    return bool(match and not match[8])


def typed(value: object, zone: ZoneInfo, *, reads_utc: bool) -> object:
    """Return a value of the front matter as Jekyll knows it: numbers, dates, yes and no."""
    if isinstance(value, dict):
        return {key: typed(inner, zone, reads_utc=reads_utc) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner, zone, reads_utc=reads_utc) for inner in value]
    if not isinstance(value, Plain) or len(value) > 400:
        return value
    try:
        return _typed(value, zone, reads_utc=reads_utc)
    except (ValueError, ArithmeticError):
        return str(value)


def _typed(text: str, zone: ZoneInfo, *, reads_utc: bool) -> object:
    """Return a text as a number, date or truth. Raises ValueError where it only looks like one."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.match(text):
        digits = text.replace(",", "").replace("_", "")
        is_octal = len(digits) > 1 and digits.lstrip("+-")[0] == "0" and "8" not in digits
        return int(digits, 8) if is_octal and "9" not in digits else int(digits)
    if _FLOAT.match(text):
        return float(text.replace("_", ""))
    day = _DATE.match(text)
    if day:
        return date(int(day[1]), int(day[2]), int(day[3]))
    time = TIME.match(text)
    if not time:
        return str(text)
    year, month, number, hour, minute, second = (int(part) for part in time.groups()[:6])
    fraction = int((time[7] or "").ljust(6, "0")[:6])
    moment = datetime(year, month, number, hour, minute, second, fraction)
    if time[8]:
        offset = time[8].replace("Z", "+00:00")
        offset = offset if len(offset) > 3 else f"{offset}:00"
        aware = datetime.fromisoformat(f"{moment.isoformat()}{_padded(offset)}")
        return aware.replace(tzinfo=UTC) if time[8] == "Z" else aware
    return moment.replace(tzinfo=UTC).astimezone(zone) if reads_utc else moment.replace(tzinfo=zone)


def _padded(offset: str) -> str:
    """Return an offset as Python reads it: +09:00."""
    sign, digits = offset[0], offset[1:].replace(":", "").rjust(4, "0")
    return f"{sign}{digits[:2]}:{digits[2:]}"
