"""report what is installed, what is missing, and which fonts are in use"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path
from typing import Any

from hanpan import __version__
from hanpan.console import print_json, print_lines
from hanpan.messages.installation import (
    advice_on_libraries,
    extra_command,
    fonts_command,
    reinstall_command,
)
from hanpan.messages.translation import translated
from hanpan.reports.health import (
    LIBRARIES,
    installed,
    library_name,
    package_version,
    pandoc_version,
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan doctor`."""
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(arguments: Arguments) -> int:
    """Print the report, and return the exit code."""
    if arguments.json:
        versions = installed()
        print_json(versions)
        return int(not is_whole(versions))
    report, is_healthy = examine()
    print_lines("\n".join(translated(line, arguments.lang) for line in report.split("\n")))
    return int(not is_healthy)


def examine() -> tuple[str, bool]:
    """Return a report for people, and whether every edition can be built."""
    from hanpan.assets import fonts, scripts
    from hanpan.cluster.address import EXTRA
    from hanpan.files import Files, NoNetwork
    from hanpan.runner.tools import installed_versions
    from hanpan.site import find_root, load_site

    here = Path.cwd()
    lines = [f"hanpan {__version__}, Python {sys.version.split()[0]} ({sys.prefix})"]
    pandoc, why_not = pandoc_version()
    is_healthy = bool(pandoc)
    lines.append(
        f"pandoc {pandoc}"
        if pandoc
        else f"pandoc: missing ({why_not}); run `{reinstall_command()}`"
    )
    lines += [
        f"{name} {version}" for name, version in installed_versions().items() if name != "hanpan"
    ]
    absent = f"not installed (optional): {extra_command(EXTRA)}"
    lines.append(f"Dask: {package_version('distributed') or absent}")
    lines.append("")
    needs: dict[str, None] = {}
    for name, (purpose, need) in LIBRARIES.items():
        loaded = library_name(name)
        lines.append(f"{name}: {loaded or 'MISSING'} - {purpose}")
        if not loaded:
            needs[need] = None
    if needs:
        lines.append(advice_on_libraries(needs))
    lines += ["", "Fonts, in the order in which they are searched for a character:"]
    site = load_site(find_root(here / "_") or here)
    files = Files(site, NoNetwork())
    for face in fonts.faces(files):
        count = len(fonts.coverage(face))
        lines.append(
            f"{face.family} {face.weight}: {os.path.relpath(face.path)} ({count} characters)"
        )
    families, lost = len(scripts.FAMILIES), scripts.absent_fonts(files)
    lines.append(f"Other scripts: {families - len(lost)} of {families} families")
    if lost:
        lines.append(f"MISSING: {', '.join(lost)}; `{fonts_command()}` brings them")
    return "\n".join(lines), is_healthy and not needs and not lost


def is_whole(versions: dict[str, Any]) -> bool:
    """Tell whether every edition can be built with what is installed."""
    libraries, fonts = versions["libraries"], versions["fonts"]
    return bool(versions["pandoc"]) and all(libraries.values()) and not fonts["missing"]
