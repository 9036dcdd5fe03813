"""Task lists with drawn boxes: editors drop checkboxes."""

from __future__ import annotations

from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def task_boxes_as_text(root: Element, lowering: Lowering) -> None:
    """Write ☑ or ☐ into each task box."""
    for box in root.iter("span"):
        if box.get("class") == "task-box":
            box.text = "☑" if is_done(box) else "☐"
            box.attrib.clear()
            box.set("class", "task-box")
            if not (box.tail or "").startswith((" ", "\n")):
                box.tail = " " + (box.tail or "")


def is_done(box: Element) -> bool:
    """Tell whether a `span.task-box` stands for a finished task."""
    return (box.get("data-checked") or "false").lower() not in ("false", "0", "")
