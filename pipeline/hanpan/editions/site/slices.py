"""Slices: the site's web fonts, cut once by what is common, so that no post changes them.

A subset of exactly the site's characters would have another name with each new syllable, and every
page would be made again. So the cuts are the same for all sites: the 600 syllables that make 99 %
of Korean technical prose (counted over 210 posts), ASCII and signs, the other 1,750 of KS X 1001,
the rest in blocks, Hanja in blocks. Browsers fetch a slice when a page has one of its characters; a
slice that no post needs is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hanpan.assets.fonts import Face, Role, coverage, role_faces, role_families
from hanpan.editions.html.fonts import GENERIC, quote_family, unicode_ranges
from hanpan.editions.html.maths_font import FAMILY as MATHS
from hanpan.editions.html.maths_font import maths_face
from hanpan.editions.site.stand_in import FAMILY as STAND_IN
from hanpan.editions.site.stand_in import stand_in_rules
from hanpan.files import Files, sha256

_FORM = "1"  # of the cuts: part of the names of files
_HANGUL = range(0xAC00, 0xD7A4)
_RARE_BLOCK, _HANJA_BLOCK = 1400, 1500  # code points of a slice
_HANJA = range(0x4E00, 0xA000)
_LATIN = (0xA0, 0xA9, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026)
_SIGNS = (
    *range(0xA0, 0x250), *range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x20A0, 0x20C1),
    *range(0x2190, 0x2200), *range(0x2460, 0x2500), *range(0x25A0, 0x2670),
    *range(0x3000, 0x3018), *range(0x3130, 0x3190),
)  # fmt: skip
WEIGHTS: tuple[tuple[Role, int], ...] = (("body", 400), ("body", 700), ("code", 400))


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the characters; `wide` is the range that CSS names for it, "" for just those."""

    name: str
    codes: frozenset[int]
    wide: str = ""
    family: str = ""  # the end of its family's name: "" or "-rare"


@lru_cache(maxsize=1)
def slices() -> dict[str, Slice]:
    """Return all slices by name, in the order in which CSS must name them: the last one wins."""
    common = set(map(ord, (Path(__file__).with_name("common.txt")).read_text("utf-8"))) - {10}
    standard = _ks_x_1001()
    rare = [code for code in _HANGUL if code not in standard]
    cuts = []
    for start in range(0, len(rare), _RARE_BLOCK):
        part = rare[start : start + _RARE_BLOCK]
        wide = f"U+{part[0]:X}-{part[-1]:X}"
        cuts.append(Slice(f"rare{start // _RARE_BLOCK}", frozenset(part), wide, "-rare"))
    for start in range(_HANJA.start, _HANJA.stop, _HANJA_BLOCK):
        block = range(start, min(start + _HANJA_BLOCK, _HANJA.stop))
        wide = f"U+{block[0]:X}-{block[-1]:X}"
        cuts.append(Slice(f"hanja{start - _HANJA.start:04x}", frozenset(block), wide))
    cuts.append(Slice("signs", frozenset(_SIGNS), _ranges_of(_SIGNS)))
    cuts.append(Slice("hangul", frozenset(standard - common), "U+AC00-D7A3"))
    cuts.append(Slice("common", frozenset(common)))
    latin = (*range(0x20, 0x7F), *_LATIN)
    cuts.append(Slice("latin", frozenset(latin), _ranges_of(latin)))
    return {one.name: one for one in cuts}


def slices_of(text: str) -> tuple[str, ...]:
    """Return the names of the slices that a text needs, sorted."""
    codes = set(map(ord, text))
    return tuple(sorted(name for name, one in slices().items() if not one.codes.isdisjoint(codes)))


def _ks_x_1001() -> set[int]:
    """Return the 2,350 syllables of KS X 1001, what Korean had before Unicode."""
    rows = range(0xB0, 0xC9)
    return {ord(bytes((row, cell)).decode("euc-kr")) for row in rows for cell in range(0xA1, 0xFF)}


def _ranges_of(codes: Iterable[int]) -> str:
    return unicode_ranges(map(chr, codes))


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file of the site: its name below assets/, the face, and the characters in it."""

    name: str
    face: Face
    text: str
    slice: str
    rule: str  # the @font-face that names it


def font_files(files: Files) -> Iterator[FontFile]:
    """Yield every font file that the stylesheet names, whether the site needs it or not."""
    for one in slices().values():
        for role, weight in WEIGHTS:
            if role == "code" and (one.family or one.name.startswith("hanja")):
                continue  # in code they are comments, which the system's fonts can show
            left, shares = one.codes, []
            for face in role_faces(files, role, weight):
                own = left & coverage(face)
                left = left - own
                shares.append((face, own))
            # the largest has the wide range, and those after it what they have: the last one wins
            shares.sort(key=lambda share: -len(share[1]))
            for place, (face, own) in enumerate(shares):
                if own:
                    yield _file(one, role, weight, face, own, is_first=not place)
    maths = maths_face(files)
    text = "".join(map(chr, sorted(coverage(maths))))
    name = f"maths-{sha256(f'{_FORM}{maths.key}'.encode())[:12]}.woff2"
    yield FontFile(name, maths, text, "", _rule(MATHS, 400, name, ""))


def _file(
    one: Slice, role: str, weight: int, face: Face, own: frozenset[int], *, is_first: bool
) -> FontFile:
    text = "".join(map(chr, sorted(own)))
    digest = sha256(f"{_FORM} {face.key} {text}".encode())[:12]
    name = f"{role}-{weight}-{one.name}-{digest}.woff2"
    wide = one.wide if one.wide and is_first else unicode_ranges(text)
    family = f"post-{role}{one.family}"
    return FontFile(name, face, text, one.name, _rule(family, weight, name, wide))


def _rule(family: str, weight: int, name: str, ranges: str) -> str:
    parts = f'font-family:"{family}";font-weight:{weight};font-display:swap;'
    parts += f"src:url({name}) format('woff2')"
    return f"@font-face{{{parts}{f';unicode-range:{ranges}' if ranges else ''}}}"


def _waiting(role: Role) -> str:
    return f'"{STAND_IN}",' if role == "body" else ""


def font_css(files: Files) -> str:
    """Return the rules of all font files, and the stacks that name their families."""
    rules = [*(one.rule for one in font_files(files)), *stand_in_rules(files)]
    stacks = "".join(
        f'--font-{role}:"post-{role}","post-{role}-rare",{_waiting(role)}'
        f"{','.join(map(quote_family, families))},{GENERIC[role]};"
        for role, families in role_families(files).items()
    )
    return "\n".join([*rules, f":root{{{stacks}}}"])
