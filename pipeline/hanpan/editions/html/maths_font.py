"""The maths font of a page: the signs of its formulas in every size that a browser may ask for.

A browser stretches brackets, roots and braces by the font's MATH table, which few systems have a
font with. HarfBuzz keeps of that table what the signs of a page need. (MathML Core, section 3.)
"""

from __future__ import annotations

from collections.abc import Iterable

from hanpan.assets.fonts import Face
from hanpan.files import Files
from hanpan.formulas.alphabets import in_alphabet
from hanpan.tree import Element

FAMILY = "post-maths"
_FILE = "fonts/stix-two-math/HanpanMaths.ttf"
_LEAVES = ("mi", "mn", "mo", "ms")
_ROOT = "\u221a"  # of `msqrt` and `mroot`, which browsers draw
_FENCES = "(),"  # of `mfenced`, where nothing else is said


def maths_face(files: Files) -> Face:
    """Return the face that formulas are set in."""
    path = files.layout_path(_FILE)
    return Face("Hanpan Maths", 400, path, files.reads[f"layout:{_FILE}"])


def maths_text(parts: Iterable[Element]) -> str:
    """Return the characters of all formulas but of their texts, and those that browsers draw.

    One letter alone is shown in italics, which are characters of their own (MathML Core, 4.2).
    """
    shown: set[str] = set()
    for part in parts:
        for maths in part.iter("math"):
            for leaf in maths.iter(*_LEAVES):
                text = (leaf.text or "").strip()
                if leaf.tag == "mi" and len(text) == 1 and leaf.get("mathvariant") != "normal":
                    text = in_alphabet(text, "italic")
                shown.update(text)
            if next(maths.iter("msqrt", "mroot"), None) is not None:
                shown.add(_ROOT)
            for fenced in maths.iter("mfenced"):
                shown.update(_FENCES, *(fenced.get(name, "") for name in ("open", "close")))
                shown.update(fenced.get("separators", ""))
    return "".join(sorted(shown))
