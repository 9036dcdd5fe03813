"""One voice: what is below a title is the same in every edition, in the post's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan import tree
from tests.support.every_edition import pdf_text, printed

POST = """---
title: T
lang: {}
author: 지은이
categories: [하나, 둘]
date: 2026-04-01
last_modified_at: {}
---
Text.
"""


def paragraphs(page: bytes) -> list[tree.Element]:
    return list(tree.parse(page.decode("utf-8")).iter("p"))


def lines(folder: Path, lang: str, modified: str) -> tuple[str, str, str]:
    """Return the line below the title in page, EPUB and PDF."""
    _, made = printed(folder, POST.format(lang, modified), editions=("html", "pdf", "epub"))
    page_line = next(p for p in paragraphs(made["글.html"]) if "post-meta" in tree.classes(p))
    parts = [tree.text_of(span) for span in page_line.findall("span")]
    chapter = paragraphs(made["글.epub/EPUB/text/post.xhtml"])
    (epub,) = (text for text in map(tree.text_of, chapter) if "지은이" in text)
    pdf = re.search(r"지은이.*?(?:\d분|min read)", pdf_text(made["글.pdf"]))
    assert pdf
    texts = " · ".join(parts), epub, pdf[0].replace("·", " · ")
    page, book, paper = (" ".join(text.split()) for text in texts)
    return page, book, paper


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ko", "지은이 · 2026년 4월 1일 · 고침 2026년 4월 3일 · 읽는 데 1분"),
        ("en", "지은이 · 1 Apr 2026 · updated 3 Apr 2026 · 1 min read"),
    ],
)
def test_the_line_below_the_title_is_the_same(tmp_path: Path, lang: str, line: str) -> None:
    assert lines(tmp_path, lang, "2026-04-03") == (line,) * 3


def test_nothing_was_changed_before_it_was_written(tmp_path: Path) -> None:
    line = "지은이 · 2026년 4월 1일 · 읽는 데 1분"
    assert lines(tmp_path, "ko", "2026-03-01") == (line,) * 3
