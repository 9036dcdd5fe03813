"""Losses among letters: nothing that is there is missed, and what is not there is found."""

from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from hanpan.conservation.letters import letters
from hanpan.conservation.losses import Passage, find_losses
from tests.support.limits.growth import LINEAR, growth

WORDS = st.lists(st.text("가나다라마바사아자차abcdefgh", min_size=2, max_size=7), min_size=1)
POSTS = st.lists(WORDS, min_size=1, max_size=12)


def pieces_of(post: list[list[str]]) -> list[Passage]:
    return [Passage(line, " ".join(words)) for line, words in enumerate(post, 1)]


@given(POSTS)
def test_nothing_is_missed_that_is_there_in_its_order(post: list[list[str]]) -> None:
    shown = letters("".join(word for words in post for word in words))
    assert find_losses(pieces_of(post), shown) == []


@given(POSTS, st.randoms(use_true_random=False))
def test_what_was_moved_whole_is_there(post: list[list[str]], chance: random.Random) -> None:
    numbered = [[f"줄{number:04}", *words] for number, words in enumerate(post)]
    moved = chance.sample(numbered, len(numbered))
    shown = letters("".join(word for words in moved for word in words))
    assert find_losses(pieces_of(numbered), shown) == []


def test_words_that_are_missing_apart_are_found_missing() -> None:
    """Another passage has taken the letters of the first one's last word."""
    passages = pieces_of([["잃어버린낱말", "aba", "aaaaa", "aa"], ["aba", "aaaaa"]])
    (loss,) = find_losses(passages, "abaaaaaaaaabaaaaaa")
    assert loss.place == 1 and "잃어버린낱말" in loss.words


@given(POSTS, st.data())
def test_a_word_that_is_nowhere_else_is_found_missing(
    post: list[list[str]], data: st.DataObject
) -> None:
    line = data.draw(st.integers(0, len(post) - 1))
    at = data.draw(st.integers(0, len(post[line])))
    assume(sum(map(len, post)) < 40)
    whole = [*post[:line], [*post[line][:at], "잃어버린낱말", *post[line][at:]], *post[line + 1 :]]
    shown = letters("".join(word for words in post for word in words))
    losses = find_losses(pieces_of(whole), shown)
    assert any(loss.place == line + 1 and "잃어버린낱말" in loss.words for loss in losses)


def test_one_of_two_places_with_the_same_words_is_found_empty() -> None:
    heading, text = Passage(1, "설치하는 방법"), Passage(3, "설치하는 방법을 모두 적는다")
    both = letters(heading.text + text.text)
    assert find_losses([heading, text], both) == []
    assert find_losses([heading, text], letters(text.text)) == [(1, "설치하는 방법")]
    assert find_losses([heading, heading], letters(heading.text)) == [(1, "설치하는 방법")]


def test_forms_of_letters_and_case_are_the_same() -> None:
    assert find_losses([Passage(1, "Ⅳ장, ﬁne; ＡＢＣ — “말”")], letters("iv장 FINE abc 말")) == []


def test_it_takes_linear_time_whatever_is_lost() -> None:
    def work(length: int) -> object:
        pieces = [Passage(line, f"낱말 {line} 번째 줄의 글") for line in range(length)]
        shown = letters("".join(piece.text for piece in pieces[::-1]))
        return find_losses(pieces, shown), find_losses(pieces, letters("가" * 20 * length))

    assert growth(work, 1_500) < LINEAR
