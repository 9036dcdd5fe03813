"""Title lines: a title broken between eojeols into the fewest lines, and those lines balanced."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hanpan.assets.lettering import clusters

Measure = Callable[[str], float]
# where a name of several words is read as such: snake_case, CamelCase, a/path, www.name.com
_SEAM = re.compile(r"(?<=[a-z0-9_./@-])(?=[A-Z])|(?<=[_/.@-])(?=[a-z0-9가-힣])")


@dataclass(frozen=True, slots=True)
class TitleLines:
    """A title set at `size` (pixels an em). `whole`: nothing was cut off, no word was split."""

    lines: tuple[str, ...]
    size: float
    whole: bool


def break_title(title: str, size: float, width: float, most: int, measure: Measure) -> TitleLines:
    """Break a title into at most `most` lines of `width` pixels.

    Eojeols stay whole (klreq, "Line Breaking Rules": eojeol-based); one wider than a line is split
    at its seams (`snake_case`, `CamelCase`), else between characters, and what is left over is cut
    off with an ellipsis.
    """
    words = title.split()
    pieces: list[tuple[str, bool]] = []  # text, and whether a space comes before it
    whole = True
    for word in words:
        parts = _split(word, width, measure)
        pieces += [(part, at == 0) for at, part in enumerate(parts)]
        whole = whole and len(parts) <= len(_SEAM.split(word))
    fewest = len(_fill(pieces, width, measure))
    if fewest <= most:
        return TitleLines(_balance(pieces, fewest, width, measure), size, whole)
    lines = _fill(pieces, width, measure)[:most]
    last = clusters(lines[-1])
    while last and measure("".join(last) + "…") > width:
        last.pop()
    lines[-1] = "".join(last).rstrip() + "…"
    return TitleLines(tuple(lines), size, False)


def fill_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return a text in lines of at most `width` pixels, each filled as far as it goes."""
    pieces = [
        (part, at == 0)
        for word in text.split()
        for at, part in enumerate(_split(word, width, measure))
    ]
    return _fill(pieces, width, measure)


def _split(word: str, width: float, measure: Measure) -> list[str]:
    """Return a word in pieces that each fit the line: at the seams of a name, else anywhere."""
    if measure(word) <= width:
        return [word]
    parts, part = [], ""
    for piece in _SEAM.split(word):
        if part and measure(part + piece) > width:
            parts.append(part)
            part = ""
        part += piece
    return [cut for one in [*parts, part] for cut in _cut_anywhere(one, width, measure)]


def _cut_anywhere(word: str, width: float, measure: Measure) -> list[str]:
    if measure(word) <= width:
        return [word]
    parts, part = [], ""
    for cluster in clusters(word):
        if part and measure(part + cluster) > width:
            parts.append(part)
            part = ""
        part += cluster
    return [*parts, part]


def _join(pieces: list[tuple[str, bool]]) -> str:
    text = "".join((" " if spaced else "") + part for part, spaced in pieces)
    return text.strip()


def _fill(pieces: list[tuple[str, bool]], width: float, measure: Measure) -> list[str]:
    """Return the lines that come of filling each as far as it goes."""
    lines: list[list[tuple[str, bool]]] = []
    for piece in pieces:
        if lines and measure(_join([*lines[-1], piece])) <= width:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_join(line) for line in lines]


def _balance(
    pieces: list[tuple[str, bool]], count: int, width: float, measure: Measure
) -> tuple[str, ...]:
    """Return the `count` lines whose unused space, squared, is least in sum.

    A line that ends where the title pauses is worth a little unevenness; one that begins with a
    dash costs.
    """
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for used in range(1, count + 1):
        for end in range(1, len(pieces) + 1):
            for start in range(end - 1, -1, -1):
                line = _join(pieces[start:end])
                if end - start > 1 and measure(line) > width:
                    break
                before = best.get((used - 1, start))
                if before is None:
                    continue
                cost = before[0] + _cost(line, width, measure, last=end == len(pieces))
                if (used, end) not in best or cost < best[used, end][0]:
                    best[used, end] = cost, (*before[1], line)
    return best[count, len(pieces)][1]


def _cost(line: str, width: float, measure: Measure, *, last: bool) -> float:
    """Return how bad a line is: 0 where it is full, 1 where it is empty."""
    cost = (1 - measure(line) / width) ** 2
    if line[0] in "-–—|:~·" and len(line) > 1:
        cost += 0.2
    if not last and line[-1] in ":-–—|]),?!":
        cost -= 0.12
    return cost
