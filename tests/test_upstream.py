"""docs/upstream.md is true: its programs print what it says, without our patches and with them.

So each patch has a program that shows what happens where it is not installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import ROOT

pytestmark = pytest.mark.endurance

FORM = re.compile(
    r"^## (?P<title>.+?)\n\n(?P<versions>\S+ [\d.]+(?:, \S+ [\d.]+)*)\. .+?"
    r"```python\n(?P<program>.+?)```\n\nPrints:\n\n```\n(?P<printed>.+?)\n```\n\n"
    r"Expected:\n\n```\n(?P<expected>.+?)\n```\n",
    re.DOTALL | re.MULTILINE,
)
TEXT = (ROOT / "docs" / "upstream.md").read_text("utf-8")
TICKETS = {ticket["title"]: ticket for ticket in FORM.finditer(TEXT)}
PDF = "from hanpan.editions.pdf.libraries import load_weasyprint\nload_weasyprint()\n"
WITHOUT_PATCH = {  # hanpan does not change the library: it goes another way itself
    "XMP of the caller is outside rdf:RDF",
    "Names of embedded files",
    "PNG pixels are unpacked and packed again",
    "HTML does not take a parsed tree",
    "The boxes of a page cannot be reached",
    "Computed styles cannot be read",
    "The profile of sRGB is three kilobytes",
}
FONTS = (
    '<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir><alias>'
    "<family>monospace</family><prefer><family>D2Coding</family></prefer></alias></fontconfig>"
)


def printed(program: str, folder: Path) -> str:
    """Return what a program prints that sees our fonts alone."""
    conf = FONTS.format(fonts=ROOT / "layouts" / "fonts", cache=folder / "cache")
    (folder / "fonts.conf").write_text(conf, "utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    environment["PYTHONPATH"] = str(ROOT / "pipeline")
    completed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=environment, timeout=120
    )
    assert completed.returncode == 0, completed.stderr.decode()
    return completed.stdout.decode().strip()


def test_every_ticket_has_its_parts() -> None:
    assert len(TICKETS) == TEXT.count("\n## ") == TEXT.count("```python\n") > len(WITHOUT_PATCH)
    assert set(TICKETS) > WITHOUT_PATCH


@pytest.mark.parametrize("title", TICKETS)
def test_what_a_ticket_says_happens_and_our_patch_prevents_it(title: str, tmp_path: Path) -> None:
    ticket = TICKETS[title]
    assert printed(ticket["program"], tmp_path) == ticket["printed"] != ticket["expected"]
    if title not in WITHOUT_PATCH:
        assert printed(PDF + ticket["program"], tmp_path) == ticket["expected"]
