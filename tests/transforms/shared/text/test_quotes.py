"""Quotes: straight marks in pairs, as Korean print has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import body_of, read_post


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("그는 \"안녕\"이라고 '썼다'.", "그는 “안녕”이라고 ‘썼다’."),
        ('그가"안녕"했다', "그가“안녕”했다"),
        ("'작은'따옴표와 ('괄호')", "‘작은’따옴표와 (‘괄호’)"),
        ('**"굵게"**는', "“굵게”는"),
        ('"`code`"를 쓴다', "“code”를 쓴다"),
        ('`"a"` 그리고 "나"', '"a" 그리고 “나”'),
        ("it's \"'안'의 말\"", "it’s “‘안’의 말”"),
        ('화면은 27" 크기', '화면은 27" 크기'),
        ("'90년대의 노래", "'90년대의 노래"),
        ('열기만 "한 문장', '열기만 "한 문장'),
    ],
)
def test_pairs(tmp_path: Path, written: str, read: str) -> None:
    assert tree.text_of(body_of(tmp_path, written)).strip() == read


def test_a_pair_does_not_leave_its_paragraph(tmp_path: Path) -> None:
    text = tree.text_of(body_of(tmp_path, '- "하나\n- 둘"\n\n"셋\n\n넷"'))
    assert "".join(text.split()) == '"하나둘""셋넷"'


def test_formulas_code_and_other_languages_stay(tmp_path: Path) -> None:
    assert "x'" in tree.text_of(body_of(tmp_path, '```\nx\' "y"\n```'))
    assert "“" not in tree.text_of(body_of(tmp_path, '$f"(x)$ `"a"` <kbd>"</kbd>'))
    german = read_post(tmp_path, '---\ntitle: a\nlang: de\n---\nEr sagt "ja".\n').document
    assert '"ja"' in german.body
