"""Scanning: a template's text while it is taken apart, and where in it marks come next."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from hanpan.source.lines import Line
from hanpan.source.liquid.code import RAW, without_raw
from hanpan.source.liquid.in_code import live_items, names_of
from hanpan.source.liquid.items import Remark, TemplateItem, What
from hanpan.source.liquid.marks import line_mark


@dataclass(slots=True)
class Scan:
    """One text on its way to items."""

    text: str
    numbers: list[int]  # of each line
    starts: list[int]  # offset of each line
    code: list[tuple[int, int]]  # stretches of whole lines of code, in order
    is_markdown: bool
    renders_code: bool = False  # whether Liquid in code is rendered: as Jekyll does
    shortcodes_alone: bool = False  # as in Hugo's posts: `{{ x }}` and `{% x %}` are text
    at: int = 0
    items: list[TemplateItem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    coming: dict[str, int] = field(default_factory=dict)  # where a mark comes next
    raw_ends: list[tuple[int, int]] | None = None
    names: frozenset[str] | None = None  # that values in code may begin with
    opened: list[str] = field(default_factory=list)  # Hugo's shortcodes that may enclose text
    opened_of: Counter[str] = field(default_factory=Counter)  # how many of each name

    def line_of(self, offset: int) -> int:
        at = bisect_left(self.starts, offset + 1) - 1
        return self.numbers[min(at, len(self.numbers) - 1)]

    def add(
        self, end: int, what: What = What.TEXT, text: str | None = None, *, is_live: bool = True
    ) -> None:
        """Put what stands up to `end` among the items, and go on there."""
        if end > self.at:
            if what is What.CODE and text is None:
                self.add_code(self._as_code(self.at, end), is_live=is_live)
            else:
                piece = self.text[self.at : end] if text is None else text
                self.items.append(TemplateItem(what, piece, self.line_of(self.at)))
        self.at = end

    def add_code(self, code: str, *, is_live: bool = True) -> None:
        """Put code among the items, with the marks of its lines in it."""
        line = self.line_of(self.at)
        if is_live and self.renders_code and ("{{" in code or "{%" in code):
            if self.names is None:
                self.names = names_of(self.text)
            self.items += live_items(code, line, self.names)
        else:
            self.items.append(TemplateItem(What.CODE, code, line))

    def lines(self, start: int, end: int) -> list[Line]:
        """Return a stretch of the text as lines with their numbers."""
        first = bisect_left(self.starts, start + 1) - 1
        parts = self.text[start:end].split("\n")
        return [Line(part, self.numbers[first + at]) for at, part in enumerate(parts)]

    def _as_code(self, start: int, end: int) -> str:
        """Return a stretch as code: without pairs of raw, with the marks of its lines."""
        lines = self.lines(start, end)
        kept = without_raw(lines) if RAW.search(self.text, start, end) else lines
        text = "\n".join(line_mark(line.number) + line.text for line in kept)
        # what follows on the last line is from that line, also where it has gone
        return text if kept and kept[-1] is lines[-1] else text + line_mark(lines[-1].number)

    def find(self, mark: str, start: int) -> int:
        """Return where `mark` comes next from `start` on, -1 for nowhere; asked in order."""
        known = self.coming.get(mark, 0)
        if (known >= 0 and known < start) or mark not in self.coming:
            known = self.coming[mark] = self.text.find(mark, start)
        return known

    def closing(self, mark: str, limit: int, *stops: str) -> int:
        """Return where `mark` closes what opens here, before any of `stops`; -1 for nowhere."""
        end = self.find(mark, self.at + 2)
        if any(0 <= self.find(stop, self.at + 2) < end for stop in stops):
            return -1
        return end if end < limit else -1

    def closed_by(self, name: str) -> str:
        """Return which shortcode an ending mark closes: the last that is open, if it names none."""
        if not name and not self.opened:
            return ""
        wanted = name or self.opened[-1]
        while self.opened_of[wanted]:
            last = self.opened.pop()
            self.opened_of[last] -= 1
            if last == wanted:
                break
        return wanted

    def open(self, name: str) -> None:
        """Remember a shortcode that may enclose what follows."""
        self.opened.append(name)
        self.opened_of[name] += 1

    def remark(self, rule: str, message: str, remedy: str) -> None:
        self.remarks.append(Remark(rule, message, self.line_of(self.at), remedy))
