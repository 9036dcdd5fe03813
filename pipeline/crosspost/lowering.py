"""Lowering: what the named steps of lowerings/ share while one post is brought to one platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.crosspost.losses import WORDS, Loss
from pipeline.crosspost.pictures import NumberedPicture
from pipeline.crosspost.platform import Platform
from pipeline.crosspost.source_lines import line_of
from pipeline.document import Document
from pipeline.files import Files
from pipeline.site import Crosspost, Identity
from pipeline.tree import Element


@dataclass(slots=True)
class Lowering:
    """One document on its way to one platform; `losses` are the lines of what it lost so far."""

    document: Document
    platform: Platform
    files: Files
    identity: Identity
    settings: Crosspost
    pictures: Mapping[str, NumberedPicture]  # by asset id, in document order
    publish: bool = True  # whether `hanpan publish` may send the payload
    losses: dict[tuple[str, str], list[int | None]] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """Return the language of the labels that are added."""
        return self.platform.lang or self.document.meta.lang

    @property
    def korean(self) -> bool:
        """Tell whether added labels are Korean."""
        return self.lang.startswith("ko")

    def lose(
        self, name: str, detail: str = "", count: int = 1, *, at: Element | None = None
    ) -> None:
        """Remember a loss; `name` is a key of losses.WORDS, `at` the element that it happens to."""
        assert name in WORDS, name
        if count:
            self.losses.setdefault((name, detail), []).extend([line_of(at)] * count)

    def lost(self) -> tuple[Loss, ...]:
        """Return all losses in the order in which they happened first."""
        return tuple(
            Loss(name, len(lines), detail, tuple(sorted({line for line in lines if line})))
            for (name, detail), lines in self.losses.items()
        )
