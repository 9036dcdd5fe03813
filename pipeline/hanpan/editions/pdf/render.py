"""The PDF edition: a document on pages, set by WeasyPrint: PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from unicodedata import east_asian_width
from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup

from hanpan import tree
from hanpan.assets.fonts import Role, faces, missing, role_families
from hanpan.assets.lettering import Lettering
from hanpan.assets.title_lines import break_title
from hanpan.document import Document
from hanpan.editions import Artifact, Rendered
from hanpan.editions.page_starts import POST, number_blocks
from hanpan.editions.pdf.attachments import attachments_of
from hanpan.editions.pdf.contents import contents_of
from hanpan.editions.pdf.engine import FORMULA, Picture, Printed, prepare, typeset
from hanpan.editions.pdf.page import PrintedPage
from hanpan.editions.pdf.patches.notes import printed_whole
from hanpan.editions.pdf.pictures import TEASER, body_pictures, teaser_picture
from hanpan.editions.pdf.qr import QR_CODE, qr_code
from hanpan.editions.pdf.references import say_where_links_lead
from hanpan.editions.pdf.settings import page_of, settings_of
from hanpan.editions.reading_time import minutes_to_read
from hanpan.editions.templates import fill, list_marks, styles
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.site import Pdf
from hanpan.transforms.embed_cards import picture_frames
from hanpan.transforms.highlight import highlight
from hanpan.transforms.levels import mend_levels
from hanpan.transforms.maths_svg import maths_to_pictures
from hanpan.transforms.missing_glyphs import sign_missing, sign_missing_in_svg
from hanpan.transforms.placeholders import placeholders
from hanpan.transforms.print.author_styles import mend_styles
from hanpan.transforms.print.code_lines import set_code_lines
from hanpan.transforms.print.joiners import LINE, join_eojeols
from hanpan.transforms.print.marked_runs import mark_runs
from hanpan.transforms.print.notes_at_foot import notes_at_foot
from hanpan.transforms.print.outline_labels import label_headings
from hanpan.transforms.print.table_rows import even_rows
from hanpan.transforms.table_sizes import size_tables
from hanpan.transforms.top_links import unlink_top
from hanpan.tree import Element

__all__ = [
    "families",
    "finished",
    "for_print",
    "prepare",
    "render",
    "running",
    "sheets",
    "shown_address",
    "title_lines",
]

HANGUL_IN_FORMULAS = OLD_HANGUL = "Noto Sans KR"  # has hanja and old Hangul as well
RUNNING = 42  # syllables of the running title
SERIF = "Noto Serif KR"  # has hanja and old Hangul as well
LOOKS = ("serif", "indent")  # values of [pdf] that have a stylesheet: print-serif, print-indent
LETTERED = "Pretendard"  # the family that assets/lettering.py measures
# em of the body, em of the title: as in print.css
TITLE_TYPE, LONG_TITLE_TYPE, TITLE_TRACKING = 2.12, 1.6, -0.015
CODE_TYPE, CODE_PADDING = 0.83, 2.1  # em of the body, em of the code: as in print.css
LONG_TITLE = 72  # characters: about three lines of an A4 page
NOTES = 0.5  # of a page: the longest note at its foot; the notes of a page take .6, in print.css


def render(document: Document, files: Files) -> Rendered:
    """Return the document's PDF. Raises BuildError where it cannot be made."""
    made = printed_whole(partial(_printed, document, files), NOTES)
    path = f"{document.slug}/{document.slug}.pdf"
    return Rendered((Artifact(path, made.data),), {"pdf": path}, left=made.page_starts)


def _printed(document: Document, files: Files, notes: float) -> Printed:
    """Return the PDF; a note higher than the share `notes` of a page stands at the end."""
    settings = settings_of(document, files)
    page = page_of(document, settings, files)
    root = tree.parse_xml(document.body)
    pictures = for_print(root, document, files, page, settings, notes=notes)
    teaser = teaser_picture(document, files, page)
    if teaser:
        pictures[TEASER] = teaser
    address = document.meta.canonical_url if settings.qr else ""
    if address and (square := qr_code(address)):
        pictures[QR_CODE] = square
    is_drawn = teaser is not None and not document.teaser
    html = fill(
        files,
        "pdf/post.html",
        body=Markup(tree.inner_xml(root)),
        teaser=TEASER if teaser else "",
        is_drawn=is_drawn,
        qr=QR_CODE if QR_CODE in pictures else "",
        contents=contents_of(document, settings),
        title_lines=title_lines(document.meta.title, page.measure, files),
        **_words(document),
    )
    css = styles(files, *sheets(settings, document.body)) + page.css() + families(files)
    attached = attachments_of(document, files) if settings.attach_source else ()
    return typeset(finished(html, files, page.measure), css, pictures, files, attached)


def sheets(settings: Pdf, body: str) -> tuple[str, ...]:
    """Return the names of the stylesheets; each costs time for every element of the page."""
    chosen = [f"print-{look}" for look in (settings.typeface, settings.paragraphs) if look in LOOKS]
    return ("tokens", "prose", "code", "print", *chosen, *list_marks(body))


def for_print(
    root: Element,
    document: Document,
    files: Files,
    page: PrintedPage,
    settings: Pdf,
    leaf: str = "",
    *,
    notes: float = NOTES,
) -> dict[str, Picture]:
    """Make the body fit for pages; return the pictures that it uses. The order matters.

    In a book `leaf` is the id of the document's title, which tells what is drawn of it from what is
    drawn of others. A footnote that is higher than the share `notes` of a page stands at the end of
    the body.
    """
    meta, mark = document.meta, f"{leaf}-" if leaf else ""
    number_blocks(root, leaf or POST)
    mend_styles(root)
    pictures = body_pictures(root, document, files, page, mark)
    for address, picture in pictures.items():
        if picture.media_type == "image/svg+xml":
            signed = sign_missing_in_svg(picture.data, lambda text: missing(text, files))
            pictures[address] = Picture(signed, picture.media_type)
    picture_frames(root, meta.lang)
    placeholders(root, meta.lang)  # what is left without a picture
    formulas = maths_to_pictures(root, _face(files, HANGUL_IN_FORMULAS), f"{FORMULA}{mark}")
    pictures.update((name, Picture(svg, "image/svg+xml")) for name, svg in formulas.items())
    highlight(root, line_safe=True)
    set_code_lines(root, (page.measure / CODE_TYPE - CODE_PADDING) * 2)
    mend_levels(root)
    unlink_top(root)
    label_headings(root)  # before words get their joiners
    even_rows(root)
    size_tables(root, page.measure, page.type_size, page.turned_measure)
    letters, lines = page.note_room
    notes_at_foot(root, letters, lines * notes)
    say_where_links_lead(root, settings, meta.lang, mark)
    return pictures


def finished(html: str, files: Files, measure: float = LINE) -> str:
    """Return the page with what its title and the rest need as well as its body."""
    start, end = html.find("<body"), html.rfind("</body>")
    try:
        body = etree.fromstring(html[start : end + len("</body>")])
    except etree.XMLSyntaxError:
        return html  # the engine says what is wrong with it
    sign_missing(body, lambda text: missing(text, files))
    mark_runs(body)
    join_eojeols(body, measure)  # last: it cuts words
    return html[html.find("<html") : start] + etree.tostring(body, encoding="unicode") + "</html>"


def _words(document: Document) -> dict[str, object]:
    """Return what the layout says beside the body."""
    meta = document.meta
    title, labels = meta.title, Labels(meta.lang)
    address = shown_address(meta.canonical_url)
    date, updated = day(meta.published_at), day(meta.modified_at)
    return {
        "meta": meta,
        "words": labels,
        "is_long_title": len(title) > LONG_TITLE,
        "running": running(title),
        "keywords": list(dict.fromkeys((*meta.tags, *meta.categories))),
        "created": w3c(meta.published_at),
        "modified": w3c(meta.modified_at),
        "date": date,
        "updated": updated if updated != date else "",
        "minutes": minutes_to_read(document),
        "address": address if len(address) <= 60 else address.partition("/")[0],
        "teaser_alt": labels.teaser.format(title),
    }


def title_lines(title: str, width: float, files: Files) -> tuple[str, ...]:
    """Return the title in balanced lines of `width` em of the body.

    In one line where we cannot tell how wide its letters are.
    """
    if role_families(files)["body"][0] != LETTERED:
        return (title,)
    lettering = Lettering.load(files)
    size = _title_type(title)

    def measure(text: str) -> float:
        return lettering.width(text, size, TITLE_TRACKING)

    broken = break_title(title, size, width * 0.985, 8, measure)
    return broken.lines if broken.whole else (title,)


def running(title: str) -> str:
    """Return the title, cut where it is wider than RUNNING syllables."""
    room = float(RUNNING)
    for place, letter in enumerate(title):
        room -= 1 if east_asian_width(letter) in "WF" else 0.62
        if room < 0:
            return f"{title[:place].rstrip()}…"
    return title


def _title_type(title: str) -> float:
    """Return the size of a title in em of the body; print.css knows long ones by their class."""
    return LONG_TITLE_TYPE if len(title) > LONG_TITLE else TITLE_TYPE


def shown_address(url: str) -> str:
    """Return an address as paper shows it: without scheme, and in letters that are read."""
    return unquote(url).partition("://")[2].rstrip("/")


def day(moment: datetime) -> str:
    return f"{moment.year}. {moment.month}. {moment.day}."


def w3c(moment: datetime) -> str:
    """Return a time as W3C's profile of ISO 8601 has it: whole seconds, and an offset."""
    return moment.replace(microsecond=0).isoformat()


def families(files: Files) -> str:
    """Return the site's fonts as CSS; no emoji family, or digits would come from it (2.6)."""
    known = role_families(files)

    def stack(role: Role, generic: str) -> str:
        names = ",".join(f'"{name}"' for name in known[role])
        return f"{names},{generic}"

    body, code = stack("body", "sans-serif"), stack("code", "monospace")
    serif = f'"{SERIF}",{body}'
    return (
        f":root {{ --font-body: {body}; --font-code: {code}; --font-serif: {serif} }}\n"
        f':root {{ --font-old-hangul: "{OLD_HANGUL}" }}\n'
        f"html {{ font-family: {body} }}\n"
        f"code, pre, kbd, samp, tt {{ font-family: {code} }}\n"
    )


def _face(files: Files, family: str) -> Path:
    return next(face.path for face in faces(files) if face.family == family)
