"""Fences: which lines begin code, and which are sentences about marks (issue 14, section 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of, read_post, rules


@pytest.mark.parametrize(
    "line",
    [
        "- ``` 뒤에는 글",
        "- ~~~ 뒤에는 글",
        "1. ```로 시작하는 줄",
        "``` 로 시작하는 문단",
        "> ``` 뒤에는 글",
        "- ``` opens a code block",
    ],
)
@pytest.mark.parametrize("mark", ["```", "```sh", "~~~"])
def test_a_sentence_about_a_fence_begins_none(tmp_path: Path, line: str, mark: str) -> None:
    text = f"{line}\n\n사이 글\n\n{mark}\nls\n{mark[:3]}\n\n끝\n"
    reading = read_post(tmp_path, text)
    body = tree.parse_xml(reading.document.body)
    assert [tree.text_of(code) for code in body.iter("pre")] == ["ls"]
    shown = " ".join(tree.text_of(body).split())
    assert shown == f"{line.lstrip('->1. ')} 사이 글 ls 끝"
    assert "fence-unclosed" not in rules(reading)


@pytest.mark.parametrize(
    "opening", ["``` 예시 코드", "```python 예시 코드", "```python with three words", "```파이썬"]
)
@pytest.mark.parametrize("lead", ["{}\nls\n```\n", "- {}\n  ls\n  ```\n- 둘\n"])
@pytest.mark.parametrize("behind", ["", "\n```sh\ncd\n```\n", "\n```\ncd\n```\n"])
def test_a_fence_with_words_behind_its_marks_is_one(
    tmp_path: Path, opening: str, lead: str, behind: str
) -> None:
    body = body_of(tmp_path, f"{lead.format(opening)}{behind}\n끝\n")
    codes = [tree.text_of(code) for code in body.iter("pre")]
    assert codes == (["ls", "cd"] if behind else ["ls"])


def test_sentences_about_fences_take_linear_time() -> None:
    def read(count: int) -> object:
        return markdown_for_pandoc(parse_post("a.md", ("- ``` 뒤에는 글\n" * count).encode()))

    assert growth(read, 2_000) < LINEAR
