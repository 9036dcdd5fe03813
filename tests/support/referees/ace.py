"""Ace by DAISY, the referee of EPUB accessibility: many files in one run of Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import ROOT

MODULES = ROOT / "node_modules"


def violations(paths: list[Path], seconds: int = 20) -> list[str]:
    """Return what Ace calls violations in the files; [] where all are good.

    A file takes `seconds` at most.

    Skips the test, with the reason, where Node, Ace or Chromium is not there.
    """
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("google-chrome")
    if node is None or not (MODULES / "@daisy/ace-core").is_dir():
        pytest.skip("Ace needs Node and node_modules/@daisy/ace-core (`make conformance`)")
    if chromium is None:
        pytest.skip("Ace needs Chromium")
    program = Path(__file__).parent / "ace_checks.cjs"
    run = subprocess.run(
        [node, str(program), str(MODULES), *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=60 + seconds * len(paths),
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium},
    )
    assert run.returncode == 0, run.stderr
    said = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    judged = [one["epub"] for one in said if "outcome" in one]
    assert judged == [path.name for path in paths]
    return [f"{one['epub']}: {one['rule']}: {one['text']}" for one in said if "rule" in one]
