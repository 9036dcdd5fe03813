"""The words around a printed text: its title in lines, its running title, dates, addresses."""

from __future__ import annotations

from datetime import datetime
from unicodedata import east_asian_width
from urllib.parse import unquote

from hanpan.assets.fonts import role_families
from hanpan.assets.lettering import Lettering
from hanpan.assets.scripts import missing
from hanpan.assets.title_lines import break_title
from hanpan.editions.pdf.metrics import TypeMetrics
from hanpan.files import Files

_LONG = 72  # characters: about three lines of an A4 page
_RUNNING = 42  # syllables of the running title
_LATIN = 0.62  # of a syllable's width
_CODE_POINT = 9 * _LATIN  # a syllable's widths of `[U+12000]`
_LETTERED = "Pretendard"  # the family that assets/lettering.py measures
_MOST_LINES = 8
_ROOM = 0.985  # of a line: what is measured and what is set may differ by a hair


def is_long(title: str) -> bool:
    """Tell whether a title is set smaller."""
    return len(title) > _LONG


def title_lines(
    title: str, measure: float, kind: TypeMetrics, files: Files, lang: str = ""
) -> tuple[str, ...]:
    """Return the title in balanced lines of `measure` em of the body.

    In one line where we cannot tell how wide its letters are.
    """
    if role_families(files)["body"][0] != _LETTERED:
        return (title,)
    lettering = Lettering.load(files, text=title, lang=lang)

    def width(text: str) -> float:
        return lettering.width(text, kind.size, kind.tracking)

    broken = break_title(title, kind.size, measure * _ROOM, _MOST_LINES, width)
    return broken.lines if broken.whole else (title,)


def running_title(title: str, files: Files | None = None) -> str:
    """Return the title as it stands at the head of pages, cut where it is too wide.

    What no font of `files` has is shown as its code point, `[U+12000]`.
    """
    lost = missing(title, files) if files else ""
    room = float(_RUNNING)
    for place, letter in enumerate(title):
        if letter in lost:
            room -= _CODE_POINT
        else:
            room -= 1 if east_asian_width(letter) in "WF" else _LATIN
        if room < 0:
            return f"{title[:place].rstrip()}…"
    return title


def shown_address(url: str) -> str:
    """Return an address as paper shows it: without scheme, and in letters that are read."""
    return unquote(url).partition("://")[2].rstrip("/")


def w3c_time(moment: datetime | None) -> str:
    """Return a time as W3C's profile of ISO 8601 has it: whole seconds, an offset; "" for none."""
    if not moment:
        return ""
    return moment.replace(microsecond=0).isoformat()
