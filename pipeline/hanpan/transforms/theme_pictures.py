"""Pictures in two forms, for light and for dark pages: where there is one page, one is shown."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.select import with_class
from hanpan.tree import Element

LIGHT, DARK = "light-only", "dark-only"  # classes of the two forms


def drop_dark_pictures(root: Element) -> None:
    """Leave of each pair the form for light pages, with what held the other alone."""
    for image in with_class(root, "img", DARK):
        holder = image.getparent()
        tree.remove(image)
        while holder is not None and holder is not root and holder.tag in ("p", "a", "span"):
            if len(holder) or tree.text_of(holder).strip():
                break
            empty, holder = holder, holder.getparent()
            tree.remove(empty)
