"""Versions: what must be the same on a worker as in the build for the same bytes to come of it."""

from __future__ import annotations

import os

from hanpan.cache.keys import machine
from hanpan.files import Digests, packaged_layouts, sha256
from hanpan.runner.tools import code_digests, installed_versions

# what `machine` has, but for the date, which a batch brings with it
_OF_MACHINE = ("the system", "the processor", "zlib", "Pango", "HarfBuzz")
_SHOWN = 4  # differences that a message names
_CODE = "the code of hanpan"
_LAYOUTS = "the layouts of hanpan"


def versions_here() -> dict[str, str]:
    """Return what is installed here, by what messages call it."""
    digests = Digests()
    paths = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(packaged_layouts())
        for name in names
    )
    layouts = sha256("".join(map(digests.digest, paths)).encode())
    own = {_CODE: sha256(code_digests(digests).encode()), _LAYOUTS: layouts}
    return {**installed_versions(), **dict(zip(_OF_MACHINE, machine(), strict=False)), **own}


def differences(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """Return how a worker's versions differ from those here; an empty text where they do not."""
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    hashes = [name for name in names if name in (_CODE, _LAYOUTS)]
    versions = [name for name in names if name not in hashes]
    parts = [_difference(name, ours, theirs) for name in versions[:_SHOWN]]
    if len(versions) > _SHOWN:
        parts.append(f"{len(versions) - _SHOWN} more packages differ")
    return "; ".join([*parts, *(f"{name} differs" for name in hashes)])


def _difference(name: str, ours: dict[str, str], theirs: dict[str, str]) -> str:
    there, here = (versions.get(name) or "missing" for versions in (theirs, ours))
    return f"{name} is {there} there and {here} here"
