"""Jekyll as the judge of values: what the tests of filters say it makes of a template, it does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conformance.jekyll import has_jekyll
from tests.source.liquid.sample import FRONT, NAME
from tests.source.liquid.test_filters import CASES, SITE

pytestmark = pytest.mark.conformance
RUBY = Path(__file__).with_name("jekyll_values.rb")
# what we write otherwise, and why
OURS = {
    "sample": "the first item: the same post gives the same text",
    "find_index": "a filter of a later Liquid than Jekyll's",
}


def test_jekyll_writes_values_so(tmp_path: Path) -> None:
    if not has_jekyll():
        pytest.skip("Jekyll is not installed (Debian: jekyll, ruby-kramdown-parser-gfm)")
    for path, text in {**SITE, NAME: f"{FRONT}글\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    cases = [case for case in CASES if not any(f"| {name}" in case[0] for name in OURS)]
    asked = {"root": str(tmp_path), "post": NAME, "templates": [case[0] for case in cases]}
    done = subprocess.run(
        ["ruby", str(RUBY)], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout)
    different = [
        (template, ours, text)
        for (template, ours), text in zip(cases, theirs, strict=True)
        if ours != text
    ]
    assert different == []
