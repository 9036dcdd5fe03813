"""`markdown:` of a _config.yml: a blog of GitHub's processor is read as that processor reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.document import Reading
from hanpan.source.processor import Processor, processor_of
from tests.support.reading import read_post, rules


def as_github(folder: Path, markdown: str, processor: str = "CommonMarkGhpages") -> Reading:
    config = f"markdown: {processor}\n".encode()
    text = f"---\ntitle: 제목\n---\n{markdown}"
    return read_post(folder, text, files={"_config.yml": config})


@pytest.mark.parametrize(
    ("named", "processor"),
    [
        (None, Processor.KRAMDOWN),
        ({}, Processor.KRAMDOWN),
        ({"markdown": "kramdown"}, Processor.KRAMDOWN),
        ({"markdown": ["CommonMark"]}, Processor.KRAMDOWN),
        ({"markdown": "CommonMark"}, Processor.COMMONMARK),
        ({"markdown": " commonmarkghpages "}, Processor.COMMONMARK),
    ],
)
def test_the_processor_is_what_the_blog_names(
    named: dict[str, object] | None, processor: Processor
) -> None:
    assert processor_of(named) is processor


@pytest.mark.parametrize(
    ("markdown", "github", "kramdown"),
    [
        ("- 가\n- 나\n\n- 다", "<li><p>가</p></li>", "<li>가</li>"),
        ("앞\n뒤\n---", "<h2", "<p>앞 뒤 ---</p>"),
        ("- 가\n- 나\n+ 다", "</ul>\n<ul>", "<li>나</li>\n<li>다</li>"),
        ("> - 가\n- 나", "</blockquote>\n<ul>", "<li>나</li>\n</ul>\n</blockquote>"),
        ("글 {: .notice}", "{: .notice}", "글"),
        ("<div>\n*가*\n\n*나*\n</div>", "*가*", "*가*"),
    ],
)
def test_where_the_two_disagree_the_blog_decides(
    tmp_path: Path, markdown: str, github: str, kramdown: str
) -> None:
    assert github in as_github(tmp_path, markdown).document.body
    assert kramdown in as_github(tmp_path, markdown, "kramdown").document.body


def test_what_authors_write_beyond_the_specification_stays(tmp_path: Path) -> None:
    reading = as_github(
        tmp_path,
        '```js {1,3} title="a\\b.js"\nlet a\n```\n\n- 항목\n  ```python:a.py\n  x = {1}\n  ```\n\n'
        "> [!WARNING]\n> 조심\n\n$x^2$ 와 https://a.kr에서 [^1] 그리고 [^1] <T>\n\n[^1]: 주\n\n"
        "| 가 | 나 |\n|---|---|\n| ~~다~~ | :smile: |\n",
    )
    body = reading.document.body
    assert 'data-title="a\\b.js"' in body and 'data-lines="1,3"' in body
    assert 'data-title="a.py"' in body and "x = {1}" in body and "data-info" not in body
    assert "prompt-warning" in body and "<math" in body and "&lt;T&gt;" in body
    assert '<a href="https://a.kr">https://a.kr</a>에서' in body
    assert body.count('class="footnotes"') <= 1 and "<del>다</del>" in body
    assert reading.problems == ()


def test_a_fence_right_below_html_is_code(tmp_path: Path) -> None:
    body = as_github(tmp_path, "<div></div>\n```c\nint x;\n```").document.body
    assert '<code class="language-c">int x;' in body


def test_an_indented_fence_is_code_with_its_marks(tmp_path: Path) -> None:
    body = as_github(tmp_path, "글\n\n    ```\n    가\n    ```").document.body
    assert "<code>```\n가\n```</code>" in body


def test_a_blog_of_kramdown_reads_ends_of_blocks(tmp_path: Path) -> None:
    markdown = "- 가\n^\n- 나\n\n끝\n^\n    코드"
    body = as_github(tmp_path, markdown, "kramdown").document.body
    assert body.count("<ul>") == 2 and "<code>코드</code>" in body and "^" not in body
    assert "^" in as_github(tmp_path, markdown).document.body
    assert rules(as_github(tmp_path, markdown)) == {}


def test_an_escaped_pipe_in_code_ends_no_cell(tmp_path: Path) -> None:
    body = as_github(tmp_path, "| 가 |\n| --- |\n| `나 \\| 다` 라 |").document.body
    assert "<td><code>나 | 다</code> 라</td>" in body
