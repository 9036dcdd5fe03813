"""Pictures on paper: at most 220 dots an inch where they stand, whatever the place."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.support.every_edition import printed

SLACK = 1.01  # the engine rounds to whole pixels


@cache
def noise(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def resolutions(data: bytes) -> list[tuple[int, float]]:
    """Return width in pixels and dots an inch of each picture as it is drawn."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            stack: list[float] = []
            scale = 1.0
            for instruction in pikepdf.parse_content_stream(page):
                operands, name = instruction.operands, str(instruction.operator)
                if name == "q":
                    stack.append(scale)
                elif name == "Q":
                    scale = stack.pop()
                elif name == "cm":
                    scale *= abs(float(operands[0]))
                elif name == "Do":
                    image = page.Resources.XObject[pikepdf.Name(str(operands[0]))]
                    if image.get("/Subtype") == "/Image":
                        width = int(image.Width)
                        found.append((width, width / (scale / 72)))
    return found


@pytest.mark.parametrize(
    "markdown",
    [
        "![그림](/a.jpg)",
        '<img src="/a.jpg" width="200">',
        '<img src="/a.jpg" width="30%">',
        "- 목록\n\n  ![그림](/a.jpg)",
        "| 하나 | 둘 |\n|---|---|\n| ![그림](/a.jpg) | 글 |",
        "![높은 그림](/tall.jpg)",
    ],
)
def test_no_picture_has_more_than_paper_shows(tmp_path: Path, markdown: str) -> None:
    files = {"a.jpg": noise((3000, 1500)), "tall.jpg": noise((900, 5000))}
    _, made = printed(tmp_path, markdown, editions=("pdf",), files=files)
    found = resolutions(made["글.pdf"])
    assert len(found) == 1
    assert 60 < found[0][1] <= 220 * SLACK, found


def test_a_small_picture_keeps_its_pixels(tmp_path: Path) -> None:
    files = {"a.jpg": noise((300, 200))}
    _, made = printed(tmp_path, "![그림](/a.jpg)", editions=("pdf",), files=files)
    assert [width for width, _ in resolutions(made["글.pdf"])] == [300]


def test_a_picture_in_two_sizes_is_sharp_in_the_larger(tmp_path: Path) -> None:
    files = {"a.jpg": noise((3000, 1500))}
    markdown = '<img src="/a.jpg" width="100">\n\n![그림](/a.jpg)'
    _, made = printed(tmp_path, markdown, editions=("pdf",), files=files)
    assert max(dpi for _, dpi in resolutions(made["글.pdf"])) > 600
    assert min(dpi for _, dpi in resolutions(made["글.pdf"])) > 180
