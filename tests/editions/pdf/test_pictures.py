"""The pictures that the PDF's engine receives: as many pixels as paper shows, and no more."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from hanpan import tree
from hanpan.editions.pdf.page import printed_page
from hanpan.editions.pdf.pictures import body_pictures, teaser_picture
from hanpan.site import Pdf
from tests.editions.pdf.test_render import document, files

INCH = 25.4  # mm


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


@pytest.mark.parametrize(("width", "height"), [(900, 5000), (3000, 1500)])
def test_a_picture_fills_its_room_at_220_dots_an_inch(
    tmp_path: Path, width: int, height: int
) -> None:
    post = document(tmp_path, '<p><img src="asset:PICTURE" alt="가"/></p>')
    Image.effect_noise((width, height), 60).save(tmp_path / "red.png")
    (asset,) = post.assets
    post = replace(post, assets=(replace(asset, width=width, height=height),))
    page = printed_page(Pdf())
    body = tree.parse_xml(post.body)
    (picture,) = body_pictures(body, post, files(tmp_path), page).values()
    room = (page.text_width, page.text_height * 0.8)
    filled = [size / 220 * INCH for size in size_of(picture.data)]  # mm
    assert max(a / b for a, b in zip(filled, room, strict=True)) == pytest.approx(1, abs=0.01)


def test_the_teaser_is_as_wide_as_the_text(tmp_path: Path) -> None:
    post = document(tmp_path)
    Image.effect_noise((3000, 1500), 60).save(tmp_path / "red.png")
    (asset,) = post.assets
    post = replace(post, teaser=f"asset:{asset.id}")
    page = printed_page(Pdf())
    picture = teaser_picture(post, files(tmp_path), page)
    assert picture
    assert size_of(picture.data)[0] / 220 * INCH == pytest.approx(page.text_width, abs=0.2)
