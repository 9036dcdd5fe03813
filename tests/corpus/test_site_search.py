"""The search of a site of real posts finds what people type, as Korean is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import hanpan
from tests.support.site_search import SiteSearch, relevant, texts_of

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
QUERIES = Path(__file__).with_name("search_queries.txt")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.conformance,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared"),
]


def queries() -> list[list[str]]:
    lines = QUERIES.read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def test_a_hundred_queries_find_what_they_should(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("build", CORPUS, "-e", "site", "--offline", "--future", "--out", out)
    assert hanpan(*arguments, cwd=tmp_path, timeout=1800, jobs=2).code == 0
    search, texts = SiteSearch(out / "site"), texts_of(out / "site")
    wanted = hit = shown = 0
    for query, *parts in queries():
        paths = {path for path, text in texts.items() if relevant(text, parts)}
        answer = set(search.find(query))
        wanted, hit, shown = wanted + len(paths), hit + len(paths & answer), shown + len(answer)
    assert len(queries()) >= 100
    assert wanted > 1000
    assert hit / wanted >= 0.98
    assert hit / shown >= 0.85  # what else is found is few, and last
