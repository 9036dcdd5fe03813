"""Accessibility of an EPUB: computed from what is inside, and what the package says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hanpan.assets.pictures.svg_words import name_of_drawing
from hanpan.editions.epub.metadata import MetadataEntry
from hanpan.editions.epub.parts import ManifestItem, PageBreak
from hanpan.labels import Labels
from hanpan.media_types import SVG
from hanpan.transforms.select import inline_drawings
from hanpan.tree import HEADINGS, Element

# Words that stand where a description should: a file's name, or that it is a picture.
_FILE = re.compile(r"\S.*\.(?:png|jpe?g|gif|webp|svg|bmp|avif|heic|tiff?)", re.I)
_STOCK = re.compile(
    r"(?:alt(?:[ _-]?text)?|images?|img|pictures?|photos?|pic|screen ?shots?|untitled"
    r"|이미지|그림|사진|스크린 ?샷|캡[처쳐]|화면)?[\s\d_.()-]*",
    re.I,
)
_MOVING = re.compile(rb"<(?:\w+:)?(?:animate|set\b)|animation\s*:|animation-name\s*:|@keyframes")
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level A"


@dataclass(frozen=True, slots=True)
class Access:
    """What readers who do not see, or do not see all, find in a text."""

    pictured: bool = False  # there is something to see
    described: bool = True  # each picture and drawing has words that stand for it
    headed: bool = False  # there are headings to go by
    labelled: bool = True  # each table of data has header cells
    maths: bool = False
    ruby: bool = False


def access_of(root: Element, *, described: bool) -> Access:
    """Return what a chapter's tree holds, its drawings and formulas named by then.

    `described` is what `pictures_are_described` said of the tree as it was.
    """
    pictures = inline_drawings(root)
    tables = (table for table in root.iter("table") if len(list(table.iter("tr"))) > 1)
    return Access(
        pictured=bool(pictures) or next(root.iter("img"), None) is not None,
        described=described
        and all(is_description(picture.get("aria-label") or "") for picture in pictures),
        headed=next(root.iter(*HEADINGS), None) is not None,
        labelled=all(next(table.iter("th"), None) is not None for table in tables),
        maths=next(root.iter("math"), None) is not None,
        ruby=next(root.iter("ruby"), None) is not None,
    )


def join_access(parts: Iterable[Access]) -> Access:
    """Return what all chapters of a book hold together."""
    every = list(parts)
    return Access(
        pictured=any(part.pictured for part in every),
        described=all(part.described for part in every),
        headed=any(part.headed for part in every),
        labelled=all(part.labelled for part in every),
        maths=any(part.maths for part in every),
        ruby=any(part.ruby for part in every),
    )


def pictures_are_described(root: Element) -> bool:
    """Tell whether all pictures have words, also those that are out of reach."""
    return all(is_description(picture.get("alt") or "") for picture in root.iter("img"))


def is_description(words: str) -> bool:
    """Tell whether a picture's text can be a description: not empty, a file's name or "image"."""
    text = " ".join(words.split())
    return not _FILE.fullmatch(text) and not _STOCK.fullmatch(text)


def label_inline_svg(root: Element) -> None:
    """Name inline drawings for readers who do not see them."""
    for svg in inline_drawings(root):
        label = name_of_drawing(svg)
        if label:
            svg.set("role", "img")
            svg.set("aria-label", label)


def accessibility(
    access: Access,
    labels: Labels,
    items: Iterable[ManifestItem],
    pages: Sequence[PageBreak],
    title: str,
    summary: str,
) -> Iterator[MetadataEntry]:
    """Yield what EPUB Accessibility 1.1, 2.2 asks for, of what the book really has.

    `pages` are those of the PDF that has this `title`; `summary` says how the text is structured.

    Nothing sounds, and animations are printed as their first frame: only a drawing can move.
    """
    still = not any(i.media_type == SVG and _MOVING.search(i.data) for i in items)
    yield _schema("accessMode", "textual")
    if access.pictured:
        yield _schema("accessMode", "visual")
    yield _schema("accessModeSufficient", "textual" if access.described else "textual,visual")
    features = {
        "displayTransformability": True,
        "readingOrder": True,
        "tableOfContents": True,
        "structuralNavigation": access.headed,
        "alternativeText": access.pictured and access.described,
        "MathML": access.maths,
        "rubyAnnotations": access.ruby,
        "pageBreakMarkers": bool(pages),
        "pageNavigation": bool(pages),
    }
    for name, there in features.items():
        if there:
            yield _schema("accessibilityFeature", name)
    if pages:  # without an identifier of its own, a source is named (pageBreakSource, 3.1)
        yield "meta", f"{title} (PDF)", {"property": "pageBreakSource"}
    yield _schema("accessibilityHazard", "none" if still else "unknown")
    if not access.described:
        summary = f"{summary} {labels.undescribed_pictures}"
    yield _schema("accessibilitySummary", summary)
    if access.described and access.labelled and still:
        yield "meta", CONFORMANCE, {"property": "dcterms:conformsTo", "id": "conformance"}
        # section 2.5.2: whoever judged it is named; nobody but hanpan did
        yield "meta", "hanpan", {"property": "a11y:certifiedBy", "refines": "#conformance"}


def _schema(name: str, text: str) -> MetadataEntry:
    return "meta", text, {"property": f"schema:{name}"}
