"""Encodings: what a file says in an old one is read, and its author is told (issue 14)."""

from __future__ import annotations

import codecs

import pytest

from hanpan.source.characters import decode
from tests.support.limits.growth import LINEAR, growth

KOREAN = "---\ntitle: 옛 글\n---\n\n완성형 본문이다. 똠방각하와 펲시콜라, 漢字도 “따옴표”도 있다.\n"
FRENCH = "---\ntitle: Café\n---\n\nÀ la “déjà vu” – it’s naïve, Ärger, Übung: 5 €…\n"
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


def test_what_is_no_text_is_told() -> None:
    _, problems = decode("a.md", bytes(range(256)) * 4)
    assert "encoding" in {problem.rule for problem in problems}


@pytest.mark.parametrize("piece", [b"\x92s ", b"\xb0\xa1 ", b"\xff", b"\xe0", "가".encode()])
def test_reading_bytes_takes_linear_time(piece: bytes) -> None:
    assert growth(lambda count: decode("a.md", piece * count + b"\xff"), 20_000) < LINEAR
