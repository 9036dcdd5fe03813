"""Grounds: the colour that a drawn cover is filled with, by the post's series or category.

Posts of one series or category share a colour, so that a shelf is read by it (issue 18, section 5).
A site that has an accent of its own has covers in that, but for grounds that it names itself.
"""

from __future__ import annotations

import unicodedata

from hanpan.assets.colours import Colour
from hanpan.assets.stylesheets import TOKENS, rules_of, token
from hanpan.document import Meta
from hanpan.files import Files, sha256

GROUNDS = 10  # in tokens.css: --cover-1 and so on


def ground_of(meta: Meta, files: Files) -> Colour:
    """Return the ground of a post's cover; the accent where it has neither series nor category."""
    name = meta.series or next(iter(meta.categories), "")
    key = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    if not key:
        return token("accent", files)
    name = f"cover-{int(sha256(key.encode())[:8], 16) % GROUNDS + 1}"
    if _is_own("accent", files) and not _is_own(name, files):
        name = "accent"
    return token(name, files)


def _is_own(name: str, files: Files) -> bool:
    site, ours = (rules.get((":root", f"--{name}")) for rules in rules_of(TOKENS, files))
    return site is not None and site != ours
