"""Quotes: straight marks as the curly ones of Korean print, in pairs within a paragraph.

No library does it right for Korean: `그가"안녕"했다` has no blank in front, and `'작은'따옴표` a
letter behind. A mark opens at the start, and after a blank or an opening bracket; else it closes
what is open, and where nothing is, it opens. What has no partner stays as it is typed.
`smart_quotes` of a `_config.yml` may name other signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hanpan.language import canonical_tag
from hanpan.transforms.shared.context import Context
from hanpan.tree import HEADINGS, Element

_BLOCKS = frozenset(HEADINGS) | frozenset(
    """p li td th dd dt figcaption caption summary div blockquote section details table tr thead
    tbody ul ol dl figure aside br hr""".split()
)
_NOT_IN = frozenset("code pre kbd samp math svg script style tt".split())
_LANGUAGES = frozenset({"ko", "en"})  # others have marks of their own
_CURLY = {'"': ("“", "”"), "'": ("‘", "’")}
_OPENING = "([{<（［｛〈《「『【“‘\"'-–—/=~·"
_MARK = re.compile("[\"']")


@dataclass(slots=True)
class _Text:
    """A run of text in the tree: an element's own, or the one behind it."""

    element: Element
    is_tail: bool
    text: str
    is_code: bool = False


def quotes(root: Element, context: Context) -> None:
    """Pair the straight quotation marks of prose; code and formulas stay."""
    own = context.markdown.quotes
    if not own and canonical_tag(context.lang).partition("-")[0] not in _LANGUAGES:
        return
    pairs = {"'": own[:2], '"': own[2:]} if own else _CURLY
    block: list[_Text] = []
    for run in _runs(root):
        if run is None:
            _pair(block, pairs)
            block = []
        else:
            block.append(run)
    _pair(block, pairs)


def _runs(root: Element) -> Iterator[_Text | None]:
    """Yield the runs of text in order; None where a block begins or ends."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, is_left = stack.pop()
        if element.tag in _BLOCKS and element.tag != "br":
            yield None
        if is_left:
            if element is not root and element.tail:
                yield _Text(element, True, element.tail)
            continue
        stack.append((element, True))
        if element.tag in _NOT_IN:
            yield _Text(element, False, "".join(map(str, element.itertext()))[:1], is_code=True)
            continue
        if element.text:
            yield _Text(element, False, element.text)
        stack += [(child, False) for child in reversed(element)]


def _pair(block: list[_Text], pairs: Mapping[str, Sequence[str]]) -> None:
    """Make pairs of the marks in one block, and write them back."""
    # code counts as one letter: `"` behind it closes, in front of it opens
    text = "".join("x" if run.is_code else run.text for run in block)
    if not _MARK.search(text):
        return
    signs = list(text)
    opened: dict[str, int] = {}
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        before = text[at - 1] if at else " "
        behind = text[at + 1] if at + 1 < len(text) else " "
        if mark == "'" and _is_word(before) and _is_word(behind):
            signs[at] = pairs[mark][1]  # it's
        elif mark in opened and not before.isspace():
            signs[opened.pop(mark)], signs[at] = pairs[mark]
        elif not behind.isspace() and (before.isspace() or before in _OPENING or _opens(before)):
            opened[mark] = at
    at = 0
    for run in block:
        length = 1 if run.is_code else len(run.text)
        if not run.is_code:
            paired = "".join(signs[at : at + length])
            if run.is_tail:
                run.element.tail = paired
            else:
                run.element.text = paired
        at += length


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _opens(before: str) -> bool:
    """Tell whether a mark right behind this character may open: not feet, inches, or `it's`."""
    return not (before.isascii() and before.isalnum())
