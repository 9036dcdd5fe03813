"""Which tools a step depends on: hanpan's own code, Python, and the packages it uses."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hanpan import __version__
from hanpan.editions import EDITIONS
from hanpan.files import Digests, sha256
from hanpan.runner.steps import READ

READING = (
    "pypandoc_binary",
    "python-frontmatter",
    "python-liquid",
    "pyyaml",
    "lxml",
    "selectolax",
    "pillow",
    "mmdr",
)


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of packages; `none` for one that is not installed."""
    found = {"hanpan": __version__, "python": ".".join(map(str, sys.version_info[:3]))}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    return found


def all_versions() -> dict[str, str]:
    """Return the versions of every package that an edition or the reading depends on."""
    packages = {*READING, *(name for _, names in EDITIONS.values() for name in names)}
    return versions(sorted(packages))


def fingerprints(digests: Digests) -> dict[str, str]:
    """Return, for each step, the hash of what it is made with."""
    package = Path(__file__).resolve().parent.parent
    sources = sorted(package.rglob("*.py")) + sorted(package.rglob("*.toml"))
    code = sha256("".join(map(digests.digest, sources)).encode())
    steps = {READ: READING, **{name: packages for name, (_, packages) in EDITIONS.items()}}
    known = all_versions()
    return {
        step: sha256(f"{code} {[(name, known[name]) for name in ('python', *names)]}".encode())
        for step, names in steps.items()
    }
