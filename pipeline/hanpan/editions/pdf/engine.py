"""The PDF engine: WeasyPrint with our fonts alone, our pictures alone, and nothing parsed twice.

WeasyPrint is imported only when the first PDF is made. What lasts as long as the process: one font
configuration, and the parsed stylesheets.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from hanpan.assets.fonts import EMOJI, faces, fontconfig
from hanpan.editions.page_starts import as_left
from hanpan.editions.pdf.attachments import Attachment
from hanpan.editions.pdf.finish.bleed import set_bleed
from hanpan.editions.pdf.finish.standards import SRGB, meet_standards, srgb
from hanpan.editions.pdf.finish.structure import correct_tags
from hanpan.editions.pdf.images.formula import formula
from hanpan.editions.pdf.images.png import raster
from hanpan.editions.pdf.laid_out.code_marks import draw_code_marks
from hanpan.editions.pdf.laid_out.footnotes import NotesLost, are_notes_whole
from hanpan.editions.pdf.laid_out.page_numbers import label_pages, number_pages
from hanpan.editions.pdf.laid_out.page_starts import page_starts
from hanpan.editions.pdf.libraries import load_weasyprint
from hanpan.editions.pdf.patches.html_tree import html_of
from hanpan.files import Files, sha256, write_atomic
from hanpan.media_types import PNG
from hanpan.problems import BuildError, Problem

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

VARIANT = "pdf/a-3a"  # ISO 19005-3; `finish/` makes it ISO 14289-1 (PDF/UA-1) as well
RESOLUTION = 220  # dots per inch of printed pictures at most: paper shows no more
SCHEME = "hanpan:"  # of the made-up addresses under which a document hands its pictures over
FORMULA = f"{SCHEME}formula-"
CODE_MARKS = "D2Coding"  # the family of line numbers, whatever that of the code is
_CONF = "FONTCONFIG_FILE"
# Pango asks for the family `emoji` where a sequence is one: keycaps, digits that are emoji
_EMOJI_ALIAS = (
    f'<alias binding="same"><family>emoji</family><prefer><family>{EMOJI}</family></prefer></alias>'
    "</fontconfig>"
)
_SHEETS = 8  # parsed stylesheets kept: one for each page size and set of layouts in use
_POSTS = 200  # after so many documents the fonts are loaded anew, for Pango's caches only grow


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a page may ask for."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and where its pages begin, for the EPUB of the same text."""

    data: bytes
    page_starts: bytes


@dataclass(slots=True)
class _Fonts:
    """The font configuration in use, and the fonts.conf it was loaded from."""

    conf: str
    configuration: FontConfiguration
    documents: int = 0


_sheets: OrderedDict[str, tuple[Any, Any]] = OrderedDict()
_fonts: list[_Fonts] = []  # none or one


def prepare(files: Files) -> None:
    """Load WeasyPrint and the fonts, so that the next PDF costs only itself."""
    _configuration(files)


def typeset(
    page: str,
    css: str,
    pictures: Mapping[str, Picture],
    files: Files,
    attachments: Sequence[Attachment] = (),
) -> Printed:
    """Return the PDF of an XHTML page: PDF/UA-1 and PDF/A-3a.

    `css` is all of its style; `pictures` are by the addresses that the page uses, which begin with
    SCHEME. Nothing else can be fetched. Raises BuildError where a picture cannot be drawn or the
    page is not well-formed XML, NotesLost where footnotes do not fit on their pages.
    """
    fonts = _configuration(files)
    configuration = fonts.configuration
    refused: list[str] = []
    # fontTools stamps the emoji font with the time, if it is not told one
    with _listening() as said, _environment("SOURCE_DATE_EPOCH", "0"):
        sheet, counters = _sheet(css, fonts)
        html = html_of(_parsed(page), _fetcher(pictures, refused))
        face = next(face.path for face in faces(files) if face.family == CODE_MARKS)
        images = _images(pictures)
        printed = _written(html, sheet, counters, configuration, images, attachments, face)
    configuration.strut_layouts.clear()
    if refused or said:
        what = f"the page asks for {refused[0]}" if refused else said[0]
        raise BuildError(
            Problem("pdf-picture", "error", f"pdf: {what}", remedy="Replace the picture.")
        )
    fonts.documents += 1
    return printed


def computed_styles(page: str, css: str, files: Files) -> tuple[Any, Any]:
    """Return WeasyPrint's document of an XHTML page, and its function from element to style.

    Nothing is laid out: with a stylesheet that is parsed already, this takes some milliseconds.
    """
    fonts = _configuration(files)
    with _listening():
        from weasyprint.css import get_all_computed_styles

        sheet, counters = _sheet(css, fonts)
        html = html_of(_parsed(page), _fetcher({}, []))
        known = {"font_config": fonts.configuration, "counter_style": counters}
        return html, get_all_computed_styles(html, [sheet], **known)


def _written(
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

    def finish(_: Any, pdf: Any) -> None:
        label_pages(pdf, in_front)
        draw_code_marks(pdf, document, html.etree_element, face)
        set_bleed(pdf)
        correct_tags(pdf)
        meet_standards(pdf)

    embedded = _embedded(attachments)
    return Printed(document.write_pdf(finisher=finish, attachments=embedded, **options), starts)


def _embedded(attachments: Sequence[Attachment]) -> list[Any]:
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
    """Return WeasyPrint's cache of images, with those in it that we hand over drawn or packed."""
    images: dict[str, Any] = {}
    for address, picture in pictures.items():
        if address.startswith(FORMULA) and (drawn := formula(picture.data)):
            images[address] = drawn
        elif picture.media_type == PNG:
            with contextlib.suppress(OSError):  # then WeasyPrint says what is wrong with it
                images[address] = raster(address, picture.data, images, RESOLUTION)
    return images


def _configuration(files: Files) -> _Fonts:
    """Return the fonts of a site, loaded once; WeasyPrint reads FONTCONFIG_FILE each time."""
    folder = _cache()
    conf = fontconfig(files, folder / "fontconfig").replace("</fontconfig>", _EMOJI_ALIAS)
    if _fonts and _fonts[0].conf == conf and _fonts[0].documents < _POSTS:
        return _fonts[0]
    path = folder / f"fonts-{sha256(conf.encode())[:16]}.conf"
    if not path.is_file():
        write_atomic(path, conf.encode())
    load_weasyprint()
    with _environment(_CONF, str(path)):
        from weasyprint.text.fonts import FontConfiguration

        found = _Fonts(conf, FontConfiguration())
    _fonts[:] = [found]
    _sheets.clear()  # a site's `@font-face` is known to the configuration that it was parsed with
    return found


@contextlib.contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    """Set an environment variable for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _cache() -> Path:
    """Return the folder for fonts.conf and fontconfig's index."""
    named = os.environ.get("HANPAN_CACHE")
    folder = Path(named).resolve() if named else _temporary()
    (folder / "fontconfig").mkdir(parents=True, exist_ok=True)
    return folder


@lru_cache(maxsize=1)
def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hanpan-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _sheet(css: str, fonts: _Fonts) -> tuple[Any, Any]:
    """Return the parsed stylesheet and its counter styles."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    key = sha256(css.encode())
    if key not in _sheets:
        counters = CounterStyle()
        sheet = CSS(
            string=css,
            font_config=fonts.configuration,
            counter_style=counters,
            url_fetcher=_fetcher({}, []),
        )
        _sheets[key] = (sheet, counters)
        while len(_sheets) > _SHEETS:
            _sheets.popitem(last=False)
    _sheets.move_to_end(key)
    sheet, counters = _sheets[key]
    return sheet, counters.copy()


def _parsed(page: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(page)
    except ElementTree.ParseError as error:
        message = f"pdf: the page is not well-formed XML: {error}"
        raise BuildError(
            Problem("layout", "error", message, "layouts/pdf/post.html", None, "Close every tag.")
        ) from None


def _fetcher(pictures: Mapping[str, Picture], refused: list[str]) -> Any:
    """Return a fetcher that knows these pictures, and remembers what else was asked for."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Table(URLFetcher):  # type: ignore[misc]
        """Pictures in memory."""

        def fetch(self, url: str, headers: object = None) -> Any:
            picture = pictures.get(url)
            if picture is None:
                refused.append(url[:200])
                raise ValueError(f"{url[:200]} was not handed over")
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})

    return Table()


class _listening(logging.Handler):
    """Listen to what WeasyPrint only logs: a picture that it cannot draw is left out silently."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("Failed to load image"):
            self.said.append(record.getMessage())

    def __enter__(self) -> list[str]:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        logger.propagate = False  # what it says of our styles is for us, not for the author
        return self.said

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)
