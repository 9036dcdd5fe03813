"""Ids of headings, as Jekyll makes them: of what was typed, before anything is replaced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hanpan import tree
from hanpan.transforms.shared.context import Context
from hanpan.tree import HEADINGS, Element

# Ⓐ to ⓩ and the boxed letters: signs to Unicode, letters to Ruby
_LETTER_SIGNS = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))
_KINDS = frozenset(("Nd", "Nl", "Pc"))
_DASHES = re.compile(r"---?|\.\.\.")  # to kramdown each is one sign, which no id holds


def heading_ids(root: Element, context: Context) -> None:
    """Give an id to each heading that has text and none yet."""
    for heading in list(root.iter(*HEADINGS)):
        if not heading.get("id"):
            typed = "".join(_texts_as_typed(heading))
            name = heading_id(typed.strip() if typed[:1] == "\n" else typed)
            if name.strip("-"):
                heading.set("id", context.markdown.id_prefix + name)


def heading_id(text: str) -> str:
    """Return the id that Jekyll gives a heading (kramdown-parser-gfm, generate_gfm_header_id).

    Lower case, no punctuation or emoji, a hyphen for each blank: `🚀 시작` is `-시작`.
    """
    return "".join(
        "-" if character in " \t\n" else character
        for character in text.lower()
        if character in " \t\n-" or _is_word(character)
    )


def _is_word(character: str) -> bool:
    """Tell whether Ruby's `\\p{Word}` has a character: `Ⅳ` is a letter to it, `①` is none."""
    if character.isascii():
        return character.isalnum() or character == "_"
    kind = unicodedata.category(character)
    if kind[0] in "LM" or kind in _KINDS:
        return True
    return any(first <= ord(character) <= last for first, last in _LETTER_SIGNS)


def _texts_as_typed(element: Element, *, is_code: bool = False) -> Iterator[str]:
    """Yield a heading's text as it was typed; of formulas their TeX, of emoji their names."""
    if element.tag == "math":
        yield from (tree.text_of(note) for note in element.iter("annotation"))
        return
    if "emoji" in tree.classes(element):
        yield element.get("data-emoji") or ""
        return
    if "footnote-ref" in tree.classes(element):
        return
    is_code = is_code or element.tag == "code"
    for text, child in ((element.text, None), *((child.tail, child) for child in element)):
        if child is not None:
            yield from _texts_as_typed(child, is_code=is_code)
        if text:
            yield text if is_code else _DASHES.sub("", text)
