"""Pictures on paper: the pixels of a PNG come out as they went in, however it says them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from tests.printing import printed

SIZE = (300, 200)


def drawing(mode: str) -> Image.Image:
    """Return a picture with edges, slopes and noise in each of its channels."""
    slope = Image.linear_gradient("L").resize(SIZE)
    noise = Image.effect_noise(SIZE, 80)
    edges = Image.new("L", SIZE, 255)
    edges.paste(0, (40, 50, 200, 120))
    picture = Image.merge("RGB", (slope, edges, noise))
    if mode == "RGBA":
        picture.putalpha(edges)
    return picture.convert(mode)


def as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "RGBA", "LA"])
def test_the_pixels_of_a_picture(tmp_path: Path, mode: str) -> None:
    picture = drawing(mode)
    files = {"a.png": as_png(picture)}
    _, made = printed(tmp_path, "![그림](/a.png)", editions=("pdf",), files=files)
    flat = Image.new("RGBA", SIZE, "white")
    flat.alpha_composite(picture.convert("RGBA"))
    with pikepdf.open(io.BytesIO(made["글.pdf"])) as pdf:
        (found,) = [
            pikepdf.PdfImage(item).as_pil_image().convert("RGB")
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
    assert ImageChops.difference(found, flat.convert("RGB")).getbbox() is None


def test_a_picture_is_packed_once(tmp_path: Path) -> None:
    data = as_png(drawing("RGB"))
    _, made = printed(tmp_path, "![그림](/a.png)", editions=("pdf",), files={"a.png": data})
    with pikepdf.open(io.BytesIO(made["글.pdf"])) as pdf:
        raw = [
            item.read_raw_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
    assert len(raw) == 1
    assert raw[0][:200] in data  # the author's own packed pixels
