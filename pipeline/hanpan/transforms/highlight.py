"""Highlighted code: every `<pre>` gets a frame with its language, and spans that colour its text.

The frame is the same for each language, known or not:

    <div class="highlight" data-lang="Python"><pre><code class="language-python">
    <span class="k">def</span> ...

A title stands between them, in `<div class="code-title">`. The class names are Pygments' short ones
(STANDARD_TYPES); layouts/styles/code.css has colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from hanpan import tree
from hanpan.transforms.code_line_marks import lines_in, mark_lines
from hanpan.transforms.select import drop
from hanpan.tree import Element

# what Korean posts write after a fence -> what Pygments calls it
_ALIASES = {
    "assembly": "nasm",
    "cmd": "batch",
    "cshtml": "html",
    "env": "bash",
    "git": "bash",
    "gradle": "groovy",
    "jsonc": "json5",
    "jsp": "html",
    "kt": "kotlin",
    "linux": "bash",
    "node": "javascript",
    "nodejs": "javascript",
    "objectivec": "objective-c",
    "oracle": "sql",
    "razor": "html",
    "svelte": "html",
    "terminal": "bash",
    "unix": "bash",
    "vi": "vim",
    "xaml": "xml",
}
# names that say "no language"
_PLAIN = frozenset(
    {"code", "log", "none", "output", "plain", "plaintext", "pseudo", "pseudocode", "result"}
    | {"text", "txt"}
)
# labels better than Pygments' own names
_LABELS = {
    "Bash Session": "Bash",
    "Batchfile": "Batch",
    "Docker": "Dockerfile",
    "GAS": "Assembly",
    "JavaScript+Genshi Text": "JavaScript",
    "NASM": "Assembly",
    "Nginx configuration file": "Nginx",
    "S": "R",
    "Transact-SQL": "SQL",
    "VimL": "Vim",
    "verilog": "Verilog",
}
# Classes without a colour of their own: a span for each would double the page for nothing.
# `err` is left plain as well: posts show fragments, and their authors know.
_UNCOLOURED = frozenset(("", "n", "nx", "o", "p", "w", "x", "err", "esc", "g"))
_LONGEST = 200_000  # characters; longer ones stay plain, for a lexer may be quadratic
Piece = tuple[str, str]  # class name or "", text


def highlight(root: Element, *, line_safe: bool = False, numbered: bool = True) -> None:
    """Frame and colour all code below `root`; its text stays the same to the character.

    With `line_safe` no span crosses the end of a line. Numbers of lines are attributes, for the
    stylesheets to show: they are no text; without `numbered` they go.
    """
    for pre in list(root.iter("pre")):
        parent = pre.getparent()
        if parent is None or "highlight" in tree.classes(parent):
            continue
        code = pre[0] if len(pre) == 1 and pre[0].tag == "code" else None
        language = _language(code) if code is not None else ""
        _frame(pre, label(language), " ".join(drop(pre, "data-title").split()))
        if code is not None and not len(code) and code.text:
            pieces: Iterable[Piece] = _pieces(language, code.text)
            pointed, first = lines_in(drop(pre, "data-lines")), drop(pre, "data-numbers")
            marks = bool(pointed) or (numbered and bool(first))
            _fill(code, _by_lines(pieces) if line_safe or marks else pieces)
            if marks:
                mark_lines(code, pointed, int(first) if numbered and first else None)


def label(language: str) -> str:
    """Return the name of a language as readers know it; "" where there is none to show."""
    if not language or language in _PLAIN:
        return ""
    lexer = _lexer(language)
    if lexer is None:
        return language
    return _LABELS.get(lexer.name, lexer.name)


def _language(code: Element) -> str:
    """Return what the class says of the language, in lower case: `c++`, `python`, or ""."""
    for name in tree.classes(code):
        match = re.match(r"lang(?:uage)?-([^:{,]+)", name)
        if match:
            return match[1].lower()
    return ""


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(_ALIASES.get(language, language), stripnl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _pieces(language: str, text: str) -> tuple[Piece, ...]:
    """Return the text cut into coloured pieces; one plain piece where no lexer fits."""
    plain = (("", text),)
    lexer = None if language in _PLAIN or len(text) > _LONGEST else _lexer(language)
    if lexer is None:
        return plain
    pieces: list[Piece] = []
    for kind, value in lexer.get_tokens(text):
        while kind not in STANDARD_TYPES and kind.parent is not None:
            kind = kind.parent
        name = STANDARD_TYPES.get(kind, "")
        name = "" if name in _UNCOLOURED else name
        if pieces and (pieces[-1][0] == name or not value.strip()):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + value)
        elif value:
            pieces.append((name, value))
    if not text.endswith("\n") and pieces and pieces[-1][1].endswith("\n"):
        pieces[-1] = (pieces[-1][0], pieces[-1][1][:-1])  # lexers want a final line end
    return tuple(pieces) if "".join(value for _, value in pieces) == text else plain


def _by_lines(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Cut coloured pieces at line ends, and leave the line ends plain."""
    for name, text in pieces:
        for part in re.split(r"(\n)", text) if name else [text]:
            if part:
                yield ("" if part == "\n" else name), part


def _fill(code: Element, pieces: Iterable[Piece]) -> None:
    code.text = None
    for name, text in pieces:
        if name:
            etree.SubElement(code, "span", {"class": name}).text = text
        else:
            tree.append_text(code, text)


def _frame(pre: Element, name: str, title: str) -> None:
    frame = etree.Element("div", {"class": "highlight"})
    if name:
        frame.set("data-lang", name)
    tree.replace(pre, frame)
    pre.tail = None  # lxml moves it along, and `replace` has given it to the frame
    if title:
        tree.add_class(frame, "titled")
        line = etree.SubElement(frame, "div", {"class": "code-title"})
        etree.SubElement(line, "code").text = title  # so that it is in the face of code
    frame.append(pre)
