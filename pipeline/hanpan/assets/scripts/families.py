"""Fonts of other scripts than a Korean text's: which there are, and which a text asks for.

They are opened only where a text has a character that the configured faces lack, or is Japanese or
Chinese; so an ordinary post reads none of them, and its artifacts do not depend on them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from hanpan.assets.code_points import CodePoints
from hanpan.assets.fonts import Face, coverage, faces
from hanpan.files import Files
from hanpan.language import Cjk, cjk_of

# The faces of a script: its family, and the names of its files by weight
_NOTO = "fonts/noto-scripts/Noto{}-{}.ttf"
_BOLD = (
    "Sans,Sans Arabic,Sans Hebrew,Sans Thai,Sans Devanagari,Sans Bengali,Sans Gurmukhi,"
    "Sans Gujarati,Sans Oriya,Sans Tamil,Sans Telugu,Sans Kannada,Sans Malayalam,Sans Sinhala,"
    "Sans Khmer,Sans Lao,Sans Myanmar,Sans Georgian,Sans Armenian,Sans Ethiopic,Sans Thaana,"
    "Sans Cherokee,Sans Canadian Aboriginal,Serif Tibetan,Sans Symbols"
).split(",")
_REGULAR = (
    "Sans Math,Sans Symbols2,Sans Coptic,Sans Gothic,Sans Mongolian,Sans NKo,Sans Ogham,"
    "Sans Runic,Sans Syriac,Sans Tifinagh,Sans Yi"
).split(",")
_CJK_FAMILIES: dict[Cjk, str] = {
    "ja": "Noto Sans JP",
    "hans": "Noto Sans SC",
    "hant": "Noto Sans TC",
}
_RARE = "HanaMinB"  # CJK Extensions B to F, whole; a Ming face, for there is no other
# Of a letter in no language: traditional forms are nearest to those of Korea
_CJK_ORDER = ("Noto Sans TC", "Noto Sans JP", "Noto Sans SC", _RARE)
# Zero-width Hangul fillers: letters by category, but Default_Ignorable_Code_Point (UAX #44)
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f")


def _files_of_families() -> dict[str, tuple[tuple[int, str], ...]]:
    """Return each family's files by weight, in the order in which they are asked."""
    table: dict[str, tuple[tuple[int, str], ...]] = {}
    for name in (*_BOLD, *_REGULAR):
        stem = name.replace(" ", "")
        weights = [(400, _NOTO.format(stem, "Regular"))]
        weights += [(700, _NOTO.format(stem, "Bold"))] if name in _BOLD else []
        table[f"Noto {name}"] = tuple(weights)
    for family in _CJK_FAMILIES.values():
        code = family[-2:]
        stem = f"fonts/noto-sans-{code.lower()}/NotoSans{code}"
        table[family] = ((400, f"{stem}_400Regular.ttf"), (700, f"{stem}_700Bold.ttf"))
    table[_RARE] = ((400, "fonts/hanazono/HanaMinB.ttf"),)
    return table


FAMILIES = _files_of_families()
_NOT_CJK = tuple(family for family in FAMILIES if family not in _CJK_ORDER)


def cjk_family(lang: str) -> str:
    """Return the family that has a language's own forms of hanja; "" where the usual ones do."""
    kind = cjk_of(lang)
    return _CJK_FAMILIES[kind] if kind else ""


def family_faces(family: str, files: Files) -> tuple[Face, ...]:
    """Return the faces of a script's family; none where this installation lacks their files."""
    every = []
    for weight, name in FAMILIES.get(family, ()):
        try:
            path = files.layout_path(name)
        except FileNotFoundError:
            continue
        every.append(Face(family, weight, path, files.reads[f"layout:{name}"]))
    return tuple(every)


def script_face(family: str, weight: int, files: Files) -> Face | None:
    """Return the face of a script's family that is nearest to a weight."""
    every = family_faces(family, files)
    return min(every, key=lambda face: abs(face.weight - weight)) if every else None


def family_of(cluster: str, files: Files, lang: str = "") -> str:
    """Return the first script's family that has all of a cluster of characters; "" for none."""
    needed = {ord(char) for char in cluster if not is_shapeless(char)}
    order = _CJK_ORDER if all(map(is_cjk, needed)) else _NOT_CJK
    own = cjk_family(lang)
    for family in (*([own] if own else []), *order):
        face = script_face(family, 400, files)
        if face and needed <= coverage(face):
            return family
    return ""


def faces_for(text: str, files: Files, lang: str = "") -> tuple[Face, ...]:
    """Return the faces that a text needs beside the configured ones."""
    names = dict.fromkeys(family_of(char, files, lang) for char in sorted(unusual(text, files)))
    return tuple(face for name in names for face in family_faces(name, files))


def missing(text: str, files: Files) -> dict[str, list[int]]:
    """Return the characters of `text` that no face has, with their offsets in it.

    Characters without a shape of their own (controls, joiners, variation selectors, blanks)
    are never missing.
    """
    absent = {char for char in unusual(text, files) if not family_of(char, files)}
    offsets: dict[str, list[int]] = {}
    if absent:
        for offset, char in enumerate(text):
            if char in absent:
                offsets.setdefault(char, []).append(offset)
    return offsets


def unusual(text: Iterable[str], files: Files) -> set[str]:
    """Return the characters that no configured face has, but the fonts of scripts may have."""
    covered = configured_coverage(faces(files))
    return {char for char in set(text) if ord(char) not in covered and not is_shapeless(char)}


def absent_fonts(files: Files) -> tuple[str, ...]:
    """Return the families whose files this installation lacks."""
    return tuple(family for family in FAMILIES if not family_faces(family, files))


@lru_cache(maxsize=4)
def configured_coverage(every: tuple[Face, ...]) -> CodePoints:
    """Return the code points that any of the faces has."""
    return CodePoints(map(coverage, every))


def is_cjk(code: int) -> bool:
    """Tell whether a code point is of the Chinese script or set with it (kana, bopomofo)."""
    return (
        0x2E80 <= code <= 0x312F
        or 0x3190 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x1F200 <= code <= 0x1F2FF
        or 0x20000 <= code <= 0x3FFFF
    )


def is_shapeless(char: str) -> bool:
    """Tell whether a character is drawn by nothing: control, format, blank, selector, filler."""
    category = unicodedata.category(char)
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return category in ("Cc", "Cf", "Zs", "Zl", "Zp") or selector or char in _FILLERS
