"""The glyphs of a PDF where its content puts them: what stands on a page, whoever wrote it.

Only what sets text is followed: `Do` is not, for words in pictures are no lines of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_OPERATORS = "q Q cm BT ET Tf Td TD Tm T* Tc Tw Tz TL Ts Tj TJ ' \""
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F\s]*)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:<([0-9a-fA-F\s]+)>|\[(.*?)\])")
_HEX = re.compile(rb"<([0-9a-fA-F\s]+)>")
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: its text, and in points where it begins, where the next one would, and its em."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


@dataclass(slots=True)
class _Font:
    name: str
    widths: dict[int, float]
    default: float
    texts: dict[int, str]
    code_length: int


@dataclass(slots=True)
class _State:
    """The text state of a page's content (ISO 32000-1, 9.3)."""

    matrix: Matrix = _IDENTITY
    font: _Font | None = None
    size: float = 1.0
    char: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    saved: list[tuple[Any, ...]] = field(default_factory=list)
    text: Matrix = _IDENTITY
    line: Matrix = _IDENTITY


def glyphs(page: pikepdf.Page, fonts: dict[Any, _Font]) -> Iterator[Glyph]:
    """Yield the glyphs of a page that run from left to right, in the order of its content.

    `fonts` keeps what was read of the fonts of a file.
    """
    known = page.resources.get("/Font", pikepdf.Dictionary())
    state = _State()
    for command in pikepdf.parse_content_stream(page, _OPERATORS):
        operands: Any = command.operands
        name = str(command.operator)
        if name == "Tf":
            font = known[str(operands[0])]
            if font.objgen not in fonts:
                fonts[font.objgen] = _read_font(font)
            state.font, state.size = fonts[font.objgen], float(operands[1])
        elif name in ("Tj", "TJ", "'", '"'):
            if name in "'\"":
                _move(state, 0, -state.leading)
            if name == '"':
                state.word, state.char = float(operands[0]), float(operands[1])
            pieces = operands[0] if name == "TJ" else operands[-1:]
            yield from _show(state, pieces)
        else:
            _change(state, name, operands)


def _change(state: _State, name: str, operands: Any) -> None:
    """Follow an operator that shows nothing."""
    numbers = [float(item) for item in operands] if name not in ("q", "Q", "BT", "ET") else []
    if name == "q":
        state.saved.append(
            (state.matrix, state.font, state.size, state.char, state.word, state.scale, state.rise)
        )
    elif name == "Q" and state.saved:
        (state.matrix, state.font, state.size, state.char, state.word, state.scale, state.rise) = (
            state.saved.pop()
        )
    elif name == "cm":
        state.matrix = _times(_matrix(numbers), state.matrix)
    elif name == "BT":
        state.text = state.line = _IDENTITY
    elif name == "Tm":
        state.text = state.line = _matrix(numbers)
    elif name in ("Td", "TD"):
        if name == "TD":
            state.leading = -numbers[1]
        _move(state, numbers[0], numbers[1])
    elif name == "T*":
        _move(state, 0, -state.leading)
    elif name in ("Tc", "Tw", "TL", "Ts"):
        names = {"Tc": "char", "Tw": "word", "TL": "leading", "Ts": "rise"}
        setattr(state, names[name], numbers[0])
    elif name == "Tz":
        state.scale = numbers[0] / 100


def _show(state: _State, pieces: Any) -> Iterator[Glyph]:
    font = state.font
    if font is None:
        return
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            _advance(state, -float(piece) / 1000 * state.size * state.scale)
            continue
        data = bytes(piece)
        for at in range(0, len(data), font.code_length):
            code = int.from_bytes(data[at : at + font.code_length])
            width = font.widths.get(code, font.default) * state.size * state.scale
            whole = _times((1, 0, 0, 1, 0, state.rise), _times(state.text, state.matrix))
            left, up = whole[4], whole[5]
            run = whole[0]
            if run > 0 and abs(whole[1]) < 1e-3:
                size = abs(whole[3]) * state.size
                text = font.texts.get(code, "")
                yield Glyph(text, left, left + width * run, up, size, font.name)
            is_blank = font.code_length == 1 and code == 32
            _advance(state, width + (state.char + state.word * is_blank) * state.scale)


def _advance(state: _State, along: float) -> None:
    state.text = _times((1, 0, 0, 1, along, 0), state.text)


def _move(state: _State, along: float, up: float) -> None:
    state.line = state.text = _times((1, 0, 0, 1, along, up), state.line)


def _matrix(numbers: list[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that applies `one` and then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _read_font(font: Any) -> _Font:
    """Return widths in em and texts by code."""
    texts = _texts(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {}
    name = str(font.get("/BaseFont", "/Type3"))[1:]
    if font.Subtype == "/Type0":
        inner = font.DescendantFonts[0]
        default = float(inner.get("/DW", 1000)) / 1000
        return _Font(name, _cid_widths(inner.get("/W", [])), default, texts, 2)
    unit = float(font.FontMatrix[0]) if font.Subtype == "/Type3" else 0.001
    first = int(font.get("/FirstChar", 0))
    widths = {first + at: float(width) * unit for at, width in enumerate(font.get("/Widths", []))}
    return _Font(name, widths, 0.5, texts or {code: chr(code) for code in range(32, 127)}, 1)


def _cid_widths(table: Any) -> dict[int, float]:
    """Return the widths of a CIDFont's /W (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    items = list(table)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + at: float(width) / 1000 for at, width in enumerate(second)}
        else:
            width = float(items.pop(0)) / 1000
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths


def _texts(cmap: bytes) -> dict[int, str]:
    """Return what a ToUnicode CMap says of codes."""
    texts: dict[int, str] = {}
    for block in _CHARS.findall(cmap):
        for code, text in _PAIR.findall(block):
            texts[int(code, 16)] = _utf16(text)
    for block in _RANGES.findall(cmap):
        for first, last, text, several in _RANGE.findall(block):
            start, end = int(first, 16), int(last, 16)
            if several:
                for at, one in enumerate(_HEX.findall(several)):
                    texts[start + at] = _utf16(one)
            elif whole := _utf16(text):
                for code in range(start, min(end, start + 0xFFFF) + 1):
                    texts[code] = whole[:-1] + chr(ord(whole[-1]) + code - start)
    return texts


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
