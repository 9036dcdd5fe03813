"""Tags tell the language of an element and its role, and ornaments have none.

What: `_build_box_tree` gives a tag the `lang` of its element and the role of our own elements;
    pictures with `role="presentation"` are marked as artifacts, and get no tag.
Why: PDF/UA-1 asks for it: 7.2 (a change of the language is marked), 7.1 (what only decorates is an
    artifact), 7.9 (notes, their numbers and the references to them are tagged as such).
Upstream: docs/upstream.md, "Tags do not tell the language of an element" and "An ornament cannot be
    marked as an artifact"; https://github.com/Kozea/WeasyPrint/issues/2482 gathers requests
    about PDF/UA
Known: WeasyPrint 70.0
Delete when: WeasyPrint writes Lang, tags footnotes as notes, and makes artifacts of such pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart
from hanpan.transforms.print.own_elements import ROLES

_WHOLE = ("html", "body")  # their language is the document's
PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.pdf.tags:_build_box_tree",
        "box, parent, pdf, page_number, nums, annotations, tags",
        "e8338d00c41d15e4",
    ),
    KnownPart(WEASYPRINT, "weasyprint.pdf.stream:Stream.marked", "self, box, tag"),
    KnownPart(WEASYPRINT, "weasyprint.pdf.stream:Stream.artifact", "self"),
)


def install() -> None:
    """Have WeasyPrint tell the language and the role of an element."""
    import pydyf
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    build: Callable[..., Iterator[Any]] = tags._build_box_tree
    marked: Callable[..., AbstractContextManager[None]] = Stream.marked

    def build_with_language(box: Any, *place: Any) -> Iterator[Any]:
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

    tags._build_box_tree = build_with_language
    Stream.marked = marked_or_not


def _is_ornament(box: Any) -> bool:
    element = box.element
    return element is not None and element.tag == "img" and element.get("role") == "presentation"
