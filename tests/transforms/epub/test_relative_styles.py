"""Relative styles: no pixels and no heights, for the reader chooses the size."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.epub.relative_styles import relative_styles


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("width: 50%; color: red", "width: 50%; color: red"),
        ("width: 300px; color: red", "color: red"),
        ("font-size: 12pt", None),
        ("font-size: 1.2em", "font-size: 1.2em"),
        ("height: 3em; max-height: 50%; clear: both", "clear: both"),
    ],
)
def test_lengths_in_pixels_and_heights_go(style: str, kept: str | None) -> None:
    root = tree.parse_xml(f'<p style="{style}">가</p>')
    relative_styles(root)
    assert root[0].get("style") == kept
