"""Advice is for who reads it: the commands of their system, and of the way hanpan was installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hanpan.messages import installation
from hanpan.messages.installation import PACKAGES, PANGO, SUBSETTER, installed_as, package_manager
from hanpan.messages.translation import translated
from tests.support.command import ROOT, hanpan

BOTH = (PANGO, SUBSETTER)


def test_the_make_targets_install_the_same_packages() -> None:
    managers = ("apt-get", "dnf", "brew")  # those that tools/setup.sh installs with
    script = ". tools/system_packages.sh\nfor one in %s; do packages $one %s; echo; done"
    done = subprocess.run(
        ["sh", "-c", script % (" ".join(managers), " ".join(BOTH))],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ours = [" ".join(PACKAGES[manager][need] for need in BOTH) for manager in managers]
    assert done.stdout.strip().split("\n") == ours


@pytest.mark.parametrize(
    ("release", "manager"),
    [
        ("ID=debian\n", "apt-get"),
        ("ID=linuxmint\nID_LIKE=ubuntu debian\n", "apt-get"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf"),
        ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "zypper"),
        ("ID=manjaro\nID_LIKE=arch\n", "pacman"),
        ("ID=alpine\n", "apk"),
    ],
)
def test_a_system_has_the_manager_that_it_names(release: str, manager: str, tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text(release)
    assert package_manager("linux", tmp_path / "os-release") == manager
    assert package_manager("darwin", tmp_path / "os-release") == "brew"
    assert package_manager("win32", tmp_path / "os-release") == ""


def test_an_installation_is_recognised(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "python" / "site-packages" / "hanpan"
    assert installed_as() == installation.CHECKOUT
    assert installed_as(package, str(tmp_path)) == installation.PIP
    assert installed_as(package, "/home/a/.cache/uv/archive-v0/x") == installation.UVX
    (tmp_path / "uv-receipt.toml").touch()
    assert installed_as(package, str(tmp_path)) == installation.UV_TOOL
    (tmp_path / "pipx_metadata.json").touch()
    assert installed_as(package, str(tmp_path)) == installation.PIPX


@pytest.mark.parametrize("kind", ["pipx", "uv tool", "uvx", "pip"])
def test_who_has_no_makefile_is_not_sent_to_make(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "installed_as", lambda: kind)
    for manager in ("", *PACKAGES):
        monkeypatch.setattr(installation, "package_manager", lambda manager=manager: manager)
        advice = installation.advice_on_libraries()
        assert "make" not in advice and translated(advice, "ko") != advice
        assert all(name in advice for name in PACKAGES.get(manager, {}).values())
    for command in (
        installation.reinstall_command(),
        installation.extra_command("cluster"),
        installation.fonts_command(),
    ):
        assert "make" not in command and kind.partition(" ")[0] in command


def test_no_message_names_make_but_that_of_a_checkout() -> None:
    package = ROOT / "pipeline" / "hanpan"
    naming = [
        path.relative_to(package).as_posix()
        for path in sorted(package.rglob("*.py"))
        if any(f"make {target}" in path.read_text("utf-8") for target in ("setup", "all", "lock"))
    ]
    assert naming == ["messages/installation.py"]


def test_version_as_json_names_what_decides_the_result(tmp_path: Path) -> None:
    for arguments in (["--version", "--json"], ["--json", "--version"], ["doctor", "--json"]):
        ran = hanpan(*arguments, cwd=tmp_path)
        found = json.loads(ran.out)
        assert found["hanpan"] and found["python"] == ".".join(map(str, sys.version_info[:3]))
        assert found["pandoc"].startswith("3.") and found["weasyprint"].startswith("70")
        assert found["pango"].startswith("1.") and found["libraries"]["harfbuzz"]
        assert found["fonts"]["families"][0] == "Pretendard" and found["fonts"]["missing"] == []
        assert found["extras"]["cache"].keys() == {"fsspec", "zstandard"}
        assert found["installed"]["as"] == "checkout"
        assert found["packages"]["lxml"]
