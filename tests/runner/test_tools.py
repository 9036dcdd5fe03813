"""Tools: every package that hanpan requires, as installed, stands in the fingerprint."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest

from hanpan.files import Digests
from hanpan.runner.state import State
from hanpan.runner.tools import installed_versions, tools_of
from tests.support.blog import make_blog
from tests.support.command import ROOT, built, environment, hanpan


def metadata_folder(name: str) -> Path:
    """Return the folder of an installed distribution's metadata."""
    record = next(path for path in distribution(name).files or () if path.name == "METADATA")
    return Path(str(record.locate())).parent


def folder_name(name: str) -> str:
    """Return what installers call the folder of a distribution's metadata."""
    return f"{re.sub('[-_.]+', '_', name).lower()}-999.dist-info"


def with_next_version(name: str, folder: Path) -> Path:
    """Lay metadata of a distribution into `folder` that says it has been updated."""
    copy = Path(shutil.copytree(metadata_folder(name), folder / folder_name(name)))
    text = (copy / "METADATA").read_text("utf-8")
    (copy / "METADATA").write_text(re.sub(r"(?m)^Version: .*$", "Version: 999", text, count=1))
    return folder


def fingerprint(folder: Path) -> str:
    with contextlib.closing(State(folder)) as state:
        return tools_of(state, Digests()).fingerprint


def ahead(folder: Path) -> str:
    """Return a PYTHONPATH on which a folder comes first."""
    return os.pathsep.join([str(folder), environment()["PYTHONPATH"]])


def test_what_requirements_require_is_there_and_nothing_else() -> None:
    versions = installed_versions()
    for name in ("quickjs-ng", "segno", "brotli", "tinycss2", "pypdf", "uharfbuzz", "tinyhtml5"):
        assert versions[name] == distribution(name).version
    assert "zopfli" in versions  # by an extra that WeasyPrint asks of fonttools
    assert versions["python"] == ".".join(map(str, sys.version_info[:3]))
    assert not versions.keys() & {"pytest", "mypy", "hypothesis", "keyring"}


@pytest.mark.endurance
def test_an_update_of_any_package_is_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    seen = {before}
    for name in installed_versions().keys() - {"hanpan", "python"}:
        with monkeypatch.context() as patched:
            patched.syspath_prepend(str(with_next_version(name, tmp_path / "site" / name)))
            assert installed_versions()[name] == "999"
            seen.add(fingerprint(tmp_path))
    assert len(seen) == len(installed_versions()) - 1
    assert fingerprint(tmp_path) == before


def test_a_package_updated_in_place_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    before = fingerprint(tmp_path)
    with_next_version("segno", site)
    assert fingerprint(tmp_path) != before


def test_a_folder_without_packages_is_no_reason_to_read_their_versions_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m hanpan` imports from the blog's folder, too, and writes to it."""

    def kept() -> list[tuple[str, str]]:
        with contextlib.closing(sqlite3.connect(tmp_path / "state.db")) as db:
            return db.execute("select * from tools").fetchall()

    fingerprint(tmp_path)
    before = kept()
    monkeypatch.syspath_prepend(str(tmp_path))
    fingerprint(tmp_path)
    assert kept() == before
    with_next_version("segno", tmp_path)
    fingerprint(tmp_path)
    assert kept() != before


def test_an_update_makes_every_step_run_and_build_json_says_what_of(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    tools = built(blog, "--edition", "html")["tools"]
    assert tools["tinyhtml5"] == distribution("tinyhtml5").version
    others = with_next_version("pytest", tmp_path / "others")
    ran = hanpan("build", "-e", "html", cwd=blog, env={"PYTHONPATH": ahead(others)})
    assert "0 steps run, 2 fresh" in ran.out
    updated = with_next_version("tinyhtml5", tmp_path / "updated")
    ran = hanpan("build", "--why", "-e", "html", cwd=blog, env={"PYTHONPATH": ahead(updated)})
    assert "2 steps run, 0 fresh" in ran.out
    assert ran.err.count("hanpan or a package it uses changed") == 2
    assert (
        json.loads((blog / "out" / "build.json").read_text("utf-8"))["tools"]["tinyhtml5"] == "999"
    )


def versions_of_copy(root: Path, metadata: Path) -> dict[str, str]:
    """Return what a copy of the package says, where only what is in `metadata` is installed."""
    code = (
        "import json; from hanpan.runner.tools import installed_versions; "
        "print(json.dumps(installed_versions()))"
    )
    path = os.pathsep.join(map(str, (root, metadata)))
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={**os.environ, "PYTHONPATH": path}, cwd=metadata, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_a_wheel_a_checkout_and_a_bare_copy_all_know_what_they_depend_on(tmp_path: Path) -> None:
    metadata = tmp_path / "metadata"
    metadata.mkdir()
    for name in {found.name for found in distributions()} - {"hanpan"}:
        (metadata / folder_name(name)).symlink_to(metadata_folder(name))
    expected = installed_versions()

    source = tmp_path / "checkout" / "pipeline"
    shutil.copytree(
        ROOT / "pipeline" / "hanpan", source / "hanpan",
        ignore=shutil.ignore_patterns("__pycache__"),
    )  # fmt: skip
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "checkout")
    assert versions_of_copy(source, metadata) == expected

    (tmp_path / "checkout" / "pyproject.toml").unlink()
    assert {"pytest", "weasyprint"} <= versions_of_copy(source, metadata).keys()

    wheel = source / "hanpan-0.1.0.dist-info"
    wheel.mkdir()
    (wheel / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: hanpan\nVersion: 0.1.0\nRequires-Dist: weasyprint>=70\n"
        "Provides-Extra: keyring\nRequires-Dist: keyring; extra == 'keyring'\n\nA text.\n"
    )
    found = versions_of_copy(source, metadata)
    assert {"weasyprint", "pydyf", "zopfli"} <= found.keys()
    assert not found.keys() & {"keyring", "segno", "pytest"}
