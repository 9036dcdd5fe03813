"""Real posts of other people's blogs, through all editions: nothing lost, nothing invalid.

They lie in ../shared, which is not part of the repository; nothing of them is kept here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.editions import BY_DEFAULT
from tests.conformance.pdf_text import assert_good, judge_all
from tests.support.others_posts import CORPUS, SEED, build, entries, posts_of
from tests.support.referees.epubcheck import check

pytestmark = pytest.mark.corpus
SAMPLE = (  # parts of paths: each stands for a habit of its own
    "2021-11-27-JavaDateCalender.md",
    "2025-03-11-Algorithm_Understanding_Time_Complexity",
    "2024-04-26-MarkDown-methodofuse.md",
    "2022-09-06-Mixture_Model.mdx",
    "2018-06-29-Markdown.md",
    "2020-01-07-iclr2020 paper preview.markdown",
    "2017-09-04-how-jekyll-github-works.md",
    "how-to-support-multi-language-on-jekyll-blog-with-polyglot-1.md",
    "2021-10-30-html-basic-014-font.md",
    "2019-08-08-text-and-typography.md",
    "2020-12-01-maven-4.md",
    "2023-09-12-Matrix Calculus.md",
)


def sample() -> list[Path]:
    found = [path for path in posts_of(CORPUS) if any(part in str(path) for part in SAMPLE)]
    assert len(found) == len(SAMPLE)
    return [*posts_of(SEED), *found]


def judge(out: Path) -> list[str]:
    """Return everything that a reader could complain of in a build's editions, but for PDFs."""
    bad = [f"{e['slug']}: {p['message']}" for e in entries(out) for p in e["problems"] if
           p["severity"] == "error"]  # fmt: skip
    for entry in entries(out):
        made = {name.partition("/")[0] for name in entry["artifacts"]}
        bad += [f"{entry['slug']}: no {edition}" for edition in set(BY_DEFAULT) - made]
    epubs = [out / e["artifacts"]["epub"] for e in entries(out) if "epub" in e["artifacts"]]
    return bad + [str(message) for message in check(epubs)]


@pytest.mark.endurance
def test_the_seed_and_a_sample_of_the_corpus_come_out_whole(tmp_path: Path) -> None:
    out = build(sample(), tmp_path)
    assert judge(out) == []
    assert_good(judge_all(out))


@pytest.mark.conformance  # and its PDFs are measured by tests/conformance/test_pdf_text.py
@pytest.mark.slow
def test_the_whole_corpus_comes_out_whole(corpus_built: Path) -> None:
    assert judge(corpus_built) == []
