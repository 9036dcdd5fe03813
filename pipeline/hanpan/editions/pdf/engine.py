"""The PDF engine: WeasyPrint with our fonts alone, our pictures alone, and nothing parsed twice.

WeasyPrint is imported only when the first PDF is made.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hanpan.assets.fonts import Face, faces
from hanpan.conservation import Shown
from hanpan.editions import Artifact, Rendered
from hanpan.editions.page_starts import as_left
from hanpan.editions.pdf.attachments import Attachment
from hanpan.editions.pdf.finish.bleed import set_bleed
from hanpan.editions.pdf.finish.standards import meet_standards
from hanpan.editions.pdf.finish.structure import correct_tags
from hanpan.editions.pdf.images.formula import formula
from hanpan.editions.pdf.images.png import raster
from hanpan.editions.pdf.laid_out.code_marks import draw_code_marks
from hanpan.editions.pdf.laid_out.contents import contents_by_leaf
from hanpan.editions.pdf.laid_out.footnotes import NotesLost, are_notes_whole
from hanpan.editions.pdf.laid_out.page_numbers import label_pages, number_pages
from hanpan.editions.pdf.laid_out.page_starts import page_starts
from hanpan.editions.pdf.loaded import load_fonts, load_stylesheet
from hanpan.editions.pdf.patches.computed_styles import style_function
from hanpan.editions.pdf.patches.html_tree import html_of
from hanpan.editions.pdf.patches.srgb_profile import SRGB, srgb
from hanpan.environment import environment
from hanpan.files import Files
from hanpan.media_types import PNG
from hanpan.problems import BuildError, PlacedProblem, Problem

VARIANT = "pdf/a-3a"  # ISO 19005-3; `finish/` makes it ISO 14289-1 (PDF/UA-1) as well
RESOLUTION = 220  # dots per inch of printed pictures at most: paper shows no more
SCHEME = "hanpan:"  # of the made-up addresses of the pictures of a page
FORMULA = f"{SCHEME}formula-"
QR_CODE = f"{FORMULA}qr"  # drawn as formulas are: outlines that go into the page as they are
_BESIDE = frozenset((f"{SCHEME}teaser", f"{SCHEME}cover", QR_CODE))  # pictures that are no text's
CODE_MARKS = "D2Coding"  # the family of line numbers, whatever that of the code is


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a page may ask for."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what others ask of it.

    `page_starts` is for the EPUB of the same text; `shown` is what each leaf shows.
    """

    data: bytes
    page_starts: bytes
    problems: tuple[Problem, ...] = ()
    shown: Mapping[str, Shown] = field(default_factory=dict)
    faults: tuple[PlacedProblem, ...] = ()  # what is not as in the documents
    pages: int = 0

    def rendered(self, path: str) -> Rendered:
        """Return it as an edition, at a path below out/."""
        artifacts = (Artifact(path, self.data),)
        return Rendered(artifacts, {"pdf": path}, self.problems, self.page_starts, self.faults)


def prepare(files: Files) -> None:
    """Load WeasyPrint and the fonts, so that the next PDF costs only itself."""
    load_fonts(files)


def typeset(
    page: str,
    css: str,
    pictures: Mapping[str, Picture],
    files: Files,
    attachments: Sequence[Attachment] = (),
    more: tuple[Face, ...] = (),
) -> Printed:
    """Return the PDF of an XHTML page: PDF/UA-1 and PDF/A-3a.

    `css` is all of its style; `pictures` are by the addresses that the page uses, which begin with
    SCHEME; `more` are faces beside those of the site. Nothing else can be fetched. Raises
    BuildError where a picture cannot be drawn or the page is not well-formed XML, NotesLost where
    footnotes do not fit on their pages.
    """
    fonts = load_fonts(files, more)
    refused: list[str] = []
    # fontTools stamps the emoji font with the time, unless it is given one
    with _listening() as complaints, environment("SOURCE_DATE_EPOCH", "0"):
        sheet, counters = load_stylesheet(css, fonts, _fetcher({}, []))
        html = html_of(_parse(page), _fetcher(pictures, refused))
        face = next(face.path for face in faces(files) if face.family == CODE_MARKS)
        images = _images(pictures)
        printed = _print(html, sheet, counters, fonts.configuration, images, attachments, face)
    fonts.count_document()
    if refused or complaints:
        what = f"the page asks for {refused[0]}" if refused else complaints[0]
        raise BuildError(
            Problem("pdf-picture", "error", f"pdf: {what}", remedy="Replace the picture.")
        )
    return printed


def computed_styles(page: str, css: str, files: Files) -> tuple[Any, Any]:
    """Return WeasyPrint's document of an XHTML page, and its function from element to style.

    Nothing is laid out: with a stylesheet that is parsed already, this takes some milliseconds.
    """
    fonts = load_fonts(files)
    with _listening():
        sheet, counters = load_stylesheet(css, fonts, _fetcher({}, []))
        html = html_of(_parse(page), _fetcher({}, []))
        return html, style_function(html, sheet, fonts.configuration, counters)


def _print(
    html: Any,
    sheet: Any,
    counters: Any,
    configuration: Any,
    images: dict[str, Any],
    attachments: Sequence[Attachment],
    face: Path,
) -> Printed:
    """Lay a document out, finish what WeasyPrint makes of it, and write it."""
    options = {
        "stylesheets": [sheet],
        "cache": images,
        "pdf_variant": VARIANT,
        "output_intent": SRGB,
        "dpi": RESOLUTION,
    }
    document = html.render(configuration, counters, {SRGB: srgb()}, **options)
    if not are_notes_whole(document, html.etree_element):
        raise NotesLost
    in_front = number_pages(document, html.etree_element)
    starts = as_left(page_starts(document, in_front))
    shown = contents_by_leaf(document, FORMULA, _BESIDE)

    def finish(_: Any, pdf: Any) -> None:
        label_pages(pdf, in_front)
        draw_code_marks(pdf, document, html.etree_element, face)
        set_bleed(pdf)
        correct_tags(pdf)
        meet_standards(pdf)

    embedded = _embedded_files(attachments)
    data = document.write_pdf(finisher=finish, attachments=embedded, **options)
    return Printed(data, starts, shown=shown, pages=len(document.pages))


def _embedded_files(attachments: Sequence[Attachment]) -> list[Any]:
    """Return attachments as WeasyPrint takes them.

    They are fetched, for a type is given by what fetches alone; dates are in UTC, which WeasyPrint
    takes them for.
    """
    from weasyprint import Attachment as Embedded

    table = {
        f"{SCHEME}attachment-{number}": Picture(attachment.data, attachment.media_type)
        for number, attachment in enumerate(attachments)
    }
    fetcher = _fetcher(table, [])
    embedded = []
    for address, attachment in zip(table, attachments, strict=True):
        modified = attachment.modified.astimezone(UTC)
        embedded.append(
            Embedded(
                url=address,
                url_fetcher=fetcher,
                name=attachment.name,
                description=attachment.description,
                created=modified,
                modified=modified,
                relationship=attachment.relationship,
            )
        )
    return embedded


def _images(pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """Return WeasyPrint's cache of images, with those in it that are drawn or packed already."""
    images: dict[str, Any] = {}
    for address, picture in pictures.items():
        if address.startswith(FORMULA) and (outlines := formula(picture.data)):
            images[address] = outlines
        elif picture.media_type == PNG:
            with contextlib.suppress(OSError):  # then WeasyPrint reports what is wrong with it
                images[address] = raster(address, picture.data, images, RESOLUTION)
    return images


def _parse(page: str) -> ElementTree.Element:
    """Return the tree of a page. Raises BuildError where it is not well-formed."""
    try:
        return ElementTree.fromstring(page)  # noqa: S314  expat bounds what entities grow to
    except ElementTree.ParseError as error:
        message = f"pdf: the page is not well-formed XML: {error}"
        raise BuildError(
            Problem("layout", "error", message, "layouts/pdf/post.html", None, "Close every tag.")
        ) from None


def _fetcher(pictures: Mapping[str, Picture], refused: list[str]) -> Any:
    """Return a fetcher that knows these files, and remembers what else was asked for."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Table(URLFetcher):  # type: ignore[misc]
        """Files in memory."""

        def fetch(self, url: str, headers: object = None) -> Any:
            picture = pictures.get(url)
            if picture is None:
                refused.append(url[:200])
                raise ValueError(f"{url[:200]} is not among the pictures")
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})

    return Table()


class _listening(logging.Handler):
    """Listen to what WeasyPrint only logs: it leaves out a picture that it cannot draw."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("Failed to load image"):
            self.complaints.append(record.getMessage())

    def __enter__(self) -> list[str]:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        logger.propagate = False  # what it reports of our styles is not for the author
        return self.complaints

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)
