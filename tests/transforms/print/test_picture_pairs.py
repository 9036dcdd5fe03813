"""Two portrait pictures stand side by side."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.print.picture_pairs import PAIR, pair_portraits

SIZES = {"tall": (400, 800), "wide": (800, 400), "small": (90, 180)}


def picture(name: str, style: str = "") -> str:
    return f'<p><img src="{name}"{style}/></p>'


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        (picture("tall") * 2, 1),
        (picture("tall") * 4, 2),
        (picture("tall") * 3, 1),
        ('<p><img src="tall"/><br/><img src="tall"/></p>', 1),
        ('<figure><img src="tall"/><figcaption>가</figcaption></figure>' * 2, 1),
        (picture("tall") + "<p>글</p>" + picture("tall"), 0),
        (picture("tall") + picture("wide"), 0),
        (picture("wide") * 2, 0),
        (picture("small") * 2, 0),
        (picture("tall", ' style="width:30%"') * 2, 0),
        ('<p>글 <img src="tall"/><img src="tall"/></p>', 0),
    ],
)
def test_portraits_are_paired(body: str, pairs: int) -> None:
    root = tree.parse_xml(f"<p>앞</p>{body}<p>뒤</p>")
    sources = [image.get("src") for image in root.iter("img")]
    for _ in range(2):
        pair_portraits(root, SIZES)
        blocks = [block for block in root if PAIR in tree.classes(block)]
        assert len(blocks) == pairs and all(len(block) == 2 for block in blocks)
        assert [image.get("src") for image in root.iter("img")] == sources
        assert (root[0].text, root[-1].text) == ("앞", "뒤")
