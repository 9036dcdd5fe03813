"""The binder: chapters, and the files that they share, put together for one EPUB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hanpan.document import Document, Meta
from hanpan.editions.epub.access import Access, join_access
from hanpan.editions.epub.chapter import EpubChapter, chapter
from hanpan.editions.epub.folding import folding_rules
from hanpan.editions.epub.fonts import embedded_fonts
from hanpan.editions.epub.pages import cover_page
from hanpan.editions.epub.parts import COVER_PICTURE, STYLE, ManifestItem
from hanpan.editions.epub.pictures import Pictures
from hanpan.editions.templates import layout_text, list_marks, user_styles
from hanpan.files import Files
from hanpan.media_types import CSS, JPEG
from hanpan.problems import PlacedProblem, Problem
from hanpan.site import Epub


class Binder:
    """Chapters of one book, in order; pictures and formulas of several are stored once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._shelf: dict[str, ManifestItem] = {}
        self._chapters: list[EpubChapter] = []

    def pictures(self, document: Document) -> Pictures:
        """Return a document's pictures, which go into this book."""
        return Pictures(document, self._files, self._shelf)

    def add(self, document: Document, name: str) -> EpubChapter:
        """Render a document as a chapter whose files begin with `name`, and add it."""
        added = chapter(document, self.pictures(document), self._files, name)
        self._chapters.append(added)
        return added

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is to be told of all chapters."""
        return tuple(problem for chapter in self._chapters for problem in chapter.problems)

    @property
    def access(self) -> Access:
        """Return what all chapters hold for readers who do not see."""
        return join_access(chapter.access for chapter in self._chapters)

    @property
    def faults(self) -> tuple[PlacedProblem, ...]:
        """Return what is not as in the documents."""
        return tuple(one for chapter in self._chapters for one in chapter.faults)

    def items(
        self, meta: Meta, cover: bytes, pages: Iterable[ManifestItem], *stylesheets: str
    ) -> tuple[ManifestItem, ...]:
        """Return all files beside the pages: cover, styles, pictures, formulas and fonts."""
        code = "".join(chapter.code for chapter in self._chapters)
        body = self._files.settings(Epub).embed_fonts
        fonts = embedded_fonts(pages, code, self._files, body=body)
        bodies = "".join(page.body for chapter in self._chapters for page in chapter.pages)
        sheets = (f"styles/{name}.css" for name in (*stylesheets, *list_marks(bodies)))
        css = "".join(
            (
                fonts.css,
                layout_text(self._files, *sheets),
                folding_rules(self._files, bodies),
                user_styles(self._files),
            )
        )
        return (
            cover_page(meta, self._files),
            ManifestItem("style", STYLE, CSS, css.encode()),
            ManifestItem("cover-image", COVER_PICTURE, JPEG, cover, ("cover-image",)),
            *(self._shelf[name] for name in sorted(self._shelf)),
            *self._formulas(),
            *fonts.items,
        )

    def _formulas(self) -> Iterator[ManifestItem]:
        formulas = {item.path: item for chapter in self._chapters for item in chapter.formulas}
        # those of one chapter are in its order
        names = sorted(formulas) if len(self._chapters) > 1 else formulas
        yield from (formulas[name] for name in names)
