"""Fonts of an EPUB: a subset for code, and on request for the body; emoji are the reader's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from hanpan import tree
from hanpan.assets.fonts import Face, coverage, role_faces, subset
from hanpan.editions.epub.parts import ManifestItem
from hanpan.files import Files
from hanpan.media_types import TTF

CODE = "hanpan-code"  # the names of epub.css: subsets must not bear reserved names
BODY = "hanpan-body"
# TTF: inside the zip woff2 saves 10 KiB, and not every reading system reads it


@dataclass(frozen=True, slots=True)
class EmbeddedFonts:
    """Font files, and the rules that name them."""

    css: str
    items: tuple[ManifestItem, ...]


def embedded_fonts(
    pages: Iterable[ManifestItem], code: str, files: Files, *, body: bool
) -> EmbeddedFonts:
    """Return subsets for the characters of `code`, and with `body` for those of all pages."""
    rules: list[str] = []
    items: list[ManifestItem] = []
    if code.strip():
        _embed(role_faces(files, "code", 400)[0], code, "code", CODE, rules, items)
    if body:
        text = "".join(tree.text_of(etree.fromstring(page.data)) for page in pages)
        for weight in (400, 700):
            face = role_faces(files, "body", weight)[0]
            _embed(face, text, f"body-{weight}", BODY, rules, items)
        rules.append(f'body {{ font-family: "{BODY}", sans-serif; }}\n')
    return EmbeddedFonts("".join(rules), tuple(items))


def _embed(
    face: Face, text: str, name: str, family: str, rules: list[str], items: list[ManifestItem]
) -> None:
    """Add a subset of `face`, where it has any of the text."""
    if not any(ord(char) in coverage(face) and not char.isspace() for char in text):
        return
    items.append(ManifestItem(f"font-{name}", f"fonts/{name}.ttf", TTF, subset(face, text, "ttf")))
    rules.append(
        f'@font-face {{ font-family: "{family}"; font-weight: {face.weight}; '
        f"src: url(../fonts/{name}.ttf); }}\n"
    )
