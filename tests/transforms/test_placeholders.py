"""Placeholders: a picture out of reach says what it would show."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.placeholders import placeholders


def test_a_picture_out_of_reach_says_what_it_would_show() -> None:
    root = tree.parse_xml(
        '<p>앞<img data-missing="x" alt="고양이  사진"/>뒤<img src="asset:a"/></p>'
    )
    placeholders(root, "ko")
    span = root[0][0]
    assert (span.get("class"), span.get("role")) == ("missing-image", "img")
    assert span.text == span.get("aria-label") == "고양이 사진 (그림을 찾을 수 없음)"
    assert span.tail == "뒤" and root[0][1].tag == "img"


def test_a_placeholder_is_in_the_language_of_the_document() -> None:
    root = tree.parse_xml('<p><img data-missing="x"/></p>')
    placeholders(root, "en")
    korean = tree.parse_xml('<p><img data-missing="x"/></p>')
    placeholders(korean, "ko-KR")
    assert tree.text_of(root) and tree.text_of(root).isascii()
    assert tree.text_of(korean) == "그림을 찾을 수 없음"
