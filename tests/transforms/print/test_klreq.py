"""What klreq keeps on one line: pairs of words, judged as Pango breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanpan import tree
from hanpan.transforms.print.joiners import JOINER, join_eojeols
from hanpan.transforms.print.klreq import CLOSING, NOT_AT_END, NOT_AT_HEAD, is_indivisible

WORDS = [
    "가나다",
    "서울",
    "12",
    "C++",
    "x",
    "漢字",
    "（",
    "「",
    "가/나",
    "A-B",
    "₩",
    "3.5",
    "네이버!",
]
SIGNS = [*sorted(NOT_AT_HEAD | NOT_AT_END), "/", "-", "…", "→", "(", ")", "가", "1"]
MARKUP = ["<b>{}</b>", "<em>{}</em>", '<a href="#x">{}</a>', "<code>{}</code>", "{}", "{}", "{}"]


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("12", "kg"), ("3.5", "GHz를"), ("1,000", "원"), ("5", "명이"), ("30", "℃"), ("10", "%"),
        ("20", "페이지까지"), ("₩", "12,000"), ("USD", "5"), ("US$", "10"), ("서울", "·"),
        ("그는", "…"), ("값", "~"), ("A", "—"), ("끝났다", "."), ("(", "괄호"), ("“", "말"),
        ("100", "km/h로"), ("8", "GiB,"),
    ],
)  # fmt: skip
def test_pairs_that_stay_together(before: str, word: str) -> None:
    assert is_indivisible(before, word)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("12", "개발자가"), ("가", "kg"), ("2024년", "3월"), ("3", "the"),
        ("12", "gold"), ("가격", "12"), ("원", "12"), ("10", "시작"), ("-", "항목"), ("1", "more"),
    ],
)  # fmt: skip
def test_pairs_that_may_part(before: str, word: str) -> None:
    assert not is_indivisible(before, word)


def breaks(body: str) -> tuple[str, list[int]]:
    """Return the text of a body with its joiners, and where Pango lets a line end in it."""
    from weasyprint.text.line_break import get_log_attrs  # slow to load

    root = tree.parse_xml(body)
    join_eojeols(root)
    text = tree.text_of(root)
    attributes = get_log_attrs(text, "ko")
    return text, [at for at in range(1, len(text)) if attributes[at].is_line_break]


@st.composite
def tokens(draw: st.DrawFn) -> list[str]:
    """Return the pieces of one word, of 38 characters at most."""
    pieces = draw(st.lists(st.sampled_from(WORDS + SIGNS), min_size=1, max_size=9))
    return [piece.replace("<", "").replace("&", "") for piece in pieces]


@settings(max_examples=150)
@given(st.lists(tokens(), min_size=1, max_size=4), st.data())
def test_no_line_ends_in_a_word_but_behind_a_slash_or_hyphen(
    words: list[list[str]], data: st.DataObject
) -> None:
    marked = [
        "".join(data.draw(st.sampled_from(MARKUP)).format(piece) for piece in pieces)
        for pieces in words
    ]
    text, places = breaks(f"<p>한글 {' '.join(marked)}</p>")
    for place in places:
        before = text[:place].rstrip(JOINER)[-1]
        behind = text[place:].replace(JOINER, "").split()[0]
        assert before in " /-", (text, text[:place])
        assert behind[0] not in CLOSING, (text, text[:place])
        assert not NOT_AT_HEAD.issuperset(behind), (text, text[:place])
        if before == " ":
            assert text[:place].rstrip(JOINER + " ")[-1] not in NOT_AT_END, (text, text[:place])


@given(st.lists(tokens(), min_size=1, max_size=4), st.floats(2, 40))
def test_without_the_joiners_the_text_is_the_source_s_and_twice_is_once(
    words: list[list[str]], line: float
) -> None:
    nested = ("<b>".join(pieces) + "</b>" * (len(pieces) - 1) for pieces in words)
    body = f"<p>한글 {' '.join(nested)}</p>"
    root = tree.parse_xml(body)
    join_eojeols(root, line)
    once = tree.inner_xml(root)
    assert once.replace(JOINER, "") == tree.inner_xml(tree.parse_xml(body))
    join_eojeols(root, line)
    assert tree.inner_xml(root) == once


def test_in_a_word_longer_than_a_line_klreq_s_signs_still_cling() -> None:
    text, places = breaks(f"<p>{'가나·다(라)' * 12}</p>")
    assert len(places) > 12
    for place in places:
        assert text[place] not in NOT_AT_HEAD and text[place - 1] not in NOT_AT_END
