"""Formulas as pictures: MathML -> SVG by MathJax, for print, where no engine lays MathML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb
from lxml import etree

from hanpan import tree
from hanpan.assets.code_points import CodePoints
from hanpan.assets.fonts import Face, coverage, faces
from hanpan.assets.scripts import cjk_family, family_of, is_shapeless, script_face
from hanpan.files import Files
from hanpan.formulas import drawing
from hanpan.formulas.engine import NotAFormula, engine
from hanpan.problems import Problem
from hanpan.transforms.missing_glyphs import sign_of
from hanpan.tree import Element

MATHS = "maths"  # class of a formula's picture
SOURCE = "maths-source"  # class of the TeX of one that cannot be drawn
SIZE = drawing.SIZE
_USUAL_FACE = "Noto Sans KR"  # has hanja and old Hangul as well
_MATHML = "http://www.w3.org/1998/Math/MathML"
_LEAVES = ("mi", "mn", "mo", "mtext", "ms")


def maths_to_pictures(
    root: Element, face_of: Callable[[Element], Path], address: str, undrawn: dict[str, None]
) -> dict[str, bytes]:
    """Replace each `<math>` by an `<img>` whose alt is its TeX; return the SVGs by their `src`.

    `face_of` names the TrueType font for what MathJax's lacks in a formula, such as Hangul;
    `address` begins each `src`. A formula that cannot be drawn becomes its TeX, as code, and is put
    into `undrawn`. Same formula, same picture.
    """
    pictures: dict[str, bytes] = {}
    for maths in list(root.iter("math", f"{{{_MATHML}}}math")):
        tex = tex_of(maths)
        is_block = maths.get("display") == "block"
        drawn = draw_formula(maths, face_of(maths))
        if drawn is None:
            undrawn[tex] = None
            code = etree.Element("code", {"class": SOURCE})
            code.text = tex
            tree.replace(maths, code)
            continue
        svg, width, depth = drawn
        source = f"{address}{len(pictures)}"
        pictures[source] = svg
        image = etree.Element("img", {"src": source, "alt": tex or "formula"})
        image.set("class", f"{MATHS} maths-block" if is_block else MATHS)
        image.set("style", f"width:{width:.4f}em;vertical-align:{depth:.4f}em")
        tree.replace(maths, image)
    return pictures


def draw_formula(maths: Element, hangul: Path) -> tuple[bytes, float, float] | None:
    """Return a `<math>` as SVG, its width and its depth in em; None where it cannot be drawn."""
    drawn = _draw(_normalise_mathml(maths, str(hangul)), str(hangul))
    return (drawn.svg, drawn.width, drawn.depth) if drawn else None


def undrawn_problems(
    undrawn: Iterable[str], source: str, edition: str, shown: str
) -> tuple[Problem, ...]:
    """Return what is told of formulas (their TeX) that can be read and not drawn.

    `shown` says what an edition has instead: "is shown as TeX".
    """
    cut = (tex if len(tex) <= 80 else f"{tex[:79]}…" for tex in undrawn)
    remedy = "Make it shorter, or nest less in it."
    return tuple(
        Problem(
            "math",
            "warning",
            f"{edition}: the formula `{tex}` cannot be drawn and {shown}",
            source,
            None,
            remedy,
        )
        for tex in cut
    )


def tex_of(maths: Element) -> str:
    """Return the TeX that pandoc leaves as an annotation, in one line; else the formula's text."""
    for note in maths.iter("annotation", f"{{{_MATHML}}}annotation"):
        if note.get("encoding") == "application/x-tex":
            return " ".join(tree.text_of(note).split())
    return " ".join(tree.text_of(maths).split())


def _normalise_mathml(maths: Element, hangul: str) -> str:
    """Return the formula as MathJax draws it right: no annotations, and no styles.

    Styles say for browsers what attributes say for MathJax (`formulas.reading`).
    """
    copy = etree.fromstring(etree.tostring(maths, with_tail=False))
    for element in list(copy.iter(etree.Element)):
        element.tag = etree.QName(element).localname
        _drop(element, "style")
        if element.tag.startswith("annotation") and element.getparent() is not None:
            tree.remove(element)
        elif element.tag == "semantics" and element.getparent() is not None:
            tree.unwrap(element)
    for name in ("class", "alttext", "altimg"):
        _drop(copy, name)
    etree.cleanup_namespaces(copy)
    for leaf in list(copy.iter(*_LEAVES)):
        if leaf.text and not leaf.text.isascii():
            leaf.text = _sign_missing(leaf.text, hangul)
    return etree.tostring(copy, encoding="unicode")


def _drop(element: Element, name: str) -> None:
    if name in element.attrib:
        del element.attrib[name]


@lru_cache(maxsize=1024)
def is_in_maths_font(char: str) -> bool:
    """Tell whether formulas can show a character without a face of hanpan's own."""
    return engine().call("has", char) == "[true]"


def _sign_missing(text: str, hangul: str) -> str:
    """Return a leaf's text, with code points for what neither face of a formula has."""
    covered = _coverage(hangul)
    return "".join(
        char
        if char.isascii()
        or char.isspace()
        or ord(char) in covered
        or not char.isprintable()
        or is_in_maths_font(char)
        else sign_of(char)
        for char in text
    )


@lru_cache(maxsize=4)
def _coverage(path: str) -> CodePoints:
    return CodePoints([hb.Face(hb.Blob.from_file_path(path)).unicodes])


@lru_cache(maxsize=512)
def _draw(mathml: str, hangul: str) -> drawing.Drawing | None:
    """Return a formula as it is drawn; None where it cannot be."""
    is_block = 'display="block"' in mathml.partition(">")[0]
    try:
        return drawing.draw(mathml, hangul, is_block=is_block)
    except NotAFormula:
        return None


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
    usual = next(face for face in faces(files) if face.family == _USUAL_FACE)
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
