"""Ids of headings: what Jekyll makes of what was typed, also where something else is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import body_of, only


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("1. 웹 프로그래밍을 위한 (준비)!", "1-웹-프로그래밍을-위한-준비"),
        ("🚀 시작", "-시작"),
        (":bulb: 생각", "bulb-생각"),
        ("① 개요와 Ⅳ장", "-개요와-ⅳ장"),
        ("앞 -- 뒤... 끝", "앞--뒤-끝"),
        ("`git commit --amend` 쓰기", "git-commit---amend-쓰기"),
        ("**굵은** 제목[^1]", "굵은-제목"),
        ("![그림](/a.png) 글", "-글"),
        ('그는 "안녕"이라고', "그는-안녕이라고"),
        ("C\\#의 `List<T>`", "c의-listt"),
        ("snake_case", "snake_case"),
    ],
)
def test_names(tmp_path: Path, heading: str, name: str) -> None:
    body = body_of(tmp_path, f"## {heading}\n\n[^1]: 주\n")
    assert only(body, "h2").get("id") == name


def test_equal_headings_are_numbered(tmp_path: Path) -> None:
    body = body_of(tmp_path, "## 하나\n\n## 하나\n\n<h2>하나</h2>\n")
    assert [heading.get("id") for heading in body.iter("h2")] == ["하나", "하나-1", "하나-2"]


def test_a_heading_with_an_id_and_attributes(tmp_path: Path) -> None:
    heading = only(body_of(tmp_path, "## 제목 {#이름}\n{: .no_toc }\n"), "h2")
    assert (heading.text, heading.get("id"), heading.get("class")) == ("제목", "이름", "no_toc")
