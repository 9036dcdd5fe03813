"""Agreement: which of a post's steps have results that hold together, one made of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from hanpan.editions import FOLLOWS
from hanpan.runner.steps import READ, EditionInput
from hanpan.runner.trace import Trace

# whether a step's trace holds with these values of what is no file or setting
Holds = Callable[[str, Trace, Mapping[str, str]], bool]


def steps_that_hold(
    traces: Mapping[str, Trace],
    slug: str,
    editions: Iterable[str],
    holds: Holds,
    inputs: EditionInput | None = None,
) -> set[str]:
    """Return the steps whose results hold: the reading, then editions of what that has left.

    An edition that follows another is one with what that has left, if it holds as well. With
    `inputs`, nothing is read.
    """
    held = set()
    if inputs is None:
        reading = traces.get(READ)
        if reading is None or not holds(READ, reading, {"slug:": slug}):
            return set()
        inputs = EditionInput(reading.output, lines=reading.lines)
        held = {READ}
    for edition in sorted(editions, key=lambda name: name in FOLLOWS):
        before = FOLLOWS.get(edition, "")
        left = traces[before].output if before in held else ""
        trace = traces.get(edition)
        if trace and holds(edition, trace, replace(inputs, left=left).values()):
            held.add(edition)
    return held
