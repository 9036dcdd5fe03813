"""The contents list of a post's PDF: whether there is one, what it lists, and in which form."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from hanpan.document import Document, Heading
from hanpan.site import Pdf
from hanpan.transforms.levels import without_gaps
from hanpan.transforms.table_sizes import em_width

DEPTH = 3  # levels h2 and h3
CHAPTERS = 3  # second-level headings from which on there is a contents list
PAGES = 4  # from which on there is one, unless its author asks for it (laid_out/economy)
OPTIONAL = "optional"  # class of a list that its author did not ask for
COLUMNS = 12  # entries from which on it is in two columns
_LARGEST = 0.5  # of a page
# as print.css has it: em of the body, lines of the body
_SIZE, _LINE = 0.92, 0.92
_DENSE_SIZE, _DENSE_LINE = 0.8, 0.68
_NUMBER = 3.0  # em of a page number and the blank before it
_GAP = 2.2  # em between columns
_INSET = 1.5  # em by which the third level is set in
_AROUND = 4.5  # lines: the title, the rule, and what is empty around them


@dataclass(frozen=True, slots=True)
class Contents:
    """A contents list: its headings at the levels that the page has, and how it is set."""

    headings: tuple[Heading, ...]
    is_wanted: bool  # by its author, also where the post is short
    is_dense: bool = False

    @property
    def looks(self) -> str:
        """Return its classes in the stylesheet."""
        return " ".join(
            ["contents"]
            + [OPTIONAL] * (not self.is_wanted)
            + ["columns"] * (len(self.headings) >= COLUMNS)
            + ["dense"] * self.is_dense
        )


def contents_of(document: Document, settings: Pdf, measure: float, lines: float) -> Contents | None:
    """Return the contents list of a document; None where none is wanted.

    A page has `lines` lines of `measure` em. A list that would take more than half of it has its
    chapters alone, and then smaller type.
    """
    levels = without_gaps(heading.level for heading in document.headings)
    wanted = settings.toc
    if wanted is False or (wanted is None and sum(level == 2 for level in levels) < CHAPTERS):
        return None
    headings = [
        Heading(level, heading.id, heading.text)
        for heading, level in zip(document.headings, levels, strict=True)
        if level <= DEPTH
    ]
    if not headings:
        return None
    chapters = [heading for heading in headings if heading.level == headings[0].level]
    for chosen, is_dense in ((headings, False), (chapters, False), (headings, True)):
        if _lines(chosen, measure, is_dense=is_dense) <= lines * _LARGEST:
            break
    else:
        chosen, is_dense = chapters, True
    return Contents(tuple(chosen), is_wanted=bool(wanted), is_dense=is_dense)


def _lines(headings: Iterable[Heading], measure: float, *, is_dense: bool) -> float:
    """Return about how many lines of the body a list takes."""
    listed = list(headings)
    size, line = (_DENSE_SIZE, _DENSE_LINE) if is_dense else (_SIZE, _LINE)
    columns = 2 if len(listed) >= COLUMNS else 1
    room = (measure - _GAP * (columns - 1)) / columns / size - _NUMBER
    rows = sum(
        math.ceil(em_width(heading.text) / (room - _INSET * (heading.level > 2)))
        for heading in listed
    )
    return math.ceil(rows / columns) * line + _AROUND
