"""The chapter: a document's body as the content of an EPUB page."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline import tree
from pipeline.document import Document, Heading
from pipeline.editions.epub_metadata import Words
from pipeline.editions.epub_parts import START
from pipeline.editions.epub_pictures import Pictures
from pipeline.transforms.ascii_ids import ascii_ids
from pipeline.transforms.embed_cards import picture_frames
from pipeline.transforms.highlight import highlight
from pipeline.transforms.levels import HEADINGS, mend_levels
from pipeline.transforms.namespaces import name_spaces
from pipeline.transforms.placeholders import placeholders
from pipeline.transforms.relative_styles import relative_styles
from pipeline.transforms.top_links import unlink_top
from pipeline.tree import Element

OPS = "http://www.idpf.org/2007/ops"
_TYPE = f"{{{OPS}}}type"
_CODE = ("pre", "code", "kbd", "samp")
_WIDE = 5  # columns
_CALLOUTS = (  # a class of the theme -> the key of the word that says what the colour says
    ("danger", "danger"),
    ("warning", "warning"),
    ("success", "tip"),
    ("tip", "tip"),
    ("info", "note"),
    ("primary", "note"),
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's XHTML and what the package says of it."""

    body: str
    headings: tuple[Heading, ...]  # levels from 2
    properties: tuple[str, ...]  # of the manifest item: mathml, svg
    code: str  # the text set in the code font
    described: bool  # every picture has a text that stands for it


def chapter(document: Document, pictures: Pictures, words: Words) -> Chapter:
    """Return the body as valid XHTML, its pictures named by their place in the package."""
    root = tree.parse_xml(document.body)
    placeholders(root, document.meta.lang)
    picture_frames(root, document.meta.lang)
    _task_boxes(root)
    highlight(root)
    _label_code(root)
    _label_callouts(root, words)
    mend_levels(root)
    unlink_top(root)
    _foot_notes(root)
    pictures.place(root)
    relative_styles(root)
    _open_details(root)
    _mark_wide_tables(root)
    ascii_ids(root)
    name_spaces(root)  # last: the others know elements by their bare names
    headings = _headings(root)
    described = all((img.get("alt") or "").strip() for img in root.iter("img"))
    properties = [name for tag, name in (("math", "mathml"), ("svg", "svg")) if _has(root, tag)]
    return Chapter(
        body=tree.inner_xml(root),
        headings=headings,
        properties=tuple(properties),
        code="".join(tree.text_of(element) for element in root.iter(*_CODE)),
        described=described,
    )


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


def _label_code(root: Element) -> None:
    """Put a code block's language above it as text: few reading systems show generated content."""
    for frame in list(root.iter("div")):
        name = str(frame.attrib.pop("data-lang", ""))
        if name and "highlight" in tree.classes(frame):
            label = etree.Element("p", {"class": "code-label"})
            label.text = name
            frame.insert(0, label)


def _label_callouts(root: Element, words: Words) -> None:
    """Begin a callout with the word for its colour."""
    for block in list(root.iter("div", "blockquote", "p", "section", "aside")):
        names = [n for n in tree.classes(block) if n.startswith(("notice--", "prompt-"))]
        if not names or _starts_with_word(block):
            continue
        kind = names[0].replace("prompt-", "").replace("notice--", "")
        key = next((key for name, key in _CALLOUTS if name == kind), "note")
        label = etree.Element("strong" if block.tag == "p" else "p", {"class": "callout-word"})
        label.text = words.callouts[key]
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


def _mark_wide_tables(root: Element) -> None:
    """Mark tables that a narrow page cannot hold with whole eojeols."""
    for table in root.iter("table"):
        rows = ([cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr"))
        widest = max((sum(int(c.get("colspan", 1)) for c in row) for row in rows), default=0)
        if widest >= _WIDE:
            tree.add_class(table, "wide")


def _foot_notes(root: Element) -> None:
    """Turn the list of notes into asides, which reading systems show beside the text or pop up.

    EPUB 3.3 Structural Semantics: `noteref` points to an `aside` of type `footnote`.
    """
    for link in root.iter("a"):
        if link.get("role") == "doc-noteref" or "footnote-ref" in tree.classes(link):
            link.set(_TYPE, "noteref")
            link.set("role", "doc-noteref")
    for section in root.iter("section"):
        if "footnotes" not in tree.classes(section):
            continue
        section.set(_TYPE, "footnotes")
        section.set("role", "doc-endnotes")
        for line in section.findall("hr"):
            tree.remove(line)
        for notes in section.findall("ol"):
            for number, note in enumerate(list(notes), start=1):
                _foot_note(note, number)
            tree.unwrap(notes)


def _foot_note(note: Element, number: int) -> None:
    """Make a list item an aside that begins with its number."""
    note.tag = "aside"
    note.set(_TYPE, "footnote")
    note.set("role", "doc-footnote")
    first = note[0] if len(note) and note[0].tag == "p" else None
    if first is None:
        first = etree.Element("p")
        first.text, note.text = note.text, None
        while len(note) and note[0].tag not in ("p", "ul", "ol", "pre", "div", "blockquote"):
            first.append(note[0])
        note.insert(0, first)
    first.text = f"{number}. {(first.text or '').lstrip()}"
    for link in note.iter("a"):
        if "footnote-back" in tree.classes(link) or link.get("role") == "doc-backlink":
            link.set("role", "doc-backlink")


def _headings(root: Element) -> tuple[Heading, ...]:
    """Return the headings that contents can list, giving an id to those that have none."""
    taken: set[str | None] = {element.get("id") for element in root.iter(etree.Element)} | {START}
    found: list[Heading] = []
    for element in list(root.iter(*HEADINGS)):
        text = " ".join(tree.text_of(element).split())
        text = text or " ".join(img.get("alt", "") for img in element.iter("img")).strip()
        if not text:
            if not len(element):
                tree.remove(element)  # an empty heading is a stop for screen readers, no more
            continue
        identity = element.get("id")
        number = len(found) + 1
        while identity is None:
            identity = f"section-{number}" if f"section-{number}" not in taken else None
            number += 1
        taken.add(identity)
        element.set("id", identity)
        found.append(Heading(HEADINGS.index(str(element.tag)) + 1, identity, text))
    return tuple(found)
