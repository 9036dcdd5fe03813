"""Lines, words, glyphs and fonts of PDFs: the sample posts always, others' in `make conformance`.

The figures are issue 4's. What can measure nothing wrong must be able to: the controls are PDFs
made without the joiners, with a glyph that no font has, and with a word left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from hanpan.editions.pdf import render
from hanpan.files import Files
from hanpan.reading import read
from hanpan.site import load_site
from tests.conformance.pdf_text import Judged, assert_good, judge, judge_all, sums
from tests.support.command import ROOT
from tests.support.reading import Web

pikepdf = pytest.importorskip("pikepdf")
SAMPLE = "posts/2026-10-16-eojeol.md"


def test_the_samples_are_set_well(samples_built: Path) -> None:
    judged = judge_all(samples_built)
    assert sums(judged).lines.turns > 100
    assert_good(judged)


@pytest.mark.conformance
@pytest.mark.corpus
def test_posts_of_others_are_set_well(corpus_built: Path) -> None:
    assert_good(judge_all(corpus_built))


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Any]:
    """Return a function that judges a sample post, its PDF made here and now."""
    files = Files(load_site(ROOT), Web())
    document = read(SAMPLE, "post", files).document

    def judged(changed: dict[str, Any] | None = None) -> Judged:
        (artifact,) = render(document, files).artifacts
        path = tmp_path / "sample.pdf"
        path.write_bytes(artifact.data)
        return judge(path, {**json.loads(document.as_json()), **(changed or {})}, [])

    yield judged


def test_without_joiners_the_measure_fails(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sample()
    assert_good([whole])
    monkeypatch.setattr("hanpan.editions.pdf.page_text.join_eojeols", lambda root, line: None)
    parted = sample()
    assert sums([parted]).broken > 0.1
    assert parted.lost == whole.lost == ()
    with pytest.raises(AssertionError):
        assert_good([parted])


def test_a_missing_glyph_and_a_joiner_are_noticed(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(root: Any, missing: Any) -> None:
        root.find(".//p").text = "없는 글자 \U0010fffd"
        for heading in root.iter("h1", "h2"):
            heading.set("data-outline", "조\u2060각")

    monkeypatch.setattr("hanpan.editions.pdf.page_text.sign_missing", spoil)
    said = " ".join(sample().faults)
    assert "shows a glyph that it has not" in said
    assert "U+2060" in said and "the outline has" in said


def test_a_lost_word_and_another_order_are_noticed(sample: Any) -> None:
    body = "<p>이 글에 없는 낱말 셋</p>"
    assert sample({"body": body}).lost == ("낱말", "셋")
    document = asdict(read(SAMPLE, "post", Files(load_site(ROOT), Web())).document)
    first, _, rest = document["body"].partition("</p>")
    assert len(sample({"body": f"{rest}{first}</p>"}).lost) > 3
