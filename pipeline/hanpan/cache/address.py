"""Address: which cache a build uses, and how much it is trusted with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hanpan.problems import Problem, UsageError
from hanpan.roots import RefusedFile, Root, real
from hanpan.site.tables import Cache, Site

URL = "HANPAN_CACHE_URL"
READ_ONLY = "HANPAN_CACHE_READ_ONLY"
KEY = "HANPAN_CACHE_KEY"
NONE = "none"  # for --cache: whatever environment and site say
_WEB = re.compile(r"https?://", re.IGNORECASE)  # files on the web are read, and never written
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?:::|://)", re.IGNORECASE)
_IN_MEMORY = "memory://"


@dataclass(frozen=True, slots=True)
class CacheAddress:
    """Where a cache is: a folder's path, or an address of fsspec; and what may be done there."""

    url: str
    read_only: bool = False
    timeout: float = Cache().timeout

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder of this machine."""
        return not _SCHEME.match(self.url)

    @property
    def is_near(self) -> bool:
        """Tell whether it is reached without the network."""
        return self.is_folder or self.url.startswith(_IN_MEMORY)

    @property
    def shown(self) -> str:
        """Return the address without what may be secret in it: a user's part, and a query."""
        return re.sub(r"(?<=://)[^/@]*@", "", re.split(r"[?#]", self.url)[0])


def cache_address(
    asked: str | None, sites: Iterable[Site], environment: Mapping[str, str] = os.environ
) -> CacheAddress | None:
    """Return the cache that a command uses, if any.

    `asked` is --cache; after it comes the environment, then the site, if all posts are of one.
    Raises UsageError for an address that is none.
    """
    tables = {site.root: site for site in sites}
    site = next(iter(tables.values())) if len(tables) == 1 else None
    settings = site.cache if site else Cache()
    url = asked if asked is not None else environment.get(URL, "")
    read_only = settings.read_only or environment.get(READ_ONLY, "") not in ("", "0")
    if url == NONE or (asked is not None and not url):
        return None
    if not url:
        if not site or not site.has_toml or not settings.url:
            return None
        url = str(_own_folder(site.root, settings.url))
    elif not _SCHEME.match(url):
        url = str(real(Path(url).expanduser()))
    elif url.startswith("file://"):
        url = str(real(url.removeprefix("file://")))
    return CacheAddress(url, read_only or bool(_WEB.match(url)), max(settings.timeout, 0.1))


def _own_folder(root: Path, url: str) -> Path:
    """Return a site's own folder. Raises UsageError where a link is on the way."""
    folder = root / url
    try:
        Root.own(folder)
    except RefusedFile as error:
        problem = error.problem
        raise UsageError(
            Problem("site-cache", "error", problem.message, problem.path, None, problem.remedy)
        ) from None
    return folder
