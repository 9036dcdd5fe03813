"""Korean in formulas is drawn in the Korean face: in PDF, EPUB and payloads, and not as boxes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import uharfbuzz as hb
from lxml import etree

from hanpan.transforms.maths_svg import draw_formula
from tests.support.command import ROOT
from tests.support.every_edition import printed

FACE = ROOT / "layouts/fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"
WORDS = ("최대", "최소", "갛갛")  # of the same length: as boxes, they look alike


def contours(char: str) -> int:
    """Return of how many closed lines a character of the Korean face is made."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(FACE))))
    closed: list[str] = []
    functions = hb.DrawFuncs()
    functions.set_close_path_func(lambda _: closed.append("Z"))
    font.draw_glyph(font.get_nominal_glyph(ord(char)), functions)
    return len(closed)


@pytest.mark.parametrize("char", "최대갛漢")  # each has more lines than a box, which has two
def test_a_character_has_the_outlines_of_the_korean_face(char: str) -> None:
    maths = etree.fromstring(f"<math><msub><mi>x</mi><mtext>{char}</mtext></msub></math>")
    drawing = draw_formula(maths, FACE)
    assert drawing is not None and contours(char) > 2
    paths = ElementTree.fromstring(drawing[0]).iter("{http://www.w3.org/2000/svg}path")
    assert contours(char) in [path.get("d", "").count("Z") for path in paths]


def pictures(folder: Path, word: str) -> dict[str, bytes]:
    """Return what is drawn of a formula with a word in it: a page, and pictures of formulas."""
    folder.mkdir()
    formula = rf"$$\frac{{x_{{{word}}}}}{{2}}$$"
    _, artifacts = printed(folder, formula, editions=("pdf", "epub", "crosspost"))
    (folder / "post.pdf").write_bytes(artifacts["글.pdf"])
    subprocess.run(["pdftoppm", "-r", "150", "-png", "post.pdf", "page"], cwd=folder, check=True)
    (page,) = folder.glob("page*.png")
    drawn = {"글.pdf": page.read_bytes()}
    for name, data in artifacts.items():
        if re.search(r"formula.*\.(png|svg)$", name):
            drawn[re.sub("formula-[0-9a-f]+", "formula", name)] = data
    return drawn


def test_each_word_looks_different_in_each_edition(tmp_path: Path) -> None:
    posts = [pictures(tmp_path / str(number), word) for number, word in enumerate(WORDS)]
    names = set(posts[0])
    assert any("epub" in name for name in names), names
    assert any("crosspost" in name for name in names), names
    for name in names:
        assert len({post[name] for post in posts}) == len(WORDS), name
