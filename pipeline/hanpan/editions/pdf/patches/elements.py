"""What WeasyPrint 70 does not tell of an element: its language, its role, that it is an ornament.

PDF/UA-1, 7.2    a change of the language is marked: Lang of the element that has `lang`
PDF/UA-1, 7.1    what only decorates is an artifact: a picture with `role="presentation"`
PDF/UA-1, 7.9    notes, their numbers and the references to them are tagged as such
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from hanpan.transforms.print.own_elements import ROLES

_WHOLE = ("html", "body")  # their language is the document's


def use_elements() -> None:
    """Have WeasyPrint tell it. Call it once WeasyPrint is loaded."""
    import pydyf
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    build: Callable[..., Iterator[Any]] = tags._build_box_tree
    marked: Callable[..., AbstractContextManager[None]] = Stream.marked
    if build.__module__ == __name__:
        return

    def told(box: Any, *place: Any) -> Iterator[Any]:
        if _is_ornament(box):
            return
        language = None
        if box.element is not None and box.element_tag not in _WHOLE:
            language = box.element.get("lang")
        for item in build(box, *place):
            if language:
                item["Lang"] = pydyf.String(language)
            if box.element_tag in ROLES:
                item["S"] = f"/{ROLES[box.element_tag]}"
            yield item

    def marked_or_not(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        if not _is_ornament(box):
            return marked(stream, box, tag)
        artifact: AbstractContextManager[None] = stream.artifact()
        return artifact

    tags._build_box_tree = told
    Stream.marked = marked_or_not


def _is_ornament(box: Any) -> bool:
    element = box.element
    return element is not None and element.tag == "img" and element.get("role") == "presentation"
