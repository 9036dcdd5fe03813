"""Outline labels: the plain text of headings."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.print.outline_labels import LABEL, label_headings


def test_headings_keep_their_text_for_the_outline() -> None:
    root = tree.parse_xml('<h2>가 <code>나</code>\n<img alt="E=mc"/> 다</h2>')
    label_headings(root)
    assert root[0].get(LABEL) == "가 나 E=mc 다"
