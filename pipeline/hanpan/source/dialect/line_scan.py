"""LineScan: one line on its way through the rules of inline Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class LineScan:
    """A line, how far it is read, and what is written of it."""

    text: str
    in_table: bool
    is_literal: bool = False  # what looks like emphasis is none
    below_label: bool = False  # the line above is `[label]:`, whose address this line has
    ticks_below: frozenset[int] = frozenset()  # lengths of backticks in the paragraph's next lines
    open_ticks: int = 0  # of a code span that goes on in the next line
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    in_anchor: bool = False
    is_in_formula: bool = False  # one that ends in a line below
    is_reference: bool = False
    reversed_links: list[str] = field(default_factory=list)
    link_end: int = -1  # up to here it is the text of a link
    ticks: dict[int, list[int]] = field(default_factory=dict)
    never_closed: set[str] = field(default_factory=set)  # closing marks known not to come any more

    def step(self, end: int, text: str | None = None) -> None:
        """Go on after `end`, having written `text`, or what is there."""
        self.pieces.append(self.text[self.at : end] if text is None else text)
        self.at = end

    def without_escaped_bars(self, text: str) -> str:
        r"""Return code or a formula of this line: in a table `\|` is a bar that ends no cell."""
        return text.replace("\\|", "|") if self.in_table else text

    def find(self, mark: str, start: int) -> int:
        """Return where `mark` comes next, -1 for nowhere; nowhere is asked only once."""
        if mark in self.never_closed:
            return -1
        place = self.text.find(mark, start)
        if place < 0:
            self.never_closed.add(mark)
        return place
