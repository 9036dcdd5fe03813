"""Characters that no font has, reported: in the text, in drawings and in formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hanpan import tree
from hanpan.assets import fonts
from hanpan.document import Document
from hanpan.files import Files
from hanpan.media_types import SVG
from hanpan.problems import Problem
from hanpan.source.characters import decode
from hanpan.source.post import Post
from hanpan.transforms.maths_svg import is_in_maths_font
from hanpan.tree import Element

_REMEDY = "Use another character, or add a font that has it to [fonts] in site.toml."
_KEYS = ("title", "excerpt", "description", "author", "tags", "tag", "categories", "category")
_MARKUP = re.compile(r"<[^<>]*>")


def report_glyphs(post: Post, document: Document, root: Element, files: Files) -> list[Problem]:
    """Return a warning for each character that would be printed as an empty box, with its line."""
    meta = document.meta
    named = (meta.title, meta.excerpt, meta.author, *meta.tags, *meta.categories)
    diagrams = (asset.source for asset in document.assets if asset.source.startswith("mermaid:"))
    shown = "\n".join((*named, _text_but_maths(root), *diagrams))
    absent = list(fonts.missing(shown, files))
    formulas = "".join(tree.text_of(leaf) for leaf in root.iter("mtext", "mi", "mn", "mo"))
    lost = (char for char in fonts.missing(formulas, files) if not is_in_maths_font(char))
    absent += [char for char in lost if char not in absent]
    problems = [_problem(char, post.path, _line_of(char, post)) for char in absent]
    return [*problems, *_in_drawings(document, files)]


def _line_of(char: str, post: Post) -> int | None:
    """Return the line of a character: in the body, else of the key that says it."""
    for number, text in enumerate(post.body.split("\n"), post.body_line):
        if char in text:
            return number
    key = next((key for key in _KEYS if char in str(post.front.get(key))), "title")
    return post.line_of(key)


def _in_drawings(document: Document, files: Files) -> Iterator[Problem]:
    """Yield a warning for each such character of the site's own SVGs, at its line in the file."""
    for asset in document.assets:
        if asset.media_type != SVG or not asset.source.startswith("file:"):
            continue
        path = asset.source.removeprefix("file:")
        text = decode(path, files.read(path))[0]
        for char in fonts.missing(_MARKUP.sub("", text), files):
            yield _problem(char, path, text.count("\n", 0, text.index(char)) + 1)


def _problem(char: str, path: str, line: int | None) -> Problem:
    name = unicodedata.name(char, "a character without a name")
    message = f"no font has U+{ord(char):04X} {name} ({char})"
    return Problem("glyph-missing", "warning", message, path, line, _REMEDY)


def _text_but_maths(root: Element) -> str:
    """Return the body's text; formulas are drawn with fonts of their own."""
    parts = [root.text or ""]
    for element in root.iterfind(".//*"):
        if not any(outer.tag in ("math", "annotation") for outer in element.iterancestors()):
            parts += ["" if element.tag == "math" else element.text or "", element.tail or ""]
    return "".join(parts)
