"""Blocks of text that begins from the right."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.right_to_left import set_directions


def test_a_block_that_begins_from_the_right_is_set_from_the_right() -> None:
    root = tree.parse_xml(
        '<p>1. «<b>السلام</b>» a</p><p>a السلام</p><p dir="ltr">שלום</p><ul><li>שלום</li></ul>'
    )
    set_directions(root)
    assert [one.get("dir") for one in root.iter("p", "li")] == ["rtl", None, "ltr", "rtl"]
