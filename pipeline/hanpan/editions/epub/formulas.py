"""Formulas of an EPUB: MathML with its TeX as text, and a picture for reading systems without it.

MathML 3, 2.2.1 (`alttext`, `altimg`), which EPUB 3.3 keeps for this. TeX leaves the formula itself:
who does not know MathML shows an annotation as text.
"""

from __future__ import annotations

from hanpan import tree
from hanpan.editions.epub.outlines import on_white
from hanpan.editions.epub.parts import ManifestItem
from hanpan.files import Files, sha256
from hanpan.media_types import SVG
from hanpan.transforms.maths_svg import draw_formula, formula_face, tex_of
from hanpan.tree import Element

_LINE = 18.0  # em: a line on a telephone; no engine breaks a formula over lines
_LEAST = 0.7  # em of the text's size: what is wider scrolls
# What is more than signs in a row: without these, the formula's text says it all.
_BUILT = frozenset(
    """mfrac mroot msqrt msub msup msubsup munder mover munderover mtable mmultiscripts
    menclose""".split()
)


def name_formulas(
    root: Element, files: Files, lang: str, undrawn: dict[str, None]
) -> list[ManifestItem]:
    """Give each `<math>` below `root` its TeX as `alttext`, and its picture; return the pictures.

    Same formula, same picture. The TeX of what has none, and would need one, is put into `undrawn`.
    """
    items: dict[str, ManifestItem] = {}
    for maths in root.iter("math"):
        tex = tex_of(maths)
        is_built = _is_built(maths)
        drawn = draw_formula(maths, formula_face(maths, files, lang)) if is_built else None
        if is_built and drawn is None:
            undrawn[tex] = None
        _drop_annotation(maths)
        maths.set("alttext", tex or "formula")
        if drawn is None:
            continue
        svg, width, depth = drawn
        if width > _LINE:
            maths.set("style", f"font-size: {max(_LINE / width, _LEAST):.2f}em")
        picture = on_white(svg)
        name = f"formula-{sha256(picture)[:16]}"
        items[name] = ManifestItem(name, f"images/{name}.svg", SVG, picture)
        maths.set("altimg", f"../{items[name].path}")
        maths.set("altimg-width", f"{width:.3f}em")
        maths.set("altimg-valign", f"{depth:.3f}em")
    return list(items.values())


def _is_built(maths: Element) -> bool:
    return next(maths.iter(*_BUILT), None) is not None


def _drop_annotation(maths: Element) -> None:
    """Leave of `<semantics>` what it shows."""
    for semantics in list(maths.iter("semantics")):
        for note in semantics.findall("annotation"):
            tree.remove(note)
        tree.unwrap(semantics)
