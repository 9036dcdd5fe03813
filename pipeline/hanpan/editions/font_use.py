"""Which characters a page sets in which font: what a subset of each has to hold."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from lxml import etree

from hanpan import tree
from hanpan.assets.fonts import Role
from hanpan.assets.lettering import clusters
from hanpan.assets.scripts import cjk_family, is_cjk, is_shapeless
from hanpan.tree import HEADINGS, Element

Use = tuple[Role, int, str]  # role, weight, the family that has the language's own hanja or ""
_BOLD = frozenset((*HEADINGS, "strong", "b", "th", "dt", "summary"))
_CODE = frozenset(("pre", "code", "kbd", "samp", "tt"))
_SILENT = frozenset(("script", "style", "math"))  # formulas are set in a maths font
_LEAVES = ("mi", "mn", "mo", "ms")
_WIDE = frozenset("‘’“”…—")  # as wide as a letter in Chinese, and of its font


def characters(
    parts: Iterable[Element], lang: str, maths: Set[int] | None = None
) -> dict[Use, set[str]]:
    """Return the characters of the text by the role, the weight and the hanja that it is set in.

    `lang` is the language around the parts; `maths` is what the page's own maths font has, where it
    has one. A letter with its marks is there as a whole too: they must come from one font.
    """
    used: dict[Use, set[str]] = defaultdict(set)
    for part in parts:
        for text, (role, weight, family) in _runs(part, ("body", 400, cjk_family(lang)), maths):
            letters = set(text)
            if any(map(_is_mark, letters)):
                letters.update(filter(_is_marked, clusters(text)))
            own = {one for one in letters if family and _is_of_hanja(one, family)}
            used[role, weight, family].update(own)
            used[role, weight, ""].update(letters - own)
    return {use: chars for use, chars in used.items() if not chars <= {" ", "\n"}}


def _is_of_hanja(cluster: str, family: str) -> bool:
    return all(is_cjk(ord(char)) or (char in _WIDE and "JP" not in family) for char in cluster)


def _is_marked(cluster: str) -> bool:
    """Tell whether a cluster is a letter with marks; an ASCII letter is in every font anyway."""
    return len(cluster) > 1 and not cluster[0].isascii() and any(map(_is_mark, cluster[1:]))


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char)[0] == "M" and not is_shapeless(char)


def _runs(element: Element, use: Use, maths: Set[int] | None) -> Iterator[tuple[str, Use]]:
    """Yield each text below `element` with its use; without recursion, for posts nest at will."""
    stack: list[tuple[Element, Use]] = [(element, use)]
    while stack:
        current, outer = stack.pop()
        tag = etree.QName(current).localname if isinstance(current.tag, str) else ""
        if tag and tag not in _SILENT:
            role: Role = "code" if tag in _CODE else outer[0]
            bold = tag in _BOLD or "title" in tree.classes(current)
            bold = bold or current.get("font-weight") in ("bold", "600", "700")  # SVG
            weight = 700 if bold else 400 if _is_hint(current) else outer[1]
            own = current.get("lang")
            family = outer[2] if own is None else cjk_family(own)
            if current.text:
                yield current.text, (role, weight, family)
            stack += [(child, (role, weight, family)) for child in current]
        elif tag == "math":
            yield from _beside_maths(current, outer, maths)
        if current.tail and current is not element:
            yield current.tail, outer


def _is_hint(element: Element) -> bool:
    """Tell whether an element says where a player loads from: on screen it is not bold."""
    if element.tag != "small":
        return False
    above = element.getparent()
    embed = above.getparent() if above is not None and above.tag == "summary" else None
    return embed is not None and "embed" in tree.classes(embed)


def _beside_maths(formula: Element, use: Use, maths: Set[int] | None) -> Iterator[tuple[str, Use]]:
    """Yield what a formula has of the text's font: its texts, and what the maths font lacks."""
    role, weight, family = use
    for text in formula.iter("mtext"):
        is_bold = "bold" in (text.get("style") or "")
        yield tree.text_of(text), (role, 700 if is_bold else weight, family)
    if maths is None:
        return
    for leaf in formula.iter(*_LEAVES):
        left = "".join(char for char in leaf.text or "" if ord(char) not in maths)
        if left.strip():
            yield left, use
