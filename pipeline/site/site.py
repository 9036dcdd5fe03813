"""Site: all settings of one blog, and each of its tables by kind."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pipeline.site.books import BookPlan
from pipeline.site.crosspost import Platforms
from pipeline.site.tables import (
    Crosspost,
    Epub,
    Fonts,
    Html,
    Identity,
    Pdf,
    Remote,
    Sources,
)

RULES = "rules"  # the table whose keys are rules, and whose values are severities


@dataclass(frozen=True, slots=True)
class Site:
    """Everything hanpan knows of one blog; `root` is absolute, `config` what it was read from."""

    root: Path
    config: tuple[Path, ...] = ()
    identity: Identity = field(default_factory=Identity)
    sources: Sources = field(default_factory=Sources)
    remote: Remote = field(default_factory=Remote)
    fonts: Fonts = field(default_factory=Fonts)
    html: Html = field(default_factory=Html)
    pdf: Pdf = field(default_factory=Pdf)
    epub: Epub = field(default_factory=Epub)
    crosspost: Crosspost = field(default_factory=Crosspost)
    rules: tuple[tuple[str, str], ...] = ()  # [rules]: rule -> off, info, warning or error
    books: tuple[BookPlan, ...] = ()  # [[book]]
    platforms: Platforms = field(default_factory=Platforms)  # [crosspost.NAME]

    @property
    def has_toml(self) -> bool:
        """Tell whether the site has a site.toml: only then is anything written beside it."""
        return any(path.name == "site.toml" for path in self.config)


_FIELDS = {
    Identity: "identity",
    Sources: "sources",
    Remote: "remote",
    Fonts: "fonts",
    Html: "html",
    Pdf: "pdf",
    Epub: "epub",
    Crosspost: "crosspost",
    Platforms: "platforms",
}
Section = TypeVar("Section")


def section(site: Site, kind: type[Section]) -> Section:
    """Return the table of `site` that is a `kind`."""
    found = getattr(site, _FIELDS[kind])
    assert isinstance(found, kind)
    return found


def section_name(kind: type[Any]) -> str:
    """Return the name under which a trace remembers the table."""
    return _FIELDS[kind]


def section_text(site: Site, name: str) -> str:
    """Return a table as text that is equal exactly when the settings are."""
    if name == RULES:
        return json.dumps(site.rules)
    return json.dumps(dataclasses.asdict(getattr(site, name)), ensure_ascii=False, sort_keys=True)
