"""Lighthouse, which judges a page as Chrome's developers do: four categories, each up to 1."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.command import ROOT

_SCRIPT = ROOT / "tools/lighthouse/node_modules/lighthouse/cli/index.js"
_NO_OTHERS = '--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"'  # asks no network
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{}</dir></fontconfig>
"""
_KINDS = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Scores by category, and those audits of weight that are not at their best, with why."""

    scores: dict[str, float]
    audits: dict[str, float]
    short_of: dict[str, str]


def lighthouse(address: str) -> Verdict:
    """Return what Lighthouse says of a page, as a telephone shows it that can show Korean."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    node = shutil.which("node")
    if not (chromium and node and _SCRIPT.is_file()):
        pytest.skip("Lighthouse needs Node, Chromium and tools/lighthouse (`make conformance`)")
    command = [
        node, str(_SCRIPT), address, "--output=json", "--quiet",
        f"--chrome-flags=--headless=new --no-sandbox {_NO_OTHERS}",
        f"--only-categories={','.join(_KINDS)}",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="hanpan-lighthouse-") as folder:
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(_FONTS.format(ROOT / "layouts/fonts/noto-sans-kr"), "utf-8")
        environment = {**os.environ, "CHROME_PATH": chromium, "FONTCONFIG_FILE": str(fonts)}
        run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    report = json.loads(run.stdout)
    audits = report["audits"]
    weighed = {
        one["id"]
        for category in report["categories"].values()
        for one in category["auditRefs"]
        if one["weight"] and audits[one["id"]]["score"] is not None
    }
    return Verdict(
        {name: category["score"] for name, category in report["categories"].items()},
        {name: audit["score"] for name, audit in audits.items() if audit["score"] is not None},
        {n: audits[n].get("displayValue", "") for n in sorted(weighed) if audits[n]["score"] < 1},
    )
