"""Swallowing tags: `<title>` in a sentence hides nothing of the post."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import html_of, read_post, rules


@pytest.mark.parametrize(
    "name", "title style script textarea iframe xmp noscript plaintext template head td".split()
)
def test_a_tag_that_one_writes_about_is_text(tmp_path: Path, name: str) -> None:
    body = html_of(
        tmp_path, f"글의 <{name}> 태그다. `</{name}>` 도 있다.\n\n- 다음 항목\n\n끝 문단"
    )
    assert f"글의 &lt;{name}&gt; 태그다." in body and "끝 문단" in body and "<li>다음" in body


@pytest.mark.parametrize(
    ("markdown", "kept"),
    [
        ("<style>\np { color: red }\n</style>\n\n글", "<p>글</p>"),
        ("<script>\nlet 가 = 1\n</script>\n\n글", "<p>글</p>"),
        ('글 <svg viewBox="0 0 1 1"><title>그림</title><path d="M0 0"/></svg>', "<svg"),
        ('앞 <iframe src="https://a.kr/b"></iframe> 뒤', 'href="https://a.kr/b"'),
        ("<table>\n<tr><td>칸</td></tr>\n</table>\n\n글 <td> 말", "<td> 칸 </td>"),
        ("<html>\n<body>\n<p>글</p>\n</body>\n</html>", "<p> 글 </p>"),
    ],
)
def test_what_is_closed_is_what_it_was(tmp_path: Path, markdown: str, kept: str) -> None:
    body = html_of(tmp_path, markdown)
    assert kept in body and "let 가" not in body and "color: red" not in body


def test_what_a_tag_swallows_is_told(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path, "---\ntitle: 글\n---\n<dialog>창의 낱말들\n\n더 많은 낱말들</dialog>"
    )
    assert "text-lost" in rules(reading)


def test_many_open_tags_take_linear_time() -> None:
    from hanpan.source.dialect.literal.swallowing import swallowing_tags
    from hanpan.source.lines import Line

    def work(length: int) -> object:
        return swallowing_tags([Line("<style>`` ` " * length, 1), Line("<title " * length, 2)])

    assert growth(work, 2_000) < LINEAR
