"""Where the lines of a paragraph end, chosen for all of them together.

Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981), with
what issue 18 asks of Korean text: blanks have 0.8 to 1.5 of their width, letters move by 1.5 % of
an em at most, and no three lines in a row end with a hyphen or a bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHRINK, STRETCH = 0.2, 0.5  # of a blank's width that it gives away or gains
TRACKING = 0.015  # em between letters, at most
LOOSEST = 2.5  # stretches: no line of a justified paragraph is looser
IN_A_ROW = 2  # lines that may end with a hyphen or a bracket, one below the other
_LINE, _CONTRAST, _MARK = 10.0, 3000.0, 400.0  # demerits: TeX's, but for those of marks
_CLOSE = 1e7  # demerits of a line, where there are to be few: a looser line never has as many
# lines that are looked at, for each place and in all: what takes more is no text that is read
_STEPS, _MOST_STEPS = 16, 100_000


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """A place where a line may end. Sums are from the paragraph's beginning, lengths in px.

    What stands before the blank at the place counts for a line that ends there; what stands before
    and in it counts for the text in front of a line that begins there.
    """

    end: float  # natural width up to the place, without its blank
    start: float  # with it
    blanks: float  # width of the blanks before it
    start_blanks: float  # with its own
    letters: float  # em of the letters before it: what tracking acts on
    start_letters: float
    is_mark: bool = False  # a line that ends here ends with a hyphen or a bracket


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A line: the place where it ends, and its stretch.

    At 1 blanks have gained STRETCH and letters TRACKING, at -1 blanks have lost SHRINK and letters
    TRACKING; beyond 1, blanks alone gain more.
    """

    end: int
    stretch: float

    @property
    def tracking(self) -> float:
        """Return what is added between letters, in em."""
        return TRACKING * max(-1.0, min(1.0, self.stretch))


# (lines in a row that end with a mark, fitness) -> demerits, place and state before, stretch
_State = tuple[int, int]
_Nodes = dict[_State, tuple[float, int, _State, float]]


def choose_lines(
    places: Sequence[Breakpoint],
    first: float,
    width: float,
    *,
    start: int = 0,
    shortest: float = 0.0,
    loosest: float = LOOSEST,
    is_close: bool = False,
) -> list[ChosenLine] | None:
    """Return the lines with the fewest demerits from the place `start` to the last one.

    The first line has `first` px, the others `width`; the last one is not stretched, and has at
    least `shortest` px if it is not the only one. Lines beyond a stretch of 1 are looked for only
    where there are none without. None where a line would have to be stretched beyond `loosest`, or
    to hold a piece that is wider than it. With `is_close` there are as few lines as can be.
    """
    table = [
        (one.end, one.start, one.blanks, one.start_blanks, one.letters, one.start_letters)
        for one in places
    ]
    marks = [one.is_mark for one in places[:-1]] + [False]
    for most in (1.0, loosest):
        lines = _choose(table, marks, (first, width), start, shortest, most, is_close * _CLOSE)
        if lines is not None:
            return lines
    return None


def stretch_of(places: Sequence[Breakpoint], begin: int, end: int, width: float) -> float | None:
    """Return the stretch of a line; None where it cannot be shrunk so far.

    Infinite where nothing in it can be stretched.
    """
    before, behind = places[begin], places[end]
    missing = width - (behind.end - before.start)
    blanks, letters = behind.blanks - before.start_blanks, behind.letters - before.start_letters
    return _stretch(missing, blanks, letters * TRACKING)


def _stretch(missing: float, blanks: float, letters: float) -> float | None:
    """Return the stretch of a line that lacks so many px; `letters` is what tracking can give."""
    if missing < 0:
        room = blanks * SHRINK + letters
        return missing / room if -missing <= room else None
    room = blanks * STRETCH + letters
    if missing <= room:
        return missing / room if room else 0.0
    return 1 + (missing - room) / (blanks * STRETCH) if blanks else float("inf")


def _choose(
    table: Sequence[tuple[float, float, float, float, float, float]],
    marks: Sequence[bool],
    widths: tuple[float, float],
    start: int,
    shortest: float,
    most: float,
    line: float,
) -> list[ChosenLine] | None:
    """Return the lines, none looser than `most`; rows of the table are breakpoints."""
    last = len(table) - 1
    nodes: dict[int, _Nodes] = {start: {(0, 1): (0.0, -1, (0, 1), 0.0)}}
    active = [start]
    oldest = 0  # of `active`: what is before it is too far away
    steps = min(_STEPS * (last - start) + 1000, _MOST_STEPS)
    for end in range(start + 1, last + 1):
        best: _Nodes = {}
        right, _, blanks, _, letters, _ = table[end]
        for at in range(oldest, len(active)):
            begin = active[at]
            _, left, _, before, _, letters_before = table[begin]
            missing = widths[begin != start] - right + left
            stretch = _stretch(missing, blanks - before, (letters - letters_before) * TRACKING)
            if stretch is None:
                oldest += at == oldest  # later places are farther still
                continue
            steps -= 1
            if end == last:
                stretch = min(stretch, 0.0)
                if begin != start and right - left < shortest:
                    continue
            elif stretch > most:
                if begin == start:  # its line may be the longer one
                    continue
                break  # as are the lines that begin later, which are shorter
            _extend(nodes[begin], begin, stretch, marks[end], best, line)
        if steps < 0:
            return None
        if best:
            nodes[end] = best
            active.append(end)
        if oldest == len(active):
            return None
    return list(_trace(nodes, start, last)) if last in nodes else None


def _extend(
    before: _Nodes, begin: int, stretch: float, is_mark: bool, best: _Nodes, line: float
) -> None:
    """Add a line to the best ways to its beginning; `line` is what each costs as such."""
    fitness = fitness_of(stretch)
    demerits = demerits_of(stretch) + line
    for (row, other), (sum_before, *_) in before.items():
        now = row + 1 if is_mark else 0
        if now > IN_A_ROW:
            continue
        total = sum_before + demerits + _MARK * now + _CONTRAST * (abs(fitness - other) > 1)
        state = (now, fitness)
        if state not in best or total < best[state][0]:
            best[state] = total, begin, (row, other), stretch


def _trace(nodes: dict[int, _Nodes], start: int, last: int) -> Iterator[ChosenLine]:
    lines = []
    state = min(nodes[last], key=lambda each: (nodes[last][each][0], each))
    at = last
    while at != start:
        _, begin, before, stretch = nodes[at][state]
        lines.append(ChosenLine(at, stretch))
        at, state = begin, before
    return reversed(lines)


def demerits_of(stretch: float) -> float:
    """Return the demerits of one line, whatever stands around it."""
    return float((_LINE + 100 * abs(stretch) ** 3) ** 2)


def fitness_of(stretch: float) -> int:
    """Return the class of a line: tight, decent, loose, very loose. Neighbours differ by one."""
    return 0 if stretch < -0.5 else 1 if stretch <= 0.5 else 2 if stretch <= 1 else 3
