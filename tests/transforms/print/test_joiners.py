"""Eojeols that no line end splits: where joiners go, and where none may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan import tree
from hanpan.transforms.print.joiners import JOINER, join_eojeols

EMOJI = ["👩\u200d💻", "👍🏽", "🇰🇷", "1\ufe0f\u20e3", "🏴\U000e0067\U000e007f"]


def joined(body: str) -> str:
    """Return the body with its joiners as `_`, so that a reader sees them."""
    root = tree.parse_xml(body)
    join_eojeols(root)
    return tree.inner_xml(root).replace(JOINER, "_")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>한국 사람</p>", "<p>한_국 사_람</p>"),
        ("<p>서울(한국)에서</p>", "<p>서_울_(한_국)_에_서</p>"),
        ("<p>물결~기호·점</p>", "<p>물_결_~_기_호_·_점</p>"),
        # Latin words are whole as they are; what clings to them is not
        ("<p>Python으로 C++로</p>", "<p>Python_으_로 C_+_+_로</p>"),
        # across inline elements, on both sides of the border
        ("<p><b>굵</b>게</p>", "<p><b>굵_</b>_게</p>"),
        ("<p><code>pip</code>을</p>", "<p><code>pip_</code>_을</p>"),
        ("<p>각주<sup><a>1</a></sup>는</p>", "<p>각_주_<sup><a>_1_</a></sup>_는</p>"),
        # a mark never begins a line, not even behind a blank
        (
            '<p>글 <sup>1</sup> <a class="footnote-ref">2</a> 뒤에 온 글이다</p>',
            '<p>글 _<sup>_1</sup> _<a class="footnote-ref">_2</a> 뒤_에 온 글_이_다</p>',
        ),
        # a line may end behind a slash or a hyphen, but not right behind the first letter
        ("<p>그리고/또는</p>", "<p>그_리_고/또_는</p>"),
        ("<p>한국-미국</p>", "<p>한_국_-미_국</p>"),
        ("<p>-하다</p>", "<p>-_하_다</p>"),
        # addresses as well, for they hold Hangul
        ("<p>https://예시.한국/길로</p>", "<p>https://_예_시._한_국/길_로</p>"),
        # left alone
        ("<pre>한국 사람</pre>", "<pre>한국 사람</pre>"),
        ("<p>no Hangul here</p>", "<p>no Hangul here</p>"),
        ('<p lang="ja">한국</p>', '<p lang="ja">한국</p>'),
        (f"<p>{'가' * 41}</p>", f"<p>{'가' * 41}</p>"),
        # blocks part words, and so does a line break
        ("<ul><li>가</li><li>나</li></ul>", "<ul><li>가</li><li>나</li></ul>"),
        ("<p>가<br/>나</p>", "<p>가<br/>나</p>"),
        # old Hangul is composed of letters that must touch
        ("<p>\u1112\u119e\u11ab글</p>", "<p>\u1112\u119e\u11ab_글</p>"),
        ("<p>\ub4c0\u11f0글</p>", "<p>\ub4c0\u11f0_글</p>"),
        # a particle clings to a formula
        ('<p>식 <img class="maths"/>는</p>', '<p>식 <img class="maths"/>_는</p>'),
        # no widows: a short last eojeol stays with the one before it
        ("<p>이 글은 조금 길 것</p>", "<p>이 글_은 조_금 길 _것</p>"),
        ("<p>이 글은 참 길다 😂</p>", "<p>이 글_은 참 길_다 _😂</p>"),
        # ... but not in a title of three eojeols, nor where both together are wider than a line
        ("<p>길고 긴 것</p>", "<p>길_고 긴 것</p>"),
        (f"<p>이 긴 {'a' * 61} 것</p>", f"<p>이 긴 {'a' * 61} 것</p>"),
        # no column of a table is as wide as a line
        (
            f"<table><tr><td>{'가' * 18}</td><td>{'나' * 19}</td></tr></table>",
            f"<table><tr><td>{'_'.join('가' * 18)}</td><td>{'나' * 19}</td></tr></table>",
        ),
    ],
)
def test_where_joiners_go(body: str, wanted: str) -> None:
    assert joined(body) == wanted


@given(st.lists(st.sampled_from(["가나", "<b>라</b>", " ", "/", "x", "<code>마</code>", "."])))
def test_text_is_kept_and_a_second_pass_does_nothing(pieces: list[str]) -> None:
    body = f"<p>{''.join(pieces)}</p>"
    root = tree.parse_xml(body)
    join_eojeols(root)
    once = tree.inner_xml(root)
    assert once.replace(JOINER, "") == tree.inner_xml(tree.parse_xml(body))
    join_eojeols(root)
    assert tree.inner_xml(root) == once


@pytest.mark.parametrize("emoji", EMOJI)
def test_no_joiner_cuts_an_emoji(emoji: str) -> None:
    root = tree.parse_xml(f"<p>이어 만든 {emoji}도 있다</p>")
    join_eojeols(root)
    assert emoji in tree.text_of(root)


def test_deep_nesting_is_no_trouble() -> None:
    body = "<p>가</p>"
    for _ in range(200):
        body = f"<div>{body}나</div>"
    assert joined(body).count("_") == 0


def test_a_line_of_code_that_is_too_wide_parts_at_blanks() -> None:
    """Its words stay whole, as in prose; other code has no joiner (issue 14)."""
    root = tree.parse_xml(
        '<pre><code><span class="turned">x = 1 '
        '<span class="c1"># 긴 설명이며 끝,</span>나다\n</span>'
        "<span>짧은 줄</span></code></pre>"
    )
    for _ in range(2):
        join_eojeols(root)
        words = ["".join(map(str, root.itertext())).replace(JOINER, "|")]
        assert words == ["x = 1 # 긴 설|명|이|며 끝,나|다\n짧은 줄"]


def test_a_foreign_word_breaks_within_and_its_particle_clings_to_it() -> None:
    root = tree.parse_xml('<p>한국어 <span lang="ja">東京タワー</span>는 높다 그리고 끝이다</p>')
    join_eojeols(root)
    (span,) = root.iter("span")
    assert span.text == "東京タワー"
    assert (span.tail or "").startswith(f"{JOINER}는 ")


def test_letters_that_change_with_their_neighbours_are_not_parted() -> None:
    text = "한국어 السلام नमस्ते สวัสดี שלום 끝이다 정말로"
    root = tree.parse_xml(f"<p>{text}</p>")
    join_eojeols(root)
    assert all(word in (root[0].text or "") for word in text.split()[1:5])
