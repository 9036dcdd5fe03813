"""Screenshots with light edges are told from photographs, charts and drawings."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from hanpan.assets.pictures.edges import has_light_edges


def picture(ground: str, *boxes: tuple[int, int, int, int], kind: str = "PNG") -> bytes:
    image = Image.new("RGB", (400, 300), ground)
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill="#506080")
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "is_light"),
    [
        (picture("#f6f6f7"), True),  # the ground of a page, a little darker than paper
        (picture("#ffffff", (0, 0, 400, 40)), True),  # a bar at the head
        (picture("#ffffff", (0, 0, 400, 40), kind="JPEG"), True),
        (picture("#ffffff", (80, 80, 200, 200)), False),  # a chart, white all around
        (picture("#202428"), False),
        (picture("#f6f6f7", (0, 0, 400, 40), (0, 0, 40, 300)), False),  # light on two sides
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        (b"", False),
    ],
)
def test_light_edges(data: bytes, is_light: bool) -> None:
    assert has_light_edges(data) == is_light


def test_a_transparent_picture_stands_as_it_is() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (400, 300), (246, 246, 247, 128)).save(file, "PNG")
    assert not has_light_edges(file.getvalue())
