"""Settings of single platforms: [crosspost.NAME] in site.toml, `crosspost:` in front matter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from hanpan.problems import Problem

PLATFORMS = "platforms"  # the folder beside site.toml with platforms of the site's own
AI_LEVELS = ("no_ai", "some_ai", "fully_autonomous")  # Forem's words (forem#23743)
NONE = "none"  # what `canonical` says where no address is to be sent


@dataclass(frozen=True, slots=True)
class Overrides:
    """What site.toml and a post may both say for one platform; the post goes first."""

    backlink: str = ""  # top, bottom or none; "": as [crosspost] says
    backlink_text: str = ""
    teaser: str = ""  # first or cover; "": as [crosspost] says
    code_colours: bool | None = None  # whether code has colours; None: as [crosspost] says
    ai_disclosure_level: str = ""  # one of AI_LEVELS; "": as [crosspost] says
    canonical: str = ""  # "": the post's own; none; else an address, with {slug} in site.toml
    tags: tuple[str, ...] | None = None  # site.toml's follow the post's, a post's replace them
    publish: bool | None = None  # whether `hanpan publish` may send it; None: yes


@dataclass(frozen=True, slots=True)
class PlatformSettings(Overrides):
    """[crosspost.NAME]: one platform, for the whole site."""

    url: str = ""  # of the server that is published to, where there are many; no secret
    folder: str = ""  # that is published into, relative to site.toml
    way: str = ""  # another client than the platform's own: metaweblog


@dataclass(frozen=True, slots=True)
class PostSettings(Overrides):
    """`crosspost: {NAME: ...}` of the front matter: one platform, for one post."""

    title: str = ""
    slug: str = ""  # the last part of the post's address there; mapped by the platform's rule
    payload: bool = True  # false: none is made; `NAME: false` says the same


@dataclass(frozen=True, slots=True)
class Platforms:
    """All tables [crosspost.NAME] of site.toml."""

    tables: tuple[tuple[str, PlatformSettings], ...] = ()

    def of(self, name: str) -> PlatformSettings:
        """Return a platform's settings, the defaults where it has none."""
        return dict(self.tables).get(name, PlatformSettings())


def platform_files(root: Path | None = None) -> dict[str, Path]:
    """Return the data file of each platform by its name; those of the site at `root` go first."""
    ours = Path(__file__).resolve().parent.parent / "crosspost" / PLATFORMS
    own = (root / PLATFORMS).glob("*.toml") if root else ()
    by_name = {path.stem: path for path in (*ours.glob("*.toml"), *own)}
    return dict(sorted(by_name.items()))


def unknown_platform(name: str, known: Collection[str]) -> Problem:
    """Return the problem of a name that none of the `known` platforms has."""
    remedy = f"Use one of: {', '.join(known)}; or write {PLATFORMS}/{name}.toml beside site.toml."
    close = difflib.get_close_matches(name, known, n=1)
    guess = f"; did you mean `{close[0]}`?" if close else ""
    message = f"unknown platform `{name}`{guess}"
    return Problem("crosspost-platform", "error", message, "site.toml", remedy=remedy)


def wrong_crosspost_value(key: str, value: object) -> Problem | None:
    """Return what is wrong with a value of the right type under [crosspost.NAME]."""
    if key == "canonical" and isinstance(value, str) and not is_canonical(value):
        message, remedy = f"`{value}` is not a web address", f"Write it with https://, or `{NONE}`."
        return Problem("site-url", "error", message, remedy=remedy)
    return None


def is_canonical(value: str) -> bool:
    """Tell whether a text may stand under `canonical`."""
    return value in ("", NONE) or bool(re.match(r"https?://[^/\s]", value))
