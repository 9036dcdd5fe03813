"""Dates in Liquid, written as Ruby writes them. `now` is the post's own date: no clock is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from liquid import RenderContext
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context

from hanpan.source.front_matter.dates import parse_date
from hanpan.source.liquid.filters.values import text_of

FORM_LIMIT = 1_000  # characters of a form: each may become a whole date
_DIRECTIVE = re.compile(r"%([-0^#]?)(:?)([A-Za-z%+])")
_COMPOUND = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
}
_MONTHS = """January February March April May June July August September October November
December""".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def format_date(moment: datetime, form: str) -> str:
    """Return a moment in a form of strftime (Ruby's), with English names whatever the machine."""

    def one(match: re.Match[str]) -> str:
        flag, colon, letter = match.groups()
        if letter in _COMPOUND:
            return format_date(moment, _COMPOUND[letter])
        piece = _piece(moment, letter, bool(colon))
        if piece is None:
            return match[0]
        if flag == "-":
            return piece.lstrip("0 ") or "0"
        return piece.upper() if flag == "^" else piece

    return _DIRECTIVE.sub(one, form)


def _piece(at: datetime, letter: str, colon: bool) -> str | None:
    """Return what one letter stands for; None for a letter that stands for nothing."""
    month, day = _MONTHS[at.month - 1], _DAYS[at.weekday()]
    offset = at.strftime("%z") or "+0000"
    offset = f"{offset[:3]}:{offset[3:5]}" if colon else offset
    hour = at.hour % 12 or 12
    pieces = {
        "Y": f"{at.year:04}",
        "C": f"{at.year // 100:02}",
        "y": f"{at.year % 100:02}",
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
        "V": f"{at.isocalendar().week:02}",
        "z": offset,
        "Z": at.tzname() or "",
        "s": str(int(at.timestamp())),
        "%": "%",
    }
    return pieces.get(letter)


def _moment(value: object, context: RenderContext) -> datetime | None:
    """Return the moment a value names; of `now` and `today`, the post's."""
    page: Any = context.resolve("page", default={})
    site: Any = context.resolve("site", default={})
    if value in ("now", "today"):
        value = page.get("date")
    return parse_date(value, ZoneInfo(str(site.get("timezone") or "Asia/Seoul")))


def _in_form(form: str) -> Callable[..., object]:
    @with_context
    def change(value: object, *_args: object, context: RenderContext) -> object:
        moment = _moment(value, context)
        return format_date(moment, form) if moment else value

    return change


@with_context
def date(value: object, form: object = "", *, context: RenderContext) -> object:
    """Return a date in the form asked for; what is no date stays as it is."""
    moment = _moment(value, context)
    if len(text_of(form)) > FORM_LIMIT:
        raise FilterArgumentError("the form of the date is too long", token=None)
    return format_date(moment, str(form)) if moment and form else value


@with_context
def date_to_xmlschema(value: object, *, context: RenderContext) -> object:
    moment = _moment(value, context)
    return moment.isoformat() if moment else value


DATE_FILTERS: dict[str, Callable[..., object]] = {
    "date": date,
    "date_to_string": _in_form("%d %b %Y"),
    "date_to_long_string": _in_form("%d %B %Y"),
    "date_to_rfc822": _in_form("%a, %d %b %Y %H:%M:%S %z"),
    "date_to_xmlschema": date_to_xmlschema,
}
