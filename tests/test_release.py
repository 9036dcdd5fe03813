"""What a release says of itself: the section of the changelog, and the parts of the SBOM."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from tests.support.command import ROOT
from tools.release import components, notes

CHANGELOG = """# Changelog

## Unreleased

* To come.

## 0.10.0 (2027-02-01)

### Fixed

* A fault.

## 0.1.0

* The first.
"""


def test_a_release_has_the_section_of_its_version() -> None:
    assert notes(CHANGELOG, "0.1.0") == "* The first.\n"
    assert notes(CHANGELOG, "0.10.0") == "### Fixed\n\n* A fault.\n"
    assert notes(CHANGELOG, "0.2.0.dev7+gabc") == "* To come.\n"


@pytest.mark.parametrize("version", ["0.2.0", "0.1", "0.1.0rc1", "1.1.0"])
def test_a_release_without_a_section_is_none(version: str) -> None:
    with pytest.raises(SystemExit, match=f"no section `## {version}`"):
        notes(CHANGELOG, version)


def test_the_sbom_names_all_fonts_and_mathjax_with_their_sums() -> None:
    found = components()
    sums = {
        part["name"]: part["hashes"][0]["content"] for each in found for part in each["components"]
    }
    fonts = (ROOT / "layouts/fonts").rglob("*.[ot]tf")
    wanted = [*fonts, ROOT / "pipeline/hanpan/formulas/mathjax.js"]
    assert sums == {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in wanted
    }
    assert len({each["bom-ref"] for each in found}) == len(found)
    purls = {each["purl"].partition("@")[0] for each in found}
    assert {"pkg:npm/pretendard", "pkg:deb/debian/fonts-hanazono"} <= purls


def test_rights_are_given_to_the_jobs_that_need_them() -> None:
    path = Path(ROOT / ".github/workflows/release.yml")
    workflow = yaml.safe_load(path.read_text("utf-8"))
    rights = {
        name: {right for right, level in job["permissions"].items() if level == "write"}
        for name, job in workflow["jobs"].items()
    }
    assert workflow["permissions"] == {} and rights == {
        "build": set(),
        "attest": {"id-token", "attestations"},
        "publish": {"id-token"},
        "release": {"contents"},
    }
    # Nothing of the repository runs where the packages are signed and sent.
    for name in ("attest", "publish"):
        assert not [step for step in workflow["jobs"][name]["steps"] if "run" in step]
