"""Footnotes that WeasyPrint 70 would lose, and whether all are on the pages.

Where a line is the last of its page only because notes were moved to the next one, WeasyPrint
forgets the line's own notes (`_linebox_layout` leaves before it looks for them).
"""

from __future__ import annotations

from typing import Any

from hanpan.transforms.print.own_elements import NOTE


class NotesLost(Exception):
    """A note does not stand on any page, or not whole: set the notes at the end of the post."""


_ROOM = 1.0  # CSS pixels that a line may stick out, as sums of lengths do


def keep_footnotes() -> None:
    """Have WeasyPrint carry forgotten notes to the next page. Call it once it is loaded."""
    from weasyprint.layout import page

    if page.remake_page is not _remake_page:
        _original.append(page.remake_page)
        page.remake_page = _remake_page


_original: list[Any] = []  # WeasyPrint's own function


def _remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Do what `weasyprint.layout.page.remake_page` does, then look for forgotten notes."""
    made = _original[0](index, context, root_box, html)
    if context.footnotes:
        for box in made[0].descendants():
            if box.footnote in context.footnotes:
                context.footnotes.remove(box.footnote)
                context.reported_footnotes.append(box.footnote)
    return made


def are_notes_whole(document: Any, root: Any) -> bool:
    """Tell whether each note below `root` is on a page of `document`, and none leaves its page."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    wanted = {note.get("id") for note in root.iter(NOTE)}
    if not wanted:
        return True
    for page in document.pages:
        wanted.difference_update(page.anchors)
        areas = [box for box in page._page_box.children if isinstance(box, FootnoteAreaBox)]
        if any(_bottom(area) > _end(area) + _ROOM for area in areas):
            return False
    return not wanted


def _bottom(area: Any) -> float:
    """Return where the last note of an area ends (CSS pixels from the top of the page)."""
    return max(float(note.position_y + note.border_height()) for note in area.children)


def _end(area: Any) -> float:
    """Return where an area ends."""
    return float(area.position_y + area.margin_height())
