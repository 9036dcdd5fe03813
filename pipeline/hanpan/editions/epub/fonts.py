"""Fonts of an EPUB: a subset for code, and on request for the body; emoji are the reader's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from hanpan import tree
from hanpan.assets.fonts import VENDORED, Face, coverage, role_faces, subset
from hanpan.assets.scripts import FAMILIES, cjk_family, script_face
from hanpan.editions.epub.parts import ManifestItem
from hanpan.editions.font_use import characters
from hanpan.files import Files
from hanpan.media_types import TTF
from hanpan.transforms.languages import languages_of
from hanpan.tree import Element

CODE = "hanpan-code"  # the names of epub.css: subsets must not bear reserved names
BODY = "hanpan-body"
_NAMED = re.compile(rb'\slang="(?:ja|zh|cmn|yue|wuu|lzh)|class="script ')
# TTF: inside the zip woff2 saves 10 KiB, and not every reading system reads it


@dataclass(frozen=True, slots=True)
class EmbeddedFonts:
    """Font files, and the rules that name them."""

    css: str
    items: tuple[ManifestItem, ...]


def embedded_fonts(
    pages: Iterable[ManifestItem], code: str, files: Files, *, body: bool
) -> EmbeddedFonts:
    """Return subsets for the characters of `code`, and with `body` for those of all pages.

    Other scripts, Japanese and Chinese are embedded in any case: a reader for Korean has no fonts
    for them, or Korean forms of their hanja.
    """
    pages = tuple(pages)
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
    for (family, weight), text in sorted(_foreign(pages).items()):
        script = script_face(family, weight, files)
        if script:
            name = f"{_slug(family)}-{weight}"
            _embed(script, text, name, f"hanpan-{_slug(family)}", rules, items)
    rules += _rules_of_languages(pages, body=body)
    return EmbeddedFonts("".join(rules), tuple(items))


def script_class(family: str, is_code: bool) -> dict[str, str]:
    """Return the attributes of a span of another script; a font for Korean is the reader's own."""
    return {} if family in VENDORED else {"class": f"script {_slug(family)}"}


def _slug(family: str) -> str:
    return family.lower().replace(" ", "-")


def _trees(pages: Iterable[ManifestItem]) -> Iterator[Element]:
    """Yield the trees of pages in which a language or another script is named."""
    for page in pages:
        if _NAMED.search(page.data):
            yield etree.fromstring(page.data)


def _foreign(pages: Iterable[ManifestItem]) -> dict[tuple[str, int], str]:
    """Return what is set in other fonts than the reader's: text by family and weight."""
    letters: dict[tuple[str, int], set[str]] = {}
    for root in _trees(pages):
        for (_, weight, family), text in characters([root], "").items():
            if family:
                letters.setdefault((family, weight), set()).update("".join(text))
        for span in root.iter("{*}span"):
            family = next((one for one in FAMILIES if _slug(one) in tree.classes(span)), "")
            if family:
                letters.setdefault((family, 400), set()).update(span.text or "")
    return {key: "".join(sorted(text)) for key, text in letters.items()}


def _rules_of_languages(pages: Iterable[ManifestItem], *, body: bool) -> list[str]:
    """Return which font holds for each language and script that a page names."""
    tags: dict[str, None] = {}
    families: dict[str, None] = {}
    for root in _trees(pages):
        tags.update(dict.fromkeys(languages_of(root, "")))
        names = {name for span in root.iter("{*}span") for name in tree.classes(span)}
        families.update(dict.fromkeys(one for one in FAMILIES if _slug(one) in names))
    text = f'"{BODY}", sans-serif' if body else "sans-serif"
    rules = []
    for tag in tags if any(map(cjk_family, tags)) else ():
        family = cjk_family(tag)
        own = f'"hanpan-{_slug(family)}", ' if family else ""
        at = f'[lang="{re.sub("[^A-Za-z0-9-]", "", tag)}"]'
        if family:
            rules.append(f"{at} {{ font-family: {own}{text}; }}\n")
            within = ", ".join(f"{name} {at}" for name in ("code", "kbd", "pre", "samp"))
            rules.append(f'{within} {{ font-family: {own}"{CODE}", monospace; }}\n')
        elif body:
            rules.append(f"{at} {{ font-family: {text}; }}\n")
    for family in families:
        slug = _slug(family)
        rules.append(f'.script.{slug} {{ font-family: "hanpan-{slug}", {text}; }}\n')
    return rules


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
