"""Dates as readers of a language write them."""

from __future__ import annotations

from datetime import datetime

from hanpan.language import is_korean

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def day(moment: datetime | None, lang: str) -> str:
    """Return a date as a reader of the language writes it, "" for none."""
    if not moment:
        return ""
    within = day_of_year(moment, lang)
    return f"{moment.year}년 {within}" if is_korean(lang) else f"{within} {moment.year}"


def day_of_year(moment: datetime, lang: str) -> str:
    """Return a date without its year."""
    if is_korean(lang):
        return f"{moment.month}월 {moment.day}일"
    return f"{moment.day} {_MONTHS.split()[moment.month - 1]}"
