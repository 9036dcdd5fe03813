"""Paragraphs: what begins a list, a definition or a rule, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import html_of


@pytest.mark.parametrize(
    "line",
    [
        "(1) 나",
        "(iv) 나",
        "a) 나",
        "i. 나",
        "#. 나",
        "(@) 나",
        "~ 나",
        "#나",
        "#include &lt;나&gt;",
    ],
)
def test_what_begins_nothing(tmp_path: Path, line: str) -> None:
    assert html_of(tmp_path, f"가\n{line}\n다") == f"<p>가 {line} 다</p>"
    assert html_of(tmp_path, f"- 가\n  {line}") == f"<ul> <li>가 {line}</li> </ul>"


def test_seven_hashes_are_no_heading(tmp_path: Path) -> None:
    assert html_of(tmp_path, "####### 일곱") == "<p>####### 일곱</p>"


@pytest.mark.parametrize("line", ["* * *", "***", "- - -", "___", "*****"])
def test_a_rule_ends_a_paragraph(tmp_path: Path, line: str) -> None:
    assert html_of(tmp_path, f"가\n{line}\n나") == "<p>가</p> <hr/> <p>나</p>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("용어\n: 뜻", "<dl> <dt>용어</dt> <dd> 뜻 </dd> </dl>"),
        (
            "하나\n둘\n: 뜻\n: 또 뜻",
            "<dl> <dt>하나</dt> <dt>둘</dt> <dd> 뜻 </dd> <dd> 또 뜻 </dd> </dl>",
        ),
        ("# 제목\n용어\n: 뜻", '<h1 id="제목">제목</h1> <dl> <dt>용어</dt> <dd> 뜻 </dd> </dl>'),
        (
            "용어\n: 뜻\n\n  ```\n  x\n  ```\n",
            "<dl> <dt>용어</dt> <dd> 뜻 <pre><code>x</code></pre> </dd> </dl>",
        ),
        ("용어\n: 뜻\n{: .말}", '<dl class="말"> <dt>용어</dt> <dd> 뜻 </dd> </dl>'),
        ("시각은\n10:30", "<p>시각은 10:30</p>"),
        # no terms: nothing above, an item's own lines, more lines than terms would be
        (": 뜻", "<p>: 뜻</p>"),
        ("- 가\n용어\n둘\n: 뜻", "<ul> <li>가 용어 둘</li> </ul> <p>: 뜻</p>"),
        (
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n: 뜻",
            "<p>1 2 3 4 5 6 7 8 9</p> <p>: 뜻</p>",
        ),
    ],
)
def test_terms(tmp_path: Path, markdown: str, html: str) -> None:
    assert html_of(tmp_path, markdown) == html
