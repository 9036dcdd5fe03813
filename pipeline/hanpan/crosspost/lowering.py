"""Lowering: what the steps of lowerings/ share while one post is prepared for one platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from hanpan.crosspost.losses import WORDS, Loss
from hanpan.crosspost.pictures import DrawnPicture, NumberedPicture
from hanpan.crosspost.platform import Platform
from hanpan.document import Document
from hanpan.files import Files, sha256
from hanpan.labels import Labels
from hanpan.site import Crosspost, Identity
from hanpan.transforms.element_numbers import number_of
from hanpan.tree import Element


@dataclass(slots=True)
class Lowering:
    """One document on its way to one platform; `losses` has the elements that lost something."""

    document: Document
    platform: Platform
    files: Files
    identity: Identity
    settings: Crosspost
    pictures: Mapping[str, NumberedPicture]  # by asset id, in document order
    publish: bool = True  # whether `hanpan publish` may send the payload
    document_sha256: str = ""  # of the document before overrides for this platform
    slug: str = ""  # that the post sets for this platform
    drawn: dict[str, DrawnPicture] = field(default_factory=dict)  # by the key of their `asset:`
    losses: dict[tuple[str, str], list[int | None]] = field(default_factory=dict)
    undrawn: dict[str, None] = field(default_factory=dict)  # TeX of formulas without a picture

    def draw(self, kind: str, alt: str, data: bytes, width: int, height: int) -> Element:
        """Return an `<img>` for a PNG that a lowering has drawn; the same PNG is kept once.

        `kind` is the beginning of its file's name; the size is in CSS pixels.
        """
        key = f"{kind}-{sha256(data)[:16]}"
        self.drawn[key] = DrawnPicture(kind, alt, data, width, height)
        size = {"width": str(width), "height": str(height)}
        return etree.Element("img", {"src": f"asset:{key}", "alt": alt, **size})

    @property
    def is_chosen(self) -> bool:
        """Tell whether the site or the post names the platform: else it is one of all."""
        named = dict(self.document.meta.crosspost)
        return self.settings.platforms != Crosspost().platforms or self.platform.name in named

    @property
    def teaser(self) -> NumberedPicture | None:
        """Return the teaser's picture, or the cover that was drawn instead."""
        return next((p for p in self.pictures.values() if p.role == "teaser"), None)

    @property
    def code_colours(self) -> bool:
        """Tell whether code has its colours, as settings or else the platform say."""
        asked = self.settings.code_colours
        return self.platform.body.code_colours if asked is None else asked

    @property
    def lang(self) -> str:
        """Return the language of the labels that are added."""
        return self.platform.lang or self.document.meta.lang

    @property
    def labels(self) -> Labels:
        """Return the labels that are added, in their language."""
        return Labels(self.lang)

    def lose(
        self, name: str, detail: str = "", count: int = 1, *, at: Element | None = None
    ) -> None:
        """Record a loss; `name` is a key of losses.WORDS, `at` the element that is affected."""
        assert name in WORDS, name
        if count:
            self.losses.setdefault((name, detail), []).extend([number_of(at)] * count)

    def lost(self) -> tuple[Loss, ...]:
        """Return all losses in the order of their first occurrence."""
        return tuple(
            Loss(name, len(places), detail, tuple(sorted({n for n in places if n is not None})))
            for (name, detail), places in self.losses.items()
        )
