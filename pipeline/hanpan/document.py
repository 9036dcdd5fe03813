"""Document: a post that pandoc has read once. Frozen, and the same for every edition."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from hanpan.problems import Problem
from hanpan.source_lines import SourceLines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: level 1 to 6 as written, its id, its text without markup."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture that the document uses.

    The body names it as `asset:ID`. `source` says where its bytes are: `file:PATH` below the site's
    root, `remote:URL`, a `data:` address, or `mermaid:SOURCE` of a diagram to draw. Width and
    height are in CSS pixels after orientation; 0 where unknown.
    """

    id: str  # first 16 hex digits of its content's SHA-256
    source: str
    media_type: (
        str  # as found in the bytes: image/png, image/jpeg, image/gif, image/webp, image/svg+xml
    )
    width: int
    height: int


SettingValue = str | bool | tuple[str, ...]  # a value of the front matter, made plain


class Translation(NamedTuple):
    """The post itself, or one that says the same in another language."""

    lang: str  # BCP 47
    source: str  # its path relative to the site's root
    slug: str  # the one that it has as far as this post knows
    address: str  # absolute, or "" where the site has none


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata in the front matter, checked; every text is NFC and plain, without markup."""

    title: str
    date: str  # ISO 8601 with offset, or "" where it has none, as pages of a site
    modified: str  # the same as date where the post was not changed
    lang: str  # BCP 47
    excerpt: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    author: str = ""
    ai_disclosure_level: str = ""  # how much of it AI wrote: a word of site.crosspost.AI_LEVELS
    toc: bool | None = None  # None where the post does not set it
    permalink: str = ""
    canonical_url: str = ""  # absolute, or "" where neither post nor site has one
    og_image_url: str = ""  # absolute, for crawlers; "" where there is none
    pdf: tuple[tuple[str, str | bool], ...] = ()  # the post's own settings of [pdf]
    crosspost: tuple[tuple[str, tuple[tuple[str, SettingValue], ...]], ...] = ()  # ... by platform
    translations: tuple[Translation, ...] = ()  # the post itself among them; () where it has none
    path: str = ""  # where its site shows it, below the site's address: /2021/10/07/x/
    redirects: tuple[str, ...] = ()  # paths on the site that lead to it
    series_order: float | None = None  # its number in the series, where the post says one

    @property
    def published_at(self) -> datetime | None:
        """Return `date` as a datetime with an offset; None where there is none."""
        return datetime.fromisoformat(self.date) if self.date else None

    @property
    def modified_at(self) -> datetime | None:
        """Return `modified` as a datetime with an offset; None where there is no date."""
        return datetime.fromisoformat(self.modified) if self.modified else None

    @property
    def updated_at(self) -> datetime | None:
        """Return when the post was last changed, if on a later day than it was published."""
        published, modified = self.published_at, self.modified_at
        is_later = published and modified and modified.date() > published.date()
        return modified if is_later else None


@dataclass(frozen=True, slots=True)
class Document:
    """A post, read once.

    `body` is a well-formed fragment without namespaces (`svg` and `math` go by their names), and
    sound: only elements of today's HTML, nested as the HTML Standard allows, without scripts,
    players or anything that a browser would fetch; tables, lists and details have the parts that
    they must have; `style` holds known properties with valid values; ids are unique, NFC and
    without blanks; every `<a>` has words or a picture, and leads to an id in the body or to a valid
    absolute address. Headings have the levels that the author gave them.

    Pictures are `<img src="asset:ID">`, or `<img data-missing="REASON" data-src="...">` where one
    is out of reach, with `alt`, and `width` and `height` in pixels where known; code is
    `<pre><code class="language-X">` without highlighting, a title in `data-title`, lines to
    point out in `data-lines`, the first line's number in `data-numbers`; maths is MathML with its
    TeX as annotation; footnotes are `<section class="footnotes">`, ids `fn-N`, `fnref-N`;
    task boxes are `<span class="task-box" data-checked>`; players are `<p class="embed"><a>`;
    where the author begins a page, `<div class="page-break">`.
    """

    source: str  # the post's path relative to the site's root, with /
    slug: str
    meta: Meta
    body: str
    headings: tuple[Heading, ...] = ()
    assets: tuple[Asset, ...] = ()
    teaser: str = ""  # an Asset's id; "" where there is none
    teaser_missing: bool = False  # the post names a teaser that is out of reach: use a drawn cover

    def asset(self, reference: str) -> Asset:
        """Return the asset that `asset:ID` or ID names."""
        name = reference.removeprefix("asset:")
        return next(asset for asset in self.assets if asset.id == name)

    def as_json(self) -> str:
        """Return the document as text: equal exactly when the documents are."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Document:
        """Read what `as_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        meta = data["meta"]
        meta["categories"], meta["tags"] = tuple(meta["categories"]), tuple(meta["tags"])
        meta["pdf"] = tuple((key, settings) for key, settings in meta["pdf"])
        meta["crosspost"] = tuple(
            (name, tuple((key, _as_value(value)) for key, value in settings))
            for name, settings in meta["crosspost"]
        )
        meta["redirects"] = tuple(meta.get("redirects", ()))
        meta["translations"] = tuple(Translation(*each) for each in meta.get("translations", ()))
        data["meta"] = Meta(**meta)
        data["headings"] = tuple(Heading(**heading) for heading in data["headings"])
        data["assets"] = tuple(Asset(**asset) for asset in data["assets"])
        return cls(**data)


def _as_value(value: str | bool | list[str]) -> SettingValue:
    return tuple(value) if isinstance(value, list) else value


class SiteLink(NamedTuple):
    """A link to an address on the post's own site, and the line where it stands."""

    address: str
    line: int | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a post gives: the document, its lines, and what there is to tell the author."""

    document: Document
    lines: SourceLines
    problems: tuple[Problem, ...] = ()
    address: str = ""  # where the site shows the post, absolute, or ""
    links: tuple[SiteLink, ...] = ()  # that lead to the site
