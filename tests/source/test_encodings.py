"""Encodings: what a file says in an old one is read, and its author is told (issue 14)."""

from __future__ import annotations

import codecs

import pytest

from hanpan.source.characters import decode
from tests.support.limits.growth import LINEAR, growth

KOREAN = "---\ntitle: 옛 글\n---\n\n완성형 본문이다. 똠방각하와 펲시콜라, 漢字도 “따옴표”도 있다.\n"
FRENCH = "---\ntitle: Café\n---\n\nÀ la “déjà vu” – it’s naïve, Ärger, Übung: 5 €…\n"
JAPANESE = "---\ntitle: 記事\n---\n\n昨日は新しい本を読みました。カタカナの言葉も多い。\n"
CHINESE = "---\ntitle: 文章\n---\n\n昨天我在图书馆看了一本新的书，里面有很多有意思的故事。\n"
TAIWANESE = "---\ntitle: 文章\n---\n\n昨天我在圖書館看了一本新的書，裡面有很多有意思的故事。\n"
RUSSIAN = "---\ntitle: Запись\n---\n\nВчера я читал новую книгу и много думал о ней.\n"
ENGLISH = "---\ntitle: Plain\n---\n\nIt’s “Hello” and ‘bye’ – that’s all.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (KOREAN.replace("–", "-"), "cp949", "cp949"),
        ("가\n", "cp949", "cp949"),
        (FRENCH, "cp1252", "Windows-1252"),
        (ENGLISH, "cp1252", "Windows-1252"),
        ("it’s\n", "cp1252", "Windows-1252"),
        ("naïveté\r\nÄrger\r\n", "latin-1", "Windows-1252"),
        (KOREAN, "utf-16-le", "UTF-16"),
        (KOREAN, "utf-16-be", "UTF-16"),
        (FRENCH, "utf-16-le", "UTF-16"),
        (KOREAN, "utf-16", "UTF-16"),
        (KOREAN, "utf-32", "UTF-32"),
        (KOREAN.replace("漢字", "한자"), "johab", "JOHAB"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (CHINESE, "gbk", "GB18030"),
        (TAIWANESE, "big5", "Big5"),
        (RUSSIAN, "cp1251", "Windows-1251"),
    ],
)
def test_the_encoding_is_recognised(text: str, encoding: str, name: str) -> None:
    found, problems = decode("a.md", text.encode(encoding))
    assert found == text.replace("\r\n", "\n")
    assert [(one.rule, one.line) for one in problems] == [("encoding", 1)]
    assert name in problems[0].message


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_marks_in_front_say_it(mark: bytes) -> None:
    codec = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode("a.md", mark + "가나".encode(codec))[0] == "가나"


@pytest.mark.parametrize("text", [KOREAN, FRENCH, ENGLISH, "", "a\n", "가\x00나\n"])
def test_utf_8_is_what_it_is(text: str) -> None:
    found, problems = decode("a.md", text.encode())
    assert found == text.replace("\x00", "")
    assert "encoding" not in {problem.rule for problem in problems}


def test_a_few_bytes_of_windows_in_utf_8() -> None:
    data = KOREAN.encode() + b"it\x92s\n"
    found, problems = decode("a.md", data)
    assert found == KOREAN + "it’s\n"
    assert [(one.rule, one.line) for one in problems] == [("encoding", 6)]


def test_a_damaged_letter_in_cp949_costs_itself() -> None:
    data = (KOREAN * 20).encode("cp949")
    cut = data[:60].rindex(b"\n") + 1
    found, problems = decode("a.md", data[:cut] + b"\xff " + data[cut:])
    assert found.replace("\ufffd ", "") == KOREAN * 20
    assert [one.line for one in problems] == [1, data.count(b"\n", 0, cut) + 1]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Zażółć gęślą jaźń\n", "cp1250"), ("שלום לכולם\n", "cp1255"), ("漢字文\n", "euc_kr")],
)
def test_what_cannot_be_told_for_sure_is_said_with_the_command_to_convert(
    text: str, encoding: str
) -> None:
    _, problems = decode("글 1.md", text.encode(encoding))
    assert "cannot be told" in problems[0].message
    assert "iconv -f EUC-KR -t UTF-8 '글 1.md' > new.md" in problems[0].remedy


def test_the_remedy_is_a_command() -> None:
    _, problems = decode("a.md", KOREAN.encode("cp949"))
    assert "`iconv -f CP949 -t UTF-8 a.md > new.md && mv new.md a.md`" in problems[0].remedy


def test_what_is_no_text_is_told() -> None:
    _, problems = decode("a.md", bytes(range(256)) * 4)
    assert "encoding" in {problem.rule for problem in problems}


@pytest.mark.parametrize("piece", [b"\x92s ", b"\xb0\xa1 ", b"\xff", b"\xe0", "가".encode()])
def test_reading_bytes_takes_linear_time(piece: bytes) -> None:
    assert growth(lambda count: decode("a.md", piece * count + b"\xff"), 20_000) < LINEAR
