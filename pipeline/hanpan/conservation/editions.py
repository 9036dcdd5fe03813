"""What editions do not show of a document, as problems of the author's elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hanpan import tree
from hanpan.conservation.compare import Missing, find_missing
from hanpan.conservation.inventory import Inventory
from hanpan.conservation.shown import Shown
from hanpan.document import Document
from hanpan.problems import PlacedProblem, Problem
from hanpan.transforms.element_numbers import number_elements, number_of

_BESIDE = 3  # elements between losses that are one
_LONGEST = 80  # characters of words in a message
_LOOK = (
    "Look at that place. hanpan should have kept it: please report the post, or the few lines "
    "around it, as a bug."
)
_REPORT = "This is a bug in hanpan: please report it."
# what stands for something while hanpan works, and is no text: joiners and places that are filled
# in; names of its own attributes and addresses
_MARKS = (
    re.compile("[\x01-\x08\u2060\ue000-\ue00f\ufdd0-\ufdef]"),
    re.compile("data-tight|asset:[0-9a-f]{16}|<!--(?:body|fonts)-->"),
)


class Fault(NamedTuple):
    """A difference between a document and an edition, in words; `place` is in the inventory."""

    place: int | None
    words: str


def find_faults(inventory: Inventory, shown: Shown) -> tuple[Fault, ...]:
    """Return what an edition does not show of a document's inventory, and marks of ours in it."""
    faults = [_fault(place) for place in _by_place(find_missing(inventory, shown))]
    for mark in _marks_added(inventory, shown):
        name = mark if len(mark) > 1 else f"U+{ord(mark):04X}"
        faults.append(Fault(None, f"a mark of hanpan's own stands in the text: {name}"))
    return tuple(faults)


def _marks_added(inventory: Inventory, shown: Shown) -> Iterator[str]:
    """Yield the marks that are shown more often than the author wrote them."""
    marks = Counter(mark for kind in _MARKS for mark in kind.findall(shown.text))
    if marks:
        written = "\n".join(one.text for one in inventory.passages)
        yield from (mark for mark, count in marks.items() if count > written.count(mark))


def report_faults(
    document: Document, faults: Mapping[str, Iterable[Fault]]
) -> tuple[PlacedProblem, ...]:
    """Return the faults of some editions, by their labels, as problems: each fault once."""
    labels: dict[Fault, list[str]] = {}
    for label, ones in faults.items():
        for fault in ones:
            labels.setdefault(fault, []).append(label)
    numbers = _element_numbers(document, [fault.place for fault in labels])
    problems = []
    for (place, words), names in labels.items():
        message = f"{', '.join(names)}: {words}"
        if place is None:
            problem = Problem("internal-mark", "error", message, document.source, None, _REPORT)
        else:
            problem = Problem("text-lost", "warning", message, document.source, None, _LOOK)
        problems.append(PlacedProblem(problem, numbers.get(place)))
    return tuple(problems)


def _fault(missing: Sequence[Missing]) -> Fault:
    """Return what is missing at one place as a fault."""
    parts = ", ".join(one.parts for one in missing if one.parts)
    words = " ".join(one.words for one in missing if one.words)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    sentences = []
    if parts:
        sentences.append(f"only {parts} are in it")
    if words:
        sentences.append(f"these words are not in it: {words}")
    return Fault(missing[0].place, "; ".join(sentences))


def _by_place(missing: Iterable[Missing]) -> list[list[Missing]]:
    """Return what is missing, what stands together as one."""
    places: list[list[Missing]] = []
    for one in sorted(missing, key=lambda one: one.place):
        if places and one.place - places[-1][-1].place <= _BESIDE:
            places[-1].append(one)
        else:
            places.append([one])
    return places


def _element_numbers(
    document: Document, places: Iterable[int | None]
) -> dict[int | None, int | None]:
    """Return the numbers by which reports know the elements at some places."""
    wanted = {place for place in places if place is not None}
    if not wanted:
        return {}
    root = tree.parse_xml(document.body)
    number_elements(root)
    return {
        place: number_of(element) for place, element in enumerate(root.iter()) if place in wanted
    }
