"""The typesetter of one PDF: prepares documents for its pages, with its stylesheets and sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from hanpan import tree
from hanpan.assets.fonts import Face
from hanpan.assets.scripts import faces_for, missing
from hanpan.conservation import Inventory, Shown, find_faults, report_faults, take_inventory
from hanpan.document import Document
from hanpan.editions import product_label
from hanpan.editions.page_starts import POST as POST_PLACE
from hanpan.editions.page_starts import number_blocks
from hanpan.editions.pdf.attachments import Attachment, attachments_of
from hanpan.editions.pdf.contents import Contents, contents_of
from hanpan.editions.pdf.engine import FORMULA, SCHEME, Picture, Printed, typeset
from hanpan.editions.pdf.laid_out.footnotes import NotesLost
from hanpan.editions.pdf.metrics import BOOK, POST, read_metrics
from hanpan.editions.pdf.page import PrintedPage, printed_page
from hanpan.editions.pdf.page_text import finish_page, font_styles
from hanpan.editions.pdf.pictures import body_pictures, coarse_pictures
from hanpan.editions.pdf.references import print_link_targets
from hanpan.editions.pdf.settings import with_link_settings
from hanpan.editions.pdf.title_block import is_long, title_lines
from hanpan.editions.templates import layout_text, list_marks, user_styles
from hanpan.files import Files
from hanpan.media_types import SVG
from hanpan.problems import PlacedProblem, Problem
from hanpan.site import Pdf
from hanpan.transforms.embed_cards import picture_frames
from hanpan.transforms.highlight import highlight
from hanpan.transforms.levels import close_level_gaps
from hanpan.transforms.maths_svg import formula_face, maths_to_pictures, undrawn_problems
from hanpan.transforms.missing_glyphs import sign_missing_in_svg
from hanpan.transforms.placeholders import placeholders
from hanpan.transforms.print.author_styles import keep_printable_styles
from hanpan.transforms.print.blanks import collapse_blanks
from hanpan.transforms.print.code_lines import set_code_lines
from hanpan.transforms.print.lead_ins import mark_lead_ins
from hanpan.transforms.print.notes_at_foot import notes_at_foot
from hanpan.transforms.print.outline_labels import label_headings
from hanpan.transforms.print.picture_pairs import pair_portraits
from hanpan.transforms.print.table_rows import even_rows, head_something
from hanpan.transforms.table_sizes import size_tables
from hanpan.transforms.theme_pictures import drop_dark_pictures
from hanpan.transforms.top_links import unlink_top
from hanpan.tree import Element

_LONGEST_NOTE = 5 / 6  # of the room for notes on a page: what is longer stands at the end
_LOOKS = ("compact", "serif", "indent")  # values of [pdf] that have a stylesheet: print-serif


def print_whole(print_with: Callable[[float], Printed]) -> Printed:
    """Return what `print_with` returns for notes up to a share of the room for them on a page.

    Where they find no room (rare: pages that are all notes), all stand at the end.
    """
    try:
        return print_with(_LONGEST_NOTE)
    except NotesLost:
        return print_with(0.0)


class Typesetter:
    """Sets documents on the pages of one PDF; gathers the pictures that they use."""

    def __init__(
        self,
        documents: Iterable[Document],
        settings: Pdf,
        files: Files,
        *,
        longest_note: float,
        page: PrintedPage | None = None,
        is_book: bool = False,
    ) -> None:
        """Choose stylesheets and sizes for a PDF of `documents`.

        Notes longer than the share `longest_note` of their room stand at the end. Without a `page`,
        the one that the settings name is used.
        """
        self.page = page or printed_page(settings)
        self.settings = with_link_settings(settings)
        self.pictures: dict[str, Picture] = {}
        self._problems: list[Problem] = []
        self._coarse: list[PlacedProblem] = []
        self._inventories: dict[str, tuple[Document, Inventory]] = {}  # by leaf
        self._documents, self._files, self._longest_note = tuple(documents), files, longest_note
        names = (
            *_looks(settings, is_alike=not (is_book or self.page.is_facing)),
            *list_marks("".join(one.body for one in self._documents)),
        )
        sheets = ("tokens", "prose", "code", "print", *names, *(["book"] * is_book))
        css = layout_text(files, *(f"styles/{name}.css" for name in sheets))
        self._css = css + self.page.css() + font_styles(files) + user_styles(files)
        sample, is_serif = BOOK if is_book else POST, settings.typeface == "serif"
        self._metrics = read_metrics(self._css, files, sample, is_serif=is_serif)

    def contents(self, document: Document) -> Contents | None:
        """Return the contents list of a document, as far as half a page has room for it."""
        room = self._metrics.measure(self.page), self._metrics.body_lines(self.page)
        return contents_of(document, self.settings, *room)

    def title_lines(self, title: str, kind: str, lang: str) -> tuple[str, ...]:
        """Return a title in balanced lines; `kind` is its class in the stylesheets."""
        metrics = self._metrics.title(kind, is_long=is_long(title))
        return title_lines(title, self._metrics.measure(self.page), metrics, self._files, lang)

    def make_printable(self, document: Document, root: Element, leaf: str = "") -> Markup:
        """Prepare a document's body for pages, keep its pictures, and return it.

        In a book, `leaf` is the id of the document's title; it tells its drawings from those of
        other documents. The order of the transforms matters.
        """
        lang, mark = document.meta.lang, f"{leaf}-" if leaf else ""
        metrics, page = self._metrics, self.page
        whole = tree.parse_xml(document.body)  # a book's `root` has places for page numbers by now
        self._inventories[leaf or POST_PLACE] = document, take_inventory(whole)
        number_blocks(root, leaf or POST_PLACE)
        drop_dark_pictures(root)
        keep_printable_styles(root)
        self._keep(self._pictures(document, root, mark))
        if self.settings.profile != "screen":
            self._coarse += coarse_pictures(whole, document, page)
        collapse_blanks(root)
        sizes = {f"{SCHEME}{one.id}": (one.width, one.height) for one in document.assets}
        pair_portraits(root, sizes)
        picture_frames(root, lang)
        placeholders(root, lang)  # what is left without a picture
        face_of = partial(formula_face, files=self._files, lang=lang)
        undrawn: dict[str, None] = {}
        formulas = maths_to_pictures(root, face_of, f"{FORMULA}{mark}", undrawn)
        self._problems += undrawn_problems(undrawn, document.source, "pdf", "is shown as TeX")
        self._keep({name: Picture(svg, SVG) for name, svg in formulas.items()})
        highlight(root, line_safe=True)
        set_code_lines(root, metrics.code_columns(page))
        close_level_gaps(root)
        unlink_top(root)
        label_headings(root)  # before words get their joiners
        head_something(root)
        even_rows(root)
        size_tables(root, metrics.table_room(page))
        mark_lead_ins(root)
        room = metrics.note_lines(page) * (metrics.notes * self._longest_note)
        notes_at_foot(root, metrics.note_letters(page), room)
        print_link_targets(root, self.settings, lang, mark)
        return Markup(tree.inner_xml(root))

    def add_picture(self, name: str, picture: Picture) -> str:
        """Keep a picture for the pages; return the address under which they ask for it."""
        address = f"{SCHEME}{name}"
        self.pictures[address] = picture
        return address

    def _faults(self, printed: Printed) -> tuple[PlacedProblem, ...]:
        """Return what is not as in the documents."""
        label = product_label("pdf")
        return tuple(
            problem
            for leaf, (document, inventory) in self._inventories.items()
            for problem in report_faults(
                document, {label: find_faults(inventory, printed.shown.get(leaf, Shown("")))}
            )
        )

    def typeset(self, html: str) -> Printed:
        """Return the PDF of a filled template."""
        measure = self._metrics.measure(self.page)
        is_ragged = not self._metrics.is_justified(self.page)
        page = finish_page(html, self._files, measure, is_ragged=is_ragged)
        attached = self._attachments() if self.settings.attach_source else ()
        css = self._css + page.css
        drawn = {face for one in self.pictures.values() for face in self._faces_of(one)}
        more = (*page.faces, *sorted(drawn - set(page.faces), key=lambda face: face.path))
        printed = typeset(page.html, css, self.pictures, self._files, attached, more)
        faults = (*self._coarse, *self._faults(printed))
        return replace(printed, problems=tuple(self._problems), faults=faults)

    def _faces_of(self, picture: Picture) -> tuple[Face, ...]:
        """Return the faces that the words of a drawing need beside those of the site."""
        if picture.media_type != SVG or picture.data.isascii():
            return ()
        return faces_for(picture.data.decode("utf-8", errors="replace"), self._files)

    def _attachments(self) -> tuple[Attachment, ...]:
        """Return the sources of all documents and their pictures, each once."""
        attachments: dict[str, Attachment] = {}
        for document in self._documents:
            for attachment in attachments_of(document, self._files):
                attachments.setdefault(attachment.name, attachment)
        return tuple(attachments.values())

    def _pictures(self, document: Document, root: Element, mark: str) -> dict[str, Picture]:
        """Return the pictures of a body, with signs for what has no font."""
        pictures = body_pictures(root, document, self._files, self.page, mark)
        for address, picture in pictures.items():
            if picture.media_type == SVG:
                signed = sign_missing_in_svg(picture.data, lambda text: missing(text, self._files))
                pictures[address] = Picture(signed, picture.media_type)
        return pictures

    def _keep(self, pictures: dict[str, Picture]) -> None:
        """Keep pictures for the pages: of one that several documents show, the largest."""
        for address, picture in pictures.items():
            known = self.pictures.get(address)
            if known is None or len(known.data) < len(picture.data):
                self.pictures[address] = picture


def _looks(settings: Pdf, *, is_alike: bool) -> list[str]:
    """Return the stylesheets of looks; each costs time for every element of the page."""
    looks = (settings.density, settings.typeface, settings.paragraphs)
    return [*(f"print-{look}" for look in looks if look in _LOOKS), *(["print-alike"] * is_alike)]
