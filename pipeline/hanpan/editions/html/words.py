"""What the page says of the post: dates, the contents list, and data for search engines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hanpan.document import Heading, Meta
from hanpan.language import is_korean
from hanpan.site import Identity
from hanpan.transforms.levels import without_gaps

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
# Open Graph wants language_TERRITORY (https://ogp.me/#optional)
_LOCALES = {"ko": "ko_KR", "en": "en_US", "ja": "ja_JP", "zh": "zh_CN"}
DEEPEST = 3  # level of the contents list: h2 and h3


@dataclass(slots=True)
class ContentsEntry:
    """A line of the contents list, and the lines below it."""

    id: str
    text: str
    children: list[ContentsEntry] = field(default_factory=list)


def day(moment: datetime, lang: str) -> str:
    """Return a date as a reader of the language writes it."""
    within = day_of_year(moment, lang)
    return f"{moment.year}년 {within}" if is_korean(lang) else f"{within} {moment.year}"


def day_of_year(moment: datetime, lang: str) -> str:
    """Return a date without its year."""
    if is_korean(lang):
        return f"{moment.month}월 {moment.day}일"
    return f"{moment.day} {_MONTHS.split()[moment.month - 1]}"


def locale(lang: str) -> str:
    """Return og:locale for a BCP 47 tag."""
    return _LOCALES.get(lang) or lang.replace("-", "_")


def contents(headings: Sequence[Heading]) -> list[ContentsEntry]:
    """Return the headings as nested lists, down to DEEPEST, without those that say nothing."""
    top: list[ContentsEntry] = []
    path: list[tuple[int, list[ContentsEntry]]] = [(1, top)]
    levels = without_gaps(heading.level for heading in headings)
    for heading, level in zip(headings, levels, strict=True):
        if level > DEEPEST or not heading.text.strip() or not heading.id:
            continue
        while path[-1][0] >= level:
            path.pop()
        entry = ContentsEntry(heading.id, heading.text)
        path[-1][1].append(entry)
        path.append((level, entry.children))
    return top


def json_ld(meta: Meta, site: Identity) -> str:
    """Return the post as schema.org BlogPosting, safe inside `<script>`."""
    properties: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": meta.title,
        "description": meta.excerpt,
        "datePublished": meta.date,
        "dateModified": meta.modified,
        "inLanguage": meta.lang,
        "author": {"@type": "Person", "name": meta.author} if meta.author else "",
        "publisher": {"@type": "Organization", "name": site.title} if site.title else "",
        "url": meta.canonical_url,
        "mainEntityOfPage": meta.canonical_url,
        "image": meta.og_image_url,
        "articleSection": list(meta.categories),
        "keywords": list(meta.tags),
    }
    text = json.dumps(
        {key: value for key, value in properties.items() if value}, ensure_ascii=False
    )
    # `</script>` and `<!--` end or change a script element wherever they stand
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
