"""veraPDF, the referee of PDF/UA and PDF/A: many files in one run of Java."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.command import ROOT

JARS = Path(os.environ.get("HANPAN_VERAPDF") or ROOT / ".venv" / "verapdf")  # tools/setup.sh
_PROFILES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}  # as veraPDF's reports name them
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def failures(paths: list[Path], flavour: str) -> dict[str, list[str]]:
    """Return, for each file by name, what fails of `ua1` or `3a`: clause, test and first place.

    Skips the test, with the reason, where Java or veraPDF is not there.
    """
    java = shutil.which("java")
    if java is None or not any(JARS.glob("cli-*.jar")):
        pytest.skip("veraPDF is not installed: `make conformance` fetches it")
    command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{JARS}/*", _MAIN]
    command += ["--flavour", flavour, "--format", "xml", *map(str, paths)]
    run = subprocess.run(command, capture_output=True, timeout=1200)
    found: dict[str, list[str]] = {}
    for job in ElementTree.fromstring(run.stdout).iter("job"):
        name = Path(job.findtext("item/name") or "").name
        report = job.find("validationReport")
        if report is None:  # it could not be parsed at all
            found[name] = ["".join(job.itertext())[:500]]
            continue
        assert _PROFILES[flavour] in (report.get("profileName") or "")
        rules = [rule for rule in report.iter("rule") if rule.get("status") == "failed"]
        found[name] = [
            f"{rule.get('clause')}-{rule.get('testNumber')} {rule.findtext('check/context')}"
            for rule in rules
        ]
        assert (report.get("isCompliant") == "true") == (not rules)
    assert len(found) == len({path.name for path in paths}), run.stderr.decode(errors="replace")
    return found
