"""Pseudo-elements that an element cannot have cost nothing, and all others are on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from hanpan.editions.pdf.libraries import load_weasyprint

PAGE = """<style>
.before::before { content: ""; display: list-item }
.after::after { content: ""; display: list-item }
.item { display: list-item; list-style: square inside }
.foot { float: footnote }
.end { position: note(notes) }
</style><body><p class="before">하나</p><p class="after">둘</p><div class="item">셋</div>
<ol><li>넷</ol><p>다섯<span class="foot">아래</span> 여섯</p>"""


def texts(box: Any) -> Iterator[str]:
    """Yield the texts of a page's boxes."""
    if hasattr(box, "text"):
        yield box.text
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from texts(child)


@pytest.fixture(scope="module", autouse=True)
def weasyprint() -> None:
    load_weasyprint()


def test_an_element_has_styles_of_what_it_can_have_alone() -> None:
    from weasyprint import HTML
    from weasyprint.css import get_all_computed_styles

    html = HTML(string=PAGE)
    styles = get_all_computed_styles(html).get_computed_styles()
    counted = Counter(pseudo_type for _, pseudo_type in styles)
    assert counted["footnote-call"] == counted["footnote-marker"] == 1
    assert counted["note-call"] == counted["note-marker"] == 0
    assert counted["marker"] == 4  # two items, and what stands before and behind two paragraphs
    assert counted[None] == len(list(html.etree_element.iter()))


def test_markers_and_notes_are_on_paper() -> None:
    from weasyprint import HTML

    page = HTML(string=PAGE).render().pages[0]._page_box
    shown = " ".join(" ".join(texts(page)).split())
    for words in ("• 하나", "둘 •", "▪ 셋", "1. 넷", "다섯 1 여섯", "1. 아래"):
        assert words in shown, shown


def test_notes_at_the_end_have_their_calls() -> None:
    from weasyprint import HTML
    from weasyprint.css import get_all_computed_styles

    html = HTML(string=PAGE.replace("</p>", '<span class="end">끝</span></p>', 1))
    styles = get_all_computed_styles(html).get_computed_styles()
    counted = Counter(pseudo_type for _, pseudo_type in styles)
    assert [counted[kind] for kind in ("note-call", "note-marker", "note-callback")] == [1, 1, 1]
