"""A given size of a picture reaches the platform, or the report says that it is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command import hanpan
from tests.support.servers.image_host import picture

POST = """---
title: 크기
tags: [그림]
---

![제 크기](a.png)

![정한 너비](a.png){: width="120"}

![반](a.png){: style="width:50%"}

![픽셀](a.png){: width="90" style="color: red; width: 200.4px"}

<figure><img src="a.png" alt="설명이 있다" width="90" height="30">
<figcaption>설명이다</figcaption></figure>

```mermaid
graph LR
A --> B
```
"""
PLATFORMS = ("wordpress", "zenn", "qiita", "velog", "devto", "hashnode", "tistory", "ghost")
STYLES = {"pixels": "width: 200px", "own": "width: 400px", "at-most": "max-width: 200px"}
ADDRESS = "https://blog.example/a.png"


@pytest.fixture(scope="module")
def payloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    blog = tmp_path_factory.mktemp("blog")
    names = ", ".join(f'"{name}"' for name in PLATFORMS)
    (blog / "site.toml").write_text(
        f'url = "https://blog.example"\n[crosspost]\nplatforms = [{names}]\n', "utf-8"
    )
    (blog / "2026-11-01-size.md").write_text(POST, "utf-8")
    for name, style in STYLES.items():
        text = f'---\ntitle: {name}\ntags: [그림]\n---\n\n![그림](a.png){{: style="{style}"}}\n'
        (blog / f"2026-11-01-{name}.md").write_text(text, "utf-8")
    (blog / "a.png").write_bytes(picture((400, 200)))
    posts = sorted(blog.glob("*.md"))
    ran = hanpan("build", "--edition", "crosspost", *posts, cwd=blog)
    assert ran.code == 0, ran.err
    return blog / "out/size/crosspost"


def test_wordpress_has_it_in_the_block(payloads: Path) -> None:
    content = (payloads / "wordpress/content.html").read_text("utf-8")
    sized = [line for line in content.split("\n") if '<!-- wp:image {"width"' in line]
    assert sized == [
        f'<!-- wp:image {{"width":{width},"height":{height}}} -->'
        for width, height in ((120, 60), (325, 162), (200, 100), (90, 30))
    ]
    assert (
        f'<figure class="wp-block-image"><img src="{ADDRESS}" alt="제 크기"/></figure>' in content
    )
    assert f'<img src="{ADDRESS}" alt="정한 너비" width="120" height="60"/>' in content
    assert content.count("is-resized") == 4  # not the diagram


def test_zenn_and_qiita_have_it_in_their_own_form(payloads: Path) -> None:
    zenn = (payloads / "zenn/body.md").read_text("utf-8")
    assert f"![제 크기]({ADDRESS})" in zenn
    assert f"![정한 너비]({ADDRESS} =120x)" in zenn and f"![반]({ADDRESS} =325x)" in zenn
    assert f"![픽셀]({ADDRESS} =200x)" in zenn
    qiita = (payloads / "qiita/body.md").read_text("utf-8")
    assert f'<img src="{ADDRESS}" alt="정한 너비" width="120">\n' in qiita
    assert f'<img src="{ADDRESS}" alt="픽셀" width="200">\n' in qiita
    # a tag alone on the first line would make the second one HTML, with its stars
    assert f'<img src="{ADDRESS}" alt="설명이 있다" width="90"><br>*설명이다*' in qiita


def test_ghost_has_it_in_the_card(payloads: Path) -> None:
    root = json.loads((payloads / "ghost/lexical.json").read_text("utf-8"))["root"]
    cards = {card["alt"]: card for card in root["children"] if card["type"] == "image"}
    widths = {alt: card.get("width") for alt, card in cards.items()}
    assert (widths["제 크기"], widths["정한 너비"], widths["픽셀"]) == (400, 120, 200)


@pytest.mark.parametrize("platform", ["velog", "devto", "hashnode"])
def test_where_it_is_lost_the_report_says_so(platform: str, payloads: Path) -> None:
    assert "정한 그림 크기가 사라져" in (payloads / platform / "report.md").read_text("utf-8")


@pytest.mark.parametrize("platform", ["wordpress", "zenn", "qiita", "tistory"])
def test_where_it_is_kept_it_does_not(platform: str, payloads: Path) -> None:
    assert "그림 크기" not in (payloads / platform / "report.md").read_text("utf-8")


@pytest.mark.parametrize("platform", ["velog", "wordpress"])
@pytest.mark.parametrize("style", STYLES)
def test_a_width_in_a_style_is_a_given_size_unless_it_is_the_picture_s_own(
    style: str, platform: str, payloads: Path
) -> None:
    folder = payloads.parents[1] / style / "crosspost" / platform
    is_told = "정한 그림 크기가 사라져" in (folder / "report.md").read_text("utf-8")
    assert is_told == (style == "pixels" and platform == "velog")
    if platform == "wordpress":
        content = (folder / "content.html").read_text("utf-8")
        assert ('width="200" height="100"' in content) == (style == "pixels")
