"""Drawings that are written into a post reach every platform as pictures."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from hanpan.crosspost.platform import platform_names
from hanpan.editions import renderer
from hanpan.files import Files
from hanpan.site import load_site
from tests.support.reading import Web, read_post

POST = """---
title: 글
---
앞.

<svg width="80" height="40" viewBox="0 0 80 40"><title>상자 하나</title>
<rect width="60" height="30" fill="#c00"/>
<text x="8" y="20">속의 말</text></svg>

뒤.
"""


def test_a_drawing_is_a_picture_on_every_platform(tmp_path: Path) -> None:
    names = ", ".join(f'"{name}"' for name in platform_names())
    site = f"[crosspost]\nplatforms = [{names}]\n"
    document = read_post(tmp_path, POST, site=site).document
    rendered = renderer("crosspost")(document, Files(load_site(tmp_path), Web()))
    assert rendered.placed == () and not [p for p in rendered.problems if p.severity == "error"]
    files = {
        artifact.path.partition("crosspost/")[2]: artifact.data for artifact in rendered.artifacts
    }
    for name in platform_names():
        own = {
            path.removeprefix(f"{name}/"): data
            for path, data in files.items()
            if path.startswith(f"{name}/")
        }
        pictures = [path for path in own if path.startswith("images/") and "drawing" in path]
        texts = "".join(
            data.decode() for path, data in own.items() if not path.startswith("images/")
        )
        if name == "linkedin":  # a share is text
            assert pictures == [] and "속의 말" not in texts
            continue
        (picture,) = pictures
        with Image.open(io.BytesIO(own[picture])) as image:
            assert image.size == (160, 80) and image.convert("RGB").getpixel((4, 4)) == (204, 0, 0)
        assert "<svg" not in texts and "상자 하나" in texts, name
