"""Changes to WeasyPrint's boxes before a page is made again; each can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

SMALLEST = 0.75  # of its size, of a picture


@dataclass(slots=True)
class BoxChange:
    """Other values for attributes of boxes: (box, name, value)."""

    values: list[tuple[Any, str, Any]]

    def swap(self) -> None:
        """Give the boxes the values, and keep theirs: called again, it takes the change back."""
        for at, (box, name, value) in enumerate(self.values):
            self.values[at] = box, name, getattr(box, name)
            setattr(box, name, value)
        self.values.reverse()


def styled(box: Any, **values: Any) -> tuple[Any, str, Any]:
    """Return the change that gives a box a style of its own with other values."""
    style = box.style.copy()
    for name, value in values.items():
        style[name] = value
    return box, "style", style


def reorder(parent: Any, children: Sequence[Any]) -> BoxChange:
    """Return the change that gives a box its children in another order."""
    return BoxChange([(parent, "children", list(children))])


def shrink(pictures: Iterable[tuple[Any, float]], factor: float) -> BoxChange:
    """Return the change that makes pictures, given with their heights in px, smaller.

    None gets below SMALLEST, however often it is made smaller.
    """
    from weasyprint.css.properties import Dimension

    values = []
    for box, height in pictures:
        box.whole_height = getattr(box, "whole_height", height)
        smaller = max(factor, SMALLEST * box.whole_height / height)
        if smaller >= 1:
            continue
        style = {"max_height": Dimension(height * smaller, "px")}
        width = box.style["width"]
        if width != "auto":  # the author's
            style["width"] = Dimension(width.value * smaller, width.unit)
            style["height"] = "auto"
        values.append(styled(box, **style))
    return BoxChange(values)


def respace(boxes: Iterable[Any], factor: float) -> BoxChange:
    """Return the change that leaves less or more above and below boxes."""
    from weasyprint.css.properties import Dimension

    values = []
    for box in boxes:
        margins = {
            name: Dimension(length.value * factor, "px")
            for name in ("margin_top", "margin_bottom")
            if getattr(length := box.style[name], "unit", "") == "px" and length.value > 0
        }
        if margins:
            values.append(styled(box, **margins))
    return BoxChange(values)


def part(box: Any) -> BoxChange:
    """Return the change that lets a page's end part what was to stay whole."""
    avoiding = (one for one in (box, *box.descendants()) if one.style["break_inside"] == "avoid")
    return BoxChange(
        [styled(one, break_inside="auto") for one in avoiding if one.element_tag != "tr"]
    )
