"""What a PDF must not have: missing glyphs, fonts left out, joiners, labels that differ."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from lxml import html

from tests.support.pdf.document_words import plain

JOINER = "\u2060"


def faults(path: Path, document: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong in a PDF beside its words, judged by the document that it shows."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for glyph in _missing(page):
                yield f"page {page.label}: the font {glyph} shows a glyph that it has not"
        for name in sorted(set(_left_out(pdf))):
            yield f"the font {name} is not embedded"
        yield from _joiners(pdf)
        yield from _labels(pdf, document)


def _missing(page: pikepdf.Page) -> Iterator[str]:
    """Yield the font of each missing glyph: .notdef, or a number past the font's end.

    WeasyPrint writes glyphs as two bytes (Identity-H), and a missing one as a number past the end.
    """
    fonts = {str(name): font for name, font in _dictionary(page, "/Font").items()}
    counts = {name: _glyph_count(font) for name, font in fonts.items()}
    name = ""
    for command in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        operands: Any = command.operands
        if str(command.operator) == "Tf":
            name = str(operands[0])
        elif counts.get(name):
            for piece in operands[0] if str(command.operator) == "TJ" else operands:
                if isinstance(piece, pikepdf.String):
                    data = bytes(piece)
                    glyphs = (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))
                    if not all(0 < glyph < counts[name] for glyph in glyphs):
                        yield str(fonts[name].BaseFont)


def _glyph_count(font: Any) -> int:
    """Return how many glyphs an embedded TrueType font has; 0 for another kind of font."""
    file = _descriptor(font).get("/FontFile2")
    return TTFont(io.BytesIO(file.read_bytes()), lazy=True)["maxp"].numGlyphs if file else 0


def _left_out(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
            inside = ("/FontFile", "/FontFile2", "/FontFile3")
            if item.get("/Subtype") not in ("/Type3", "/CIDFontType0", "/CIDFontType2") and not any(
                name in _descriptor(item) for name in inside
            ):
                yield str(item.get("/BaseFont"))


def _descriptor(font: Any) -> Any:
    whole = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    return whole.get("/FontDescriptor", pikepdf.Dictionary())


def _dictionary(page: pikepdf.Page, name: str) -> Any:
    return page.resources.get(name, pikepdf.Dictionary())


def _joiners(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield each text of the file that holds U+2060: outline, labels, metadata, destinations."""
    for item in pdf.objects:
        for text in _strings(item):
            if JOINER in text:
                yield f"U+2060 in {text[:60]!r}"
    metadata = pdf.Root.get("/Metadata")
    if metadata is not None and JOINER.encode() in metadata.read_bytes():
        yield "U+2060 in the metadata"


def _strings(item: Any) -> Iterator[str]:
    """Yield the strings of an object, not those of objects that it names."""
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for value in item.values():
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)


def _labels(pdf: pikepdf.Pdf, document: dict[str, Any]) -> Iterator[str]:
    """Yield where outline, metadata and alternative texts are not the document's."""
    meta = document["meta"]
    if plain(str(pdf.docinfo.get("/Title", ""))) != plain(meta["title"]):
        yield f"the title is {str(pdf.docinfo.get('/Title'))!r}"
    if str(pdf.docinfo.get("/Author", "")) != meta["author"]:
        yield f"the author is {str(pdf.docinfo.get('/Author'))!r}"
    with pdf.open_outline() as outline:
        said = [_squeezed(item.title) for item in _items(outline.root)]
    wanted = [_squeezed(text) for text in (meta["title"], *_headings(document["body"]))]
    if said != wanted:
        differ = [pair for pair in zip(said, wanted, strict=False) if pair[0] != pair[1]]
        yield f"the outline has {len(said)} entries, not {len(wanted)}: {differ[:2]}"
    figures = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and _is_figure(e)]
    for _ in filter(lambda figure: not str(figure.get("/Alt", "")).strip(), figures):
        yield "a figure has no alternative text"


def _is_figure(element: pikepdf.Dictionary) -> bool:
    return bool(element.get("/S") == "/Figure")


def _headings(body: str) -> Iterator[str]:
    """Yield each heading's text; pictures by their alternative text, formulas as their TeX."""
    root = html.fragment_fromstring(body, "div")
    for heading in root.iter(*(f"h{level}" for level in range(1, 7))):
        for formula in heading.iter("math"):
            tex = formula.findtext(".//annotation") or ""
            formula[:] = []
            formula.text = tex
        pieces = [heading.text or ""]
        for inner in heading.iterdescendants():
            pieces += [inner.get("alt") or "", inner.text or "", inner.tail or ""]
        yield "".join(pieces)


def _items(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _items(item.children)


def _squeezed(text: str) -> str:
    return "".join(plain(text).split())
