"""Health: what is installed here, as data for `hanpan doctor` and `hanpan --version --json`."""

from __future__ import annotations

import ctypes.util
import platform
import re
import sys
from pathlib import Path
from typing import Any

from hanpan import __version__
from hanpan.messages.installation import PANGO, SUBSETTER, places
from hanpan.problems import HanpanError

# library as ctypes finds it -> what it is for, and what brings it; without Pango there is no PDF
LIBRARIES = {
    "pango-1.0": ("PDF: sets the text (Pango)", PANGO),
    "pangoft2-1.0": ("PDF: finds the fonts (Pango with FreeType)", PANGO),
    "harfbuzz": ("PDF: shapes the text (HarfBuzz)", PANGO),
    "harfbuzz-subset": (
        "PDF: subsets the fonts; without it, PDFs take 7 to 42 times as long",
        SUBSETTER,
    ),
}
_EXTRA = re.compile(r"\s*([\w.-]+)(?![\w.-]).*\bextra\s*==\s*[\"']([\w.-]+)[\"']")


def installed() -> dict[str, Any]:
    """Return the versions of everything that decides what a build makes, for JSON.

    What is missing is null. Nothing is started but pandoc, to ask for its version.
    """
    from hanpan.cache.keys import machine
    from hanpan.runner.tools import installed_versions

    packages = installed_versions()
    _, _, _, pango, harfbuzz, _ = machine()
    return {
        "hanpan": __version__,
        "python": packages.pop("python"),
        "system": platform.platform(),
        "installed": places(),
        "pandoc": pandoc_version()[0] or None,
        "weasyprint": packages.get("weasyprint"),
        "pango": pango or None,
        "harfbuzz": harfbuzz or None,
        "libraries": {name: library_name(name) or None for name in LIBRARIES},
        "fonts": _fonts(),
        "extras": extras(),
        "packages": {name: version for name, version in packages.items() if name != "hanpan"},
    }


def pandoc_version() -> tuple[str, str]:
    """Return pandoc's version, or "" and why there is none."""
    from hanpan.pandoc import version

    try:
        return version(), ""
    except (HanpanError, OSError) as error:
        return "", str(error)


def _fonts() -> dict[str, Any]:
    from hanpan.assets import fonts, scripts
    from hanpan.files import Files, NoNetwork
    from hanpan.site import find_root, load_site

    here = Path.cwd()
    files = Files(load_site(find_root(here / "_") or here), NoNetwork())
    return {
        "families": list(dict.fromkeys(face.family for face in fonts.faces(files))),
        "scripts": len(scripts.FAMILIES) - len(scripts.absent_fonts(files)),
        "missing": list(scripts.absent_fonts(files)),
    }


def extras() -> dict[str, dict[str, str | None]]:
    """Return the packages of each extra, with their versions; none where they are not installed."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        requirements = requires("hanpan") or []
    except PackageNotFoundError:
        return {}
    table: dict[str, dict[str, str | None]] = {}
    for requirement in requirements:
        if match := _EXTRA.match(requirement):
            table.setdefault(match[2], {})[match[1]] = package_version(match[1]) or None
    return table


def package_version(package: str) -> str:
    """Return the version of a package that hanpan can do without; empty if there is none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def library_name(name: str) -> str:
    """Return the name under which a shared library loads here; empty if it does not."""
    candidates = [f"lib{name}.so.0", f"lib{name}.0.dylib", f"lib{name}.dylib"]
    folders = ["", "/opt/homebrew/lib/", "/usr/local/lib/"]
    listed = ctypes.util.find_library(name) if sys.platform != "linux" else None
    first = [listed] if listed else []  # on Linux that would start a compiler
    for candidate in [*first, *(f + c for f in folders for c in candidates)]:
        try:
            ctypes.CDLL(candidate)
        except OSError:
            continue
        return candidate
    return ""
