"""Pictures on paper: the pixels of a PNG come out as they went in, however it says them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from tests.support.every_edition import printed

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


@pytest.mark.parametrize("colours", [2, 4, 16, 200])
def test_a_palette_stays_one(tmp_path: Path, colours: int) -> None:
    picture = drawing("RGB").quantize(colours)
    files = {"a.png": as_png(picture)}
    _, made = printed(tmp_path, "![그림](/a.png)", editions=("pdf",), files=files)
    with pikepdf.open(io.BytesIO(made["글.pdf"])) as pdf:
        (found,) = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        assert str(found.ColorSpace[0]) == "/Indexed"
        assert int(found.ColorSpace[2]) == len(bytes(found.ColorSpace[3])) // 3 - 1
        shown = pikepdf.PdfImage(found).as_pil_image().convert("RGB")
    assert ImageChops.difference(shown, picture.convert("RGB")).getbbox() is None


def test_a_drawing_with_a_palette_is_no_larger_when_it_is_made_smaller(tmp_path: Path) -> None:
    sheet = Image.new("RGB", (2400, 1200), "white")
    pen = ImageDraw.Draw(sheet)
    for step in range(0, 2400, 12):
        pen.line((step, 0, 2400 - step, 1200), "#0b6b5d", 2)
    files = {"a.png": as_png(sheet.quantize(16))}
    _, made = printed(tmp_path, "![그림](/a.png)", editions=("pdf",), files=files)
    with pikepdf.open(io.BytesIO(made["글.pdf"])) as pdf:
        (found,) = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        assert int(found.Width) < 1400 and str(found.ColorSpace[0]) == "/Indexed"
        shown = pikepdf.PdfImage(found).as_pil_image().convert("RGB")
    wanted = sheet.resize(shown.size, Image.Resampling.HAMMING)
    assert max(ImageStat.Stat(ImageChops.difference(shown, wanted)).rms) < 1.5
    assert shown.getpixel((0, shown.height // 2)) == (255, 255, 255)


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
