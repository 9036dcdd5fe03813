"""Characters that no font has, reported: in the text, in drawings and in formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hanpan.assets import scripts
from hanpan.document import Document
from hanpan.files import Files
from hanpan.media_types import SVG
from hanpan.messages.installation import fonts_command
from hanpan.problems import Problem
from hanpan.source.characters import decode
from hanpan.source.post import Post
from hanpan.transforms.maths_svg import letters_without_face
from hanpan.tree import Element

_REMEDY = "Use another character, or add a font that has it to [fonts] in site.toml."
_NAMED = 20  # characters of a script that a warning names
_KEYS = ("title", "excerpt", "description", "author", "tags", "tag", "categories", "category")
_MARKUP = re.compile(r"<[^<>]*>")


def report_glyphs(post: Post, document: Document, root: Element, files: Files) -> list[Problem]:
    """Return a warning for each script with characters that no font has, at the first of them."""
    meta = document.meta
    named = (meta.title, meta.author, *meta.tags, *meta.categories)
    diagrams = (asset.source for asset in document.assets if asset.source.startswith("mermaid:"))
    shown = "\n".join((*named, _text_but_maths(root), *diagrams))
    absent = {char: len(places) for char, places in scripts.missing(shown, files).items()}
    for char in scripts.missing(meta.excerpt, files):
        absent.setdefault(char, 1)  # most are the body's, and counted
    for maths in root.iter("math"):
        for char in letters_without_face(maths, files, meta.lang):
            absent[char] = absent.get(char, 0) + 1
    remedy = _remedy(files) if absent else ""
    problems = [
        _problem(counts, post.path, _line_of(next(iter(counts)), post), remedy)
        for counts in _by_script(absent)
    ]
    return [*problems, *_in_drawings(document, files)]


def _by_script(absent: dict[str, int]) -> list[dict[str, int]]:
    """Return the characters and their counts by script, each in the order of the text."""
    kinds: dict[str, dict[str, int]] = {}
    for char, count in absent.items():
        kinds.setdefault(_script(char), {})[char] = count
    return list(kinds.values())


def _script(char: str) -> str:
    """Return a character's script: Unicode's names begin with it."""
    return unicodedata.name(char, "UNNAMED").partition(" ")[0]


def _remedy(files: Files) -> str:
    """Return what helps; where fonts of ours are not installed, what brings them."""
    if scripts.absent_fonts(files):
        return f"Font files of hanpan's own are not installed: `{fonts_command()}` brings them."
    return _REMEDY


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
        shown = scripts.missing(_MARKUP.sub("", text), files)
        for counts in _by_script({char: len(places) for char, places in shown.items()}):
            line = text.count("\n", 0, text.index(next(iter(counts)))) + 1
            yield _problem(counts, path, line, _remedy(files))


def _problem(counts: dict[str, int], path: str, line: int | None, remedy: str) -> Problem:
    """Return the warning for characters of one script, the first of them named."""
    first, total = next(iter(counts)), sum(counts.values())
    name = unicodedata.name(first, "a character without a name")
    which = f"U+{ord(first):04X} {name} ({first})"
    if total > 1:
        kinds = f" ({len(counts):,} different)" if len(counts) > 1 else ""
        others = [f"U+{ord(char):04X}" for char in counts][1:_NAMED]
        more = [*others, "…"] if len(counts) > _NAMED else others
        which = ", ".join([f"{total:,} characters{kinds} of {_script(first)}: {which}", *more])
    return Problem(
        "glyph-missing",
        "warning",
        f"no font has {which}",
        path,
        line,
        remedy,
        cause=f"script:{_script(first)}",
    )


def _text_but_maths(root: Element) -> str:
    """Return the body's text; formulas are drawn with fonts of their own."""
    parts = [root.text or ""]
    for element in root.iterfind(".//*"):
        if not any(outer.tag in ("math", "annotation") for outer in element.iterancestors()):
            parts += ["" if element.tag == "math" else element.text or "", element.tail or ""]
    return "".join(parts)
