"""veraPDF, the referee of PDF/UA and PDF/A, in a Java that goes on running."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.command import ROOT
from tests.support.referees.java import referee

JARS = Path(os.environ.get("HANPAN_VERAPDF") or ROOT / ".venv" / "verapdf")  # tools/setup.sh


def failures(paths: list[Path], flavour: str) -> dict[str, list[str]]:
    """Return, for each file by name, what fails of `ua1` or `3a`: clause, test and first place.

    Skips the test, with the reason, where Java or veraPDF is not there.
    """
    if not any(JARS.glob("cli-*.jar")):
        pytest.skip("veraPDF is not installed: `make conformance` fetches it")
    checker = referee("PdfChecks.java", f"{JARS}/*")
    return {
        path.name: [line.replace("\t", " ", 1) for line in checker.ask(f"{flavour}\t{path}")]
        for path in paths
    }
