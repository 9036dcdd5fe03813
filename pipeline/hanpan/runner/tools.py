"""Tools: what every step depends on beside what it reads: hanpan's code, Python, its packages.

The packages are those that hanpan requires, and those that they require, as they are installed:
no list is maintained by hand. All steps depend on all of them: a list for each step could be wrong
without anybody noticing, and updates are rare.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hanpan import __version__
from hanpan.files import Digests, sha256

if TYPE_CHECKING:
    from importlib.metadata import Distribution

    from hanpan.runner.state import State

_PACKAGE = Path(__file__).resolve().parent.parent
_VERSION = _PACKAGE / "_version.py"  # written when hanpan is built or set up
_PROJECT = _PACKAGE.parents[1] / "pyproject.toml"  # in a checkout
_REQUIREMENT = re.compile(r"\s*([\w.-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?", re.DOTALL)
_OF_EXTRA = re.compile(r"\bextra\s*==\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of one build: their versions by name, and the hash that stands for them all."""

    versions: dict[str, str]
    fingerprint: str


def tools_of(state: State, digests: Digests) -> Tools:
    """Return the tools that are installed now.

    Versions are kept in `state` until a folder that Python imports from changes: to read the
    metadata of fifty packages takes a tenth of a build in which nothing is stale.
    """
    sign = _sign(digests)
    versions = state.tools(sign)
    if versions is None:
        versions = _versions(sign)
        state.keep_tools(sign, versions)
    # not hanpan's own version: it changes with each commit, and equal code makes equal bytes
    others = {name: version for name, version in versions.items() if name != "hanpan"}
    return Tools(versions, sha256(f"{code_digests(digests)} {json.dumps(others)}".encode()))


def code_digests(digests: Digests) -> str:
    """Return the hashes of hanpan's own code, one after the other."""
    return "".join(map(digests.digest, _sources()))


@lru_cache(maxsize=1)
def _versions(_sign: str) -> dict[str, str]:
    return installed_versions()


def installed_versions() -> dict[str, str]:
    """Return the versions of hanpan, of Python, and of every package that hanpan requires."""
    versions: dict[str, str] = {}
    done: set[tuple[str, frozenset[str]]] = set()
    waiting = list(_packages(_requirements(), frozenset()))
    while waiting:
        name, extras = waiting.pop()
        distribution = None if (name, extras) in done else _distribution(name)
        done.add((name, extras))
        if distribution:
            versions[name], requirements = _metadata(distribution)
            waiting += _packages(requirements, extras)
    own = {"hanpan": __version__, "python": ".".join(map(str, sys.version_info[:3]))}
    return {**own, **dict(sorted(versions.items()))}


def _sources() -> list[str]:
    """Return the files of hanpan's own code, in one order."""
    sources = []
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = [name for name in folders if name != "__pycache__"]
        sources += [f"{folder}/{name}" for name in names if name.endswith((".py", ".toml"))]
    return sorted(path for path in sources if path != str(_VERSION))


def _sign(digests: Digests) -> str:
    """Return what changes when a package is installed, updated or removed.

    Folders without a package's metadata do not count: `python -m hanpan` imports from the folder
    that it is started in, too, and changes that.
    """
    folders = []
    for folder in sys.path:
        try:
            if os.path.isfile(folder) or _has_metadata(os.listdir(folder or ".")):
                folders.append((folder, os.stat(folder or ".").st_mtime_ns))
        except OSError:
            continue
    return sha256(repr((sys.version, folders, digests.digest(_PROJECT))).encode())


def _has_metadata(names: list[str]) -> bool:
    return any(name.lower().endswith((".dist-info", "egg-info")) for name in names)


def _requirements() -> list[str]:
    """Return what hanpan requires.

    In a checkout its pyproject.toml says so, installed or not; elsewhere its metadata. Without
    either, everything that is installed counts.
    """
    if _PROJECT.is_file():
        project = tomllib.loads(_PROJECT.read_text("utf-8")).get("project", {})
        if project.get("name") == "hanpan":
            return list(project["dependencies"])
    if distribution := _distribution("hanpan"):
        return _metadata(distribution)[1]
    from importlib.metadata import distributions

    return [distribution.name for distribution in distributions()]


def _packages(
    requirements: list[str], extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the packages that requirements name, each with the extras that are asked of it.

    A requirement of an extra counts where `extras` has it. Other markers are not looked at: a
    package that is installed counts, whichever system or Python it is there for.
    """
    for requirement in requirements:
        match = _REQUIREMENT.match(requirement)
        assert match, requirement
        on_behalf = {_normalise_name(extra) for extra in _OF_EXTRA.findall(match[3] or "")}
        if not on_behalf or on_behalf & extras:
            asked = (extra for extra in (match[2] or "").split(",") if extra.strip())
            yield _normalise_name(match[1]), frozenset(map(_normalise_name, asked))


def _normalise_name(name: str) -> str:
    """Return a package's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _distribution(name: str) -> Distribution | None:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _metadata(distribution: Distribution) -> tuple[str, list[str]]:
    """Return a distribution's version and requirements, read from the head of its METADATA."""
    head, _, _ = (distribution.read_text("METADATA") or "").partition("\n\n")
    fields = [line.partition(": ") for line in head.splitlines()]
    version = next((value for name, _, value in fields if name == "Version"), "")
    if not version:  # of an older kind: slower to read
        return distribution.version, list(distribution.requires or ())
    return version, [value for name, _, value in fields if name == "Requires-Dist"]
