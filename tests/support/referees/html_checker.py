"""The Nu Html Checker, which says what in a page is not HTML."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import ROOT

JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"


def nu(pages: list[Path]) -> str:
    """Return what the Nu Html Checker calls errors."""
    java = shutil.which("java")
    if not JAR.is_file() or java is None:
        pytest.skip("the Nu Html Checker needs Java and node_modules/vnu-jar (`make conformance`)")
    command = [java, "-jar", str(JAR), "--errors-only", "--format", "gnu", *map(str, pages)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert bool(run.returncode) == bool(run.stderr), run
    return run.stderr.strip()
