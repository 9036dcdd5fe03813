"""report what is installed, what is missing, and which fonts are in use"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path

from hanpan import __version__
from hanpan.console import print_lines
from hanpan.messages.translation import translated
from hanpan.problems import HanpanError

# library as ctypes finds it -> what it is for; without Pango there is no PDF
LIBRARIES = {
    "pango-1.0": "PDF: sets the text (Pango)",
    "pangoft2-1.0": "PDF: finds the fonts (Pango with FreeType)",
    "harfbuzz": "PDF: shapes the text (HarfBuzz)",
    "harfbuzz-subset": "PDF: subsets the fonts; without it, PDFs take 7 to 42 times as long",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add nothing: `hanpan doctor` takes no arguments."""


def run(arguments: Arguments) -> int:
    """Print the report, and return the exit code."""
    report, is_healthy = examine()
    print_lines("\n".join(translated(line, arguments.lang) for line in report.split("\n")))
    return int(not is_healthy)


def examine() -> tuple[str, bool]:
    """Return a report for people, and whether every edition can be built."""
    from hanpan.assets import fonts, scripts
    from hanpan.cluster.address import INSTALL
    from hanpan.files import Files, NoNetwork
    from hanpan.pandoc import version as pandoc_version
    from hanpan.runner.tools import installed_versions
    from hanpan.site import find_root, load_site

    here = Path.cwd()
    lines = [f"hanpan {__version__}, Python {sys.version.split()[0]} ({sys.prefix})"]
    try:
        lines.append(f"pandoc {pandoc_version()}")
        is_healthy = True
    except (HanpanError, OSError) as error:
        lines.append(f"pandoc: missing ({error}); run `make setup`")
        is_healthy = False
    lines += [
        f"{name} {version}" for name, version in installed_versions().items() if name != "hanpan"
    ]
    lines.append(f"Dask: {_version_of('distributed') or f'not installed (optional): {INSTALL}'}")
    lines.append("")
    for name, purpose in LIBRARIES.items():
        loaded = _library(name)
        lines.append(f"{name}: {loaded or 'MISSING; run `make setup`'} - {purpose}")
        is_healthy = is_healthy and bool(loaded)
    lines += ["", "Fonts, in the order in which they are searched for a character:"]
    site = load_site(find_root(here / "_") or here)
    files = Files(site, NoNetwork())
    for face in fonts.faces(files):
        count = len(fonts.coverage(face))
        lines.append(
            f"{face.family} {face.weight}: {os.path.relpath(face.path)} ({count} characters)"
        )
    families, absent = len(scripts.FAMILIES), scripts.absent_fonts(files)
    lines.append(f"Other scripts: {families - len(absent)} of {families} families")
    if absent:
        lines.append(f"MISSING: {', '.join(absent)}; {scripts.INSTALL}")
    return "\n".join(lines), is_healthy and not absent


def _version_of(package: str) -> str:
    """Return the version of a package that hanpan can do without; empty if there is none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _library(name: str) -> str:
    """Return the name under which a shared library loads here; empty if it does not."""
    import ctypes.util

    candidates = [f"lib{name}.so.0", f"lib{name}.0.dylib", f"lib{name}.dylib"]
    folders = ["", "/opt/homebrew/lib/", "/usr/local/lib/"]
    name_found = ctypes.util.find_library(name)
    for candidate in [
        *([name_found] if name_found else []),
        *(f + c for f in folders for c in candidates),
    ]:
        try:
            ctypes.CDLL(candidate)
        except OSError:
            continue
        return candidate
    return ""
