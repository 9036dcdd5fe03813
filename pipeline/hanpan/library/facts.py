"""Facts: what other pages say of a post. The site's lists are made of these, and of no document."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture of a post: its path below out/site, its size in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What lists and neighbours say of a post; all texts are plain."""

    title: str
    date: str  # ISO 8601 with offset, "" where there is none
    modified: str
    lang: str  # BCP 47
    path: str  # where its site shows it, below the site's address: /2021/10/07/x/
    address: str = ""  # the same, absolute; "" where the site has none
    canonical: str = ""
    excerpt: str = ""
    author: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    series_order: float | None = None
    redirects: tuple[str, ...] = ()  # paths that lead to it
    translations: tuple[tuple[str, str], ...] = ()  # language, path of the post
    links: tuple[str, ...] = ()  # addresses on its own site that it leads to, as in its leaf
    places: tuple[str, ...] = ()  # ids in its page
    minutes: int = 1  # to read it
    thumbnail: Thumbnail | None = None
    card: str = ""  # path below out/site of its Open Graph picture
    slices: tuple[str, ...] = ()  # names of the font slices that its characters need

    @property
    def modified_at(self) -> datetime:
        """Return `modified` as a datetime with an offset; the first of all where there is none."""
        return datetime.fromisoformat(self.modified) if self.modified else _NEVER

    @property
    def moment(self) -> datetime:
        """Return `date` as a datetime with an offset; the first of all where there is none."""
        return datetime.fromisoformat(self.date) if self.date else _NEVER

    @property
    def is_dated(self) -> bool:
        """Tell whether it has a date: archives by year and feeds have no others."""
        return bool(self.date)

    def as_json(self) -> str:
        """Return the facts as one line: equal exactly when they are."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Read what `as_json` wrote. Raises ValueError for anything else."""
        try:
            data: dict[str, Any] = json.loads(text)
            for name in ("categories", "tags", "redirects", "links", "places", "slices"):
                data[name] = tuple(map(_text, data[name]))
            data["translations"] = tuple(
                (_text(lang), _text(path)) for lang, path in data["translations"]
            )
            if data["thumbnail"] is not None:
                data["thumbnail"] = Thumbnail(**data["thumbnail"])
            facts = cls(**data)
            for name in ("title", "lang", "path", "address", "canonical", "excerpt", "author"):
                _text(getattr(facts, name))
            _ = facts.moment.utcoffset(), facts.modified_at.utcoffset()
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"these are no facts: {error}") from None
        return facts


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is none")
    return value
