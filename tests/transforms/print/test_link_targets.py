"""Where links lead, in print: a list at the end, or brackets behind the links."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.print.link_targets import (
    list_targets,
    print_targets_inline,
    readable_address,
)

BODY = (
    '<p><a href="https://a.kr/x?y=1">하나</a>와 <a href="https://a.kr/x?y=1">둘</a>, '
    '<a href="http://b.kr/">셋</a>, <a href="#h">안</a>, <a href="mailto:a@b.kr">편지</a>, '
    '<a href="https://www.c.kr/">c.kr</a>, <a href="https://d.kr"><img alt="그림"/></a></p>'
)


def test_the_same_address_has_one_number_and_what_says_it_has_none() -> None:
    root = tree.parse_xml(BODY)
    list_targets(root, "link-", "링크")
    marks = [(mark.getprevious(), tree.text_of(mark)) for mark in root.iter("sup")]
    assert [(tree.text_of(link), text) for link, text in marks if link is not None] == [
        ("하나", "[1]"),
        ("둘", "[1]"),
        ("셋", "[2]"),
    ]
    section = root[1]
    assert [note.get("id") for note in section.iter("pdf-note")] == ["link-1", "link-2"]
    shown = tree.text_of(section).replace("\u200b", "")
    assert shown == "링크[1]https://a.kr/x?y=1[2]http://b.kr/"
    assert [link.get("href") for link in root.iter("a")][1::2][0] == "#link-1"


def test_the_text_behind_a_link_stays_behind_its_mark() -> None:
    root = tree.parse_xml('<p><a href="https://a.kr/">글</a>은 끝</p>')
    list_targets(root, "x-", "링크")
    assert tree.text_of(root[0]) == "글[1]은 끝"


def test_without_links_nothing_is_added() -> None:
    root = tree.parse_xml('<p><a href="#h">안</a></p>')
    list_targets(root, "link-", "링크")
    assert tree.inner_xml(root) == '<p><a href="#h">안</a></p>'


@pytest.mark.parametrize(("is_korean", "blank"), [(True, ""), (False, " ")])
def test_an_address_stands_behind_the_first_link_to_it(is_korean: bool, blank: str) -> None:
    root = tree.parse_xml(BODY)
    print_targets_inline(root, is_korean=is_korean)
    addresses = [tree.text_of(span).replace("\u200b", "") for span in root.iter("span")]
    assert addresses == [f"{blank}(https://a.kr/x?y=1)", f"{blank}(http://b.kr/)"]


def test_a_line_may_end_behind_the_marks_of_an_address_and_not_within_them() -> None:
    root = tree.parse_xml('<p><a href="https://a-b.kr/c//d...e">글</a></p>')
    print_targets_inline(root, is_korean=True)
    (span,) = root.iter("span")
    assert span.text == "(https://\u200ba-\u200bb.\u200bkr/\u200bc//\u200bd...\u200be)"


def test_a_host_that_is_no_punycode_stays() -> None:
    assert readable_address("https://xn--.example/%EA%B0%80") == "https://xn--.example/가"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.kr/%ED%95%9C%20%EA%B8%80", "https://a.kr/한%20글"),
        ("https://a.kr/%ED%95", "https://a.kr/%ED%95"),
        ("https://xn--bj0bj06e.example/x", "https://한글.example/x"),
        ("https://a.kr/100%25", "https://a.kr/100%25"),
        ("https://a.kr/%E2%80%AE%C2%A0", "https://a.kr/%E2%80%AE%C2%A0"),
    ],
)
def test_addresses_are_shown_as_people_read_them(address: str, shown: str) -> None:
    assert readable_address(address) == shown
