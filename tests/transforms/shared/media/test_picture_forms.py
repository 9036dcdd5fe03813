"""Sizes, sides and themes of pictures, as editors and themes write them (issue 14)."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from lxml import etree, html
from PIL import Image

from hanpan import tree
from tests.support.every_edition import printed
from tests.support.reading import Web, only, read_post, rules


def picture(colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (400, 200), colour).save(data, "PNG")
    return data.getvalue()


def image_of(folder: Path, markdown: str, front: str = "") -> etree._Element:
    """Return the picture of a post that holds one."""
    reading = read_post(
        folder,
        f"---\ntitle: 제목\n{front}---\n{markdown}\n",
        files={"posts/a.png": picture(), "img/글/b.png": picture("blue")},
        web=Web({"https://x.kr/c.png": picture()}),
    )
    return only(tree.parse_xml(reading.document.body), ".//img")


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('<img src="a.png" alt="가" style="zoom:50%">', (200, 100)),
        ('<img src="a.png" alt="가" style="zoom: 0.25; color: red">', (100, 50)),
        ("![가](a.png =100x)", (100, 50)),
        ("![가](a.png =100x80)", (100, 80)),
        ('![가](a.png "제목" =100x)', (100, 50)),
        ("![가](a.png '제목' =100x80)", (100, 80)),
        ('![가](a.png =100x80 "제목")', (100, 80)),
        ("![가|100](a.png)", (100, 50)),
        ("![가|100x80](a.png)", (100, 80)),
        ('![가](a.png){width="100"}', (100, 50)),
        ("![가](a.png =x50)", (100, 50)),
        ('![가](a.png){: width="120" }', (120, 60)),
        ('![가](a.png){: w="120" h="70" }', (120, 70)),
        ('![가](a.png){: width="120" }{: .left }', (120, 60)),
        ("![가](a.png)", (400, 200)),
    ],
)
def test_sizes(tmp_path: Path, written: str, size: tuple[int, int]) -> None:
    image = image_of(tmp_path, written)
    assert (image.get("width"), image.get("height")) == tuple(map(str, size))
    assert image.get("alt") == "가" and image.get("title") == (
        "제목" if "제목" in written else None
    )
    assert "zoom" not in etree.tostring(image, encoding="unicode")


@pytest.mark.parametrize(
    ("written", "attribute", "value"),
    [
        ("![가](a.png){: .left }", "class", "align-left"),
        ("![가](a.png){: .right .w-50 }", "class", "align-right"),
        ("![가](a.png){: .right .w-50 }", "style", "width: 50%"),
        ("![가](a.png =60%x)", "style", "width: 60%"),
        ('![가](a.png "제목" =60%x)', "style", "width: 60%"),
        ("![가](a.png){: .w-75 }", "style", "width: 75%"),
        ("![가](a.png =50%x)", "style", "width: 50%"),
        ('<figure class="third"><img src="a.png" alt=""></figure>', "style", "width: 31.5%"),
    ],
)
def test_sides_and_shares(tmp_path: Path, written: str, attribute: str, value: str) -> None:
    assert value in (image_of(tmp_path, written).get(attribute) or "")


@pytest.mark.parametrize(
    "written",
    [
        '<img data-src="a.png" alt="가">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-original="a.png" alt="가">',
        '<img src="/img/placeholder.gif" data-lazy-src="a.png" alt="가">',
        '<img srcset="a.png 1x, b.png 2x" alt="가">',
        '<img data-src="https://x.kr/c.png" alt="가">',
    ],
)
def test_lazy_pictures_are_found(tmp_path: Path, written: str) -> None:
    assert (image_of(tmp_path, written).get("src") or "").startswith("asset:")


@pytest.mark.parametrize("key", ["media_subpath", "img_path"])
@pytest.mark.parametrize("name", ["b.png", "/b.png", "./b.png"])
def test_a_folder_for_all_pictures_of_a_post(tmp_path: Path, key: str, name: str) -> None:
    front = f"{key}: /img/글/\n"
    assert (image_of(tmp_path, f"![가]({name})", front).get("src") or "").startswith("asset:")
    assert (image_of(tmp_path, "![가](a.png)", front).get("src") or "").startswith("asset:")
    teased = read_post(tmp_path, f"---\ntitle: 제목\n{front}image: {name}\n---\n글\n")
    assert teased.document.teaser


PAIRS = {
    "Chirpy": "![밝은](a.png){: .light } ![어두운](b.png){: .dark }",
    "paragraphs": "![어두운](b.png){: .dark }\n\n![밝은](a.png){: .light }",
    "GitHub": "![밝은](a.png#gh-light-mode-only)\n![어두운](b.png#gh-dark-mode-only)",
}


@pytest.mark.parametrize("kind", PAIRS)
def test_of_a_pair_paper_shows_the_light_one(tmp_path: Path, kind: str) -> None:
    files = {"posts/a.png": picture("red"), "posts/b.png": picture("blue")}
    _, made = printed(tmp_path, f"{PAIRS[kind]}\n\n글\n", files=files)
    drawn = [
        image.image.convert("RGB").getpixel((9, 9))
        for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages
        for image in page.images
        if image.image and image.image.width > 200
    ]
    assert drawn == [(255, 0, 0)]
    chapter = made["글.epub/EPUB/text/post.xhtml"].decode()
    assert "밝은" in chapter and "어두운" not in chapter
    body = made["crosspost/velog/body.md"].decode()
    assert "밝은" in body and "어두운" not in body
    images = list(html.fromstring(made["글.html"].decode()).iter("img"))
    themes = {image.get("alt"): image.get("class") or "" for image in images}
    assert "light-only" in themes["밝은"] and "dark-only" in themes["어두운"]


@pytest.mark.parametrize(
    "inside",
    [
        '<source media="(prefers-color-scheme: dark)" srcset="b.png"><img src="a.png" alt="가">',
        '<source media="(prefers-color-scheme: light)" srcset="a.png"><img src="b.png" alt="가">',
        '<source media="(prefers-color-scheme:dark)" srcset="b.png 2x, c.png">\n'
        '<source media="(prefers-color-scheme:light)" srcset="a.png">\n<img src="d.png" alt="가">',
    ],
)
def test_the_sources_of_a_picture_are_a_pair(tmp_path: Path, inside: str) -> None:
    files = {"posts/a.png": picture("red"), "posts/b.png": picture("blue")}
    markdown = f"---\ntitle: 제목\n---\n앞 <picture>{inside}</picture> 뒤\n"
    document = read_post(tmp_path, markdown, files=files).document
    light, dark = tree.parse_xml(document.body).iter("img")
    assert (light.tail or "").strip() == "" and (dark.tail or "").strip() == "뒤"
    names = {asset.id: Path(asset.source).name for asset in document.assets}
    shown = [(image.get("class"), names[(image.get("src") or "")[6:]]) for image in (light, dark)]
    assert shown == [("light light-only", "a.png"), ("dark dark-only", "b.png")]


GALLERIES = """---
title: 제목
gallery:
  - url: /posts/b.png
    image_path: /posts/a.png
    alt: 하나
  - image_path: posts/a.png
    title: 둘
  - /posts/a.png
둘째:
  - /posts/a.png
  - /posts/a.png
---
{% include gallery caption="이 *셋*" %}

1. 항목

   {% include gallery id="둘째" %}

2. 항목

{% include gallery id="둘째" layout="third" class="full" %}

{% include gallery id="없는" %}
"""


def test_galleries_stand_in_rows_and_in_their_items(tmp_path: Path) -> None:
    files = {"posts/a.png": picture(), "posts/b.png": picture("blue")}
    reading = read_post(tmp_path, GALLERIES, files=files)
    body = tree.parse_xml(reading.document.body)
    figures = list(body.iter("figure"))
    assert [tree.classes(figure) for figure in figures] == [
        *(["gallery", "third"], ["gallery", "half"], ["gallery", "third", "full"])
    ]
    widths = [[image.get("style") for image in figure.iter("img")] for figure in figures]
    assert widths == [["width: 31.5%"] * 3, ["width: 47.5%"] * 2, ["width: 31.5%"] * 2]
    assert [image.get("alt") for image in figures[0].iter("img")] == ["하나", "둘", ""]
    assert only(figures[0], "figcaption/em").text == "셋"
    (items,) = body.iter("ol")
    assert len(items) == 2 and figures[1] in items.iterdescendants()
    assert "없는" in rules(reading)["liquid-include"].message


def test_a_dark_picture_alone_is_shown(tmp_path: Path) -> None:
    assert "dark-only" not in (image_of(tmp_path, "![가](a.png){: .dark }").get("class") or "")


def test_pictures_of_a_row_stand_side_by_side(tmp_path: Path) -> None:
    markdown = (
        '<figure class="half">\n<img src="a.png" alt="가">\n<img src="a.png" alt="나">\n</figure>\n'
    )
    _, made = printed(tmp_path, markdown, editions=["pdf"], files={"posts/a.png": picture()})
    places: list[tuple[float, float]] = []

    def note(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do":
            places.append((matrix[4], matrix[5]))

    for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages:
        page.extract_text(visitor_operand_before=note)
    rows = {round(below) for _, below in places}
    assert len(places) == 2 and len(rows) == 1 and places[0][0] != places[1][0]


def test_heic_is_named(tmp_path: Path) -> None:
    data = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
    reading = read_post(
        tmp_path, "---\ntitle: 제목\n---\n![가](a.heic)\n", files={"posts/a.heic": data}
    )
    assert "HEIC" in rules(reading)["image-broken"].message
