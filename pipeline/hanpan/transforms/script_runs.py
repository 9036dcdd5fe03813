"""Runs of text that the page's own fonts cannot set: each in a span that names a font.

Pango would choose a font for each character. A mark and its letter must come from one, or the mark
stands beside a dotted circle; and a run of Arabic must be one box, or its words stand in the wrong
order. So a cluster that no configured face has whole gets a face that has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from lxml import etree

from hanpan import tree
from hanpan.assets.fonts import Face, coverage, role_faces
from hanpan.assets.lettering import clusters
from hanpan.assets.scripts import cjk_family, family_of, is_shapeless, unusual
from hanpan.files import Files
from hanpan.transforms.print.marked_runs import EMOJI, OLD_HANGUL
from hanpan.tree import Element

_CODE = frozenset(("code", "kbd", "pre", "samp", "tt"))
_EMOJI = frozenset("\u20e3\ufe0f")  # a keycap, and what is asked for in colour
_SKIPPED = frozenset(("script", "style", "svg", "math"))
_RIGHT_TO_LEFT = ("R", "AL")  # Unicode's bidirectional classes


Naming = Callable[[str, bool], dict[str, str]]  # family, whether it is in code -> attributes


def style_of(family: str, is_code: bool) -> dict[str, str]:
    """Return the attributes of a span of a family, where the fonts are known by their names."""
    stack = "var(--font-code)" if is_code else "var(--font-body)"
    return {"style": f"font-family:'{family}',{stack}"}


def mark_scripts(root: Element, lang: str, files: Files, naming: Naming = style_of) -> set[str]:
    """Put runs of other scripts into spans with their font; return the families of those fonts.

    `lang` is the language of the root; what `naming` has no attributes for is left alone.
    """
    text = set(tree.text_of(root))
    special = unusual(text, files) | {char for char in text if _is_mark(char)}
    if not special:
        return set()
    used: set[str] = set()
    for element in list(root.iter("*")):
        if element.tag not in _SKIPPED and not _is_marked(element):
            _mark(element, "text", special, lang, files, used, naming)
        if element.tail and element is not root:
            _mark(element, "tail", special, lang, files, used, naming)
    return used


def _mark(
    element: Element,
    name: str,
    special: set[str],
    lang: str,
    files: Files,
    used: set[str],
    naming: Naming,
) -> None:
    text = element.text if name == "text" else element.tail
    if not text or special.isdisjoint(text):
        return
    holder = element if name == "text" else element.getparent()
    if holder is None:
        return
    ancestors = [holder, *holder.iterancestors()]
    if any(one.tag in _SKIPPED for one in ancestors):
        return
    is_code = any(one.tag in _CODE for one in ancestors)
    here = next((tag for one in ancestors if (tag := one.get("lang"))), lang)
    faces = role_faces(files, "code" if is_code else "body", 400)
    own = cjk_family(here)

    def family(cluster: str) -> str:
        needed = _family(cluster, special, faces, here, files)
        return "" if needed == own or not naming(needed, is_code) else needed

    pieces = _pieces(text, family)
    if all(not name for name, _ in pieces):
        return
    spans: list[Element] = []
    before = ""
    for face, piece in pieces:
        if face:
            used.add(face)
            spans.append(etree.Element("span", naming(face, is_code)))
            spans[-1].text = piece
        elif spans:
            spans[-1].tail = piece
        else:
            before = piece
    if name == "text":
        element.text = before or None
        element[0:0] = spans
    else:
        element.tail = before or None
        at = holder.index(element) + 1
        holder[at:at] = spans


def _family(cluster: str, special: set[str], faces: Iterable[Face], lang: str, files: Files) -> str:
    """Return the family that a cluster must be set in, "" where the stack sets it well."""
    if special.isdisjoint(cluster) or not _EMOJI.isdisjoint(cluster):
        return ""
    letters = {ord(char) for char in cluster if not is_shapeless(char)}
    holding = [face for face in faces if letters <= coverage(face)]
    if holding:
        is_first = not any(letters & coverage(face) for face in _before(faces, holding[0]))
        return "" if is_first else holding[0].family
    return family_of(cluster, files, lang)


def _before(faces: Iterable[Face], last: Face) -> list[Face]:
    every = list(faces)
    return every[: every.index(last)]


def _pieces(text: str, family: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the text in pieces, each with its family; blanks between two of one join them."""
    pieces: list[tuple[str, str]] = []
    for cluster in clusters(text):
        name = family(cluster)
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + cluster)
        elif (
            name
            and len(pieces) > 1
            and pieces[-2][0] == name
            and not any(char.isalpha() for char in pieces[-1][1])
        ):
            (_, start), (_, between) = pieces[-2:]
            pieces[-2:] = [(name, start + between + cluster)]
        else:
            pieces.append((name, cluster))
    return pieces


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and not is_shapeless(char)


def _is_marked(element: Element) -> bool:
    return not {OLD_HANGUL, EMOJI}.isdisjoint(tree.classes(element))
