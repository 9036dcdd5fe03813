"""The caption of a post's picture is in every edition (issue 14)."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.support.every_edition import pdf_text, printed
from tests.support.reading import read_post

FRONT = (
    "---\ntitle: 제목\nheader:\n  image: a.png\n"
    '  caption: "사진 출처: [**숲과 나무**](https://x.kr/a) <그림>"\n---\n본문의 첫 문단이다.\n'
)


def test_every_edition_has_it_and_the_excerpt_has_not(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(picture, "PNG")
    reading, made = printed(tmp_path, FRONT, files={"posts/a.png": picture.getvalue()})
    assert reading.document.body.startswith(
        '<p class="teaser-caption">사진 출처: <a href="https://x.kr/a">'
        "<strong>숲과 나무</strong></a> &lt;그림&gt;</p>"
    )
    assert reading.document.meta.excerpt == "본문의 첫 문단이다."
    assert "사진 출처: 숲과 나무" in pdf_text(made["글.pdf"])
    for name in ("글.html", "글.epub/EPUB/text/post.xhtml", "crosspost/velog/body.md"):
        assert "사진 출처" in made[name].decode(), name


def test_a_header_without_a_caption_adds_nothing(tmp_path: Path) -> None:
    for header in ("header: x\n", "header:\n  caption: ''\n", "header:\n  caption: [1]\n"):
        body = read_post(tmp_path, f"---\ntitle: 제목\n{header}---\n글\n").document.body
        assert body == "<p>글</p>"
