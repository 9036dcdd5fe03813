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


def test_pages_of_a_sheet_are_alike_unless_they_face_each_other(tmp_path: Path) -> None:
    post = document(tmp_path, f"<p>{PROSE * 40}</p>")
    for setting, sides in ((None, ["right"] * 3), (True, ["right", "left", "right"])):
        settings = Pdf(facing=setting)
        page = printed_page(settings)
        data = pdf_of(post, files(tmp_path, settings))
        for number, side in ((1, sides[1]), (2, sides[2])):
            rows = rows_of(data, number)
            (left,) = {round(x) for text, x, size in rows if 10.3 < size < 10.5}
            margin = page.inside if side == "right" else page.outside
            assert left == round(margin * POINTS)
            (folio,) = {x for text, x, size in rows if text.strip().startswith(f"{number + 1} /")}
            assert (folio > 300) == (side == "right")


@pytest.mark.parametrize("paper", ["A4", "신국판", "46판"])
def test_a_compact_page_holds_more(tmp_path: Path, paper: str) -> None:
    normal, compact = (printed_page(Pdf(page=paper, density=one)) for one in ("normal", "compact"))
    held = [
        page.text_width * page.text_height / (page.type_size**2 * page.leading)
        for page in (normal, compact)
    ]
    assert 1.2 < held[1] / held[0] < 1.6
    post = document(tmp_path, f"<h2>머리</h2><p>{PROSE * 60}</p>")
    counts = [
        len(
            pikepdf.open(
                io.BytesIO(pdf_of(post, files(tmp_path, Pdf(page=paper, density=one))))
            ).pages
        )
        for one in ("normal", "compact")
    ]
    assert counts[1] < counts[0]


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
    # behind a text and before one, or it would be made smaller to fill a page
    picture = '<p><img src="asset:PICTURE" alt="가"/></p>'
    post = document(tmp_path, f"<p>{PROSE * 6}</p>{picture}<p>{PROSE * 24}</p>")
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
