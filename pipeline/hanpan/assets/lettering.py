"""Lettering: text shaped and drawn into a picture with the bundled fonts only.

HarfBuzz shapes and rasterises, both from one pinned wheel, so that the pixels do not depend on what
the machine has installed, and old Hangul, kerning and emoji sequences come out right.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from PIL import Image

from hanpan.assets.code_points import CodePoints
from hanpan.assets.scripts import (
    cjk_family,
    family_of,
    is_cjk,
    script_face,
    unusual,
    visual_runs,
)
from hanpan.files import Files
from hanpan.language import cjk_of, guessed_language

_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# In fallback order; weight 700, which is what covers are set in.
_TEXT_FONTS = (
    "fonts/pretendard/Pretendard-Bold.ttf",
    "fonts/noto-sans-kr/NotoSansKR_700Bold.ttf",
)
_EMOJI_FONT = "fonts/noto-color-emoji/NotoColorEmoji.ttf"
# The emoji font's advance is 1.245 em; at this scale an emoji is as wide as a syllable's box.
_EMOJI_SCALE = 0.8
_JOINER, _EMOJI_STYLE, _TEXT_STYLE = "\u200d", "\ufe0f", "\ufe0e"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
# Hangul Jamo and its two extensions: leading consonants begin a syllable, the rest continue it.
_JAMO_LEADING = (range(0x1100, 0x1160), range(0xA960, 0xA980))
_JAMO_FOLLOWING = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))


class LetteringFont:
    """A font file, ready to shape with; made once a process."""

    def __init__(self, path: Path) -> None:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.font: Any = hb.Font(face)
        self.upem: int = face.upem
        self.coverage = CodePoints([face.unicodes])


def _opened(path: Path) -> LetteringFont:
    return _face(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=24)
def _face(path: Path, changed: int) -> LetteringFont:
    return LetteringFont(path)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph of a line: its place in em from the line's start, y upwards."""

    face: LetteringFont
    index: int
    scale: float  # em for one font unit
    x: float
    y: float
    advances: int  # before it: how often tracking moves it


@dataclass(frozen=True, slots=True)
class _ShapedLine:
    """A line of text, shaped: its glyphs, and its width in em without tracking."""

    glyphs: tuple[_Glyph, ...]
    width: float
    advances: int


def clusters(text: str) -> list[str]:
    """Return the user-perceived characters: Unicode TR 29, as far as titles need it."""
    starts = [0] if text else []
    for place in range(1, len(text)):
        if not _continues(text[place - 1], place - starts[-1], text[place]):
            starts.append(place)
    ends = [*starts[1:], len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=False)]


def _continues(before: str, length: int, char: str) -> bool:
    """Tell whether `char` belongs to a cluster of so many characters, the last of them `before`."""
    code, last = ord(char), ord(before)
    if before != _JOINER and (code < 0x300 or 0xAC00 <= code <= 0xD7A3):
        return False  # most of every title: Latin and syllables
    if before == _JOINER or char == _JOINER or code in _SKIN_TONES or code in _TAGS:
        return True
    if unicodedata.category(char) in ("Mn", "Mc", "Me"):
        return True
    if code in _FLAG_LETTERS:
        return length == 1 and last in _FLAG_LETTERS
    jamo = any(last in block for block in _JAMO_LEADING + _JAMO_FOLLOWING)
    if any(code in block for block in _JAMO_FOLLOWING):
        return jamo or 0xAC00 <= last <= 0xD7A3
    leading = any(code in block for block in _JAMO_LEADING)
    return leading and any(last in block for block in _JAMO_LEADING)


@dataclass(frozen=True)
class Lettering:
    """The faces that a picture's text is set in, in fallback order, and the emoji face."""

    faces: tuple[LetteringFont, ...]
    emoji: LetteringFont
    hanja: LetteringFont | None = None  # of a Japanese or Chinese text: its own forms
    runs: tuple[tuple[frozenset[str], LetteringFont], ...] = ()  # letters of others in a text

    @classmethod
    def load(
        cls,
        files: Files,
        fonts: tuple[str, ...] = _TEXT_FONTS,
        text: str = "",
        lang: str = "",
    ) -> Lettering:
        """Return the lettering of bundled fonts, by default the bold ones.

        `fonts` are layout files in fallback order. Behind them come those that `text` needs beside
        them; `lang` is its language, or else its letters tell.
        """
        *faces, emoji = (_opened(files.layout_path(name)) for name in (*fonts, _EMOJI_FONT))
        weight = 700 if fonts == _TEXT_FONTS else 400
        if cjk_of(lang) is None and not _HANGUL.search(text):
            lang = guessed_language(text) or lang
        own = script_face(cjk_family(lang), weight, files)
        known = [face.coverage for face in (*faces, emoji)]
        others = "".join(
            sorted(char for char in set(text) if not any(ord(char) in one for one in known))
        )
        lacking = sorted(unusual(others, files)) if others else []
        families = dict.fromkeys(family_of(char, files, lang) for char in lacking)
        more = [script_face(family, weight, files) for family in families]
        faces += [_opened(face.path) for face in more if face]
        runs = tuple(_runs_of_others(text, weight, files)) if not own else ()
        return cls(tuple(faces), emoji, _opened(own.path) if own else None, runs)

    def width(self, text: str, size: float, tracking: float = 0.0) -> float:
        """Return how wide a line is in pixels; `size` in pixels an em, `tracking` in em."""
        line = _shape(self, text)
        return size * (line.width + line.advances * tracking)

    def draw(
        self,
        image: Image.Image,
        place: tuple[float, float],
        text: str,
        size: float,
        fill: tuple[int, int, int] | int,
        tracking: float = 0.0,
    ) -> None:
        """Draw one line into a picture; `place` is its start on the baseline, in pixels.

        `fill` is a colour of an RGB picture, or a level of one with a palette, which takes no
        emoji.
        """
        left, baseline = place
        box = _line_box(image.size, left, baseline, self.width(text, size, tracking), size)
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        raster = hb.RasterDraw()  # its y axis points up, from the picture's foot
        columns, rows = box[2] - box[0], box[3] - box[1]
        raster.extents = hb.RasterExtents(box[0], image.height - box[3], columns, rows)
        for glyph in _shape(self, text).glyphs:
            x = left + size * (glyph.x + glyph.advances * tracking)
            y = image.height - baseline + size * glyph.y
            scale = size * glyph.scale
            if glyph.face is self.emoji:
                _paste_emoji(image, glyph, scale, x, image.height - y)
            else:
                raster.transform = (scale, 0, 0, scale, x, y)
                raster.draw_glyph(glyph.face.font, glyph.index)
        ink = raster.render()
        # HarfBuzz pads rows to its stride, and begins at the bottom row.
        mask = Image.frombytes("L", (columns, rows), ink.buffer, "raw", "L", ink.extents.stride, -1)
        inked = mask.getbbox()  # a line's box is much wider than its ink
        if inked:
            spot = (box[0] + inked[0], box[1] + inked[1], box[0] + inked[2], box[1] + inked[3])
            image.paste(fill, spot, mask.crop(inked))

    def choose(self, cluster: str) -> LetteringFont:
        """Return the first face that has all of a cluster; emoji style asks for the emoji face."""
        needed = {ord(char) for char in cluster} - {ord(_JOINER), ord(_TEXT_STYLE)}
        emoji = (needed - {ord(_EMOJI_STYLE)}) <= self.emoji.coverage
        # the emoji font has digits, # and * too: alone they are text
        if emoji and (_EMOJI_STYLE in cluster or len(needed) > 1):
            return self.emoji
        for letters, face in self.runs:
            if cluster in letters and needed <= face.coverage:
                return face
        if self.hanja and needed <= self.hanja.coverage and all(map(is_cjk, needed)):
            return self.hanja
        for face in self.faces:
            if needed <= face.coverage:
                return face
        return self.emoji if emoji else self.faces[-1]


def _runs_of_others(
    text: str, weight: int, files: Files
) -> Iterator[tuple[frozenset[str], LetteringFont]]:
    """Yield the letters of each language beside Hangul, with its face: words of kana, simplified.

    A letter that stands in a word of Hangul's hanja as well keeps the form that it has there.
    """
    words: dict[str, set[str]] = {}
    for is_own, group in groupby(text, lambda char: is_cjk(ord(char))):
        word = "".join(group)
        if is_own:
            guess = guessed_language(word)
            words.setdefault("" if guess == "zh-Hant" else guess, set()).update(word)
    usual = words.pop("", set())
    for guess, letters in words.items():
        face = script_face(cjk_family(guess), weight, files)
        if face:
            yield frozenset(letters - usual), _opened(face.path)


@lru_cache(maxsize=2048)  # a title is measured at many sizes until it fits
def _shape(lettering: Lettering, text: str) -> _ShapedLine:
    """Return a line shaped with the faces that have its characters."""
    glyphs: list[_Glyph] = []
    pen, advances = 0.0, 0
    for face, run, is_from_right in _runs(lettering, text):
        scale = (_EMOJI_SCALE if face is lettering.emoji else 1) / face.upem
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if is_from_right else "ltr"
        buffer.language = "ko"
        hb.shape(face.font, buffer)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = pen + position.x_offset * scale, position.y_offset * scale
            glyphs.append(_Glyph(face, info.codepoint, scale, x, y, advances))
            if position.x_advance:
                pen += position.x_advance * scale
                advances += 1
    return _ShapedLine(tuple(glyphs), pen, advances)


def _runs(lettering: Lettering, text: str) -> Iterator[tuple[LetteringFont, str, bool]]:
    """Yield the runs of a line as they are seen: face, text, whether it is read from the right."""
    first = lettering.faces[0]
    if text.isascii() and text and first.coverage.issuperset(map(ord, text)):
        yield first, text, False  # most of all code
        return
    for is_from_right, parts in visual_runs(clusters(text)):
        runs = [(face, "".join(run)) for face, run in groupby(parts, lettering.choose)]
        for face, run in reversed(runs) if is_from_right else runs:
            yield face, run, is_from_right


def _line_box(
    sheet: tuple[int, int], left: float, baseline: float, width: float, size: float
) -> tuple[int, int, int, int]:
    """Return the part of a picture that a line can reach: marks may leave the em by a third."""
    reach = size / 3
    return (
        max(0, int(left - reach)),
        max(0, int(baseline - size - reach)),
        min(sheet[0], int(left + width + reach) + 1),
        min(sheet[1], int(baseline + 2 * reach) + 1),
    )


def _paste_emoji(
    image: Image.Image, glyph: _Glyph, scale: float, x: float, baseline: float
) -> None:
    """Paste the bitmap of a colour glyph; `scale` in pixels for one font unit."""
    blob = glyph.face.font.get_glyph_color_png(glyph.index)
    extents = glyph.face.font.get_glyph_extents(glyph.index)
    if not blob or extents is None:
        return
    with Image.open(io.BytesIO(blob.data)) as bitmap:
        width = max(1, round(extents.width * scale))
        height = max(1, round(-extents.height * scale))
        picture = bitmap.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)
    left = round(x + extents.x_bearing * scale)
    top = round(baseline - extents.y_bearing * scale)
    image.paste(picture, (left, top), picture)
