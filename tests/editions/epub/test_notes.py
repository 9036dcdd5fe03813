"""Notes of an EPUB hold whatever their author wrote, and are valid (issue 14)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.support.every_edition import printed
from tests.support.referees.epubcheck import check

NOTES = {
    "rule": ("[^1]: ---", "hr"),
    "heading": ("[^1]:\n    ## 제목\n\n    글", "h2"),
    "heading of HTML": ("[^1]: <h3>제목</h3> 글", "h2"),
    "code": ("[^1]:\n    ```\n    코드\n    ```", "pre"),
    "table": ("[^1]:\n    | 가 |\n    |---|\n    | 나 |", "table"),
    "quote": ("[^1]:\n    > 인용", "blockquote"),
    "definitions": ("[^1]:\n    말\n    : 뜻", "dl"),
    "details": ("[^1]: <details><summary>요약</summary>속</details>", "details"),
    "figure": ("[^1]: <figure><figcaption>말</figcaption><p>글</p></figure>", "figure"),
    "formula": ("[^1]: $x$ 글", "p"),
}


@pytest.mark.parametrize("kind", NOTES)
def test_a_note_that_begins_with_a_block(tmp_path: Path, kind: str) -> None:
    note, tag = NOTES[kind]
    _, made = printed(tmp_path, f"글[^1]\n\n{note}\n", editions=["epub"])
    chapter = etree.fromstring(made["글.epub/EPUB/text/post.xhtml"])
    (aside,) = chapter.iter("{*}aside")
    assert "".join(map(str, aside.itertext())).startswith("1.")
    assert aside.find(f".//{{*}}{tag}") is not None
    book = tmp_path / "글.epub"
    book.write_bytes(made["글.epub"])
    assert check([book]) == []
