"""The words of a document, each with the block that it stands in: what a PDF of it must say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import Any, Literal, NamedTuple

from lxml import html

from hanpan.transforms.missing_glyphs import sign_of
from tests.support.golden_text import BLOCKS, Node

Kind = Literal["text", "cell", "code"]
_SHAPELESS = re.compile("[\u200b-\u200d\u2060\ufe0e\ufe0f\u00ad\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
# a line may end at these: blanks but U+00A0 and U+202F, and where the author allows it
_PARTS = re.compile("[ \t\n\r\f\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000\u00ad]+")
_UNSEEN = frozenset("script style rp".split())
_PICTURES = frozenset("img svg math".split())
PICTURE = "\ufffc"


class Word(NamedTuple):
    """A word between blanks (an eojeol); words with the same `block` are one paragraph.

    `shown` has U+FFFC where a formula or a picture stands.
    """

    shown: str
    block: int
    kind: Kind

    @property
    def text(self) -> str:
        """Return the word as a text has it, without pictures."""
        return self.shown.replace(PICTURE, "")


def plain(text: str) -> str:
    """Return a text without characters that have no shape, composed (NFC), and without U+00A0."""
    return re.sub(
        "[\u00a0\u202f\u2007]", "", _SHAPELESS.sub("", unicodedata.normalize("NFC", text))
    )


def document_words(document: dict[str, Any]) -> tuple[list[Word], list[Word]]:
    """Return the words of title and body, and those of the footnotes; formulas are pictures."""
    root = html.fragment_fromstring(document["body"], "div")
    blocks = count(1)
    notes = [n for n in root.iter("section") if "footnotes" in (n.get("class") or "").split()]
    apart = [word for note in notes for word in _words(note, blocks)]
    for note in notes:
        note.drop_tree()
    title = [Word(text, 0, "text") for text in plain(document["meta"]["title"]).split()]
    return [*title, *_words(root, blocks)], apart


def _words(root: Node, blocks: Iterator[int]) -> list[Word]:
    found: list[Word] = []
    for text, kind in _paragraphs(root, "text"):
        block = next(blocks)
        parts = (plain(part) for part in _PARTS.split(text))
        found += [Word(part, block, kind) for part in parts if part.strip(PICTURE)]
    return found


def _paragraphs(root: Node, kind: Kind) -> Iterator[tuple[str, Kind]]:
    """Yield the text between two ends of blocks; each line of code is one."""
    text = ""
    for piece, piece_kind in _pieces(root, kind):
        if piece is None:
            yield text, piece_kind
            text = ""
        elif piece_kind == "code":
            *lines, text = (text + piece).split("\n")
            yield from ((line, piece_kind) for line in lines)
        else:
            text += piece
    yield text, kind


def _pieces(element: Node, kind: Kind) -> Iterator[tuple[str | None, Kind]]:
    """Yield text, and None where a block begins or ends."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _PICTURES:
        yield PICTURE, kind
        return
    if not tag or tag in _UNSEEN or "footnote-back" in (element.get("class") or "").split():
        return
    inner: Kind = "code" if tag == "pre" else "cell" if tag in ("td", "th") else kind
    if tag in BLOCKS:
        yield None, kind
    yield ("(" if tag == "rt" else "") + (element.text or ""), inner
    for child in element:
        yield from _pieces(child, inner)
        yield child.tail or "", inner
    if tag == "rt":
        yield ")", inner
    if tag in BLOCKS:
        yield None, inner
    if tag == "wbr":
        yield "\u200b", kind


def signed(text: str, problems: list[dict[str, Any]]) -> str:
    """Return a text as print has it: a sign for each character that its author was told of."""
    told = [p["message"] for p in problems if p["rule"] == "glyph-missing"]
    codes = [int(code, 16) for message in told for code in re.findall(r"U\+([0-9A-F]+)", message)]
    return text.translate({code: sign_of(chr(code)) for code in codes})
