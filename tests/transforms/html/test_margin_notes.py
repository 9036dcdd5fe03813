"""Notes beside the text: those that are short, plain and few, each with the name of its mark."""

from __future__ import annotations

import re

import pytest

from hanpan.transforms.html.margin_notes import LONGEST, has_notes_beside, put_notes_beside
from hanpan.tree import Element, parse_xml

SHORT = "짧은 주."


def noted(notes: list[str], *, text: str = "본문이다. " * 40, before: str = "") -> Element:
    """Return a body whose text has a mark for each note."""
    marks = "".join(
        f'<sup class="footnote-mark"><a class="footnote-ref" href="#fn-{n}" id="fnref-{n}">{n}</a>'
        "</sup>"
        for n in range(1, len(notes) + 1)
    )
    items = "".join(
        f'<li id="fn-{n}"><p>{note} <a class="footnote-back" href="#fnref-{n}">↩</a></p></li>'
        for n, note in enumerate(notes, 1)
    )
    section = f'<section class="footnotes"><ol>{items}</ol></section>'
    return parse_xml(f"{before}<p>{text}{marks}</p>{section}")


def test_each_note_has_the_name_of_its_mark_and_of_the_note_before_it() -> None:
    root = noted([SHORT, SHORT])
    put_notes_beside(root)
    assert has_notes_beside(root)
    marks = [re.findall(r"--mark-name:(\S+)", a.get("style") or "") for a in root.iter("a")]
    assert [name for names in marks for name in names] == ["--mark-1", "--mark-2"]
    assert [item.get("style") for item in root.iter("li")] == [
        "--mark-of-note:--mark-1;--note-name:--note-1;--note-before:--note-0",
        "--mark-of-note:--mark-2;--note-name:--note-2;--note-before:--note-1",
    ]


@pytest.mark.parametrize(
    "notes",
    [
        [SHORT, "긴" * (LONGEST + 1)],
        [SHORT, "<code>x</code></p><pre><code>x</code></pre><p>"],
        [SHORT, '<img src="asset:x" alt=""/>'],
        [SHORT, '<math display="block"><mi>x</mi></math>'],
        ["보통 주다. " * 20] * 3,
    ],
    ids=["long", "code", "picture", "formula", "more than the text has room for"],
)
def test_notes_that_need_room_stay_at_the_end(notes: list[str]) -> None:
    root = noted(notes)
    put_notes_beside(root)
    assert not has_notes_beside(root)
    assert "--note-name" not in "".join(item.get("style") or "" for item in root.iter("li"))


def test_the_margin_is_for_what_its_author_calls_wide() -> None:
    root = noted([SHORT], before='<figure class="wide"><img src="asset:x" alt=""/></figure>')
    put_notes_beside(root)
    assert not has_notes_beside(root)


def test_a_second_mark_of_a_note_has_no_name() -> None:
    root = noted([SHORT])
    paragraph = root.find("p")
    assert paragraph is not None
    again = parse_xml('<a class="footnote-ref" href="#fn-1" id="fnref-1-2">1</a>')
    paragraph.extend(list(again))
    put_notes_beside(root)
    names = [a.get("style") for a in root.iter("a") if a.get("class") == "footnote-ref"]
    assert names == ["--mark-name:--mark-1", None]
