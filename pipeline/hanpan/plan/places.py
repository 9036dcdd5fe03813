"""Places: what posts are called in traces, and where caches and locks are kept."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from hanpan.files import sha256
from hanpan.site import Site
from hanpan.source.slugs import slugify


def key_of(path: Path, out: Path) -> str:
    """Return a post's name in traces: the same after blog and out/ have moved together."""
    folder, name = os.path.split(path)
    if not name or f"{out}/".startswith(f"{path}/"):
        return _relative(str(path), str(out))
    below = _relative(folder, str(out))
    return name if below == "." else f"{below}/{name}"


@functools.lru_cache(maxsize=4096)  # folders; a plan asks for each of their posts several times
def _relative(folder: str, out: str) -> str:
    return os.path.relpath(folder, out).replace(os.sep, "/")


def cache_folder(site: Site, out: Path) -> Path:
    """Return the folder of a site's remote files: beside site.toml, else below out/."""
    if site.has_toml:
        return site.root / ".hanpan" / "remote"
    return _below_out(site, out) / "remote"


def lock_path(site: Site, out: Path) -> Path:
    """Return the path of a site's assets.lock: beside site.toml, else below out/."""
    return site.root / "assets.lock" if site.has_toml else _below_out(site, out) / "assets.lock"


def _below_out(site: Site, out: Path) -> Path:
    """Return a site's folder below out/: hanpan never writes into a site without site.toml."""
    mark = sha256(key_of(site.root, out).encode())[:8]
    return out / ".hanpan" / "sites" / f"{slugify(site.root.name)}-{mark}"
