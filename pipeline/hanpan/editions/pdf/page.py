"""The printed page: its size, margins and type, from [pdf].page or the post's own, as CSS."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hanpan.problems import BuildError, Problem
from hanpan.site import Pdf

# name -> width and height in mm (ISO 216, JIS P 0138, ANSI, and the trims of Korean books). B4 and
# B5 are those of JIS, which Korean printers mean by these names.
SIZES = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B4": (257.0, 364.0),
    "B5": (182.0, 257.0),
    "JIS-B4": (257.0, 364.0),
    "JIS-B5": (182.0, 257.0),
    "ISO-B4": (250.0, 353.0),
    "ISO-B5": (176.0, 250.0),
    "LETTER": (215.9, 279.4),
    "LEGAL": (215.9, 355.6),
    "신국판": (152.0, 225.0),
    "국판": (148.0, 210.0),
    "46판": (127.0, 188.0),
}
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LENGTHS = re.compile(r"([\d.]+)\s*(mm|cm|in|pt)\s+([\d.]+)\s*(mm|cm|in|pt)")
POINTS = 72 / 25.4  # in a millimetre
TALLEST = 0.8  # of the text's height, for a picture
BLEED = 3.0  # mm that what touches the edge is printed beyond it, with the press profile
RAGGED = "ragged"  # class of a body whose lines are too short to be flush on both sides
_MARKS = 9.0  # mm around the page for bleed and marks, which begin half way
_SHEET = 180.0  # mm: a page that is as wide is a sheet, a narrower one a book's
_SPINE = 3.0  # mm by which the margins of a sheet move outwards where pages face each other
_SERIF_LESS = 0.2  # points: a serif face looks larger


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: lengths in mm, type in points; the side margins are `inside` and `outside`."""

    width: float
    height: float
    top: float
    inside: float
    outside: float
    foot: float
    type_size: float
    leading: float
    bleed: float = 0.0
    is_facing: bool = True

    @property
    def text_width(self) -> float:
        """Return the length of a line in mm."""
        return self.width - self.inside - self.outside

    @property
    def turned_width(self) -> float:
        """Return the length of a line in mm where the page is turned by a quarter."""
        return self.height - self.inside - self.outside

    @property
    def text_height(self) -> float:
        """Return the height of the text on a page, in mm."""
        return self.height - self.top - self.foot

    @property
    def is_sheet(self) -> bool:
        """Tell whether it is too wide for a book."""
        return self.width >= _SHEET

    def css(self) -> str:
        """Return the rules that depend on the page; print.css has all others."""
        left, right = f"{self.outside:g}mm", f"{self.inside:g}mm"
        return (
            f"@page {{ size: {self.width:g}mm {self.height:g}mm; "
            f"margin: {self.top:g}mm {left} {self.foot:g}mm {right} }}\n"
            f"@page turned {{ size: {self.height:g}mm {self.width:g}mm }}\n"
            f"@page :left {{ margin-left: {left}; margin-right: {right} }}\n"
            f"@page :right {{ margin-left: {right}; margin-right: {left} }}\n"
            f"html {{ font-size: {self.type_size:g}pt; line-height: {self.leading:g} }}\n"
            f".post-body {{ text-align: justify }}\n.{RAGGED} .post-body {{ text-align: left }}\n"
            f"img {{ max-height: {self.text_height * TALLEST:.1f}mm }}\n"
            f".teaser img {{ max-height: {self.height * 0.4:.1f}mm }}\n" + self._edges()
        )

    def _edges(self) -> str:
        """Return the rules of the paper's edge: a title on a ground of its own reaches it."""
        top, bleed = self.top + self.bleed, self.bleed
        left, right = self.inside + bleed, self.outside + bleed  # page one is a right page
        return (
            f".title-block.drawn {{ margin: -{top:g}mm -{right:g}mm 2.4em -{left:g}mm; "
            f"padding: {top:g}mm {right:g}mm 2em {left:g}mm }}\n"
            + (f"@page {{ bleed: {_MARKS:g}mm; marks: crop cross }}\n" if bleed else "")
        )


def printed_page(settings: Pdf) -> PrintedPage:
    """Return the page that settings name: `A4`, `A4 landscape`, `152mm 225mm`.

    Raises BuildError with the sizes that are known.
    """
    size = _size(settings.page)
    if size is None:
        raise _unknown_value(settings.page)
    page = _compact_page(*size) if settings.density == "compact" else _page(*size)
    is_press = settings.profile == "press"
    is_facing = settings.facing if settings.facing is not None else is_press or not page.is_sheet
    page = replace(page, **_sides(page, is_facing=is_facing), is_facing=is_facing)
    if settings.typeface == "serif":
        page = replace(page, type_size=page.type_size - _SERIF_LESS)
    return replace(page, bleed=BLEED if is_press else 0.0)


def _page(width: float, height: float) -> PrintedPage:
    """Return margins and type for a paper of so many mm."""
    if width >= _SHEET:  # wide margins keep the line at 45 syllables
        side = max(18.0, width * 33 / 210)
        return PrintedPage(width, height, 24, side, side, 28, 10.4, 1.72)
    if width >= 140:  # a book
        return PrintedPage(width, height, 20, 18, 16, 22, 9.8, 1.7)
    return PrintedPage(width, height, 14, 12, 11, 16, 9.2, 1.65)


def _compact_page(width: float, height: float) -> PrintedPage:
    """Return what `_page` does, for more text: lines of up to 52 syllables, and more of them."""
    if width >= _SHEET:
        side = max(16.0, width * 30 / 210)
        return PrintedPage(width, height, 20, side, side, 23, 9.6, 1.56)
    if width >= 140:
        return PrintedPage(width, height, 17, 17, 15, 19, 9.1, 1.54)
    return PrintedPage(width, height, 12, 11, 10, 14, 8.6, 1.5)


def _sides(page: PrintedPage, *, is_facing: bool) -> dict[str, float]:
    """Return the side margins of pages that face each other, or of pages that are all alike.

    The line keeps its length.
    """
    both = page.inside + page.outside
    if not is_facing:
        return {"inside": both / 2, "outside": both / 2}
    if page.inside > page.outside:
        return {}
    return {"inside": both / 2 + _SPINE, "outside": both / 2 - _SPINE}


def _size(setting: str) -> tuple[float, float] | None:
    """Return width and height in mm; None where the setting is no size."""
    lengths = _LENGTHS.fullmatch(setting.strip())
    if lengths:
        width = float(lengths[1]) * _UNITS[lengths[2]]
        height = float(lengths[3]) * _UNITS[lengths[4]]
        if 80 <= width <= 1200 and 80 <= height <= 1200:
            return width, height
        return None
    name, _, turn = setting.strip().partition(" ")
    size = SIZES.get(name.upper())
    if size is None or turn.strip().lower() not in ("", "portrait", "landscape"):
        return None
    return (size[1], size[0]) if turn.strip().lower() == "landscape" else size


def _unknown_value(setting: str) -> BuildError:
    names = ", ".join(SIZES).replace("LETTER", "Letter").replace("LEGAL", "Legal")
    return BuildError(
        Problem(
            "pdf-page",
            "error",
            f"`{setting}`, the page of [pdf], is no page size",
            "site.toml",
            None,
            f"Use one of {names}, or two lengths from 80mm to 1200mm such as `152mm 225mm`.",
        )
    )
