"""Footnotes at the foot of the page: each note moves behind its first mark."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.print.notes_at_foot import notes_at_foot
from hanpan.tree import Element

BACK = '<a class="footnote-back" href="#fnref-1">↩</a>'


def mark(number: int) -> str:
    return f'<sup><a class="footnote-ref" href="#fn-{number}">{number}</a></sup>'


def moved(body: str, *notes: str, behind: str = "", lines: float = 20.0) -> Element:
    """Return a body whose notes have moved; a line of notes holds 40 syllables."""
    items = "".join(f'<li id="fn-{n}">{note}</li>' for n, note in enumerate(notes, 1))
    root = tree.parse_xml(f'{body}<section class="footnotes"><ol>{items}</ol></section>{behind}')
    notes_at_foot(root, 40.0, lines)
    return root


def at_the_foot(root: Element) -> list[str | None]:
    return [note.get("id") for note in root.iter("pdf-note") if note.get("class") == "foot"]


def test_a_note_stands_behind_its_first_mark_with_its_number_first() -> None:
    root = moved(f"<p>글{mark(1)}과 {mark(1)} 끝</p>", f"<p>각주 {BACK}</p>")
    assert tree.inner_xml(root) == (
        "<p>글<sup><pdf-reference>"
        '<a class="footnote-ref" href="#fn-1">1</a></pdf-reference></sup>'
        '<pdf-note id="fn-1" class="foot"><p><pdf-label>1</pdf-label>각주 '
        '<a class="footnote-back" href="#fnref-1">↩</a></p></pdf-note>과 '
        '<sup><pdf-reference><a class="footnote-ref" href="#fn-1">1</a></pdf-reference></sup>'
        " 끝</p>"
    )


def test_notes_of_one_place_keep_their_order() -> None:
    root = moved(f"<p><b>글{mark(1)}{mark(2)}</b> 끝</p>", "<p>하나</p>", "<p>둘</p>")
    assert at_the_foot(root) == ["fn-1", "fn-2"]
    assert [child.tag for child in root[0]] == ["b", "pdf-note", "pdf-note"]


def test_a_note_without_a_mark_and_one_that_only_a_note_at_the_end_refers_to_stay() -> None:
    root = moved(f"<p>글{mark(2)}</p>", "<p>하나</p>", f"<p>둘{mark(1)}</p>", "<p>셋</p>")
    assert at_the_foot(root) == ["fn-2"]
    assert [note.get("id") for note in root[-1]] == ["fn-1", "fn-3"]
    assert root.find("section/ol") is None


@pytest.mark.parametrize(
    ("note", "stays"),
    [
        ("<p>" + "가" * 670 + "</p>", False),  # 17 lines, and 3 for the paragraph and its number
        ("<p>" + "가" * 690 + "</p>", True),
        ("<p>글</p>" * 12, False),
        ("<p>글</p>" * 13, True),
        ("<pre>" + "x\n" * 19 + "</pre>", True),
        ('<p><img src="x" alt=""/></p>', True),
        ('<p><img class="maths" src="x" alt=""/></p>', False),
        ('<p><img class="maths maths-block" src="x" alt=""/></p>' * 4, True),
        ("<p><svg/></p>", True),
    ],
)
def test_what_is_too_high_and_what_holds_pictures_stays_at_the_end(note: str, stays: bool) -> None:
    root = moved(f"<p>글{mark(1)}</p>", note)
    assert (at_the_foot(root) == []) == stays
    assert (root.find("section") is not None) == stays


@pytest.mark.parametrize(
    ("body", "behind", "stays"),
    [
        ("<h2>각주</h2>", "", True),
        ("<h2>각주</h2>", "<h2>뒤</h2>", True),
        ("<h2>각주</h2>", "<h3>뒤</h3>", False),  # it stands over more than notes
        ("<h2>꼭지</h2>", "<p>뒤</p>", False),
        ("<p>앞</p>", "", False),
    ],
)
def test_notes_stay_under_a_heading_that_is_theirs_alone(
    body: str, behind: str, stays: bool
) -> None:
    root = moved(f"<p>글{mark(1)}</p>{body}", "<p>하나</p>", behind=behind)
    assert (at_the_foot(root) == []) == stays


def test_the_way_back_joins_the_last_words_and_white_space_is_one_blank() -> None:
    root = moved(f"<p>글{mark(1)}</p>", f"\n<p>가\n  나</p>\n<ul><li>다</li></ul>\n<p>{BACK}</p>\n")
    (note,) = root.iter("pdf-note")
    assert [child.tag for child in note] == ["p", "ul"]
    assert tree.text_of(note) == "1가 나↩다"


def test_words_between_the_blocks_of_a_note_become_paragraphs() -> None:
    root = moved(f"<p>글{mark(1)}</p>", "앞 <b>굵게</b><ul><li>하나</li></ul>뒤")
    (note,) = root.iter("pdf-note")
    assert [(child.tag, tree.text_of(child)) for child in note] == [
        ("p", "1앞 굵게"),
        ("ul", "하나"),
        ("p", "뒤"),
    ]


def test_a_note_that_begins_with_a_list_has_its_number_alone() -> None:
    root = moved(f"<p>글{mark(1)}</p>", "<ul><li>하나</li></ul>")
    (note,) = root.iter("pdf-note")
    assert (note[0].tag, note[0].get("class"), note[0].text) == ("pdf-label", "alone", "1")
