"""The body of a page, as browsers show it: the same for every page that a post has."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from hanpan.document import Document
from hanpan.editions.html.pictures import inline_diagrams
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.transforms.author_colours import soften_colours
from hanpan.transforms.embed_cards import fold_frames
from hanpan.transforms.highlight import highlight
from hanpan.transforms.html.heading_anchors import anchor_headings
from hanpan.transforms.html.margin_notes import put_notes_beside
from hanpan.transforms.html.short_code import mark_short_code
from hanpan.transforms.languages import mark_languages
from hanpan.transforms.levels import close_level_gaps
from hanpan.transforms.mathml_core import write_mathml_core
from hanpan.transforms.placeholders import placeholders
from hanpan.transforms.right_to_left import set_directions
from hanpan.transforms.scrollers import scroll_code, scroll_formulas, scroll_tables
from hanpan.tree import Element

PlacePictures = Callable[[Element, Document, Files], None]


def make_page_body(
    root: Element, document: Document, files: Files, place_pictures: PlacePictures
) -> None:
    """Make of a document's tree what a page shows; `place_pictures` says where pictures are."""
    lang = document.meta.lang
    labels = Labels(lang)
    fold_frames(root, lang)
    soften_colours(root)
    placeholders(root, lang)
    inline_diagrams(root, document, files)
    place_pictures(root, document, files)
    close_level_gaps(root, keep_looks=True)
    anchor_headings(root, labels.anchor)
    mark_short_code(root)
    highlight(root)
    mark_languages(root, lang)  # after highlight, which reads code as text
    set_directions(root)
    scroll_code(root, labels.code)  # after highlight, whose frames it looks for
    scroll_tables(root, labels.table)
    scroll_formulas(root, labels.formula)
    write_mathml_core(root)
    put_notes_beside(root)
    etree.cleanup_namespaces(root)
