"""Addresses: what of them is escaped, and what is no address that a reader can open."""

from __future__ import annotations

import pytest

from hanpan.source.addresses import valid_address


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
