"""Pages on phones and on wide screens, as Chromium lays them out: contents, notes, what is wide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command import edition_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

pytestmark = pytest.mark.conformance
TEXT = "문장이 조금 더 이어진다. " * 12
WORDS = " | ".join(f"configuration_{n}" for n in range(9))
POST = f"""---
title: 넓은 화면
date: 2026-01-02
toc: true
---
## 첫째

글자를 앉히는 일[^a]이고, 바로 뒤에 하나[^b] 더 있다. {TEXT}

<details><summary>접힌 곳</summary>접힌 글[^c]이다.</details>

## 둘째

{TEXT}[^d]

{TEXT}

{TEXT}

## 셋째

{TEXT}

[^a]: 첫 주는 조금 길어서 여러 줄이 된다. 조금 길어서 여러 줄이 된다.
[^b]: 둘째 주.
[^c]: 접힌 곳의 주.
[^d]: 끝의 주.
"""
TABLE = f"""---
title: 넓은 표
date: 2026-01-02
---
{TEXT}

| {WORDS} |
|{"---|" * 9}
| {WORDS} |

{TEXT}
"""


NAMED = f"""---
title: 넓다고 적은 표
date: 2026-01-02
---
{TEXT}

| 하나 | 둘 |
|---|---|
| 셋 | 넷 |
{{: .wide}}

{TEXT}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("wide")
    for name, text in (("notes", POST), ("table", TABLE), ("named", NAMED)):
        (root / f"2026-01-02-{name}.md").write_text(text, "utf-8")
    made = edition_of(tmp_path_factory.mktemp("out"), sorted(root.glob("*.md")), "html")
    return {path.stem: path for path in made}


@pytest.fixture
def opened(pages: dict[str, Path], chromium: Browser) -> Iterator[Any]:
    contexts = []

    def at(name: str, width: int) -> Page:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}))
        tab = contexts[-1].new_page()
        tab.goto(pages[name].as_uri())
        return tab

    yield at
    for context in contexts:
        context.close()


def boxes(tab: Page, selector: str) -> list[FloatRect]:
    found = [one.bounding_box() for one in tab.query_selector_all(selector)]
    return [box for box in found if box]


def overflows(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_notes_are_beside_the_text_where_there_is_room(opened: Any) -> None:
    tab = opened("notes", 1200)
    notes, marks = boxes(tab, ".footnotes li"), boxes(tab, ".footnote-ref")
    text = boxes(tab, ".post-body > p")[0]
    assert all(note["x"] > text["x"] + text["width"] for note in notes)
    assert all(note["x"] + note["width"] < 1200 for note in notes)
    assert abs(notes[0]["y"] - marks[0]["y"]) < 20 and abs(notes[3]["y"] - marks[3]["y"]) < 20
    for one, other in pairwise(notes):
        assert one["y"] + one["height"] < other["y"], "no note lies over another"
    assert not overflows(tab)


def test_notes_are_at_the_end_on_other_screens_and_on_paper(opened: Any) -> None:
    for width in (360, 1180):
        tab = opened("notes", width)
        last = boxes(tab, ".post-body > p")[-1]
        assert all(note["y"] > last["y"] + last["height"] for note in boxes(tab, ".footnotes li"))
        assert not overflows(tab)
    tab = opened("notes", 1400)
    tab.emulate_media(media="print")
    last = boxes(tab, ".post-body > p")[-1]
    assert all(note["y"] > last["y"] for note in boxes(tab, ".footnotes li"))


def test_contents_are_closed_on_phones_and_beside_the_text_on_wide_screens(opened: Any) -> None:
    phone = opened("notes", 360)
    assert not phone.is_visible(".toc ol") and phone.is_visible(".toc summary")
    phone.click(".toc summary")
    assert phone.is_visible(".toc ol")
    tablet = opened("notes", 768)
    assert tablet.is_visible(".toc ol") and not tablet.is_visible(".toc summary")
    wide = opened("notes", 1200)
    (toc,), (text,) = boxes(wide, ".toc details"), boxes(wide, ".post-body")
    assert toc["x"] >= 0 and toc["x"] + toc["width"] < text["x"]


def test_the_section_that_is_read_is_marked(opened: Any) -> None:
    tab = opened("notes", 1200)
    for number in (0, 2):
        tab.evaluate(
            f"document.querySelectorAll('h2')[{number}].scrollIntoView({{behavior: 'instant'}})"
        )
        tab.wait_for_function(
            f"document.querySelectorAll('.toc a')[{number}].matches(':target-current')"
        )


def test_a_table_takes_the_margin_before_it_scrolls(opened: Any) -> None:
    for width, most in ((360, 360), (768, 768), (1400, 1400)):
        tab = opened("table", width)
        (table,), text = boxes(tab, ".table-scroll"), boxes(tab, ".post-body > p")[0]
        assert table["x"] == text["x"] and table["x"] + table["width"] <= most
        assert table["width"] >= text["width"] and not overflows(tab)
    assert table["width"] > text["width"] + 150


def test_what_its_author_calls_wide_reaches_into_the_margin(opened: Any) -> None:
    for width in (360, 768, 1280):
        tab = opened("named", width)
        (table,), text = boxes(tab, ".table-scroll > table"), boxes(tab, ".post-body > p")[0]
        left, right = (text["x"] - table["x"], table["width"] - text["width"])
        assert not overflows(tab)
        if width == 360:
            assert left == 0
        elif width == 768:  # on both sides, as far as there is room
            assert left > 30 and abs(right - 2 * left) < 2
        else:  # at the left are the contents
            assert left == 0 and right > 200
