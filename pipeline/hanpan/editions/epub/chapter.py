"""The chapter: a document's body as the content of an EPUB page."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from hanpan import tree
from hanpan.conservation import find_faults, report_faults, shown_in, take_inventory
from hanpan.document import Document, Heading
from hanpan.editions import product_label
from hanpan.editions.epub.access import Access, access_of, label_inline_svg, pictures_are_described
from hanpan.editions.epub.fonts import script_class
from hanpan.editions.epub.formulas import name_formulas
from hanpan.editions.epub.notes import put_notes, take_notes
from hanpan.editions.epub.page_breaks import break_pages, breaks_in
from hanpan.editions.epub.parts import OURS, START, ManifestItem, PageBreak
from hanpan.editions.epub.pictures import Pictures
from hanpan.editions.epub.split import join_links, split
from hanpan.editions.epub.table_types import table_types
from hanpan.editions.page_starts import number_blocks, of_leaf, read_starts
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.problems import PlacedProblem, Problem
from hanpan.transforms.ascii_ids import ascii_ids
from hanpan.transforms.author_colours import middle_colours
from hanpan.transforms.embed_cards import picture_frames
from hanpan.transforms.epub.namespaces import name_spaces
from hanpan.transforms.epub.narrow_tables import fit_tables
from hanpan.transforms.epub.relative_styles import relative_styles
from hanpan.transforms.head_cells import unhead_empty_cells
from hanpan.transforms.highlight import highlight
from hanpan.transforms.languages import mark_languages
from hanpan.transforms.levels import close_level_gaps
from hanpan.transforms.mathml_core import write_mathml_core
from hanpan.transforms.maths_svg import undrawn_problems
from hanpan.transforms.placeholders import placeholders
from hanpan.transforms.right_to_left import set_directions
from hanpan.transforms.script_runs import mark_scripts
from hanpan.transforms.scrollers import scroll_formulas
from hanpan.transforms.theme_pictures import drop_dark_pictures
from hanpan.transforms.top_links import unlink_top
from hanpan.tree import HEADINGS, Element

_LONG_FORMULA = 10  # characters: more may be wider than a telephone's page in large type
_CODE = ("pre", "code", "kbd", "samp")
_CALLOUTS = {  # a class of the theme -> the word that says what the colour says; else a note
    "danger": Labels.danger,
    "warning": Labels.warning,
    "success": Labels.tip,
    "tip": Labels.tip,
}


@dataclass(frozen=True, slots=True)
class EpubPage:
    """A file of a chapter."""

    name: str  # of the file, in the folder of pages
    body: str  # XHTML
    headings: tuple[Heading, ...]  # levels from 2
    properties: tuple[str, ...]  # of the manifest item: mathml, svg


@dataclass(frozen=True, slots=True)
class EpubChapter:
    """A chapter's pages, in order, and what the package holds and says because of them."""

    pages: tuple[EpubPage, ...]
    code: str  # the text set in the code font
    formulas: tuple[ManifestItem, ...]  # pictures of formulas
    access: Access
    opens: tuple[str, ...]  # numbers of the PDF's pages that begin where the chapter does
    breaks: tuple[PageBreak, ...]  # ... and of those that begin further on
    problems: tuple[Problem, ...] = ()
    faults: tuple[PlacedProblem, ...] = ()  # what is not as in the document


def chapter(document: Document, pictures: Pictures, files: Files, name: str) -> EpubChapter:
    """Return a body as valid XHTML: `NAME.xhtml`, and where it is long NAME-2.xhtml and so on.

    Its pictures are named by their place in the package. Ids are unique within the chapter. `name`
    is the leaf of the PDF in which its pages begin.
    """
    root, labels = tree.parse_xml(document.body), Labels(document.meta.lang)
    inventory = take_inventory(root)
    starts = tuple(of_leaf(read_starts(files), name))
    if starts:
        number_blocks(root, name)
    drop_dark_pictures(root)
    described = pictures_are_described(root)
    placeholders(root, document.meta.lang)
    picture_frames(root, document.meta.lang)
    _task_boxes(root)
    highlight(root)
    mark_languages(root, document.meta.lang)  # after highlight, which reads code as text
    mark_scripts(root, document.meta.lang, files, script_class)
    set_directions(root)
    _label_code(root)
    _label_callouts(root, document.meta.lang)
    close_level_gaps(root)
    unlink_top(root)
    pictures.place(root)
    undrawn: dict[str, None] = {}
    formulas = name_formulas(root, files, document.meta.lang, undrawn)
    write_mathml_core(root)  # after their pictures have been drawn
    scroll_formulas(root, labels.formula, _LONG_FORMULA)
    label_inline_svg(root)
    relative_styles(root)
    middle_colours(root)
    _open_details(root)
    _drop_ruby_brackets(root)
    unhead_empty_cells(root)
    fit_tables(root, table_types(files))
    ascii_ids(root, OURS)
    _name_headings(root)
    access = access_of(root, described=described)
    code = "".join(tree.text_of(element) for element in root.iter(*_CODE))
    if starts:
        break_pages(root, starts)
    notes = take_notes(root)
    parts = split(root)
    put_notes(notes, parts)
    faults = {product_label("epub"): find_faults(inventory, shown_in(*parts))}
    named = {f"{name}{f'-{n}' if n > 1 else ''}.xhtml": part for n, part in enumerate(parts, 1)}
    join_links(named)
    pages = tuple(_page(file, part) for file, part in named.items())
    opens = tuple(start.label for start in starts if start.place == name)
    problems = undrawn_problems(
        undrawn, document.source, "epub", "has no picture beside its MathML"
    )
    return EpubChapter(
        pages,
        code,
        tuple(formulas),
        access,
        opens,
        tuple(breaks_in(named)),
        problems,
        report_faults(document, faults),
    )


def _page(name: str, part: Element) -> EpubPage:
    """Return a part of the tree as a file's content."""
    name_spaces(part)  # last: the others know elements by their bare names
    headings = tuple(
        Heading(HEADINGS.index(str(h.tag)) + 1, str(h.get("id")), _contents_text(h))
        for h in part.iter(*HEADINGS)
        if _contents_text(h)
    )
    properties = [name for tag, name in (("math", "mathml"), ("svg", "svg")) if _has(part, tag)]
    return EpubPage(name, tree.inner_xml(part), headings, tuple(properties))


def _has(root: Element, tag: str) -> bool:
    return next(root.iter(tag), None) is not None


def _task_boxes(root: Element) -> None:
    """Draw boxes as text: reading systems leave out what has neither text nor a picture."""
    for box in root.iter("span"):
        if "task-box" in tree.classes(box) and not len(box):
            checked = box.get("data-checked", "false") != "false"
            box.text = "☑" if checked else "☐"


def _open_details(root: Element) -> None:
    """Open what folds: not every reading system lets a reader do it."""
    for details in root.iter("details"):
        details.set("open", "")


def _drop_ruby_brackets(root: Element) -> None:
    """Drop the brackets for readers without ruby: EPUB discourages them (EPUBCheck, HTM-055)."""
    for bracket in list(root.iter("rp")):
        tree.remove(bracket)


def _label_code(root: Element) -> None:
    """Put a code block's language above it as text: few reading systems show generated content."""
    for frame in list(root.iter("div")):
        name = str(frame.attrib.pop("data-lang", ""))
        if name and "highlight" in tree.classes(frame):
            label = etree.Element("p", {"class": "code-label"})
            label.text = name
            frame.insert(0, label)


def _label_callouts(root: Element, lang: str) -> None:
    """Begin a callout with the word for its colour."""
    for block in list(root.iter("div", "blockquote", "p", "section", "aside")):
        names = [n for n in tree.classes(block) if n.startswith(("notice--", "prompt-"))]
        if not names or _starts_with_word(block):
            continue
        kind = names[0].replace("prompt-", "").replace("notice--", "")
        label = etree.Element("strong" if block.tag == "p" else "p", {"class": "callout-word"})
        label.text = _CALLOUTS.get(kind, Labels.note).text(lang)
        if block.tag == "p":
            label.tail, block.text = f" {block.text or ''}", None
        block.insert(0, label)


def _starts_with_word(block: Element) -> bool:
    """Tell whether a callout has its word already: this pass, or the author's own title."""
    first = block[0] if len(block) and not (block.text or "").strip() else None
    if first is None:
        return False
    own = first.tag in HEADINGS or "title" in tree.classes(first)
    return own or "callout-word" in tree.classes(first)


def _name_headings(root: Element) -> None:
    """Give each heading that contents can list an id."""
    taken: set[str | None] = {element.get("id") for element in root.iter(etree.Element)} | {START}
    number = 0
    for element in list(root.iter(*HEADINGS)):
        if not _contents_text(element):
            if not len(element):
                tree.remove(element)  # an empty heading is a stop for screen readers, no more
            continue
        number += 1
        while element.get("id") is None:
            if f"section-{number}" not in taken:
                element.set("id", f"section-{number}")
            else:
                number += 1


def _contents_text(heading: Element) -> str:
    """Return what contents say of a heading: its text, else that of its pictures."""
    text = " ".join(tree.text_of(heading).split())
    return text or " ".join(img.get("alt", "") for img in heading.iter("img")).strip()
