"""The pages of a document, made one after the other, and again where that makes better ones.

WeasyPrint makes a page of what is left of the document's boxes, and keeps the state before each
(`page_maker`). So a page can be made again with other boxes, at the cost of that page alone. All is
decided by what stands on pages: the same document gives the same pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hanpan.editions.pdf.contents import OPTIONAL, PAGES
from hanpan.editions.pdf.economy import ends, holes
from hanpan.editions.pdf.economy.boxes import (
    BODY,
    TURNED_PAGE,
    NextBlock,
    classes,
    is_blank,
    is_turned,
    line_height,
    next_block,
    part_of,
)
from hanpan.editions.pdf.economy.changes import BoxChange, reorder, styled

_TRIES = 4  # of one page
_MOST_RUNS = 24  # pages that are made, beside two for each: more are not made again
_BOOK = "book"  # class of a body whose lines stand on a grid (patches/baseline_grid)
_TURNED = 0.1  # of a page's height that may be empty before one
_BETTER = 0.1  # of a page's height by which a hole must be smaller, if it stays one
_SIDES = ("left", "right", "recto", "verso")  # breaks that end a part
Remake = Callable[[int, Any, Any, Any], tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set; WeasyPrint's context has those that differ in `page_settings`."""

    longer: float = 0.0  # px by which it is longer
    is_close: bool = False  # whether its paragraphs take as few lines as they can


@dataclass(frozen=True, slots=True)
class _State:
    """What WeasyPrint's context holds before a page is made."""

    footnotes: list[Any]
    reported: list[Any]
    broken: dict[Any, Any]
    notes: list[Any]

    @classmethod
    def of(cls, context: Any) -> _State:
        return cls(
            context.footnotes.copy(),
            context.reported_footnotes.copy(),
            context.broken_out_of_flow.copy(),
            context.rendered_notes.copy(),
        )

    def restore(self, context: Any) -> None:
        context.footnotes = self.footnotes.copy()
        context.reported_footnotes = self.reported.copy()
        context.broken_out_of_flow = self.broken.copy()
        context.rendered_notes = self.notes.copy()


def make_pages(context: Any, root: Any, html: Any, remake: Remake) -> list[Any]:
    """Return the pages of a document, laid out; `remake` is WeasyPrint's `remake_page`."""
    maker = _Maker(context, root, html, remake)
    maker.make()
    return maker.pages


class _Maker:
    """Makes the pages of one document."""

    def __init__(self, context: Any, root: Any, html: Any, remake: Remake) -> None:
        self.pages: list[Any] = []
        self._context, self._root, self._html, self._remake = context, root, html, remake
        self._states: list[_State] = []  # before each page
        self._changes: list[BoxChange] = []  # that hold
        self._line = line_height(root)
        self._runs = 0
        context.rendered_notes = []
        context.page_settings = {}
        context.is_on_grid = any(_BOOK in classes(box) for box in root.children)

    def make(self) -> None:
        """Make all pages."""
        start = 0
        is_done = False
        while not is_done:
            is_done = self._make_mended(len(self.pages))
            if is_done or self._ends_part():
                if is_done and not start and self._drops_contents():
                    del self.pages[:]
                    is_done = False
                    continue
                self._mend_end(start)
                start = len(self.pages)
        context = self._context
        context.page_maker = context.page_maker[: len(self.pages) + 1]
        context.broken_out_of_flow.clear()
        context.reported_footnotes.clear()

    def _make(self, index: int) -> Any:
        """Make a page, and forget those behind it; return where the next begins, None if none."""
        context = self._context
        del self.pages[index:]
        del context.page_maker[index + 1 :]
        if index < len(self._states):
            self._states[index].restore(context)
            del self._states[index + 1 :]
        else:
            self._states.append(_State.of(context))
        context.page_maker[index][-1].update(
            content_changed=False, pages_wanted=False, anchors=[], content_lookups=[]
        )
        self._runs += 1
        page, resume_at = self._remake(index, context, self._root, self._html)
        self.pages.append(page)
        if resume_at is None and not context.reported_footnotes:
            return None
        return resume_at or {}

    def _make_mended(self, index: int) -> bool:
        """Make a page, and fill a hole at its foot; return whether it is the last one."""
        resume_at = self._make(index)
        hole = self._hole(index)
        following = next_block(self._root, resume_at) if resume_at else None
        if following is not None and self._turns(index):
            is_filled = hole < _TURNED and not following.headings
            return False if is_filled else self._fill(index, following)
        if following is None or hole < holes.HOLE or self._runs > _MOST_RUNS + 2 * len(self.pages):
            return resume_at is None
        best, least, is_tried = None, hole - _BETTER, False
        for change in islice(holes.remedies(self.pages[index], following, self._line), _TRIES):
            change.swap()
            resume_at = self._make(index)
            now = self._hole(index)
            if now < holes.HOLE:
                self._changes.append(change)
                return resume_at is None
            if now < least:
                best, least = change, now
            change.swap()
            is_tried = True
        if best is not None:
            best.swap()
            self._changes.append(best)
        return (self._make(index) if is_tried else resume_at) is None

    def _fill(self, index: int, following: NextBlock) -> bool:
        """Fill a page with what follows the turned table before which it ends."""
        orders = list(holes.orders(following))
        fitting = []
        if orders:
            orders[-1].change.swap()
            reached = self._place(self._make(index), following)
            orders[-1].change.swap()
            fitting = [order.change for order in orders if order.end <= reached]
        if fitting:
            change = fitting[-1]
        elif not following.headings:
            return orders != [] and self._make(index) is None
        else:  # which would stand below all else, with nothing of theirs
            change = BoxChange([styled(one, page=TURNED_PAGE) for one in following.headings])
        change.swap()
        self._changes.append(change)
        return self._make(index) is None

    def _place(self, resume_at: Any, following: NextBlock) -> int:
        """Return how many blocks from a place on stand whole on the page before it goes on."""
        parent, place = self._root, resume_at
        while place:
            ((at, place),) = place.items()
            if parent is following.parent:
                return int(at) - following.at
            parent = parent.children[at]
        return len(following.children)

    def _next(self, index: int) -> tuple[Any, Any]:
        """Return where the page behind one begins, and how it comes about."""
        resume_at, next_page, *_ = self._context.page_maker[index + 1]
        return resume_at, next_page

    def _turns(self, index: int) -> bool:
        """Tell whether the page behind one is turned, and itself it is not."""
        is_next = self._next(index)[1]["page"] == TURNED_PAGE
        return is_next and not is_turned(self.pages[index])

    def _hole(self, index: int) -> float:
        """Return the share of a page that is empty though its part goes on."""
        resume_at, next_page = self._next(index)
        if resume_at is None or next_page["break"] in (*_SIDES, "page"):
            return 0.0
        return holes.hole_of(self.pages[index])

    def _ends_part(self) -> bool:
        return self._next(len(self.pages) - 1)[1]["break"] in _SIDES

    def _drops_contents(self) -> bool:
        """Take the contents list out of a document that is too short for one; tell whether."""
        count = len(self.pages) - (ends.is_stub(self.pages[-1]) and len(self.pages) == PAGES)
        if count >= PAGES:
            return False
        for parent in self._root.descendants():
            for child in getattr(parent, "children", ()):
                if OPTIONAL in classes(child):
                    change = reorder(parent, [one for one in parent.children if one is not child])
                    change.swap()
                    self._changes.append(change)
                    return True
            if BODY in classes(parent):
                return False
        return False

    def _mend_end(self, start: int) -> None:
        """Make the end of a part again that is hardly begun."""
        if len(self.pages) - start < 2 or is_blank(self.pages[-1]):
            return
        if not ends.is_stub(self.pages[-1]):
            return
        part = part_of(self._root, self._context.page_maker[start][0])
        for plan in ends.plans(self.pages[start:], part, self._line):
            if self._follows(plan, start):
                return

    def _follows(self, plan: ends.EndPlan, start: int) -> bool:
        """Make the end of a part again as a plan has it; leave it as it is where that is no use."""
        context = self._context
        count = len(self.pages)
        begin = max(start, count - plan.pages)
        begin -= begin % 2 == 0 and begin > start  # both pages of a spread
        saved = self.pages.copy(), context.page_maker.copy(), self._states.copy()
        after, changes = _State.of(context), len(self._changes)
        setting = Setting(plan.lines * self._line, plan.is_close)
        context.page_settings.update(dict.fromkeys(range(begin, count - 1), setting))
        plan.change.swap()
        self._changes.append(plan.change)
        context.__dict__.pop("chosen_lines", None)
        is_done = False
        del self.pages[begin:]
        while not is_done and len(self.pages) <= count:
            is_done = self._make_mended(len(self.pages)) or self._ends_part()
        context.__dict__.pop("chosen_lines", None)
        if is_done and len(self.pages) <= count and not ends.is_stub(self.pages[-1]):
            return True
        self.pages, context.page_maker, self._states = saved
        after.restore(context)
        for index in range(begin, count - 1):
            del context.page_settings[index]
        while len(self._changes) > changes:
            self._changes.pop().swap()
        return False
