"""Formulas as pictures: MathML -> SVG by ziamath, for print, where no engine lays MathML out."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb
from lxml import etree

from hanpan import tree
from hanpan.transforms import patches
from hanpan.transforms.missing_glyphs import sign_of
from hanpan.tree import Element

MATHS = "maths"  # class of a formula's picture
SIZE = 16.0  # pixels of an em in the SVG; the page scales it to its own em
_MATHS_FONT = "STIXTwoMath-Regular.ttf"  # ziamath's own
_MATHML = "http://www.w3.org/1998/Math/MathML"
_ROWS = ("math", "mrow", "mtd", "msqrt", "mstyle", "mpadded", "mphantom")
_LEAVES = ("mi", "mn", "mo", "mtext", "ms")
# what the maths font lacks: Hangul, hanja and their punctuation
_KOREAN = re.compile("[\u1100-\u11ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")


def maths_to_pictures(root: Element, hangul: Path, address: str) -> dict[str, bytes]:
    """Replace each `<math>` by an `<img>` whose alt is its TeX; return the SVGs by their `src`.

    `hangul` is a TrueType font for Korean in formulas; `address` begins each `src`. A formula that
    cannot be drawn becomes its TeX, as code. Same formula, same picture.
    """
    pictures: dict[str, bytes] = {}
    for maths in list(root.iter("math", f"{{{_MATHML}}}math")):
        tex = tex_of(maths)
        is_block = maths.get("display") == "block"
        drawn = draw_formula(maths, hangul)
        if drawn is None:
            code = etree.Element("code", {"class": "maths-source"})
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
    return _draw(_normalise_mathml(maths, str(hangul)), str(hangul))


def tex_of(maths: Element) -> str:
    """Return the TeX that pandoc leaves as an annotation, in one line; else the formula's text."""
    for note in maths.iter("annotation", f"{{{_MATHML}}}annotation"):
        if note.get("encoding") == "application/x-tex":
            return " ".join(tree.text_of(note).split())
    return " ".join(tree.text_of(maths).split())


def _normalise_mathml(maths: Element, hangul: str) -> str:
    """Return the formula as ziamath draws it right: no annotations, Korean in runs of its own face.

    Characters such as U+1D482 carry their weight themselves, so that `mathvariant` bold is free to
    name the Korean face.
    """
    copy = etree.fromstring(etree.tostring(maths, with_tail=False))
    for element in list(copy.iter("*")):
        element.tag = etree.QName(element).localname
        if element.tag.startswith("annotation") and element.getparent() is not None:
            tree.remove(element)
        elif element.tag == "semantics" and element.getparent() is not None:
            tree.unwrap(element)
        elif "bold" in (element.get("mathvariant") or ""):
            del element.attrib["mathvariant"]
    _flatten(copy)
    etree.cleanup_namespaces(copy)
    for leaf in list(copy.iter(*_LEAVES)):
        if leaf.text and not leaf.text.isascii():
            leaf.text = _sign_missing(leaf.text, hangul)
            if _KOREAN.search(leaf.text):
                _as_korean(leaf)
    return etree.tostring(copy, encoding="unicode")


def is_in_maths_font(char: str) -> bool:
    """Tell whether formulas can show a character without the Korean face."""
    package = find_spec("ziamath")  # without loading it, which takes .2 s
    assert package is not None and package.origin is not None
    return ord(char) in _coverage(str(Path(package.origin).parent / "fonts" / _MATHS_FONT))


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
def _coverage(path: str) -> frozenset[int]:
    return frozenset(hb.Face(hb.Blob.from_file_path(path)).unicodes)


def _flatten(maths: Element) -> None:
    """Unwrap rows within rows: ziamath lays each row out twice, so depth costs two to its power.

    A row that a fence grows to (`(`, `|`) is kept, for in a longer row the fence would grow more.
    """
    for row in list(maths.iter("mrow")):
        parent = row.getparent()
        if parent is None or row.attrib:
            continue
        is_only = len(parent) == 1 and parent.tag in _ROWS
        if is_only or (len(row) == 1 and row[0].tag != "mo"):
            tree.unwrap(row)


def _as_korean(leaf: Element) -> None:
    """Make a leaf with Korean a text in the Korean face, in a row one with the leaf before it.

    The parts of a fraction or a script are no row: each is needed in its place.
    """
    before = leaf.getprevious()
    parent = leaf.getparent()
    is_row = parent is not None and parent.tag in _ROWS
    if is_row and parent is not None and before is not None and before.get("mathvariant") == "bold":
        before.text = (before.text or "") + (leaf.text or "")
        parent.remove(leaf)
        return
    leaf.tag = "mtext"
    leaf.set("mathvariant", "bold")


@lru_cache(maxsize=512)
def _draw(mathml: str, hangul: str) -> tuple[bytes, float, float] | None:
    """Return the SVG, its width and its depth in em; None where it cannot be drawn."""
    from ziamath.config import config  # heavy, and few posts have maths
    from ziamath.zmath import Math

    patches.apply()
    # its tables take .2 s to read: only for a formula that needs it
    config.math.bold_font = hangul if _KOREAN.search(mathml) else None
    try:
        formula = Math(mathml, size=SIZE, margin=0)
        svg: str = formula.svg()
        width, height = formula.getsize()
        depth = formula.getyofst()
    except MemoryError:
        raise  # no fault of the formula
    except Exception:  # ziamath raises whatever its parts raise on MathML that it does not know
        return None
    if width <= 0 or height <= 0:
        return None
    return svg.encode(), width / SIZE, depth / SIZE
