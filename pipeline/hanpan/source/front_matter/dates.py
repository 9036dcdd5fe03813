"""Dates: every form that authors write, as a moment in the site's time zone."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hanpan.problems import Problem
from hanpan.site import Clock
from hanpan.source.front_matter.collections import label_of
from hanpan.source.front_matter.scalars import is_local_time
from hanpan.source.post import Post
from hanpan.source.slugs import name_of

_DATE = re.compile(
    r"""\s*["']?(\d{4})\s*[-/.년]\s*(\d{1,2})\s*[-/.월]\s*(\d{1,2})\s*[일.]?
    (?:(?:-(?=T))?[T\s,]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*
      (Z|UTC|GMT|KST|[+-]\d{1,2}:?(?:\d{2})?)?)?\s*["']?\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
# as JavaScript's Date and Ruby's Time read them: `Jul 15 2022`, `15 July 2022`, `Jul 5th, 2022`
_WORDED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
    r"(?:([a-z]{3,9})\.? (\d{1,2})|(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?)"
    r"(?:st|nd|rd|th)?,? (\d{4})"
    r"(,? \d{1,2}:\d{1,2}(?::\d{1,2})? ?(?:Z|UTC|GMT|KST|[+-]\d{1,2}:?\d{0,2})?)?\Z",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FUTURE = "HANPAN_FUTURE"  # the variable that is `--future` for every build
_LONGEST = 80  # characters of a date
_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_ ]")
# folders are parts of it to Docusaurus: blog/2026/03-11-name.md, blog/2026-03-11/index.md
_FOLDERS = re.compile(r"(?<![^/])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[-_ /]|\.mdx?\Z)")
_NAMED = {"Z": 0, "UTC": 0, "GMT": 0, "KST": 9}
_LAST = datetime(1980, 1, 1)  # the first day that a ZIP archive (an EPUB) can hold
DATE_KEYS = (
    "date", "created", "created_at", "pubDate", "pubDatetime", "publishedAt", "publishedDate",
    "published_at",
)  # fmt: skip
SCHEDULE_KEYS = (
    "publishDate",
    "publishdate",
    *DATE_KEYS,
)  # Hugo's goes before the date that readers see
EXPIRY_KEYS = ("expiryDate", "expirydate", "unpublishdate")  # Hugo's
MODIFIED_KEYS = ("last_modified_at", "last-modified-at", "modified", "updated", "lastmod")


def parse_date(value: object, zone: ZoneInfo) -> datetime | None:
    """Return the moment that `value` names, `zone` where it gives no offset; None for no date."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    text = str(value)
    text = "" if value is None or len(text) >= _LONGEST else _in_figures(text)
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, second)
        return moment.replace(tzinfo=_offset(match[7], zone))
    except ValueError:
        return None


def _in_figures(text: str) -> str:
    """Return a date whose month is an English word in figures; any other text as it is."""
    match = _WORDED.match(" ".join(text.split()).strip("\"' "))
    if not match:
        return text
    month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
    if month[:3].lower() not in _MONTHS:
        return text
    return f"{match[5]}-{_MONTHS.index(month[:3].lower()) + 1}-{day}{match[6] or ''}"


def _offset(offset: str | None, zone: ZoneInfo) -> ZoneInfo | timezone:
    """Return the zone that an offset such as +0900, +09:00, +9 or KST names. Raises ValueError."""
    if not offset:
        return zone
    if offset.upper() in _NAMED:
        return timezone(timedelta(hours=_NAMED[offset.upper()]))
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-span if offset[0] == "-" else span)


def post_dates(post: Post, clock: Clock) -> tuple[datetime | None, datetime | None, list[Problem]]:
    """Return when the post was published and last changed, and what is wrong with its dates.

    None where nothing says it.
    """
    problems: list[Problem] = []
    published = _first(post, DATE_KEYS, clock, problems)
    # true or false to Jekyll, a date to themes of Astro
    published = published or _on_site(post.front.get("published"), clock)
    modified = _first(post, MODIFIED_KEYS, clock, problems)
    zone = ZoneInfo(clock.zone)
    if not published:
        published = _from_name(post.path, zone) or modified
    if not published and not label_of(post.path):  # documents of collections need none
        message = "the post has no date, and shows none"
        remedy = "Write `date: 2021-10-07` in the front matter, or at the start of the file's name."
        problems.append(Problem("date-missing", "warning", message, post.path, 1, remedy))
    return published, modified or published, problems


def publication_date(post: Post, clock: Clock) -> datetime | None:
    """Return when the post is to be published: by its front matter, or its file's name."""
    return _first(post, SCHEDULE_KEYS, clock, []) or _from_name(post.path, ZoneInfo(clock.zone))


def expiry_date(post: Post, clock: Clock) -> datetime | None:
    """Return when the post is no longer to be published, as Hugo's authors say it."""
    return _first(post, EXPIRY_KEYS, clock, [])


def _first(
    post: Post, keys: tuple[str, ...], clock: Clock, problems: list[Problem]
) -> datetime | None:
    """Return the date under the first key that has one; report each that has none."""
    for key in keys:
        value = post.front.get(key)
        if value is None or value == "":
            continue
        moment = _on_site(value, clock)
        if moment:
            return moment
        message = f"`{key}: {value}` is not a date"
        remedy = "Write it as 2021-10-07 or 2021-10-07 21:30:00 +0900."
        problems.append(Problem("date", "warning", message, post.path, post.line_of(key), remedy))
    return None


def _on_site(value: object, clock: Clock) -> datetime | None:
    """Return the moment that a value names, in the site's zone where that is set."""
    zone = ZoneInfo(clock.zone)
    own = ZoneInfo("UTC") if clock.reads_utc and is_local_time(value) else zone
    moment = parse_date(value, own)
    if not moment or not clock.is_set:
        return moment
    try:
        return moment.astimezone(zone)
    except OverflowError:  # an hour before the first year, or behind the last
        return moment


def _from_name(path: str, zone: ZoneInfo) -> datetime | None:
    match = _NAME.match(name_of(path)) or _NAME.match(path.split("/")[-2:][0])  # or its folder's
    match = match or _FOLDERS.search(path)
    return parse_date("-".join(match.groups()), zone) if match else None


def moment_without_date() -> datetime:
    """Return what formats get that cannot do without a date: SOURCE_DATE_EPOCH, else 1980."""
    return source_date() or _LAST.replace(tzinfo=UTC)


def source_date() -> datetime | None:
    """Return SOURCE_DATE_EPOCH (reproducible-builds.org), None where it is not set."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
