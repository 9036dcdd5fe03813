"""Which face sets what the maths font lacks in a formula: one for the whole formula."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hanpan import tree
from hanpan.assets.fonts import Face, coverage, faces
from hanpan.assets.scripts import cjk_family, family_of, is_shapeless, script_face
from hanpan.files import Files
from hanpan.transforms.maths_svg import is_in_maths_font
from hanpan.tree import Element

_USUAL = "Noto Sans KR"  # has hanja and old Hangul as well
_LEAVES = ("mi", "mn", "mo", "mtext", "ms")


def formula_face(maths: Element, files: Files, lang: str) -> Path:
    """Return the TrueType font for the letters of a `<math>`; `lang` is the language around it.

    Japanese and Chinese have their own forms of hanja; another script has its own font. Where no
    font has all letters, hanpan's usual one for formulas.
    """
    return _face(_letters(maths), files, _language(maths, lang)).path


def letters_without_face(maths: Element, files: Files, lang: str) -> list[str]:
    """Return the letters of a `<math>` that are drawn as code points, as often as they are."""
    letters = _letters(maths)
    if not letters:
        return []
    covered = coverage(_face(letters, files, _language(maths, lang)))
    absent = {char for char in letters if ord(char) not in covered and not is_in_maths_font(char)}
    return [char for text in _texts(maths) for char in text if char in absent]


def _face(letters: set[str], files: Files, lang: str) -> Face:
    usual = next(face for face in faces(files) if face.family == _USUAL)
    own = cjk_family(lang)
    if not own and all(ord(char) in coverage(usual) for char in letters):
        return usual
    lacking = {char for char in letters if not is_in_maths_font(char)}
    for face in (script_face(own, 400, files) if own else None, usual, *_others(lacking, files)):
        if face and all(ord(char) in coverage(face) for char in lacking):
            return face
    return usual


def _others(lacking: set[str], files: Files) -> Iterator[Face]:
    for family in dict.fromkeys(family_of(char, files) for char in sorted(lacking)):
        face = script_face(family, 400, files) if family else None
        if face:
            yield face


def _letters(maths: Element) -> set[str]:
    return {
        char
        for text in _texts(maths)
        for char in text
        if not char.isascii() and not is_shapeless(char)
    }


def _texts(maths: Element) -> Iterator[str]:
    for leaf in maths.iter():
        if isinstance(leaf.tag, str) and leaf.tag.rpartition("}")[2] in _LEAVES:
            yield tree.text_of(leaf)


def _language(maths: Element, lang: str) -> str:
    return next((tag for one in maths.iterancestors() if (tag := one.get("lang"))), lang)
