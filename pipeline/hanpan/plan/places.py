"""Places: what posts are called in traces, and where caches and locks lie."""

from __future__ import annotations

import os
from pathlib import Path

from hanpan.files import sha256
from hanpan.site import Site
from hanpan.source.slugs import slugify


def key_of(path: Path, out: Path) -> str:
    """Return the name of a post in traces: stays the same when blog and out/ move together."""
    return Path(os.path.relpath(path, out)).as_posix()


def cache_folder(site: Site, out: Path) -> Path:
    """Return where a site's remote files are kept: beside site.toml, else below out/."""
    if site.has_toml:
        return site.root / ".hanpan" / "remote"
    return _below_out(site, out) / "remote"


def lock_path(site: Site, out: Path) -> Path:
    """Return where a site's assets.lock lies: beside site.toml, else below out/."""
    return site.root / "assets.lock" if site.has_toml else _below_out(site, out) / "assets.lock"


def _below_out(site: Site, out: Path) -> Path:
    """Return a site's folder below out/: a site without site.toml is never written to."""
    mark = sha256(key_of(site.root, out).encode())[:8]
    return out / ".hanpan" / "sites" / f"{slugify(site.root.name)}-{mark}"
