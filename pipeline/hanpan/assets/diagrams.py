"""Diagrams: Mermaid's source -> SVG by mmdr, without a browser, in the site's own fonts.

mmdr holds two renderers. `mermaid-rs-renderer` keeps eojeols whole and fits boxes around Hangul;
`merman` follows Mermaid's own grammar to the letter: it judges whether a source is one, and draws
what the other draws wrong or not at all: that takes a kind that it does not know for a flowchart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from hanpan import budget
from hanpan.assets.mermaid_names import with_plain_names
from hanpan.assets.mermaid_shapes import has_other_shapes, is_flowchart, with_brackets
from hanpan.files import sha256

MAX_LENGTH = 20_000  # characters of source: no page could show more
_EXACT, _FITTED = "merman", "mermaid-rs-renderer"
# What the second draws right. Not gantt (dates after another task), mindmap (branches are lost),
# block and packet (shapes), radar and sankey (words), kanban, treemap, zenuml; and nothing newer.
_FITTING = re.compile(
    r"(?:flowchart|graph|sequencediagram|classdiagram|statediagram|erdiagram|journey|pie|timeline"
    r"|quadrantchart|xychart|c4\w+|architecture)\b"
)
_UNFITTING = (("class", "`"), ("state", ":::"))  # names with blanks; styles of a state
_ENTITY = re.compile(r"#(\w{1,32});")  # Mermaid's own way to write a character
# an icon of Font Awesome, beside words or alone in its label; here there is no font of them
_ICON = re.compile(
    r"(?<![\w:])fa[a-z]?:fa-([a-z0-9]+(?:-[a-z0-9]+)*)[ \t]*+(?P<closing>[\])}\"|])?"
)
_DESCRIBED = re.compile(
    r"^[ \t]*acc(?:Title[ \t]*:[^\n]*|Descr[ \t]*(?::[^\n]*|\{[^{}]*\}))\n?", re.MULTILINE
)
_HEADER = re.compile(r"\A(?:\s*---\n.*?\n\s*---|\s*%%[^\n]*(?:\n|\Z)|\s+)*", re.DOTALL)
_FAMILY = re.compile(r"(font-family=)\"[^\"]*\"|(font-family:)(?:&quot;|[^;}\"])*")
_ID = re.compile(r"(?<![\w-])([\w-]*-)?id=\"([^\"]+)\"")  # and `data-edge-id`
_STYLE = re.compile(r"(</?style\b[^<>]*+>)")
_IN_STYLE = re.compile(r"(font-family:)[^;}<]*")
_BOX = re.compile(r"viewBox=\"[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)\"")
_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_SOURCE = re.compile(r">[^<>]*[\w)\]][\[({]{1,2}\"")
_TITLE = re.compile(r"^\s*(?:accTitle|accDescr|title)\s*:?[ \t]+([^\n]+)", re.MULTILINE)


class NotADiagram(ValueError):
    """The source cannot be drawn; the message completes "the diagram cannot be drawn: ..."."""


@lru_cache(maxsize=64)
def draw(source: str, families: tuple[str, ...] = ()) -> bytes:
    """Return the SVG of a Mermaid source; `families` are set in front of `sans-serif`.

    The same source gives the same bytes; ids are its own, so that drawings can share a page.
    Raises NotADiagram.
    """
    if len(source) > MAX_LENGTH:
        raise NotADiagram(f"it is longer than {MAX_LENGTH} characters")
    svg = _draw(source)
    if not re.search(r"<text\b[^>]*>[^<]*(?:<tspan[^>]*>)?[^<]*\S", svg):
        raise NotADiagram("it would be empty")
    plain = [f"'{name}'" for name in families if not re.search("[\"'<>&;]", name)]
    stack = ", ".join([*plain, "sans-serif"])
    svg = _with_family(svg, stack)
    return _with_own_ids(_with_size(svg), f"d{sha256(source.encode())[:8]}-").encode()


def _with_family(svg: str, stack: str) -> str:
    """Return the SVG with all its words in `stack`; styles have quotes of their own."""
    head, mark, rest = svg.partition(">")
    if "font-family" not in head:  # for words that name none
        svg = f'{head} font-family=""{mark}{rest}'
    pieces = _STYLE.split(svg)
    for at, piece in enumerate(pieces):
        if at and pieces[at - 1].startswith("<style"):
            pieces[at] = _IN_STYLE.sub(rf"\1{stack}", piece)
        else:
            pieces[at] = _FAMILY.sub(lambda match: _family(match, stack), piece)
    return "".join(pieces)


def _family(match: re.Match[str], stack: str) -> str:
    return f'{match[1]}"{stack}"' if match[1] else f"{match[2]}{stack}"


def _draw(source: str) -> str:
    """Return the SVG of the renderer that draws this kind of diagram right."""
    if "fa" in source:
        source = _ICON.sub(_without_icon, source)
    kind = _HEADER.sub("", source, count=1).lower()
    try:
        exact = _render(source, _EXACT)
    except NotADiagram as error:
        plain = with_plain_names(source) if is_flowchart(kind) else source
        if plain == source:
            raise
        try:
            exact = _render(plain, _EXACT)
        except NotADiagram:
            raise error from None  # about what the author wrote
        source = plain
    if not _FITTING.match(kind) or any(
        kind.startswith(name) and sign in kind for name, sign in _UNFITTING
    ):
        return exact
    source = _DESCRIBED.sub("", source)  # the other renderer draws them, as states and nodes
    source = _ENTITY.sub(_character, source)
    if is_flowchart(kind):
        if has_other_shapes(source):
            return exact
        source = with_brackets(source)
    try:
        fitted = _render(source, _FITTED)
    except NotADiagram:
        return exact
    # it shows a node behind another as its source, where arrows have words
    return exact if is_flowchart(kind) and _SOURCE.search(html.unescape(fitted)) else fitted


def _without_icon(icon: re.Match[str]) -> str:
    """Return nothing for an icon beside words; one that is all of a label leaves its name."""
    before = icon.string[: icon.start()].rstrip(" \t")[-1:]
    closing = icon["closing"] or ""
    is_alone = closing and before in tuple('[({"|')
    return icon[1].replace("-", " ") + closing if is_alone else closing


def _character(code: re.Match[str]) -> str:
    """Return the character of `#9829;` or `#infin;`; one that means something to Mermaid stays."""
    name = f"#{code[1]}" if code[1].isdigit() else code[1]
    char = html.unescape(f"&{name};")
    return char if len(char) == 1 and not char.isascii() else code[0]


def _render(source: str, backend: str) -> str:
    import mmdr  # loaded for posts with diagrams only

    budget.risk()
    try:
        svg: str = mmdr.render(source, backend=backend).svg()
    except ValueError as error:
        raise NotADiagram(" ".join(str(error).split())[:200]) from None
    except BaseException as error:  # a panic of Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise NotADiagram("the renderer failed on it") from None
    return svg


def _with_size(svg: str) -> str:
    """Give the drawing its size in pixels, where it only has its box."""
    box = _BOX.search(svg)
    head, mark, rest = svg.partition(">")
    if not box or 'width="100%"' not in head:
        return svg
    head = re.sub(r'\sstyle="[^"]*"', "", head)
    return head.replace('width="100%"', f'width="{box[1]}" height="{box[2]}"', 1) + mark + rest


def _with_own_ids(svg: str, prefix: str) -> str:
    names = sorted({match[2] for match in _ID.finditer(svg)}, key=len, reverse=True)
    if not names:
        return svg
    taken: set[str] = set()

    def own(match: re.Match[str]) -> str:
        """Return an id; of several elements that share one, the first is what is meant by it."""
        kind, name = match[1] or "", match[2]
        if not kind and name in taken:
            return ""
        taken.update([] if kind else [name])
        return f'{kind}id="{prefix}{name}"'

    svg = _ID.sub(own, svg)
    known = re.compile("#(" + "|".join(map(re.escape, names)) + r")(?![\w-])")
    return known.sub(lambda match: f"#{prefix}{match[1]}", svg)


def words_of(source: str, svg: bytes) -> str:
    """Return what a diagram says in words: its own title, and the labels in it, in order."""
    title = _TITLE.search(source)
    texts = [re.sub(r"<[^>]*>", " ", text) for text in _TEXT.findall(svg.decode())]
    labels: dict[str, None] = {}
    for text in texts:
        label = " ".join(_unescape(text).split())
        if any(character.isalnum() for character in label):
            labels.setdefault(label)
    words = ", ".join(([title[1].strip()] if title else []) + list(labels)[:40])
    return words if len(words) <= 250 else f"{words[:249].rstrip()}…"


def _unescape(text: str) -> str:
    for name, character in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("#39", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", character)
    return text


def as_png(svg: bytes, fonts: Iterable[Path], scale: float = 2.0) -> bytes:
    """Return an SVG as PNG on white, `scale` pixels for one of its own, by resvg.

    `fonts` are all the fonts there are for it. Raises NotADiagram.
    """
    import resvg_py

    budget.risk()
    paths = [str(path) for path in fonts]
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.decode(),
                zoom=scale,
                background="#ffffff",
                skip_system_fonts=True,
                font_files=paths,
            )
        )
    except ValueError as error:
        raise NotADiagram(str(error)) from None
