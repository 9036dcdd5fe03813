"""Task lists: check boxes as drawn boxes, which look the same on paper and in a reading system."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element


def task_lists(root: Element, context: Context) -> None:
    """Replace each check box by `<span class="task-box" role="img" aria-label data-checked>`."""
    names = {"true": context.labels.done, "false": context.labels.to_do}
    for box in list(root.iter("input")):
        if (box.get("type") or "").lower() != "checkbox":
            continue
        checked = "true" if box.get("checked") is not None else "false"
        span = etree.Element("span", {"class": "task-box", "role": "img"})
        span.set("aria-label", names[checked])
        span.set("data-checked", checked)
        label = box.getparent()
        tree.replace(box, span)
        span.tail = " " + (span.tail or "").lstrip()
        if label is not None and label.tag == "label":
            tree.unwrap(label)
        item = next((outer for outer in span.iterancestors("li")), None)
        if item is not None:
            tree.add_class(item, "task-item")
            outer = item.getparent()
            if outer is not None and outer.tag in ("ul", "ol"):
                tree.add_class(outer, "task-list")
