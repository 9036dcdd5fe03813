"""Runs of text that the page's own fonts cannot set: each in a span that names a font.

Pango would choose a font for each character. A mark and its letter must come from one, or the mark
stands beside a dotted circle; and a run of Arabic must be one box, or its words stand in the wrong
order. So a cluster that no configured face has whole gets a face that has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from hanpan import tree
from hanpan.assets.fonts import Face, coverage, role_faces
from hanpan.assets.lettering import clusters
from hanpan.assets.scripts import cjk_family, family_of, is_shapeless, unusual
from hanpan.files import Files
from hanpan.tree import Element

# classes of runs that have a font of their own (print/marked_runs.py)
OLD_HANGUL, EMOJI = "old-hangul", "emoji"
_CODE = frozenset(("code", "kbd", "pre", "samp", "tt"))
_EMOJI = frozenset("\u20e3\ufe0f")  # a keycap, and what is asked for in colour
_NOWHERE = "nowhere"
_SKIPPED = frozenset(("script", "style", "svg", "math"))


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
    marker = _Marker(special, lang, files, naming)
    for element in list(root.iter("*")):
        if element.tag not in _SKIPPED and not _is_marked(element):
            marker.mark(element, is_tail=False)
        if element.tail and element is not root:
            marker.mark(element, is_tail=True)
    return marker.used


@dataclass(slots=True)
class _Marker:
    """Marks the texts of one tree."""

    special: set[str]  # characters that need a look
    lang: str
    files: Files
    naming: Naming
    used: set[str] = field(default_factory=set)
    known: dict[tuple[str, str, bool], str] = field(default_factory=dict)  # families of clusters

    def mark(self, element: Element, *, is_tail: bool) -> None:
        """Wrap the runs of a text: what an element holds first, or what follows it."""
        text = element.tail if is_tail else element.text
        if not text or self.special.isdisjoint(text):
            return
        holder = element.getparent() if is_tail else element
        if holder is None:
            return
        ancestors = [holder, *holder.iterancestors()]
        if any(one.tag in _SKIPPED for one in ancestors):
            return
        is_code = any(one.tag in _CODE for one in ancestors)
        lang = next((tag for one in ancestors if (tag := one.get("lang"))), self.lang)
        pieces = _pieces(text, lambda cluster: self._family(cluster, lang, is_code))
        if all(not face for face, _ in pieces):
            return
        spans: list[Element] = []
        before = ""
        for face, piece in pieces:
            if face:
                self.used.add(face)
                spans.append(etree.Element("span", self.naming(face, is_code)))
                spans[-1].text = piece
            elif spans:
                spans[-1].tail = piece
            else:
                before = piece
        if is_tail:
            tree.put_behind(element, before, spans)
        else:
            element.text = before or None
            element[0:0] = spans

    def _family(self, cluster: str, lang: str, is_code: bool) -> str:
        """Return the family that a cluster must be set in, "" where the stack sets it well."""
        if self.special.isdisjoint(cluster) or not _EMOJI.isdisjoint(cluster):
            return ""
        key = (cluster, lang, is_code)
        if key not in self.known:
            faces = role_faces(self.files, "code" if is_code else "body", 400)
            needed = _needed(cluster, faces)
            if needed == _NOWHERE:
                needed = family_of(cluster, self.files, lang)
            is_in_stack = needed == cjk_family(lang) or not self.naming(needed, is_code)
            self.known[key] = "" if is_in_stack else needed
        return self.known[key]


def _needed(cluster: str, faces: Sequence[Face]) -> str:
    """Return the configured family that has all of a cluster, where those before it have a part.

    "" where the first that has any of it has all; _NOWHERE where none has all.
    """
    letters = {ord(char) for char in cluster if not is_shapeless(char)}
    is_torn = False
    for face in faces:
        if letters <= coverage(face):
            return face.family if is_torn else ""
        is_torn = is_torn or not coverage(face).isdisjoint(letters)
    return _NOWHERE


def _pieces(text: str, family: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the text in pieces, each with its family; blanks between two of one join them."""
    pieces: list[tuple[str, list[str]]] = []
    for cluster in clusters(text):
        name = family(cluster)
        if pieces and pieces[-1][0] == name:
            pieces[-1][1].append(cluster)
        elif name and len(pieces) > 1 and pieces[-2][0] == name and _is_neutral(pieces[-1][1]):
            _, between = pieces.pop()
            pieces[-1][1].extend((*between, cluster))
        else:
            pieces.append((name, [cluster]))
    return [(name, "".join(parts)) for name, parts in pieces]


def _is_neutral(parts: Iterable[str]) -> bool:
    """Tell whether there is no letter: blanks, marks and numbers go with what is around them."""
    return not any(char.isalpha() for part in parts for char in part)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and not is_shapeless(char)


def _is_marked(element: Element) -> bool:
    return not {OLD_HANGUL, EMOJI}.isdisjoint(tree.classes(element))
