"""Generators: whose settings a site may have, and what all of them come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hanpan.site.tables import Publication

JEKYLL, HEXO, HUGO, OBSIDIAN = "jekyll", "hexo", "hugo", "obsidian"


@dataclass(frozen=True, slots=True)
class GeneratorSettings:
    """What a generator's own settings say, as the tables of site.toml would."""

    publication: Publication = field(default_factory=Publication)
    identity: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    collections: tuple[str, ...] = ()  # folders of those that the site shows
