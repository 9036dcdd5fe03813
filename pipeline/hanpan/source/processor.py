"""Processor: which of two readings of Markdown a blog's own generator has, and its settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from html.entities import name2codepoint

# jekyll-commonmark, jekyll-commonmark-ghpages; GFM is what older blogs write for the latter
_COMMONMARK = frozenset(("commonmark", "commonmarkghpages", "gfm"))
_SPAN = re.compile(r"\s*(\d)\s*(?:\.\.\.?|-)\s*(\d)\s*\Z")
_PREFIX = re.compile(r"[\w.:-]{1,40}\Z")
_STRAIGHT = {"apos": "'", "quot": '"'}
_OFF = frozenset(("", "null", "none", "false"))


class Processor(Enum):
    """What reads a blog's posts where they are published."""

    KRAMDOWN = auto()  # Jekyll's own, and ours where nothing is said
    COMMONMARK = auto()  # GitHub's


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """What a `_config.yml` says of how Markdown is read, under `kramdown:` and `commonmark:`."""

    hard_wrap: bool = False  # whether the end of a line is a break
    quotes: tuple[str, ...] = ()  # ‘ ’ “ ” as the site has them; (): as is usual in the language
    id_prefix: str = ""  # of the ids of headings
    first_note: int = 1  # number of the first footnote
    contents: tuple[int, ...] = ()  # levels of headings in lists of contents; (): all
    first_line: int = 0  # number of the first line of code; 0: lines have no numbers


def processor_of(config: Mapping[str, object] | None) -> Processor:
    """Return the processor that `markdown:` of a `_config.yml` names; None where there is none."""
    named = str((config or {}).get("markdown") or "").strip().lower()
    return Processor.COMMONMARK if named in _COMMONMARK else Processor.KRAMDOWN


def markdown_settings(config: Mapping[str, object] | None) -> MarkdownSettings:
    """Return what a `_config.yml` says of how Markdown is read; what it says wrongly is nothing."""
    if not config:
        return MarkdownSettings()
    if processor_of(config) is Processor.COMMONMARK:
        options = _map(config.get("commonmark")).get("options")
        named = {str(option).upper() for option in options} if isinstance(options, list) else set()
        return MarkdownSettings("HARDBREAKS" in named)
    own = _map(config.get("kramdown"))
    prefix = str(own.get("auto_id_prefix") or "")
    note = own.get("footnote_nr")
    return MarkdownSettings(
        hard_wrap=own.get("hard_wrap") is True,
        quotes=_quotes(own.get("smart_quotes")),
        id_prefix=prefix if _PREFIX.match(prefix) else "",
        first_note=note if type(note) is int and 0 < note < 10_000 else 1,
        contents=_levels(own.get("toc_levels")),
        first_line=_first_line(_map(own.get("syntax_highlighter_opts"))),
    )


def breaks_of_hexo(config: Mapping[str, object] | None) -> bool:
    """Tell whether the end of a line is a break: to hexo-renderer-marked it is by default."""
    return _map(_map(config).get("marked")).get("breaks") is not False


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _quotes(value: object) -> tuple[str, ...]:
    """Return the four signs that `smart_quotes` names, as entities or their numbers."""
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or len(names) != 4:
        return ()
    signs = []
    for name in (str(one).strip() for one in names):
        number = int(name) if name.isdigit() and len(name) < 6 else name2codepoint.get(name, 0)
        sign = _STRAIGHT.get(name) or (chr(number) if number > 31 else "")
        if not sign.isprintable() or not sign:
            return ()
        signs.append(sign)
    return tuple(signs)


def _levels(value: object) -> tuple[int, ...]:
    """Return what `toc_levels` names: `2..3`, `2,3` or a list."""
    span = _SPAN.match(value) if isinstance(value, str) else None
    if span:
        levels = list(range(int(span[1]), int(span[2]) + 1))
    else:
        listed = value.split(",") if isinstance(value, str) else value
        levels = [
            int(str(one)) for one in (listed if isinstance(listed, list) else []) if _is_digit(one)
        ]
    chosen = tuple(level for level in range(1, 7) if level in levels)
    return chosen if len(chosen) < 6 else ()


def _is_digit(value: object) -> bool:
    return str(value).strip().isdigit() and len(str(value).strip()) == 1


def _first_line(options: Mapping[str, object]) -> int:
    """Return the number of the first line of each block of code, 0 where lines have none."""
    own = {**options, **_map(options.get("block"))}
    numbers = own.get("line_numbers", own.get("coderay_line_numbers"))
    if not numbers or str(numbers).lower() in _OFF or own.get("disable") is True:
        return 0
    start = own.get("start_line", own.get("line_number_start"))
    return start if type(start) is int and 0 < start < 100_000 else 1
