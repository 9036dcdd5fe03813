"""Cover: one drawn composition, for the EPUB's cover and for posts whose teaser is out of reach.

With a picture: the picture above, the title on paper below. Without: the colour of the post's
series or category fills the sheet, the title is on it, and a large word of the title its ornament.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from hanpan.assets.colours import WHITE, Colour, mix
from hanpan.assets.covers.grounds import ground_of
from hanpan.assets.covers.ornament import ornament_word
from hanpan.assets.covers.picture import fit_picture, open_picture
from hanpan.assets.lettering import Lettering, clusters
from hanpan.assets.stylesheets import token
from hanpan.assets.title_lines import TitleLines, break_title
from hanpan.document import Meta
from hanpan.files import Files

_PICTURE_SHARE = 0.62  # of the height, for the teaser
_QUALITY = 85
_INKS = ("accent", "paper", "ink", "muted")
_LIGHT = 0.1  # of white in the ornament
_LEADING = 1.32  # of the title's lines, in em
# Above a size in units of the sheet, at most so many lines: a title is a sign, not a column.
_MOST_LINES = ((8.8, 2), (7.0, 4), (5.6, 5), (0.0, 9))
_TRACKING = -0.02  # em: large Hangul at 700 looks loose as designed
_ORNAMENT_TRACKING = -0.04
_SMALLEST_ORNAMENT = 7.0  # in units of the sheet: a smaller word would be a second title


@dataclass(frozen=True, slots=True)
class CoverWords:
    """The words on a cover."""

    title: str
    category: str
    author: str
    site: str
    ornament: str


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The proportions of a cover, in pixels, from its size."""

    width: int
    height: int

    @property
    def unit(self) -> float:
        """Return the length all else is measured in: a hundredth of the sheet's middle size."""
        return float((self.width * self.height) ** 0.5 / 100)

    @property
    def margin(self) -> int:
        """Return the margin at the sides and at the foot."""
        return round(self.unit * 6)

    @property
    def small(self) -> float:
        """Return the size of category, author and site."""
        return self.unit * 2.9

    @property
    def inner(self) -> int:
        """Return the width of a line."""
        return self.width - 2 * self.margin


def draw_cover(
    meta: Meta, site_title: str, files: Files, size: tuple[int, int], picture: bytes | None
) -> bytes:
    """Return a cover as JPEG of `size` (width, height in pixels).

    `picture` is the teaser in a form that Pillow reads; what it cannot read counts as None.
    """
    words = CoverWords(
        title=_plain(meta.title) or site_title,
        category=_plain(meta.categories[0]) if meta.categories else "",
        author=_plain(meta.author),
        site=_plain(site_title),
        ornament=_ornament_of(meta, site_title),
    )
    text = words.title + words.category + words.author + words.site
    lettering = Lettering.load(files, text=text, lang=meta.lang)
    colours = (ground_of(meta, files), *(token(name, files) for name in _INKS))
    return _draw(words, lettering, colours, CoverSheet(*size), picture)


def draw_ground(meta: Meta, files: Files, size: tuple[int, int]) -> bytes:
    """Return the cover without picture and words, as JPEG: a ground for a title set as text."""
    word = _ornament_of(meta)
    lettering = Lettering.load(files, text=word, lang=meta.lang)
    return _jpeg(_ground(CoverSheet(*size), lettering, word, ground_of(meta, files)))


def _ornament_of(meta: Meta, otherwise: str = "") -> str:
    return ornament_word(_plain(meta.title), " ".join((*meta.categories, _plain(otherwise))))


@lru_cache(maxsize=4)  # editions of one post ask for the same cover
def _draw(
    words: CoverWords,
    lettering: Lettering,
    colours: tuple[Colour, ...],
    sheet: CoverSheet,
    picture: bytes | None,
) -> bytes:
    ground, accent, paper, ink, muted = colours
    teaser = open_picture(picture) if picture else None
    if teaser is not None:
        top = round(sheet.height * _PICTURE_SHARE)
        image = Image.new("RGB", (sheet.width, sheet.height), paper)
        image.paste(fit_picture(teaser, (sheet.width, top)), (0, 0))
        text = _set_text(sheet, lettering, words, top)
        inks = (accent, ink, muted)
    else:
        text = _set_text(sheet, lettering, words, 0)
        image = _ground(sheet, lettering, words.ornament, ground, text.bottom)
        inks = (mix(ground, WHITE, 0.78), WHITE, WHITE)
    _letter(image, sheet, lettering, words, text, inks)
    return _jpeg(image)


def _ground(
    sheet: CoverSheet, lettering: Lettering, word: str, colour: Colour, top: float = 0
) -> Image.Image:
    """Return a sheet in the ground's colour, with a word as its ornament below `top`."""
    # A palette of what lies between two colours is a fourth of the work of mixing them per pixel.
    image = Image.new("P", (sheet.width, sheet.height), 0)
    _ornament(image, sheet, lettering, word, top)
    light = mix(colour, WHITE, _LIGHT)
    image.putpalette([level for step in range(256) for level in mix(colour, light, step, 255)])
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    # 4:2:0: at this size the edges of letters are as sharp as in 4:4:4, and it is a third smaller
    image.save(out, "JPEG", quality=_QUALITY, subsampling=2)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _SetText:
    """Category and title as they stand: baseline of the first, and of the title's first line."""

    category: float
    title: float
    lines: TitleLines

    @property
    def bottom(self) -> float:
        """Return where the letters of the title's last line end."""
        return self.title + self.lines.size * ((len(self.lines.lines) - 1) * _LEADING + 0.3)


def _set_text(sheet: CoverSheet, lettering: Lettering, words: CoverWords, top: int) -> _SetText:
    """Return where category and title stand below `top`."""
    small, foot = sheet.small, sheet.height - sheet.margin
    wide = sheet.width > sheet.height
    start = top + sheet.margin * (0.62 if wide and top else 1.0)
    category = start + small * 0.85
    if words.category:
        start += small * (1.7 if wide and top else 2.4)
    lines = _title(lettering, words.title, sheet, foot - small * 2.4 - start, bool(top))
    return _SetText(category, start + lines.size * 0.98, lines)


def _letter(
    image: Image.Image,
    sheet: CoverSheet,
    lettering: Lettering,
    words: CoverWords,
    text: _SetText,
    inks: tuple[Colour, Colour, Colour],
) -> None:
    """Draw category and title where they are set, author and site at the foot."""
    marked, ink, muted = inks
    small, left = sheet.small, sheet.margin
    _foot(image, sheet, lettering, words, sheet.height - sheet.margin, muted)
    if words.category:
        category = _cut(lettering, words.category, small, sheet.inner)
        lettering.draw(image, (left, text.category), category, small, marked)
    baseline = text.title
    for line in text.lines.lines:
        lettering.draw(image, (left, baseline), line, text.lines.size, ink, _TRACKING)
        baseline += text.lines.size * _LEADING


def _title(
    lettering: Lettering, title: str, sheet: CoverSheet, room: float, pictured: bool
) -> TitleLines:
    """Break the title at the largest size that fits the room; the smallest size cuts it off."""
    largest, smallest = (7.6, 3.8) if pictured else (13.0, 4.6)
    steps = 16
    fitted: TitleLines | None = None
    for step in range(steps + 1):
        em = largest - (largest - smallest) * step / steps
        size = sheet.unit * em

        def measure(text: str, size: float = size) -> float:
            return lettering.width(text, size, _TRACKING)

        most = max(1, int((room / size - 1) / _LEADING) + 1)
        most = min(most, next(lines for above, lines in _MOST_LINES if em > above))
        fitted = break_title(title, size, sheet.inner, most, measure)
        if fitted.whole:
            break
    assert fitted is not None
    return fitted


def _foot(
    image: Image.Image,
    sheet: CoverSheet,
    lettering: Lettering,
    words: CoverWords,
    baseline: int,
    ink: Colour,
) -> None:
    """Set the author at the left and the site at the right, or whichever there is."""
    small = sheet.small
    names = [name for name in (words.author, words.site) if name]
    if len(names) == 2 and names[0].casefold() == names[1].casefold():
        names.pop()
    share = sheet.inner if len(names) == 1 else sheet.inner * 0.47
    names = [_cut(lettering, name, small, share) for name in names]
    if names:
        lettering.draw(image, (sheet.margin, baseline), names[0], small, ink)
    if len(names) == 2:
        right = sheet.width - sheet.margin - lettering.width(names[1], small)
        lettering.draw(image, (right, baseline), names[1], small, ink)


def _ornament(
    image: Image.Image, sheet: CoverSheet, lettering: Lettering, word: str, top: float
) -> None:
    """Draw a word whole, as large as there is room for it between `top` and the foot."""
    if not word:
        return
    wide = sheet.width > sheet.height
    room = sheet.inner * (0.62 if wide else 1.0)
    baseline = sheet.height - sheet.margin - sheet.small * 2.6
    most = min(sheet.height * (0.46 if wide else 0.34), (baseline - top) / 0.9)
    size = min(most, room / max(lettering.width(word, 1000, _ORNAMENT_TRACKING), 1) * 1000)
    if size < sheet.unit * _SMALLEST_ORNAMENT:
        return
    left = sheet.width - sheet.margin - lettering.width(word, size, _ORNAMENT_TRACKING)
    lettering.draw(image, (left, baseline - size * 0.06), word, size, 255, _ORNAMENT_TRACKING)


def _cut(lettering: Lettering, text: str, size: float, width: float) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `width`."""
    if lettering.width(text, size) <= width:
        return text
    parts = clusters(text)
    while parts and lettering.width("".join(parts) + "…", size) > width:
        parts.pop()
    return "".join(parts).rstrip() + "…"


def _plain(text: str) -> str:
    """Return one line without control characters and without what only editors see."""
    kept = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Co", "Cs"))
    return " ".join(kept.split())
