"""Metrics: sizes of type and room, as the stylesheets that hold for a PDF give them.

WeasyPrint computes them on a sample page, so that each size stands in a stylesheet alone, and a
site's own stylesheet is heard however it gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hanpan.editions.pdf.engine import computed_styles
from hanpan.editions.pdf.page import POINTS, PrintedPage
from hanpan.editions.pdf.patches.computed_styles import area_style
from hanpan.files import Files
from hanpan.transforms.table_sizes import TableRoom

# em: how wide a syllable is before tracking, in Noto Serif KR and in Pretendard
_SERIF, _SANS = 0.966, 0.864
_JUSTIFIED = 28  # syllables in a line; shorter ones have too few blanks to share what is left
_PIXEL = 0.75  # points
_LEAST = 0.01  # pixels: type of no size is not to be divided by
_KEPT = 8  # metrics kept: one for each page size and set of layouts in use

_ROW = "<tr><td/><td{}/><td/></tr>"  # the first and the last column have less padding
_BODY = f"""<div class="post-body" id="body">
<div class="highlight"><pre id="pre"><code id="code">x</code></pre></div>
<table>{_ROW.format(' id="cell"')}</table>
<table class="table-tight">{_ROW.format(' id="tight-cell"')}</table>
<pdf-note id="note" class="foot"/>
</div>"""
POST = f"""<html><body><article>
<header class="title-block"><h1 id="title" class="title"/><h1 id="title long" class="title long"/>
</header>{_BODY}</article></body></html>"""
BOOK = f"""<html><body class="book">
<section class="title-page"><p id="book-title" class="book-title"/></section>
<section class="matter"><header class="opening"><h1 id="matter-title" class="matter-title"/>
<h1 id="matter-title long" class="matter-title long"/></header></section>
<article class="chapter"><header class="opening"><h1 id="chapter-title" class="chapter-title"/>
<h1 id="chapter-title long" class="chapter-title long"/></header>{_BODY}</article></body></html>"""


@dataclass(frozen=True, slots=True)
class TypeMetrics:
    """What a stylesheet says of one kind of text; all but `size` in em of its own size."""

    size: float  # em of the body
    leading: float  # from line to line
    tracking: float
    padding: float  # of both sides together


@dataclass(frozen=True, slots=True)
class Metrics:
    """The sizes of one PDF."""

    body: float  # points
    leading: float  # em of the body, from line to line
    syllable: float  # em of the body
    code: TypeMetrics
    cell: TypeMetrics
    tight_cell: TypeMetrics
    note: TypeMetrics
    notes: float  # of a page's height, the room for its notes
    titles: Mapping[str, TypeMetrics]  # by their classes

    def measure(self, page: PrintedPage) -> float:
        """Return the length of a line in em of the body."""
        return page.text_width * POINTS / self.body

    def is_justified(self, page: PrintedPage) -> bool:
        """Tell whether a line is long enough to be set flush on both sides."""
        return self.measure(page) / self.syllable >= _JUSTIFIED

    def code_columns(self, page: PrintedPage) -> float:
        """Return how many letters of half an em a line of code holds."""
        return (self.measure(page) / self.code.size - self.code.padding) * 2

    def table_room(self, page: PrintedPage) -> TableRoom:
        """Return the room that tables have."""
        return TableRoom(
            measure=self.measure(page),
            turned=page.turned_width * POINTS / self.body,
            body=self.body,
            size=self.cell.size,
            padding=self.cell.padding,
            tight_padding=self.tight_cell.padding,
        )

    def note_letters(self, page: PrintedPage) -> float:
        """Return how many syllables a line of a note holds."""
        return (self.measure(page) / self.note.size - self.note.padding) / self.syllable

    def note_lines(self, page: PrintedPage) -> float:
        """Return how many lines of notes would fill a page."""
        return page.text_height * POINTS / (self.body * self.note.size * self.note.leading)

    def body_lines(self, page: PrintedPage) -> float:
        """Return how many lines of running text a page holds."""
        return page.text_height * POINTS / (self.body * self.leading)

    def title(self, name: str, *, is_long: bool) -> TypeMetrics:
        """Return the metrics of a title of a class; long ones may be set smaller."""
        return self.titles.get(f"{name} long" if is_long else name) or self.titles[name]


_known: dict[tuple[str, str, bool], Metrics] = {}


def read_metrics(css: str, files: Files, sample: str = POST, *, is_serif: bool = False) -> Metrics:
    """Return what the stylesheets `css` say of the text of a sample page: POST or BOOK."""
    key = (css, sample, is_serif)
    if key not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        _known[key] = _read(css, files, sample, is_serif=is_serif)
    return _known[key]


def _read(css: str, files: Files, sample: str, *, is_serif: bool) -> Metrics:
    html, style_of = computed_styles(sample, css, files)
    elements = {element.get("id"): element for element in html.etree_element.iter()}
    styles = {name: style_of(element) for name, element in elements.items() if name}
    body = max(styles["body"]["font_size"], _LEAST)

    def metrics(name: str, outer: str = "") -> TypeMetrics:
        style, around = styles[name], styles[outer or name]
        size = max(style["font_size"], _LEAST)
        padding = _pixels(around["padding_left"]) + _pixels(around["padding_right"])
        return TypeMetrics(
            size=_exact(size / body),
            leading=_leading(style["line_height"], size),
            tracking=_exact(_pixels(style["letter_spacing"]) / size),
            padding=_exact(padding / size),
        )

    width = _SERIF if is_serif else _SANS
    return Metrics(
        body=_exact(body * _PIXEL),
        leading=metrics("body").leading,
        syllable=_exact(width + metrics("body").tracking),
        code=metrics("code", "pre"),
        cell=metrics("cell"),
        tight_cell=metrics("tight-cell"),
        note=metrics("note"),
        notes=_room_for_notes(html, style_of),
        titles={name: metrics(name) for name in styles if "title" in name},
    )


def _room_for_notes(html: Any, style_of: Any) -> float:
    """Return which share of a page its notes may take."""
    area = area_style(html, style_of, "@footnote")
    most = None if area is None else area["max_height"]  # a style is empty until it is asked
    return most.value / 100 if most is not None and most.unit == "%" else 1.0


def _pixels(length: Any) -> float:
    """Return a length in CSS pixels; shares of something and `normal` count as nothing."""
    if isinstance(length, int | float):
        return float(length)
    return float(length.value) if getattr(length, "unit", "") == "px" else 0.0


def _leading(height: Any, size: float) -> float:
    """Return a line's height in em."""
    if isinstance(height, int | float):  # `1.55`
        return _exact(float(height))
    return _exact(_pixels(height) / size) or 1.2


def _exact(number: float) -> float:
    """Return a number as a stylesheet writes it, without the errors of the sums since."""
    return round(number, 6)
