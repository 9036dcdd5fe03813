"""The words of a PDF as pdftotext reads them, in the order of the content, and their lines."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from tests.support.pdf.document_words import plain

_PAGE = re.compile(r'<page width="([\d.]+)"')
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
_PAGE_NUMBER = re.compile(r"\d+/\d+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A word on a page: its text, and where it stands in points; `line` counts through the file.

    `paper` is how wide the page is.
    """

    text: str
    page: int
    paper: float
    line: int
    left: float
    top: float
    right: float
    bottom: float


def printed_words(path: Path, title: str = "") -> list[Printed]:
    """Return the words of a PDF but for page numbers and the running title, in content order."""
    command = ["pdftotext", "-raw", "-bbox", str(path), "-"]
    said = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout.decode(
        errors="replace"
    )
    words: list[Printed] = []
    page = line = 0
    paper = 0.0
    for row in said.split("\n"):
        if begun := _PAGE.search(row):
            page, paper = page + 1, float(begun[1])
        for found in _WORD.finditer(row):
            left, top, right, bottom = map(float, found.groups()[:4])
            word = Printed(html.unescape(found[5]), page, paper, line, left, top, right, bottom)
            if words and not _goes_on(words[-1], word):
                line += 1
            words.append(replace(word, line=line))
    return [word for of in _lines(words) if not _is_margin(of, title) for word in of]


def _goes_on(before: Printed, word: Printed) -> bool:
    """Tell whether a word stands on the line of the one before it: beside it, on the right."""
    shared = min(before.bottom, word.bottom) - max(before.top, word.top)
    height = min(before.bottom - before.top, word.bottom - word.top)
    return (
        word.page == before.page
        and shared > 0.4 * height
        and word.left > before.right - 0.5 * height
    )


def _lines(words: Sequence[Printed]) -> list[list[Printed]]:
    return [list(of) for _, of in groupby(words, lambda word: word.line)]


def _is_margin(line: Sequence[Printed], title: str) -> bool:
    """Tell whether a line is a page's number or, from page two on, its running title."""
    text = "".join(plain(word.text) for word in line)
    if _PAGE_NUMBER.fullmatch(text):
        return True
    whole = "".join(plain(title).split())
    is_cut = text.endswith("…") and len(text) > 8 and whole.startswith(text[:-1])
    return line[0].page > 1 and line[0].top < 90 and (text == whole or is_cut)
