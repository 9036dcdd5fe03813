"""What stands on a page of WeasyPrint's, and what did not find room there; lengths in px."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from hanpan.transforms.maths_svg import MATHS
from hanpan.transforms.print.joiners import JOINER
from hanpan.tree import HEADINGS

_SMALL = 48.0  # px: a lower picture is a sign in a text
BODY = "post-body"
TURNED_PAGE = "turned"  # the name of pages that are turned, in print.css


def classes(box: Any) -> list[str]:
    """Return the classes of the element that a box is of; none of a part that CSS makes."""
    if box.element is None or "::" in (box.element_tag or ""):
        return []
    return (box.element.get("class") or "").split()


def text_of(box: Any) -> str:
    """Return the text of a box."""
    texts = (one.text for one in box.descendants() if getattr(one, "text", ""))
    return "".join(texts).replace(JOINER, "")


def line_height(box: Any) -> float:
    """Return the height of a line of a box's text, in px."""
    from weasyprint.text.line_break import strut

    return float(strut(box.style)[0])


def foot_of(page: Any) -> float:
    """Return where the room for text ends on a page: above its notes."""
    _, notes, *_ = page.children
    height = notes.margin_height() if notes.children else 0.0
    return float(page.content_box_y() + page.height - height)


def end_of(page: Any) -> float:
    """Return where what stands on a page ends."""
    return _end(page.children[0], float(page.content_box_y()))


def _end(box: Any, top: float) -> float:
    """Return where the last block within a box ends; frames alone do not count."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox, TableBox

    blocks = [
        child
        for child in getattr(box, "children", ())
        if isinstance(child, BlockLevelBox) and child.is_in_normal_flow()
    ]
    if blocks and not isinstance(box, TableBox):
        return next((end for one in reversed(blocks) if (end := _end(one, top)) > top), top)
    if not getattr(box, "children", ()) and not hasattr(box, "replacement"):
        return top
    return float(box.border_box_y() + box.border_height())


def part_of(root: Any, resume_at: Any) -> Any:
    """Return the smallest article or section in which WeasyPrint goes on; else the whole root."""
    box = smallest = root
    place = resume_at
    while place and BODY not in classes(box):
        ((at, place),) = place.items()
        if at >= len(getattr(box, "children", ())):
            break
        box = box.children[at]
        smallest = box if box.element_tag in ("article", "section") else smallest
    return smallest


def is_turned(page: Any) -> bool:
    """Tell whether a page is turned by a quarter, for a table."""
    return bool(page.page_type.name == TURNED_PAGE)


def is_blank(page: Any) -> bool:
    """Tell whether nothing stands on a page."""
    return bool(end_of(page) <= page.content_box_y())


def pictures_of(box: Any) -> list[Any]:
    """Return the pictures within a box that stand on their own."""
    from weasyprint.formatting_structure.boxes import ReplacedBox

    return [
        one
        for one in (box, *getattr(box, "descendants", lambda: ())())
        if isinstance(one, ReplacedBox) and one.element_tag == "img" and MATHS not in classes(one)
    ]


def large_pictures(page: Any) -> Iterator[Any]:
    """Yield the pictures on a page that are no signs in its text."""
    for box in pictures_of(page.children[0]):
        if box.height > _SMALL:
            yield box


def natural_height(picture: Any, width: float) -> float:
    """Return how high a picture will be in a column of so many px; 0 where that is not known."""
    style = picture.style
    size = picture.replacement.get_intrinsic_size(style["image_resolution"], style["font_size"])
    wide, high, ratio = size
    if not wide or not high:
        return 0.0
    if style["height"] != "auto":
        return 0.0
    given = style["width"]
    if given != "auto":
        wide = given.value * width / 100 if given.unit == "%" else given.value
    wide = min(wide, width)
    most = style["max_height"]
    height = float(wide / ratio)
    return min(height, float(most.value)) if getattr(most, "unit", "") == "px" else height


@dataclass(frozen=True, slots=True)
class NextBlock:
    """The block with which the next page begins: the child `at` of a box in the whole document."""

    parent: Any
    at: int

    @property
    def children(self) -> list[Any]:
        """Return the blocks from it on."""
        return list(self.parent.children[self.at :])

    @property
    def headings(self) -> list[Any]:
        """Return the headings right in front of it."""
        before = reversed(self.parent.children[: self.at])
        return list(takewhile(lambda box: box.element_tag in HEADINGS, before))


def next_block(root: Any, resume_at: Any) -> NextBlock | None:
    """Return the block at which WeasyPrint goes on; None where it goes on within one's lines."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox

    parent, place = root, resume_at
    while place:
        ((at, place),) = place.items()
        if at >= len(getattr(parent, "children", ())):
            return None
        child = parent.children[at]
        if not isinstance(child, BlockLevelBox):
            return None
        if place is None:
            return NextBlock(parent, at)
        parent = child
    return None
