"""The law of line breaking: the best lines of all, within the limits, whatever the paragraph."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanpan.editions.pdf.paragraphs import breaks
from hanpan.editions.pdf.paragraphs.breaks import (
    IN_A_ROW,
    LOOSEST,
    SHRINK,
    STRETCH,
    TRACKING,
    Breakpoint,
    ChosenLine,
    choose_lines,
    demerits_of,
    fitness_of,
    stretch_of,
)

EM = 10.0  # px
BLANK = 2.3  # px of a blank, as in Pretendard
SYLLABLE = 8.6


def paragraph(words: Sequence[tuple[int, bool]]) -> list[Breakpoint]:
    """Return the places of words of so many syllables; some end with a bracket."""
    widths = list(accumulate((length * SYLLABLE + BLANK for length, _ in words), initial=0.0))
    letters = list(accumulate(((length + 1) * EM for length, _ in words), initial=0.0))
    places = [Breakpoint(0, 0, 0, 0, 0, 0)]
    for at, (_, is_mark) in enumerate(words, 1):
        is_end = at == len(words)
        places.append(
            Breakpoint(
                end=widths[at] - BLANK,
                start=widths[at],
                blanks=(at - 1) * BLANK,
                start_blanks=at * BLANK,
                letters=letters[at] - EM,
                start_letters=letters[at],
                is_mark=is_mark and not is_end,
            )
        )
    return places


MIXED = paragraph([(length, False) for length in (3, 1, 4, 2, 5, 1, 3, 4, 2, 6, 3, 1, 4, 3, 2, 4)])


def every_way(places: Sequence[Breakpoint], width: float) -> Iterator[list[ChosenLine]]:
    """Yield every way to set a paragraph in lines of one width that can be shrunk to fit."""
    last = len(places) - 1
    for count in range(last):
        for inner in combinations(range(1, last), count):
            lines = []
            for begin, end in pairwise((0, *inner, last)):
                stretch = stretch_of(places, begin, end, width)
                if stretch is None:
                    break
                lines.append(ChosenLine(end, min(stretch, 0.0) if end == last else stretch))
            else:
                yield lines


def is_allowed(
    places: Sequence[Breakpoint], lines: Sequence[ChosenLine], most: float, short: float
) -> bool:
    rows = [places[line.end].is_mark for line in lines]
    last = places[-1].end - places[lines[-2].end].start if len(lines) > 1 else short
    return (
        all(line.stretch <= most for line in lines)
        and not any(all(rows[at : at + IN_A_ROW + 1]) for at in range(len(rows) - IN_A_ROW))
        and last >= short
    )


def cost(places: Sequence[Breakpoint], lines: Sequence[ChosenLine]) -> float:
    total, row, before = 0.0, 0, 1
    for line in lines:
        row = row + 1 if places[line.end].is_mark else 0
        fitness = fitness_of(line.stretch)
        total += demerits_of(line.stretch) + 400 * row + 3000 * (abs(fitness - before) > 1)
        before = fitness
    return total


words = st.lists(st.tuples(st.integers(1, 7), st.booleans()), min_size=1, max_size=9)
measures = st.floats(60, 260)


@settings(max_examples=40)
@given(words, measures, st.sampled_from([0.0, 17.0, 40.0]))
def test_lines_are_the_best_of_all(
    given_words: list[tuple[int, bool]], width: float, short: float
) -> None:
    places = paragraph(given_words)
    chosen = choose_lines(places, width, width, shortest=short)
    ways = list(every_way(places, width))
    for most in (1.0, LOOSEST):
        allowed = [lines for lines in ways if is_allowed(places, lines, most, short)]
        if allowed:
            assert chosen is not None
            assert is_allowed(places, chosen, most, short)
            best = min(cost(places, lines) for lines in allowed)
            assert cost(places, chosen) <= best * (1 + 1e-9)
            return
    assert chosen is None


@settings(max_examples=40)
@given(words, measures)
def test_lines_keep_to_the_limits_and_lose_nothing(
    given_words: list[tuple[int, bool]], width: float
) -> None:
    places = paragraph(given_words)
    chosen = choose_lines(places, width, width)
    if chosen is None:
        return
    ends = [0, *(line.end for line in chosen)]
    assert ends == sorted(set(ends)) and ends[-1] == len(places) - 1
    for (begin, end), line in zip(pairwise(ends), chosen, strict=True):
        natural = places[end].end - places[begin].start
        letters = (places[end].letters - places[begin].start_letters) * line.tracking / EM * EM
        blanks = places[end].blanks - places[begin].start_blanks
        wanted = width if end != len(places) - 1 else min(width, natural)
        gained = wanted - natural - letters
        assert abs(line.tracking) <= TRACKING + 1e-12
        assert gained >= -SHRINK * blanks - 1e-6
        assert gained <= STRETCH * max(1.0, line.stretch) * blanks + 1e-6


def test_a_blank_has_from_eight_tenths_to_one_and_a_half_of_its_width() -> None:
    places = paragraph([(4, False)] * 3)
    natural = places[-1].end
    room = 2 * BLANK * 0.5 + 14 * EM * 0.015
    assert stretch_of(places, 0, 3, natural) == 0
    assert abs((stretch_of(places, 0, 3, natural + room) or 0) - 1) < 1e-9
    less = 2 * BLANK * 0.2 + 14 * EM * 0.015
    assert abs((stretch_of(places, 0, 3, natural - less + 1e-9) or 0) + 1) < 1e-6
    assert stretch_of(places, 0, 3, natural - less - 0.01) is None


def test_the_first_line_can_be_shorter() -> None:
    indented, flush = (choose_lines(MIXED, first, 200, loosest=9) for first in (190, 200))
    assert indented is not None and flush is not None and len(flush) > 2
    assert stretch_of(MIXED, 0, indented[0].end, 190) == indented[0].stretch
    assert stretch_of(MIXED, 0, flush[0].end, 200) == flush[0].stretch


def test_it_goes_on_from_a_place() -> None:
    whole = choose_lines(MIXED, 200, 200, loosest=9)
    assert whole is not None and len(whole) > 2
    rest = choose_lines(MIXED, 200, 200, start=whole[0].end, loosest=9)
    assert rest == whole[1:]


def test_what_stretches_too_far_has_no_lines() -> None:
    assert choose_lines(paragraph([(5, False), (12, False), (5, False)]), 120, 120) is None
    assert choose_lines(paragraph([(30, False)]), 120, 120) is None  # wider than the line


def test_three_lines_in_a_row_do_not_end_with_brackets() -> None:
    chance = random.Random(1)
    words = [(chance.randint(2, 4), chance.random() < 0.6) for _ in range(60)]
    places = paragraph(words)
    chosen = choose_lines(places, 150, 150, loosest=9)
    assert chosen is not None
    rows = "".join("x" if places[line.end].is_mark else "." for line in chosen)
    assert "x" in rows and "xxx" not in rows


def test_a_long_paragraph_is_set_and_a_hostile_one_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0

    def counted(*numbers: float) -> float | None:
        nonlocal looked
        looked += 1
        return stretch(*numbers)

    stretch = breaks._stretch
    monkeypatch.setattr(breaks, "_stretch", counted)
    chance = random.Random(2)
    steps = []
    for count in (1000, 2000):
        looked = 0
        places = paragraph([(chance.randint(1, 6), False) for _ in range(count)])
        assert choose_lines(places, 380, 380, loosest=9) is not None
        steps.append(looked)
    assert steps[1] < 2.5 * steps[0]
    looked = 0
    assert choose_lines(paragraph([(1, False)] * 40_000), 8000, 8000) is None
    assert looked < 300_000
