"""Openings: words wider than their column may be parted; no letter from its marks."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.print.openings import OPENING, open_cells, open_run

LONG = "abcdefghij" * 12


def cells(word: str) -> str:
    row = "".join(f"<td>{text}</td>" for text in (word, "나", "다", "라"))
    root = tree.parse_xml(f"<table><tbody><tr>{row}</tr></tbody></table><p>{word}</p>")
    open_cells(root, 40.0)
    first = tree.inner_xml(root)
    open_cells(root, 40.0)
    assert tree.inner_xml(root) == first  # idempotent
    assert tree.text_of(root).replace(OPENING, "") == f"{word}나다라{word}"
    return first


def test_a_word_that_is_wider_than_its_column_gets_openings() -> None:
    table, _, paragraph = cells(LONG).partition("</table>")
    assert OPENING in table
    assert OPENING not in paragraph  # the page itself tells what is too wide there


def test_a_word_that_fits_gets_none() -> None:
    assert OPENING not in cells("짧은말")


def test_letters_stay_with_their_marks() -> None:
    opened = open_run("e\u0301e\u0301👍🏽🇰🇷", 0, "")
    assert opened.split(OPENING) == ["e\u0301", "e\u0301", "👍🏽", "🇰🇷"]
