"""Installation: how hanpan itself was installed, and the command that installs what it lacks here.

Advice is for who reads it: a checkout has `make setup`, pipx and uv have environments that `pip`
does not reach, and each system has its own package manager.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
PANGO, SUBSETTER = "pango", "harfbuzz-subset"  # what the PDF edition needs of the system
# manager -> packages by what is needed; tools/system_packages.sh has the same for `make`
PACKAGES: dict[str, dict[str, str]] = {
    "apt-get": {PANGO: "libpango-1.0-0 libpangoft2-1.0-0", SUBSETTER: "libharfbuzz-subset0"},
    "dnf": {PANGO: "pango", SUBSETTER: "harfbuzz"},
    "zypper": {PANGO: "libpango-1_0-0", SUBSETTER: "libharfbuzz-subset0"},
    "pacman": {PANGO: "pango", SUBSETTER: "harfbuzz"},
    "apk": {PANGO: "pango", SUBSETTER: "harfbuzz-subset"},
    "brew": {PANGO: "pango", SUBSETTER: "harfbuzz"},
}
_COMMANDS = {
    "apt-get": "{0}apt-get update && {0}apt-get install -y --no-install-recommends {1}",
    "dnf": "{0}dnf install -y {1}",
    "zypper": "{0}zypper install -y {1}",
    "pacman": "{0}pacman -S --needed {1}",
    "apk": "{0}apk add {1}",
    "brew": "brew install {1}",
}
# what os-release calls a system, or one that it is like -> its manager
_SYSTEMS = {
    "debian": "apt-get", "ubuntu": "apt-get", "fedora": "dnf", "rhel": "dnf", "centos": "dnf",
    "suse": "zypper", "opensuse": "zypper", "arch": "pacman", "alpine": "apk",
}  # fmt: skip
_RELEASE = Path("/etc/os-release")
CHECKOUT, PIPX, UV_TOOL, UVX, PIP = "checkout", "pipx", "uv tool", "uvx", "pip"


def installed_as(package: Path = _PACKAGE, prefix: str = sys.prefix) -> str:
    """Return how hanpan was installed: checkout, pipx, uv tool, uvx or pip."""
    if (package.parents[1] / "pyproject.toml").is_file():
        return CHECKOUT
    if os.path.isfile(f"{prefix}/pipx_metadata.json"):
        return PIPX
    if os.path.isfile(f"{prefix}/uv-receipt.toml"):
        return UV_TOOL
    return UVX if re.search(r"[/\\]archive-v\d+[/\\]", f"{prefix}/") else PIP


def package_manager(platform: str = sys.platform, release: Path = _RELEASE) -> str:
    """Return the system's package manager, a key of PACKAGES; "" where none is known.

    A machine may have that of another system, so what the system says of itself goes first.
    """
    if platform == "darwin":
        return "brew"
    if not platform.startswith("linux"):
        return ""
    try:
        text = release.read_text("utf-8", errors="replace")
    except OSError:
        text = ""
    for value in re.findall(r"^ID(?:_LIKE)?=\"?([^\"\n]*)", text, re.MULTILINE):
        for name in value.split():
            if manager := _SYSTEMS.get(name.partition("-")[0]):
                return manager
    return next((name for name in PACKAGES if name != "brew" and shutil.which(name)), "")


def system_command(needs: Iterable[str], manager: str | None = None) -> str:
    """Return the command that installs `needs` of the system; "" where none is known."""
    manager = package_manager() if manager is None else manager
    if manager not in PACKAGES:
        return ""
    names = " ".join(PACKAGES[manager][need] for need in needs)
    return _COMMANDS[manager].format("sudo " if _needs_sudo() else "", names)


def _needs_sudo() -> bool:
    return not _is_root() and shutil.which("sudo") is not None


def _is_root() -> bool:
    return sys.platform == "win32" or os.geteuid() == 0


def advice_on_libraries(needs: Iterable[str] = (PANGO, SUBSETTER)) -> str:
    """Return what to do where the system lacks libraries, as a remedy."""
    if installed_as() == CHECKOUT:
        return "Run `make setup`; `hanpan doctor` says what is missing."
    manager = package_manager()
    command = system_command(needs, manager)
    if not command and sys.platform == "win32":
        return (
            "On Windows, use WSL2, or install Pango with MSYS2 "
            "(`pacman -S mingw-w64-ucrt-x86_64-pango`) and set WEASYPRINT_DLL_DIRECTORIES."
        )
    if not command:
        return "Install Pango and HarfBuzz with the system's package manager."
    if manager != "brew" and not _is_root() and not _needs_sudo():
        return f"As root, run `{command}`."
    return f"Run `{command}`."


def reinstall_command() -> str:
    """Return the command that installs hanpan again, with all that it requires."""
    commands = {
        CHECKOUT: "make setup",
        PIPX: "pipx reinstall hanpan",
        UV_TOOL: "uv tool install --reinstall hanpan",
        UVX: "uvx --refresh hanpan",
        PIP: "pip install --force-reinstall hanpan",
    }
    return commands[installed_as()]


def extra_command(extra: str) -> str:
    """Return the command that installs hanpan with an extra."""
    commands = {
        CHECKOUT: ".venv/bin/python -m pip install --editable '.[{}]'",
        PIPX: "pipx install --force 'hanpan[{}]'",
        UV_TOOL: "uv tool install 'hanpan[{}]'",
        UVX: "uvx --from 'hanpan[{}]' hanpan",
        PIP: "pip install 'hanpan[{}]'",
    }
    return commands[installed_as()].format(extra)


def fonts_command() -> str:
    """Return the command that brings fonts of hanpan's own back."""
    return "git checkout -- layouts/fonts" if installed_as() == CHECKOUT else reinstall_command()


def places() -> dict[str, str]:
    """Return how and where hanpan is installed, for reports of faults."""
    return {"as": installed_as(), "package": str(_PACKAGE), "prefix": sys.prefix}
