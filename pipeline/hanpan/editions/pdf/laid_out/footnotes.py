"""Footnotes on the pages that are set: whether all are there, and whole."""

from __future__ import annotations

from typing import Any

from hanpan.editions.pdf.patches.page_box import page_box
from hanpan.transforms.print.own_elements import NOTE

_ROOM = 1.0  # CSS pixels that a line may stick out, as sums of lengths do


class NotesLost(Exception):
    """A note is on no page, or not whole: set the notes at the end of the post."""


def are_notes_whole(document: Any, root: Any) -> bool:
    """Tell whether each note below `root` is on a page of `document`, and none leaves its page."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    wanted = {note.get("id") for note in root.iter(NOTE)}
    if not wanted:
        return True
    for page in document.pages:
        wanted.difference_update(page.anchors)
        areas = [box for box in page_box(page).children if isinstance(box, FootnoteAreaBox)]
        if any(_bottom(area) > _end(area) + _ROOM for area in areas):
            return False
    return not wanted


def _bottom(area: Any) -> float:
    """Return where the last note of an area ends (CSS pixels from the top of the page)."""
    return max(float(note.position_y + note.border_height()) for note in area.children)


def _end(area: Any) -> float:
    """Return where an area ends."""
    return float(area.position_y + area.margin_height())
