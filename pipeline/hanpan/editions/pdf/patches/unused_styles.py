"""Pseudo-elements that an element cannot have get no style.

What: `StyleFor.set_computed_styles` does nothing for the marker of what is no list item, and for
    the calls and markers of what is no note.
Why: WeasyPrint's own stylesheet has rules for six pseudo-elements of every element. Their styles
    are nine of ten in a page: a fourth of the memory that a book takes, and time in every PDF.
Upstream: docs/upstream.md, "Every element has the styles of notes and markers"
Known: WeasyPrint 70.0
Delete when: WeasyPrint makes the style of a pseudo-element when it is asked for.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.css:StyleFor.set_computed_styles",
        "self, element, parent, root, pseudo_type, base_url, target_collector",
        "5cb8f2bf7461c1ec",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.formatting_structure.build:element_to_box",
        "element, style_for, get_image_from_uri, base_url, target_collector, counter_style, "
        "footnotes, state",
        "c489ce6eb1c8c4dc",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.formatting_structure.build:before_after_to_box",
        "element, pseudo_type, state, style_for, get_image_from_uri, target_collector, "
        "counter_style",
        "b96ec2ad71f1e49f",
    ),
)
_OF_FOOTNOTES = frozenset(("footnote-call", "footnote-marker"))
_OF_NOTES = frozenset(("note-call", "note-marker", "note-callback"))
_OF_ITEMS = "marker"


def install() -> None:
    """Replace the method that makes styles."""
    from weasyprint.css import StyleFor

    make = StyleFor.set_computed_styles

    @wraps(make)
    def set_computed_styles(
        self: Any,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: Any = None,
        target_collector: Any = None,
    ) -> None:
        if pseudo_type is None or _may_be(pseudo_type, element, self):
            make(self, element, parent, root, pseudo_type, base_url, target_collector)

    StyleFor.set_computed_styles = set_computed_styles


def _may_be(pseudo_type: str, element: Any, styles: Any) -> bool:
    """Tell whether an element can have a pseudo-element."""
    if pseudo_type in _OF_FOOTNOTES:
        return bool(styles.get_computed_styles()[element, None]["float"] == "footnote")
    if pseudo_type in _OF_NOTES:
        return bool(styles.get_computed_styles()[element, None]["position"][0] == "note()")
    if pseudo_type == _OF_ITEMS:  # what stands before and behind an element may be an item, too
        cascaded = styles.get_cascaded_styles()
        return (
            "list-item" in styles.get_computed_styles()[element, None]["display"]
            or (element, "before") in cascaded
            or (element, "after") in cascaded
        )
    return True
