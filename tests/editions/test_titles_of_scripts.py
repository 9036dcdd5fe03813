"""Titles and contents in other languages and directions are as the body (issue 14, section 3)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from hanpan.editions.title_text import direction, in_languages
from tests.support.every_edition import printed

POST = """---
title: 日本語の骨과 我们学习
toc: true
---
## 東京の塔과 글

## שלום עולם

- שלום עולם
- 𠀀 글
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return printed(tmp_path_factory.mktemp("titles"), POST, editions=("html", "pdf", "epub"))[1]


@pytest.mark.parametrize("name", ["글.html", "글.epub/EPUB/text/post.xhtml"])
def test_runs_of_a_title_have_their_language(made: dict[str, bytes], name: str) -> None:
    (title,) = re.findall(r"<h1[^>]*>(.*?)</h1>", made[name].decode())
    assert title == '<span lang="ja">日本語の骨</span>과 <span lang="zh-Hans">我们学习</span>'


def test_contents_have_languages_and_directions(made: dict[str, bytes]) -> None:
    page = made["글.html"].decode()
    assert '<li><a href="#東京の塔과-글"><span lang="ja">東京の塔</span>과 글</a>' in page
    assert re.search(r'<li dir="rtl"><a href="#[^"]*">שלום עולם</a>', page)


def test_a_line_from_the_right_is_at_the_right_in_print(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "글.pdf").write_bytes(made["글.pdf"])
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "글.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    width = float(re.findall(r'<page width="([\d.]+)"', boxes)[0])
    ends = [
        float(end)
        for end, word in re.findall(r'xMax="([\d.]+)"[^>]*>([^<]*)', boxes)
        if "ש" in word
    ]
    assert sum(end > 0.8 * width for end in ends) == 2  # a heading and an item


def test_a_title_is_escaped_and_left_alone_where_there_is_nothing_to_say() -> None:
    assert in_languages("글 <b> & 漢字", "ko") == "글 &lt;b&gt; &amp; 漢字"
    assert in_languages("日本語の骨", "ja") == "日本語の骨"
    assert direction("글 שלום") == "" and direction("«שלום» 글") == ' dir="rtl"'
