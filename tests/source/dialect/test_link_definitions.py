"""Link definitions: what is one, and what only looks like one and must not be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import html_of, read_post, rules


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[결과]:\n\n글", "[결과]:"),
        ("[결과]:", "[결과]:"),
        ("[[글]]: 말", "[[글]]: 말"),
        ("[가[나]]: /b", "[가[나]]: /b"),
        ("[]: 말", "[]: 말"),
        ("> 글\n>\n> []: 말", "[]: 말"),
        ("- .: 말\n- []: 글", "[]: 글"),
        ("1. []: 하나\n2. 둘", "[]: 하나"),
        ("> [결과]:\n>\n> 글", "[결과]:"),
        ("- 항목\n\n  [[글]]: 말", "[[글]]: 말"),
        ('[가]: /b\n"나" 다', "“나” 다"),
        ("```\n[결과]:\n\n[]: 말\n```", "<code>[결과]: []: 말</code>"),
    ],
)
def test_what_is_no_definition_is_text(tmp_path: Path, markdown: str, shown: str) -> None:
    assert shown in html_of(tmp_path, markdown)
    assert "text-lost" not in rules(read_post(tmp_path, f"---\ntitle: 제목\n---\n{markdown}"))


@pytest.mark.parametrize(
    "definition",
    [
        "[글]: https://a.kr/b",
        '[글]: https://a.kr/b "제목"',
        "[글]: https://a.kr/b\n  '제목'",
        "[글]:\n  https://a.kr/b\n  (제목)",
        "[글]: <https://a.kr/b>\n{: .cls }",
        "> [글]: https://a.kr/b",
    ],
)
def test_what_is_one_is_read_and_not_shown(tmp_path: Path, definition: str) -> None:
    reading = read_post(tmp_path, f"---\ntitle: 제목\n---\n[글] 뒤\n\n{definition}\n")
    assert '<a href="https://a.kr/b"' in reading.document.body
    assert reading.document.body.count("글") == 1 and "{:" not in reading.document.body
    assert reading.problems == ()


def test_an_address_in_angle_brackets_may_look_like_a_tag(tmp_path: Path) -> None:
    body = html_of(tmp_path, "[가](<https://a.kr/b c>) [나]\n\n[나]:\n<https://a.kr/d e>\n'제목'")
    assert body.count("<a href=") == 2 and "&lt;" not in body
