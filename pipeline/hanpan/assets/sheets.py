"""Sheets: code and tables as PNG, for editors that take neither.

Drawn with the bundled fonts, in the colours of layouts/styles/inline.css, a little larger than the
text around them is shown, so that they are sharp on screens of today.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from hanpan.assets.colours import WHITE, Colour, mix
from hanpan.assets.lettering import Lettering
from hanpan.assets.stylesheets import stylesheet_colour
from hanpan.assets.title_lines import fill_lines
from hanpan.files import Files

SCALE = 1.5  # pixels of the PNG for one of CSS
_WIDEST = 1080  # pixels: 720 of CSS, a column of text
_SIZE, _LEADING = 22, 34  # pixels of an em, and of a line
_EDGE = 24  # pixels around code
_CELL = (14, 12)  # pixels around a cell's text: beside and above
_STEPS = 8  # from the paper to an ink, for the edges of letters
_CODE_FONTS = ("fonts/d2coding/d2coding.ttf", "fonts/noto-sans-kr/NotoSansKR_400Regular.ttf")
_TEXT_FONTS = (
    "fonts/pretendard/Pretendard-Regular.ttf",
    "fonts/noto-sans-kr/NotoSansKR_400Regular.ttf",
)
_STYLESHEET = "styles/inline.css"
# class names of Pygments by their first letters, the longest first -> the class of their colour
_KINDS = (
    (("kc", "kd", "kn", "kp", "kr", "kt", "k", "ow", "nt"), "k"),
    (("s",), "s"),
    (("m", "il", "no", "bp", "nb"), "m"),
    (("nf", "nc", "fm", "nd", "na", "nn", "ne"), "nf"),
    (("c",), "c"),
)
CodeLine = tuple[tuple[str, str], ...]  # texts, each with the class of its colour or ""


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A drawn PNG, and its size in CSS pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines of text, the columns that it spans, whether it is a head."""

    text: str
    span: int = 1
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class _Inks:
    """The colours of sheets, as the stylesheet of payloads has them."""

    text: Colour
    box: Colour  # behind code
    line: Colour  # between rows of a table
    rule: Colour  # around a table, and below its head
    code: tuple[Colour, ...]  # in the order of _KINDS

    @classmethod
    def load(cls, files: Files) -> _Inks:
        """Read the colours from the site's stylesheet, or ours."""

        def colour(selector: str, name: str) -> Colour:
            return stylesheet_colour(_STYLESHEET, selector, name, files)

        return cls(
            text=colour("pre", "color"),
            box=colour("pre", "background-color"),
            line=colour("td", "border-bottom"),
            rule=colour("th", "border-bottom"),
            code=tuple(colour(f"span.{kind}", "color") for _, kind in _KINDS),
        )

    def of(self, name: str) -> Colour:
        """Return the colour of a class of Pygments."""
        kinds = zip(_KINDS, self.code, strict=True)
        return next((ink for (starts, _), ink in kinds if name.startswith(starts)), self.text)


@lru_cache(maxsize=64)
def _sheet_of_code(lines: tuple[CodeLine, ...], lettering: Lettering, inks: _Inks) -> DrawnSheet:
    rows = [row for line in lines for row in _wrap(line, lettering)]
    widths = [sum(lettering.width(text, _SIZE) for text, _ in row) for row in rows]
    width = round(min(max([*widths, _WIDEST * 0.6]), _WIDEST - 2 * _EDGE)) + 2 * _EDGE
    image = Image.new("RGB", (width, len(rows) * _LEADING + 2 * _EDGE), inks.box)
    for number, row in enumerate(rows):
        left, baseline = float(_EDGE), _EDGE + number * _LEADING + _LEADING * 0.7
        for text, name in row:
            if text.strip():
                lettering.draw(image, (left, baseline), text, _SIZE, inks.of(name))
            left += lettering.width(text, _SIZE)
    return _save(image, inks.box, inks, "".join(text for row in rows for text, _ in row))


def draw_code(lines: Sequence[CodeLine], files: Files, lang: str = "") -> DrawnSheet:
    """Return code as a picture; lines that are too long go on in the next."""
    text = "".join(part for line in lines for part, _ in line)
    lettering = Lettering.load(files, _CODE_FONTS, text, lang)
    return _sheet_of_code(tuple(lines), lettering, _Inks.load(files))


def _wrap(line: CodeLine, lettering: Lettering) -> list[list[tuple[str, str]]]:
    """Return a line of code in as many rows as it needs."""
    rows: list[list[tuple[str, str]]] = [[]]
    room = float(_WIDEST - 2 * _EDGE)
    left = room
    for text, name in line:
        width = lettering.width(text, _SIZE)
        if width <= left:
            rows[-1].append((text, name))
            left -= width
            continue
        for character in text:
            width = lettering.width(character, _SIZE)
            if width > left:
                rows.append([])
                left = room
            if rows[-1] and rows[-1][-1][1] == name:
                rows[-1][-1] = (rows[-1][-1][0] + character, name)
            else:
                rows[-1].append((character, name))
            left -= width
    return rows


def draw_table(rows: Sequence[Sequence[Cell]], files: Files, lang: str = "") -> DrawnSheet:
    """Return a table as a picture, its columns as wide as their texts need and the page allows."""
    text = "".join(cell.text for row in rows for cell in row)
    plain = Lettering.load(files, _TEXT_FONTS, text, lang)
    faces = plain, Lettering.load(files, text=text, lang=lang)
    return _sheet_of_table(tuple(tuple(row) for row in rows), *faces, _Inks.load(files))


@lru_cache(maxsize=64)
def _sheet_of_table(
    rows: tuple[tuple[Cell, ...], ...], plain: Lettering, bold: Lettering, inks: _Inks
) -> DrawnSheet:
    widths = _column_widths(rows, plain, bold)
    beside, above = _CELL
    placed = []
    height = 2
    for row in rows:
        column, texts, most = 0, [], 1
        for cell in row:
            room = sum(widths[column : column + cell.span]) - 2 * beside
            face = bold if cell.is_head else plain
            lines = _cell_lines(cell, room, face)
            texts.append((sum(widths[:column]) + beside, lines, face))
            most = max(most, len(lines))
            column += cell.span
        tall = most * _LEADING + 2 * above
        placed.append((height, texts, tall, any(cell.is_head for cell in row)))
        height += tall
    image = Image.new("RGB", (sum(widths), height + 2), WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, image.width, 2), fill=inks.rule)
    for top, texts, tall, is_head in placed:
        for left, lines, face in texts:
            for number, text in enumerate(lines):
                baseline = top + above + number * _LEADING + _LEADING * 0.72
                face.draw(image, (left, baseline), text, _SIZE, inks.text)
        pen.line((0, top + tall, image.width, top + tall), fill=inks.rule if is_head else inks.line)
    pen.line((0, height, image.width, height), fill=inks.rule, width=2)
    return _save(image, WHITE, inks, "".join(cell.text for row in rows for cell in row))


def _column_widths(
    rows: tuple[tuple[Cell, ...], ...], plain: Lettering, bold: Lettering
) -> list[int]:
    """Return the width of each column in pixels: what it asks for, less where all is too much."""
    count = max((sum(cell.span for cell in row) for row in rows), default=0)
    asked, least = [0.0] * count, [0.0] * count
    for row in rows:
        column = 0
        for cell in row:
            face = bold if cell.is_head else plain
            if cell.span == 1:
                lines = cell.text.split("\n")
                asked[column] = max(asked[column], *(face.width(line, _SIZE) for line in lines))
                words = cell.text.split() or [""]
                widest = max(face.width(word, _SIZE) for word in words)
                least[column] = max(least[column], min(widest, _WIDEST / max(count, 1)))
            column += cell.span
    room = _WIDEST - 2 * _CELL[0] * count
    if sum(asked) > room:
        spare = max(room - sum(least), 0.0)
        over = sum(asked) - sum(least) or 1.0
        asked = [low + spare * (want - low) / over for want, low in zip(asked, least, strict=True)]
    return [round(width) + 2 * _CELL[0] + 1 for width in asked]


def _cell_lines(cell: Cell, room: float, face: Lettering) -> list[str]:
    def measure(text: str) -> float:
        return face.width(text, _SIZE)

    return [part for line in cell.text.split("\n") for part in fill_lines(line, room + 1, measure)]


def _save(image: Image.Image, paper: Colour, inks: _Inks, text: str) -> DrawnSheet:
    """Return a picture as a PNG of few colours: those from the paper to each ink.

    A palette that is known beforehand takes a twentieth of the time; emoji have colours of their
    own, so what has any gets a palette of its own.
    """
    if any(ord(character) > 0xFFFF for character in text):
        few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    else:
        few = image.quantize(palette=_palette(paper, inks), dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=4)
    return DrawnSheet(out.getvalue(), round(image.width / SCALE), round(image.height / SCALE))


@lru_cache(maxsize=2)
def _palette(paper: Colour, inks: _Inks) -> Image.Image:
    """Return a picture whose palette holds the steps from the paper's colour to each ink."""
    colours = [paper, inks.line]
    for ink in dict.fromkeys((inks.text, *inks.code, inks.rule)):
        colours += [mix(paper, ink, step, _STEPS) for step in range(1, _STEPS + 1)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette
