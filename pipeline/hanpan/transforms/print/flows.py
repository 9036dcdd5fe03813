"""Flows: the text between two block boundaries, in pieces, across inline elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from hanpan import tree
from hanpan.transforms.maths_svg import MATHS
from hanpan.transforms.print.own_elements import NOTE, REFERENCE
from hanpan.transforms.table_sizes import CUT, LONGEST
from hanpan.tree import Element

# fmt: off
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", REFERENCE,
))
# fmt: on
SKIPPED = frozenset(("pre", "script", "style", "svg", "math", "textarea"))
# a formula's picture or a foreign word in the text: a particle clings to it as to a word
OBJECT = "\ufffc"


@dataclass(slots=True)
class FlowRun:
    """A piece of text in the tree: what an element holds first, or what follows it."""

    element: Element | None
    is_tail: bool
    text: str
    room: float  # em of its line, as far as is known

    @property
    def is_raised(self) -> bool:
        """Tell whether it is a superscript, a subscript, or the mark of a footnote."""
        if self.element is None or self.is_tail:
            return False
        return self.element.tag in ("sup", "sub") or "footnote-ref" in tree.classes(self.element)


def flows(root: Element, line: float) -> Iterator[list[FlowRun]]:
    """Yield each flow of a body whose lines have `line` em; notes are beside the text."""
    runs: list[FlowRun] = []
    rooms = [line]
    outer: list[list[FlowRun]] = []  # of the texts that notes stand in
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if event == "start":
            is_foreign = _is_foreign(element)
            skipped = tag in SKIPPED or is_foreign
            is_picture = tag == "img" and MATHS in tree.classes(element)
            if tag in ("table", NOTE):
                rooms.append(line if tag == NOTE else _column(element, rooms[-1], len(rooms) > 1))
            if is_picture or (is_foreign and tag in INLINE):
                runs.append(FlowRun(None, False, OBJECT, rooms[-1]))
            elif tag == NOTE:
                outer.append(runs)
                runs = []
            elif skipped or tag not in INLINE:
                yield runs
                runs = []
            if skipped:
                walk.skip_subtree()
            elif element.text:
                runs.append(FlowRun(element, False, element.text, rooms[-1]))
        else:
            if tag in ("table", NOTE):
                rooms.pop()
            if tag not in INLINE and not (tag == "img" and MATHS in tree.classes(element)):
                yield runs
                runs = outer.pop() if tag == NOTE else []
            if element.tail and element is not root:
                runs.append(FlowRun(element, True, element.tail, rooms[-1]))
    yield runs


def insert(runs: Sequence[FlowRun], places: Sequence[int], mark: str) -> None:
    """Write a flow back with `mark` before each of the places, which count its letters in order.

    A place between two runs belongs to both.
    """
    start = 0
    for run in runs:
        end = start + len(run.text)
        if run.element is not None:
            _insert(run, [place - start for place in places if start <= place <= end], mark)
        start = end


def _insert(run: FlowRun, places: list[int], mark: str) -> None:
    if not places:
        return
    cuts = [0, *places, len(run.text)]
    run.text = mark.join(run.text[start:end] for start, end in pairwise(cuts))
    assert run.element is not None
    if run.is_tail:
        run.element.tail = run.text
    else:
        run.element.text = run.text


def _column(table: Element, line: float, is_within: bool) -> float:
    """Return how many em a column of a table has at least, in `line` em."""
    room = min(line, LONGEST)
    if not is_within and CUT not in tree.classes(table):
        return room
    columns = max((len(row) for row in table.iter("tr")), default=1)
    return min(room, line / max(columns, 1))


def _is_foreign(element: Element) -> bool:
    """Tell whether text is Chinese or Japanese: there a line may end anywhere (csswg 4285)."""
    return (element.get("lang") or "").lower().startswith(("zh", "ja"))
