"""The width that a style gives a picture, read as CSS is."""

from __future__ import annotations

import pytest

from hanpan.assets.pictures.given_width import given_width


@pytest.mark.parametrize(
    ("style", "width"),
    [
        ("width: 200px", (200, "px")),
        ("width:50%", (50, "%")),
        ("color: red;\n WIDTH : 12.5PX ; height: 3px", (12.5, "px")),
        ("width:.5px", (0.5, "px")),
        ("width: 50%; width: 80px", (80, "px")),  # the last one holds
        ("width: 80px !important", (80, "px")),
        ("max-width: 200px", None),
        ("border-width: 2px", None),
        ("width: 1.2.3px", None),
        ("width: 2em", None),
        ("width: 200pxx", None),
        ("width: 0", None),
        ("width: 0px", None),
        ("width: -5px", None),
        ("", None),
    ],
)
def test_widths_in_pixels_and_shares_are_read(style: str, width: tuple[float, str] | None) -> None:
    assert given_width(style) == width
