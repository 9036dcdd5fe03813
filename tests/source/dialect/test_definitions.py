"""Definitions: what is said once in a post and holds in many places."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import body_of, html_of, only


def test_attributes_by_name(tmp_path: Path) -> None:
    body = body_of(tmp_path, "{:wide: .align-center #그림}\n\n문단\n{:wide .notice}\n")
    paragraph = only(body, "p")
    assert (paragraph.get("class"), paragraph.get("id")) == ("align-center notice", "그림")
    assert tree.text_of(body).strip() == "문단"


def test_abbreviations(tmp_path: Path) -> None:
    html = html_of(
        tmp_path, "HTML은 **HTML**이고 HTMLX가 아니다. `HTML` CSS\n\n*[HTML]: 문서의 말\n*[CSS]:\n"
    )
    assert html == (
        '<p><abbr title="문서의 말">HTML</abbr>은 <strong><abbr title="문서의 말">HTML</abbr>'
        "</strong>이고 HTMLX가 아니다. <code>HTML</code> <abbr>CSS</abbr></p>"
    )


@pytest.mark.parametrize(
    ("block", "path"),
    [("## 제목", "h2"), ("| 가 | 나 |\n    | --- | --- |", "table"), ("---", "hr")],
)
def test_what_is_no_text_may_begin_a_note(tmp_path: Path, block: str, path: str) -> None:
    body = body_of(tmp_path, f"글[^1]\n\n[^1]: {block}\n\n    본문\n")
    note = only(body, "section/ol/li")
    assert note[0].tag == path and "본문" in tree.text_of(note)


def test_a_note_that_is_used_twice_is_one_note(tmp_path: Path) -> None:
    body = body_of(
        tmp_path, "하나[^주] 둘[^b] 셋[^주] 넷[^c]\n\n[^주]: 첫 주\n[^b]: 둘째 주\n[^c]: 셋째 주\n"
    )
    marks = [(link.text, link.get("href"), link.get("id")) for link in body.findall(".//sup/a")]
    assert marks == [
        ("1", "#fn-1", "fnref-1"),
        ("2", "#fn-2", "fnref-2"),
        ("1", "#fn-1", "fnref-1-2"),
        ("3", "#fn-3", "fnref-3"),
    ]
    notes = body.findall(".//section/ol/li")
    assert [note.get("id") for note in notes] == ["fn-1", "fn-2", "fn-3"]
    assert [tree.text_of(note).strip("↩\ufe0e ") for note in notes] == [
        "첫 주",
        "둘째 주",
        "셋째 주",
    ]
    backs = [link.get("href") for link in body.findall(".//section//a")]
    assert backs == ["#fnref-1", "#fnref-2", "#fnref-3"]


@pytest.mark.parametrize(
    ("word", "name"),
    [("NOTE", "info"), ("tip", "tip"), ("WARNING", "warning"), ("CAUTION", "danger")],
)
def test_alerts_are_callouts(tmp_path: Path, word: str, name: str) -> None:
    quote = only(body_of(tmp_path, f"> [!{word}]\n> 조심 **하라**\n> - 하나\n"), "blockquote")
    assert quote.get("class") == f"prompt-{name}"
    assert [child.tag for child in quote] == ["p", "ul"]
    assert tree.text_of(quote[0]) == "조심 하라"
