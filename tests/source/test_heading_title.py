"""A file that begins with its title: documentation, READMEs."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import read_post

SITE = 'lang = "ko"\n'


@pytest.mark.parametrize(
    ("written", "title", "text"),
    [
        ("# 제목\n\n글이다.\n", "제목", "글이다."),
        ("\n# 제목 #\n글이다.\n", "제목", "글이다."),
        ("# 제목 {#top}\n\n글이다.\n", "제목", "글이다."),
        ("---\ntitle: 다른 제목\n---\n# 제목\n\n글이다.\n", "다른 제목", "제목\n글이다."),
    ],
)
def test_the_heading_is_the_title_and_stands_once(
    tmp_path: Path, written: str, title: str, text: str
) -> None:
    reading = read_post(tmp_path, written, name="docs/글.md", site=SITE)
    body = reading.document.body
    lines = [line for line in tree.text_of(tree.parse(body)).split("\n") if line.strip()]
    assert reading.document.meta.title == title
    assert "\n".join(lines) == text
    rules = {problem.rule for problem in reading.problems}
    assert "title-missing" not in rules and "text-lost" not in rules


def test_lines_of_problems_stay(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "# 제목\n\n글\n\n![그림](no.png)\n", name="docs/글.md", site=SITE)
    assert [p.line for p in reading.problems if p.rule == "image-missing"] == [5]


def test_of_a_jekyll_site_the_heading_stays(tmp_path: Path) -> None:
    """Its theme shows the title of the file's name, and the heading below it."""
    config = {"_config.yml": "title: 블로그\n".encode()}
    name = "_posts/2026-01-04-글.md"
    reading = read_post(tmp_path, "---\ntags: [a]\n---\n# 제목\n\n글\n", name=name, files=config)
    assert "제목" in tree.text_of(tree.parse(reading.document.body))


@pytest.mark.parametrize(
    "before",
    [
        "import Box from '../box';\n\nexport const a = 1;\n\n",
        "<!-- 적어 둔다 -->\n\n",
        "import Box from '../box';\n\n<!-- 적어 둔다 -->\n",
    ],
)
def test_imports_and_comments_before_the_heading_are_no_text(tmp_path: Path, before: str) -> None:
    files = {"docusaurus.config.js": b"module.exports = {};"}
    text = f"{before}# 제목\n\n글이다.\n"
    reading = read_post(tmp_path, text, name="docs/글.mdx", files=files)
    assert reading.document.meta.title == "제목"
    assert tree.text_of(tree.parse(reading.document.body)).strip() == "글이다."
    assert "title-missing" not in {problem.rule for problem in reading.problems}


@pytest.mark.parametrize("text", ["글이다.\n\n# 제목\n", "<!-- 하나 --> # 제목\n\n글\n"])
def test_a_title_that_is_guessed_is_told(tmp_path: Path, text: str) -> None:
    reading = read_post(tmp_path, text, name="docs/글.md", site=SITE)
    assert "title-missing" in {problem.rule for problem in reading.problems}
