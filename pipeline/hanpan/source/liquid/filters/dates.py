"""Dates in Liquid, written as Ruby writes them. `now` is the post's own date: no clock is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liquid import RenderContext
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context

from hanpan.source.front_matter.dates import parse_date
from hanpan.source.liquid.filters.strftime import format_date
from hanpan.source.liquid.ruby import to_s

FORM_LIMIT = 1_000  # characters of a form: each may become a whole date
_LAST = 253_402_300_799  # seconds since 1970 up to the year 9999
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH = re.compile(
    r"""(?:[a-z]{3,9},?\s+)?
    (?:(?P<m1>[a-z]{3,9})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?|
       (?P<d2>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<m2>[a-z]{3,9})\.?)
    (?:,?[\s-]+(?P<year>\d{4}))
    (?P<time>\s+\d{1,2}:\d{2}.*)?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_TH = {1: "st", 2: "nd", 3: "rd"}


def _moment(value: object, context: RenderContext) -> datetime | None:
    """Return the moment a value names; of `now` and `today`, the post's."""
    page: Any = context.resolve("page", default={})
    site: Any = context.resolve("site", default={})
    zone = ZoneInfo(str(site.get("timezone") or "Asia/Seoul"))
    if value in ("now", "today"):
        value = page.get("date")
    if isinstance(value, str) and value.isdigit() and len(value) < 13:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, zone) if 0 <= value <= _LAST else None
    return parse_date(_in_figures(value), zone)


def _in_figures(value: object) -> object:
    """Return `March 14, 2016` as 2016-03-14, and any other value as it is."""
    match = _ENGLISH.match(value) if isinstance(value, str) and len(value) < 80 else None
    month = (match["m1"] or match["m2"]).lower()[:3] if match else ""
    if not match or month not in _MONTHS:
        return value
    day = int(match["d1"] or match["d2"])
    return f"{match['year']}-{_MONTHS.index(month) + 1:02}-{day:02}{match['time'] or ''}"


def _here(moment: datetime, context: RenderContext) -> datetime:
    """Return a moment in the site's zone: Jekyll's filters show local time."""
    site: Any = context.resolve("site", default={})
    try:
        return moment.astimezone(ZoneInfo(str(site.get("timezone") or "Asia/Seoul")))
    except OverflowError:
        return moment.astimezone(UTC)


def _spoken(month: str) -> Callable[..., object]:
    """Return a filter for dates as they are said: 2 Jan 2026; as ordinals, 2nd Jan 2026."""

    @with_context
    def change(
        value: object, kind: object = None, style: object = None, *, context: RenderContext
    ) -> object:
        moment = _moment(value, context)
        if not moment:
            return value
        moment = _here(moment, context)
        if kind != "ordinal":
            return format_date(moment, f"%d {month} %Y")
        ending = "th" if 11 <= moment.day <= 13 else _TH.get(moment.day % 10, "th")
        day = f"{moment.day}{ending}"
        form = f"{month} {day}, %Y" if style == "US" else f"{day} {month} %Y"
        return format_date(moment, form)

    return change


@with_context
def date(value: object, form: object = "", *, context: RenderContext) -> object:
    """Return a date in the form asked for; what is no date stays as it is."""
    moment = _moment(value, context)
    if len(to_s(form)) > FORM_LIMIT:
        raise FilterArgumentError("the form of the date is too long", token=None)
    return format_date(moment, to_s(form)) if moment and to_s(form) else value


def _in_form(write: Callable[[datetime], str]) -> Callable[..., object]:
    @with_context
    def change(value: object, *, context: RenderContext) -> object:
        moment = _moment(value, context)
        return write(_here(moment, context)) if moment else value

    return change


DATE_FILTERS: dict[str, Callable[..., object]] = {
    "date": date,
    "date_to_string": _spoken("%b"),
    "date_to_long_string": _spoken("%B"),
    "date_to_rfc822": _in_form(lambda moment: format_date(moment, "%a, %d %b %Y %H:%M:%S %z")),
    "date_to_xmlschema": _in_form(lambda moment: format_date(moment, "%Y-%m-%dT%H:%M:%S%:z")),
}
