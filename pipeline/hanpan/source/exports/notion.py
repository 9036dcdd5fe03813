"""Notion's Markdown: what its export calls files, and what it writes instead of front matter.

A page is `제목 0123…cdef.md`, 32 hexadecimal digits; it begins with its title, and then lists its
properties, one a line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from hanpan.source.post import Post
from hanpan.source.slugs import NOTION_ID

_TITLE = re.compile(r"#[ \t]++(\S.*)\Z")
_PROPERTY = re.compile(r"([^\s:#>|`*\-][^:\n|`]{0,40}):[ \t]+(\S[^\n]*)\Z")
_MOST = 60  # properties
# names of properties in Notion's two languages, and authors' own -> keys of the front matter
_KEYS = {
    "date": "date", "날짜": "date", "작성일": "date", "작성일자": "date", "생성일": "date",
    "생성 일시": "date", "created": "date", "created time": "date", "created at": "date",
    "publish date": "date", "published": "date", "published date": "date", "발행일": "date",
    "게시일": "date", "last edited time": "last_modified_at", "last edited": "last_modified_at",
    "updated": "last_modified_at", "updated at": "last_modified_at", "수정일": "last_modified_at",
    "최종 편집 일시": "last_modified_at", "tags": "tags", "tag": "tags", "태그": "tags",
    "multi-select": "tags", "다중 선택": "tags", "category": "categories",
    "categories": "categories", "카테고리": "categories", "분류": "categories",
    "summary": "excerpt", "description": "excerpt", "요약": "excerpt", "설명": "excerpt",
    "author": "author", "작성자": "author", "slug": "slug",
}  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH = re.compile(
    r"@?([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})(?:,? (\d{1,2}):(\d{2})(?: ?([AP]M))?)?", re.IGNORECASE
)
_KOREAN = re.compile(
    r"@?(\d{4})년 ?(\d{1,2})월 ?(\d{1,2})일(?: ?\([^)]*\))?(?: (오전|오후)? ?(\d{1,2}):(\d{2}))?"
)
_NUMBERS = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?: (\d{1,2}):(\d{2}))?")


def is_of_notion(path: str) -> bool:
    """Tell whether a file has the name that Notion's export gives it."""
    return bool(NOTION_ID.search(PurePosixPath(path).stem))


def with_notion_properties(post: Post) -> Post:
    """Return a post with its title and properties as front matter; every line keeps its number."""
    if post.front:
        return post
    lines = post.body.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    title = _TITLE.match(lines[start].rstrip(" \t"))
    if not title:
        return post
    front: dict[str, object] = {"title": title[1]}
    key_lines = {"title": post.body_line + start}
    lines[start] = ""
    first = next((at for at in range(start + 1, len(lines)) if lines[at].strip()), len(lines))
    end = first
    while end < min(len(lines), first + _MOST) and _PROPERTY.match(lines[end]):
        end += 1
    properties = [_PROPERTY.match(line) for line in lines[first:end]]
    named = [(match[1].strip(), match[2].strip()) for match in properties if match]
    is_list = end == len(lines) or not lines[end].strip()
    if is_list and any(name.lower() in _KEYS for name, _ in named):
        front = {**front_of_properties(named), **front}
        for at, (name, _) in enumerate(named, first):
            key_lines.setdefault(_KEYS.get(name.lower(), name), post.body_line + at)
            lines[at] = ""
    return replace(post, front=front, key_lines=key_lines, body="\n".join(lines))


def front_of_properties(properties: list[tuple[str, str]]) -> dict[str, object]:
    """Return what the properties of a page are in the front matter."""
    front: dict[str, object] = {}
    for name, value in properties:
        key = _KEYS.get(name.lower(), "")
        is_date = key in ("date", "last_modified_at")
        if key and value and key not in front and not (is_date and not re.search(r"\d{4}", value)):
            front[key] = _value(key, value)
    return front


def _value(key: str, value: str) -> object:
    if key in ("tags", "categories"):
        return [name.strip() for name in value.split(",") if name.strip()]
    return _date(value) if key in ("date", "last_modified_at") else value


def _date(value: str) -> str:
    """Return a date as YYYY-MM-DD, with its hour if it has one; unchanged where it is none."""
    english = _ENGLISH.match(value)
    if english and english[1][:3].lower() in _MONTHS:
        month = _MONTHS.index(english[1][:3].lower()) + 1
        hour = _hour(english[4], english[6] or "")
        return _written(english[3], month, english[2], hour, english[5])
    korean = _KOREAN.match(value)
    if korean:
        hour = _hour(korean[5], korean[4] or "")
        return _written(korean[1], korean[2], korean[3], hour, korean[6])
    numbers = _NUMBERS.match(value)
    return _written(*numbers.groups()) if numbers else value


def _hour(hour: str | None, half: str) -> str | None:
    if hour is None or not half:
        return hour
    return str(int(hour) % 12 + (12 if half.lower() in ("pm", "오후") else 0))


def _written(
    year: str, month: object, day: str, hour: str | None = None, minute: str | None = None
) -> str:
    date = f"{int(year):04}-{int(str(month)):02}-{int(day):02}"
    return f"{date} {int(hour):02}:{int(minute):02}" if hour and minute else date
