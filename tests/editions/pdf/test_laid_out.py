"""What is read off pages that are set: their labels, and where they begin."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from hanpan import tree
from hanpan.document import Heading
from hanpan.editions.page_starts import BLOCKS, position
from hanpan.editions.pdf import render
from hanpan.editions.pdf.contents import contents_of
from hanpan.editions.pdf.laid_out.page_numbers import page_label
from hanpan.site import Pdf
from tests.editions.pdf.test_render import PROSE, TITLE, document, files


@pytest.mark.parametrize(
    ("number", "in_front", "label"),
    [
        (1, 0, "1"),
        (3, 4, "iii"),
        (4, 4, "iv"),
        (5, 4, "1"),
        (9, 20, "ix"),
        (14, 20, "xiv"),
        (44, 50, "xliv"),
        (96, 99, "xcvi"),
        (120, 99, "21"),
    ],
)
def test_pages_in_front_are_roman_and_the_others_count_from_one(
    number: int, in_front: int, label: str
) -> None:
    assert page_label(number, in_front) == label


BODY = (
    "".join(f'<h2 id="h{n}">마당 {n}</h2><p>글 {n} {PROSE * 7}</p>' for n in range(6))
    + "<table><thead><tr><th>머리</th></tr></thead><tbody>"
    + "".join(f"<tr><td>칸 {row}번</td></tr>" for row in range(70))
    + f"</tbody></table><ul><li>항목 <b>하나</b> {PROSE * 16}</li><li>둘</li></ul>"
)


def test_a_page_begins_where_the_text_on_it_does(tmp_path: Path) -> None:
    rendered = render(document(tmp_path, BODY), files(tmp_path, Pdf(qr=False)))
    starts = json.loads(rendered.left)
    pages = pypdf.PdfReader(io.BytesIO(rendered.artifacts[0].data)).pages
    assert [label for label, _, _ in starts] == [str(n) for n in range(1, len(pages) + 1)]
    assert starts[0] == ["1", "post", 0] and len(starts) > 4
    blocks = list(tree.parse_xml(BODY).iter(*BLOCKS))
    kinds = set()
    for (_, place, count), page in zip(starts[1:], pages[1:], strict=True):
        block = blocks[int(place.removeprefix("post/"))]
        kinds.add((block.tag, count > 0))
        text = tree.text_of(block)
        wanted = bare(text[position(text, count) :])[:12]
        shown = bare(page.extract_text().replace(TITLE, "", 1)).removeprefix("머리")
        assert shown.startswith(wanted), (place, count, shown[:20], wanted)
    assert kinds >= {("p", True), ("td", False), ("li", True)}


def bare(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^\d+ / \d+$", "", text, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("levels", "listed"),
    [
        ([2, 3, 4, 2, 2], [2, 3, 2, 2]),  # none below the third level
        ([1, 2, 1, 1], [2, 3, 2, 2]),  # at the levels that the page has
        ([2, 2, 3], []),  # two chapters need no list
    ],
)
def test_contents_list_two_levels_from_three_chapters_on(
    tmp_path: Path, levels: list[int], listed: list[int]
) -> None:
    headings = tuple(Heading(level, f"h{n}", f"{n}") for n, level in enumerate(levels))
    post = replace(document(tmp_path), headings=headings)
    contents = contents_of(post, Pdf(), measure=40, lines=39)
    assert [heading.level for heading in contents.headings] == listed if contents else not listed


@pytest.mark.parametrize(
    ("chapters", "sections", "listed", "looks"),
    [
        (4, 1, 8, "contents optional"),
        (6, 1, 12, "contents optional columns"),  # two columns from twelve entries on
        (10, 6, 10, "contents optional"),  # with its sections it would be longer than half a page
        (50, 0, 50, "contents optional columns dense"),
    ],
)
def test_a_contents_list_takes_half_a_page_at_most(
    tmp_path: Path, chapters: int, sections: int, listed: int, looks: str
) -> None:
    levels = [2, *[3] * sections] * chapters
    headings = tuple(Heading(level, f"h{n}", f"제목 {n}") for n, level in enumerate(levels))
    post = replace(document(tmp_path), headings=headings)
    contents = contents_of(post, Pdf(), measure=40, lines=39)
    assert contents and (len(contents.headings), contents.looks) == (listed, looks)
