"""The printed page: its margins, the room of pictures, its edge; on real pages."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from hanpan.editions.pdf.page import POINTS, printed_page
from hanpan.editions.pdf.title_block import is_long, running_title
from hanpan.site import Pdf
from tests.editions.pdf.test_metrics import rows_of
from tests.editions.pdf.test_render import PROSE, document, files, pdf_of
from tests.support.every_edition import printed
from tests.support.pdf.printed_words import printed_words


def test_margins_change_sides_from_page_to_page(tmp_path: Path) -> None:
    data = pdf_of(document(tmp_path, f"<p>{PROSE * 30}</p>"), files(tmp_path, Pdf(page="신국판")))
    page = printed_page(Pdf(page="신국판"))
    edges = []
    for number in (0, 1, 2):
        (left,) = {round(x) for text, x, size in rows_of(data, number) if 9.7 < size < 9.9}
        edges.append(left)
    inside, outside = round(page.inside * POINTS), round(page.outside * POINTS)
    assert edges == [inside, outside, inside] and inside > outside  # page one is a right page


def heights(data: bytes) -> list[float]:
    """Return how high the pictures of the first pages are drawn, in mm."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            stack: list[float] = []
            scale = 1.0
            for command in pikepdf.parse_content_stream(page):
                name = str(command.operator)
                if name == "q":
                    stack.append(scale)
                elif name == "Q":
                    scale = stack.pop()
                elif name == "cm":
                    scale *= abs(float(str(command.operands[3])))
                elif name == "Do":
                    found.append(scale / POINTS)
    return found


@pytest.mark.parametrize(("paper", "tallest"), [("A4", 196.0), ("46판", 126.4)])  # mm
def test_a_picture_leaves_room_for_text_on_its_page(
    tmp_path: Path, paper: str, tallest: float
) -> None:
    post = document(tmp_path, '<p><img src="asset:PICTURE" alt="가"/></p>')
    (asset,) = post.assets
    tall = replace(asset, width=600, height=4000)
    from PIL import Image

    Image.new("RGB", (600, 4000), "#c03030").save(tmp_path / "red.png")
    settings = Pdf(page=paper, qr=False)
    (height,) = heights(pdf_of(replace(post, assets=(tall,)), files(tmp_path, settings)))
    assert height == pytest.approx(tallest, abs=0.3)


def test_a_long_title_is_cut_at_the_head_of_pages_and_set_smaller(tmp_path: Path) -> None:
    assert running_title("가" * 42) == "가" * 42
    assert running_title("가" * 43) == "가" * 42 + "…"
    assert running_title("abcd " * 20) == ("abcd " * 20)[:67].rstrip() + "…"
    assert running_title("\U00012000" * 20, files(tmp_path)) == "\U00012000" * 7 + "…"
    assert [is_long("가" * length) for length in (72, 73)] == [False, True]


@pytest.mark.parametrize(
    "title",
    ["🎉" * 60, "𠀀𠮷" * 30, "MW@%" * 30, "ﷺﷻ" * 30],
    ids=["emoji", "hanja", "wide", "ligatures"],
)
def test_no_running_title_leaves_its_line(tmp_path: Path, title: str) -> None:
    front = f'---\ntitle: "{title}"\ntoc: false\npdf: {{page: 46판, qr: false}}\n---\n'
    _, made = printed(tmp_path, f"{front}하나\n\n\\newpage\n\n둘", editions=("pdf",))
    path = tmp_path / "made.pdf"
    path.write_bytes(made["글.pdf"])
    head = [word for word in printed_words(path) if word.page == 2 and word.top < 40]
    assert head
    assert min(word.left for word in head) > 11 * POINTS - 1
    assert max(word.right for word in head) < head[0].paper - 11 * POINTS + 1
