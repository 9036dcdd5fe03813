"""Alphabets of mathematics: `mathvariant` -> the characters that Unicode has for it.

MathML Core keeps `mathvariant` for "normal" only; Unicode Standard Annex 25 has the characters.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_NAMES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
# letters that were in Unicode before their alphabets
_BEFORE = {"DOUBLE-STRUCK": "DOUBLE-STRUCK", "SCRIPT": "SCRIPT", "FRAKTUR": "BLACK-LETTER"}


def in_alphabet(text: str, variant: str) -> str:
    """Return letters and digits in a variant; what Unicode does not have there stays."""
    return "".join(_letter(char, variant) for char in text)


@cache
def _letter(char: str, variant: str) -> str:
    alphabet = _NAMES.get(variant)
    name = unicodedata.name(char, "")
    if not alphabet:
        return char
    if (alphabet, char) == ("ITALIC", "h"):
        return "\N{PLANCK CONSTANT}"
    for script in ("LATIN", "GREEK"):
        name = name.removeprefix(f"{script} ")
    name = name.replace(" LETTER ", " ").replace("LUNATE ", "")
    for prefix in (f"MATHEMATICAL {alphabet}", _BEFORE.get(alphabet, "")):
        try:
            return unicodedata.lookup(f"{prefix} {name}") if prefix else char
        except KeyError:
            continue
    return char
