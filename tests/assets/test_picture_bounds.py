"""Pictures that cost too much are refused with their reason; honest ones are not."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from hanpan import budget
from hanpan.assets.images import (
    bare_samples,
    identify,
    plain_picture,
    print_picture,
    still_picture,
    web_picture,
)
from hanpan.assets.pictures import bounds
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.svg import clean_svg
from hanpan.media_types import JPEG, PNG, SVG, WEBP
from tests.attacks.pictures.jpegs import jpeg, jpeg_of_scans, segment
from tests.attacks.pictures.raster import png
from tests.support.blog import add_post, make_blog
from tests.support.command import built
from tests.support.limits.growth import LINEAR, growth
from tests.support.servers.image_host import picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


USE = '<use href="#g{}"/>'


def svg(inside: str = "<rect width='1' height='1'/>", attributes: str = 'width="9"') -> bytes:
    return f"{HEAD} {attributes}>{inside}</svg>".encode()


def groups(kind: str, reference: str, depth: int = 20) -> str:
    """Return elements that each refer to the one before twice."""
    levels = (f'<{kind} id="g{n}">{reference.format(n - 1) * 2}</{kind}>' for n in range(1, depth))
    first, last = f'<{kind} id="g0"><path d="M0 0"/></{kind}>', reference.format(depth - 1)
    return f"{first}{''.join(levels)}{last}"


def many(attribute: str, times: int) -> str:
    """Return attributes, each with a number."""
    return " ".join(attribute.format(number) for number in range(times))


def embedding(size: int, times: int) -> bytes:
    uri = f"data:image/png;base64,{base64.b64encode(png(size, size)).decode()}"
    return svg("".join(f'<image href="{uri}" width="1" height="1"/>' for _ in range(times)))


SHADED = '<g filter="url(#f)"/>'
REFUSED = {
    "one row": (png(49_000_000, 1), "no side may be longer than 65,535"),
    "one column": (png(1, 49_000_000), "no side"),
    "a side": (png(65_536, 2), "is 65536 by 2 pixels; no side"),
    "pixels": (png(7_100, 7_100), "50 million pixels"),
    "scans": (jpeg_of_scans(101, 80), "has 102 scans; a JPEG of its size may have 100"),
    "scans of a large one": (jpeg_of_scans(60, 7_000), "of its size may have 30"),
    "infinite": (svg(attributes='width="1e999" height="1"'), "is inf by 1 pixels; no side"),
    "infinite in inches": (svg(attributes='width="9" height="1e308in"'), "no side"),
    "an infinite box": (svg(attributes=f'viewBox="0 0 {"9" * 400} {"9" * 400}"'), "viewBox"),
    "a box of no height": (svg(attributes='viewBox="0 0 900000 .001"'), "almost a line"),
    "a large box": (svg(attributes='viewBox="0 0 99999 99999"'), "no side"),
    "uses": (svg(groups("g", USE)), "draws more than 100,000 elements"),
    "filter": (
        svg('<filter id="f" x="-500%" width="2000%"><feOffset dx="1"/></filter>'),
        "has a filter with a width of more than 10 times its drawing",
    ),
    "old uses": (svg(groups("g", '<use xlink:href=" #g{}"/>')), "draws more"),
    "masks": (svg(groups("mask", '<rect mask="url(#g{})"/>')), "draws more"),
    "patterns": (svg(groups("pattern", "<rect fill='url( \"#g{}\")'/>")), "draws more"),
    "clips": (svg(groups("clipPath", '<rect style="clip-path:url(#g{})"/>')), "draws more"),
    "symbols": (svg(groups("symbol", USE)), "draws more"),
    "markers": (
        svg(groups("marker", f'<path d="M0 0{"L1 1" * 90}" marker-mid="url(#g{{}})"/>', 5)),
        "draws more",
    ),
    "filters": (
        svg(f'<filter id="f">{"<feOffset/>" * 99}</filter>' + SHADED * 11),
        "draws more",
    ),
    "elements": (svg("<g/>" * 100_001), "draws more"),
    "a ring": (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "to itself"),
    "octaves": (svg('<feTurbulence numOctaves="99"/>'), "feTurbulence, with a numOctaves"),
    "a kernel": (svg('<feConvolveMatrix order="3 99"/>'), "feConvolveMatrix"),
    "a radius": (svg('<feMorphology radius="1e999"/>'), "feMorphology"),
    "a blur": (svg('<feGaussianBlur stdDeviation="1 501"/>'), "feGaussianBlur"),
    "attributes": (svg("<g " + many('a{}="1"', 300) + "/>"), "256 attributes"),
    "pictures inside": (embedding(6_000, 2), "has pictures of more than 50,000,000 pixels"),
}


@pytest.mark.parametrize(
    "attribute",
    ['action="javascript:alert(1)"', 'xlink:href=" JavaScript:a()"', 'from="java&#10;script:a()"',
     'formaction="vbscript:a"', 'to=" &#9;javascript:a"'],
)  # fmt: skip
def test_no_attribute_of_a_drawing_runs_anything(attribute: str) -> None:
    cleaned = clean_svg(svg(f"<g {attribute}><rect/></g>"))
    assert b"script" not in cleaned.lower()


@pytest.mark.parametrize(
    "markup",
    ['<applet code="x"/>', '<base href="#a"/>', '<form><input name="a"/></form>', "<object/>",
     '<h:meta http-equiv="refresh" content="0;url=http://evil.example"/>', '<h:b class="x">b</h:b>',
     '<h:textarea autofocus="">x</h:textarea>', '<h:link rel="stylesheet" href="#a"/>'],
)  # fmt: skip
def test_a_drawing_holds_nothing_that_only_pages_have(markup: str) -> None:
    """A browser that opens it alone would act on it."""
    namespace = 'width="9" xmlns:h="http://www.w3.org/1999/xhtml"'
    root = etree.fromstring(clean_svg(svg(f"<g>{markup}<rect/></g>", namespace)))
    assert [etree.QName(one).localname for one in root.iter()] == ["svg", "g", "rect"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_costs_too_much_is_refused(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(NotAPicture) as caught:
        identify(data)
    assert reason in caught.value.reason


HONEST = {
    "a side": png(65_535, 2),
    "pixels": png(7_000, 7_100, depth=1),
    "scans": jpeg_of_scans(60, 80),
    "a progressive one": jpeg(90, 90, progressive=True),
    "much that looks like scans": jpeg(9, 9, segment(0xE1, b"\xff\xda" * 30_000)),
    "what a telephone puts behind it": jpeg(9, 9) + b"\xff\xda" * 30_000,
    "a wide drawing": svg(attributes='width="65535" height="1"'),
    "an icon sheet": svg(f'<symbol id="a">{"<path/>" * 50}</symbol>' + '<use href="#a"/>' * 900),
    "a shadow": svg('<filter id="f"><feDropShadow stdDeviation="4"/></filter>' + SHADED),
    "a map": svg("<path d='M0 0'/>" * 30_000),
    "a picture inside": embedding(6_000, 1),
    "not a number": svg(attributes='width="nan" height="inf" viewBox="0 0 nan inf"'),
    "nothing": svg(attributes='width="0" height="0" viewBox="0 0 0 0"'),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_does_not_is_not(name: str) -> None:
    assert identify(HONEST[name]).width > 0


def screenshot(width: int, height: int) -> Image.Image:
    """Return a picture with lines and words' blocks, as pages have them, over its whole length."""
    image = Image.new("RGB", (width, height), "white")
    for top in range(40, height - 30, 60):
        image.paste((20 + top % 200, 40, 90), (30, top, width - width // 3, top + 24))
    return image


def as_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("kind", [PNG, JPEG])
@pytest.mark.parametrize("size", [(300, 20_000), (200, 16_384), (90, 60_000)])
def test_a_long_screenshot_is_shown_whole(size: tuple[int, int], kind: str) -> None:
    image = screenshot(*size)
    data = as_bytes(image, kind.partition("/")[2])
    found, media_type = web_picture(data, kind)
    assert media_type in (PNG, JPEG)
    shown = opened(found)
    assert shown.size == size
    for at in ((40, 50), (5, 50), (40, size[1] // 2 // 60 * 60 + 50)):
        wanted, seen = image.getpixel(at), shown.getpixel(at)
        assert max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) < 12, at  # type: ignore[arg-type]


def test_a_long_one_that_is_too_wide_is_made_narrower_and_keeps_its_transparency() -> None:
    image = Image.new("RGBA", (100, 20_000), (200, 0, 0, 0))
    image.paste((0, 90, 0, 255), (0, 0, 100, 9_000))
    found, media_type = web_picture(as_bytes(image, "PNG"), PNG, 90)
    shown = Image.open(io.BytesIO(found))
    assert (media_type, shown.size, shown.mode) == (PNG, (90, 18_000), "RGBA")
    assert shown.getpixel((80, 17_000))[3] == 0  # type: ignore[index]


def test_what_a_webp_can_hold_still_becomes_one() -> None:
    data = as_bytes(screenshot(200, 16_383), "PNG", compress_level=0)
    assert web_picture(data, PNG)[1] == WEBP


def test_every_form_of_a_long_picture_can_be_made() -> None:
    data = as_bytes(screenshot(300, 20_000), "PNG")
    for form in (print_picture, still_picture, plain_picture):
        assert opened(form(data, PNG)[0]).width > 90


def test_a_post_with_pictures_of_all_kinds_is_built_and_each_fault_has_its_line(
    tmp_path: Path,
) -> None:
    blog = make_blog(tmp_path, posts=0)
    files = {
        "scans.jpg": jpeg_of_scans(300, 80),
        "strip.png": png(70_000, 1),
        "uses.svg": REFUSED["uses"][0],
        "long.png": as_bytes(screenshot(200, 17_000), "PNG"),
    }
    for name, data in files.items():
        (blog / "posts" / name).write_bytes(data)
    shown = "\n\n".join(f"![그림]({name})" for name in files)
    inline = f"{HEAD}>{groups('g', USE)}</svg>"
    post = add_post(blog, "2026-03-01-글.md", f"---\ntitle: 글\n---\n\n{shown}\n\n{inline}\n")
    summary = built(blog, "--offline", "-e", "html")
    (page,) = summary["posts"]
    lines = post.read_text("utf-8").split("\n")
    told = {problem["line"]: problem for problem in page["problems"]}
    for name in ("scans.jpg", "strip.png", "uses.svg", "<svg"):
        (line,) = [number for number, text in enumerate(lines, 1) if name in text]
        assert told[line]["rule"] == "image-broken" and told[line]["remedy"], name
    assert len(told) == 4
    html = (blog / "out/글/글.html").read_text("utf-8")
    assert html.count("<img") == 1 and "data:image/png;base64," in html and "<use" not in html


def test_a_post_shows_so_much_of_large_pictures_with_nothing_to_see(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0, settings="[limits]\nseconds = 8\n")
    bare = [png(3_500, 3_501 + number, colour=2) for number in range(4)]
    uris = [f"data:image/png;base64,{base64.b64encode(data).decode()}" for data in bare]
    files = {
        "one.png": bare[0],
        "three.svg": svg(f'<image href="{uris[2]}" width="1" height="1"/>'),
        "four.png": bare[3],
        "small.png": png(3_000, 3_000, colour=2),
        "jpeg.jpg": jpeg(3_600, 3_600),
    }
    for name, data in files.items():
        (blog / "posts" / name).write_bytes(data)
    shown = ("one.png", uris[1], "three.svg", "one.png", "four.png", "small.png", "jpeg.jpg")
    text = "\n".join(f"![그림]({name})\n" for name in shown)
    add_post(blog, "2026-03-01-글.md", f"---\ntitle: 글\n---\n{text}")
    (page,) = built(blog, "--offline", "-e", "html")["posts"]
    told = [(problem["line"], problem["message"]) for problem in page["problems"]]
    assert [line for line, _ in told] == [8, 12, 16]  # three.svg, four.png, jpeg.jpg
    assert all("almost nothing in it" in message for _, message in told)
    html = (blog / "out/글/글.html").read_text("utf-8")
    assert html.count("<img") == 4 and html.count('class="missing-image"') == 3


def test_a_picture_with_something_to_see_is_none_of_them() -> None:
    assert bounds.bare_samples(300_000, 13_000_000, 3) == 0
    assert bounds.bare_samples(30_000, 13_000_000, 1) == 13_000_000
    assert bounds.bare_samples(30_000, 8_300_000, 3) == 0  # a screenshot of a quiet screen
    assert bare_samples(b"no picture") == bare_samples(svg("<image href='data:,x'/>")) == 0
    assert bounds.bare_samples_of_post(0) == float("inf")


def test_svg_is_cleaned_in_linear_time() -> None:
    def clean(length: int) -> object:
        attributes = many('a{}="url(#a)"', length)
        return clean_svg(svg(f"<g {attributes}/>" + '<g a="url(#a)"/>' * length))

    assert growth(clean, 3_000) < LINEAR


def test_an_honest_picture_has_its_time_once(monkeypatch: pytest.MonkeyPatch) -> None:
    budget.begin(10.0)
    left = budget.left()
    try:
        bounds.allow_time(bytes(100_000), "one", 2_000_000, 3)
        bounds.allow_time(bytes(100_000), "one", 2_000_000, 3)
        assert 0.2 < budget.left() - left < 0.4
        bounds.allow_time(bytes(100_000), "an empty one", 49_000_000, 3)
        assert budget.left() - left < 0.9
    finally:
        budget.end()


def test_an_svg_is_no_raster_picture() -> None:
    assert identify(svg()).media_type == SVG
    assert identify(picture()).media_type == PNG
