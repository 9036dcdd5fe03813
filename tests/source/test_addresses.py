"""Addresses: what of them is escaped, and what is no address that a reader can open."""

from __future__ import annotations

import pytest

from hanpan.source.addresses import valid_address
from hanpan.source.dialect.inline import write_inline


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://a.example:1/", "http://a.example:1/"),
        ("http://a.example:0/", ""),
        ("http://a.example:99999/", ""),
        ("http:///a", ""),
        ("HTTPS://a.example/가?나=1#다", "https://a.example/%EA%B0%80?%EB%82%98=1#%EB%8B%A4"),
        ("https://한글.example/", "https://xn--bj0bj06e.example/"),
        ("https://me@a.example/", "https://me@a.example/"),
        ("mailto:me@a.example", "mailto:me@a.example"),
        ("mailto:", ""),
        ("mailto:/me", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_only_what_a_reader_can_open_is_an_address(written: str, address: str) -> None:
    assert valid_address(written) == address


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("www.a.example입니다", "[www.a.example](<https://www.a.example>)입니다"),
        ("(www.a.example/b)는", "([www.a.example/b](<https://www.a.example/b>))는"),
        ("www.a_b.example", "[www.a\\_b.example](<https://www.a_b.example>)"),
        ("www.a.example,그리고", "[www.a.example](<https://www.a.example>),그리고"),
        ("www.한글 www. a.www.b.kr", "www.한글 www. a.www.b.kr"),
        ("https://www.a.example를", "<https://www.a.example>를"),
        ("[말](www.a.example)", "[말](www.a.example)"),
        ("https://a.kr/b?정말", "<https://a.kr/b>?정말"),
        ("https://a.kr/?검색=한글&b=1", "<https://a.kr/?검색=한글&b=1>"),
        ("https://a.kr/repo(저장소)와", "<https://a.kr/repo>(저장소)와"),
        ("https://a.kr/wiki/한글_(문자)와", "<https://a.kr/wiki/한글_(문자)>와"),
        (
            "https://a.kr/b·https://b.kr,https://c.kr",
            "<https://a.kr/b>·<https://b.kr>,<https://c.kr>",
        ),
        ("https://a.kr/web/https://b.kr/c를", "<https://a.kr/web/https://b.kr/c>를"),
        (
            "https://a.kr/b。그리고 https://a.kr/b」는",
            "<https://a.kr/b>。그리고 <https://a.kr/b>」는",
        ),
    ],
)
def test_where_a_bare_address_ends(text: str, written: str) -> None:
    assert write_inline(text).text == written
