"""Inline contents of the tree -> pieces of Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from hanpan import tree
from hanpan.crosspost.blocks import Node, is_block, nodes
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.task_boxes_as_text import is_done
from hanpan.crosspost.writers.markdown.escape import break_liquid, escape, link_address
from hanpan.crosspost.writers.markdown.lines import render
from hanpan.crosspost.writers.markdown.pieces import Piece, merge_neighbours, trim_edges
from hanpan.crosspost.writers.picture_sizes import given_size
from hanpan.transforms.maths_svg import tex_of
from hanpan.tree import Element

_MARKS = {
    "strong": ("strong", "**"), "b": ("strong", "**"),
    "em": ("em", "*"), "i": ("em", "*"), "cite": ("em", "*"), "dfn": ("em", "*"),
    "del": ("del", "~~"), "s": ("del", "~~"), "strike": ("del", "~~"),
}  # fmt: skip
# elements without a meaning of their own: nothing is lost
_PLAIN = frozenset(("span", "font", "a", "bdi", "bdo", "time", "data", "wbr", "label", "center"))
# a pipe would end the cell
_BAR = re.compile(r"\\\\|\\?\|")
_BARS = {"|": r"\vert ", r"\|": r"\Vert "}
_BLANKS = " \t\r\n\f"


@dataclass(frozen=True, slots=True)
class Inlines:
    """Turns inline nodes into pieces; `in_table` and `in_link` limit what is allowed."""

    lowering: Lowering
    in_table: bool = False
    in_link: bool = False

    def pieces(self, run: list[Node], marks: tuple[str, ...] = ()) -> list[Piece]:
        """Return the pieces of inline nodes; `marks` are the emphases around them."""
        pieces: list[Piece] = []
        for node in run:
            if isinstance(node, str):
                pieces.append(Piece("text", re.sub(f"[{_BLANKS}]+", " ", node)))
            elif isinstance(node.tag, str):
                pieces += self._element(node, marks)
        return merge_neighbours(pieces)

    def _element(self, element: Element, marks: tuple[str, ...]) -> list[Piece]:
        tag = str(element.tag)
        raw = element.get("data-raw")
        if raw:
            return [Piece("raw", raw)]
        if tag in _MARKS:
            return self._emphasis(element, marks)
        if tag == "a" and element.get("href") and not self.in_link:
            return self._link(element, marks)
        if tag in ("code", "tt", "samp") or tag == "pre":
            return self._code(element)
        if tag == "br":
            return [Piece("break")]
        if tag == "img":
            return self._image(element)
        if tag == "math":
            return self._maths(element)
        if element.get("class") == "task-box":
            return [self._task_box(element)]
        if tag == "input":
            return []
        inside = self.pieces(nodes(element), marks)
        if tag in _PLAIN or is_block(element):
            return inside
        if tag in self.lowering.platform.markdown.html:
            return [Piece("raw", f"<{tag}>"), *inside, Piece("raw", f"</{tag}>")]
        self.lowering.lose("inline-style", f"<{tag}>", at=element)
        return inside

    def _task_box(self, box: Element) -> Piece:
        """Return a task's box in the dialect's signs, which need the start of a list item."""
        first = box
        while (parent := first.getparent()) is not None and parent.tag in ("li", "p"):
            if parent.index(first) or (parent.text or "").strip():
                break
            first = parent
        if self.lowering.platform.markdown.tasks and first.tag == "li":
            return Piece("raw", "[x] " if is_done(box) else "[ ] ")
        return Piece("text", (tree.text_of(box) or ("☑" if is_done(box) else "☐")) + " ")

    def _emphasis(self, element: Element, marks: tuple[str, ...]) -> list[Piece]:
        tag, marker = _MARKS[str(element.tag)]
        inside = self.pieces(nodes(element), (*marks, tag))
        if tag in marks:
            return inside
        before, inside, after = trim_edges(inside)
        if not inside:
            return before + after
        first, last = Piece("open", marker, tag), Piece("close", marker, tag)
        first.partner.append(last)
        last.partner.append(first)
        return [*before, first, *inside, last, *after]

    def _link(self, element: Element, marks: tuple[str, ...]) -> list[Piece]:
        href = element.get("href") or ""
        text = tree.text_of(element)
        if text == href and re.fullmatch(r"https?://[!-;=?-~]+", href) and not len(element):
            return [Piece("raw", f"<{href}>")]
        inside = Inlines(self.lowering, self.in_table, in_link=True)
        before, pieces, after = trim_edges(inside.pieces(nodes(element), marks))
        if not pieces:
            return before + after
        url = link_address(href)
        url = url.replace("|", "%7C") if self.in_table else url
        return [*before, Piece("raw", "[", "link"), *pieces, Piece("raw", f"]({url})"), *after]

    def _code(self, element: Element) -> list[Piece]:
        text = tree.text_of(element)
        if not text.strip():
            return [Piece("text", " ")]
        return [Piece("code", text)]

    def _image(self, element: Element) -> list[Piece]:
        dialect = self.lowering.platform.markdown
        alt = " ".join((element.get("alt") or "").split())
        if alt and not dialect.alt_text:
            self.lowering.lose("alt-text", at=element)
        text = escape(break_liquid(alt, dialect), dialect, brackets=True, pipes=self.in_table)
        address = link_address(element.get("src") or "")
        size = given_size(element, self.lowering)
        if size and dialect.sized_picture:
            is_tag = dialect.sized_picture.startswith("<")
            words = html.escape(alt).replace("|", "&#124;") if is_tag else text
            width, height = size
            sized = dialect.sized_picture.format(
                alt=words,
                src=html.escape(address) if is_tag else address,
                width=width,
                height=height,
            )
            return [Piece("raw", sized)]
        if size:
            self.lowering.lose("picture-size", at=element)
        return [Piece("raw", f"![{text}]({address})")]

    def _maths(self, element: Element) -> list[Piece]:
        """Return a formula in the dialect's signs, or as code where it has none."""
        dialect, tex = self.lowering.platform.markdown, tex_of(element)
        displayed = element.get("display") == "block" and not (self.in_table or self.in_link)
        pair = dialect.maths_block if displayed else dialect.maths
        if not pair or set(tex) & set("".join(pair)) & set("$`"):
            self.lowering.lose("maths", at=element)
            return [Piece("code", tex)]
        if dialect.liquid:  # the text between its tags is read as Markdown first
            tex = escape(break_liquid(tex, dialect), dialect, brackets=True, pipes=self.in_table)
        elif self.in_table:
            tex = _BAR.sub(lambda bar: _BARS.get(bar[0], bar[0]), tex)
        kind = "maths" if displayed else "raw"
        return [Piece(kind, pair[0] + tex + pair[1])]

    def write(self, run: list[Node], line_break: str = "") -> str:
        """Return inline nodes as Markdown, in one paragraph."""
        return self.render(self.pieces(run), line_break)

    def render(self, pieces: list[Piece], line_break: str = "") -> str:
        """Return pieces as Markdown, in one paragraph."""
        dialect = self.lowering.platform.markdown
        return render(pieces, dialect, line_break or dialect.line_break, in_table=self.in_table)
