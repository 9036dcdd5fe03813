"""Pictures at random: real files of every kind, mutated, and SVGs put together of bits."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageDraw, PngImagePlugin

from hanpan.assets.images import (
    bare_samples,
    identify,
    plain_picture,
    print_picture,
    still_picture,
    web_picture,
)
from hanpan.assets.pictures.bounds import MAX_PIXELS, NotAPicture
from hanpan.media_types import JPEG, PNG, SVG
from tests.attacks.pictures.raster import apng
from tests.attacks.pictures.svgs import svg
from tests.attacks.posts.scripts import VECTORS, live_elements
from tests.fuzzing.mutations import mutated, with_sums
from tests.fuzzing.target import law
from tests.support.command import ROOT

PLACE = b"37.5665N126.9780E"  # where a photograph was taken: no edition may tell
_SIDE = 40  # pixels
_SVG = (
    '<rect width="9" height="9"/>|<g>|</g>|<g transform="scale(1e9)">'
    '|<use href="#a"/>|<a id="a"/>|<style>|</style>|*{fill:url(#a)}|@import "x";'
    '|<text>|가|</text>|<svg>|</svg>|<image href="|"/>|<!--|-->|<![CDATA[|]]>|<?x|?>'
    '|&#0;|&#x1F600;|&a;|<!DOCTYPE svg [<!ENTITY a "b">]>|<filter id="f">'
    '|<feImage href="http://a.example/x"/>|</filter>'
    '|<path d="M0 0L1e400 -1e400A1 1 1 1 1"/>|<title>|</title>|<desc>'
    '|<foreignObject>|<div xmlns="http://www.w3.org/1999/xhtml">|<x:y xmlns:x="u">'
    '|<animate attributeName="href" to="javascript:x"/>|style="fill:expression(x)"'
    '|<pattern id="p">|<mask id="m">|<linearGradient id="l" href="#l"/>|width="100%"'
    '|viewBox="0 0 1e9 0"|\x00|\ud800'
).split("|")
_LENGTHS = (
    "1 0 -1 1e9 1e400 nan inf 100% 1em 1e-400 999999999999 9.9.9 0x10 ١ 16384 16383 50001px auto"
).split()


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@cache
def seeds() -> tuple[bytes, ...]:
    """Return small pictures of every kind that hanpan knows, some with metadata."""
    colours = Image.new("RGB", (_SIDE, _SIDE // 2), "#c03030")
    ImageDraw.Draw(colours).line((0, 0, _SIDE, _SIDE), fill="#204080", width=3)
    clear = colours.convert("RGBA")
    clear.putalpha(120)
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, PLACE.decode()  # orientation, description
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", PLACE.decode())
    text.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    frames: dict[str, object] = {"save_all": True, "append_images": [colours.rotate(90)] * 2}
    kinds = [
        _saved(colours, "PNG", pnginfo=text), _saved(clear, "PNG"),
        _saved(colours.convert("P"), "PNG"),
        _saved(colours.convert("1"), "PNG"), _saved(colours.convert("I;16"), "PNG"),
        _saved(colours, "PNG", **frames), _saved(colours.convert("LA"), "PNG"), apng(3, 8, 8),
        _saved(colours, "JPEG", exif=exif.tobytes(), comment=PLACE),
        _saved(colours.convert("L"), "JPEG"),
        _saved(colours, "JPEG", progressive=True), _saved(colours.convert("CMYK"), "JPEG"),
        _saved(colours, "GIF"), _saved(colours, "GIF", **frames),
        _saved(colours, "WEBP", exif=exif.tobytes()), _saved(clear, "WEBP", lossless=True),
        _saved(colours, "WEBP", **frames), _saved(colours, "BMP"), _saved(colours, "AVIF"),
        _saved(colours, "TIFF"), _saved(colours, "ICO"),
    ]  # fmt: skip
    icons = (path.read_bytes() for path in sorted((ROOT / "layouts").rglob("*.svg")))
    return (*kinds, *icons, svg('<g id="a"><rect width="9" height="9"/></g><use href="#a"/>'))


def examples() -> st.SearchStrategy[tuple[str, bytes]]:
    """Return pictures: mutated files, PNGs with sums that are right, and SVGs."""
    changed = mutated(seeds())
    parts = st.sampled_from(_SVG) | st.sampled_from(VECTORS) | st.text(max_size=3)
    lengths = st.sampled_from(_LENGTHS)
    inside = st.tuples(st.lists(parts, max_size=10).map("".join), st.integers(1, 2_000)).map(
        lambda p: p[0] * min(p[1], 1 + 100_000 // (len(p[0]) + 1))
    )
    drawn = st.tuples(inside, lengths, lengths, lengths).map(
        lambda p: svg(
            p[0].encode("utf-8", "replace").decode(),
            f'width="{p[1]}" height="{p[2]}" viewBox="0 0 {p[3]} {p[2]}"',
        )
    )
    return st.one_of(
        st.tuples(st.just("picture"), changed),
        st.tuples(st.just("picture"), changed.map(with_sums)),
        st.tuples(st.just("svg"), drawn),
    )


def prepare(folder: Path) -> None:
    """Load what is imported late."""
    for data in seeds():
        judge(None, ("picture", data))


def judge(place: None, example: tuple[str, bytes]) -> None:
    """Make every form of a picture that editions take, and look at it as they would."""
    _, data = example
    samples = bare_samples(data)  # by its head, before anything is decoded
    law(0 <= samples <= 4 * MAX_PIXELS, f"it costs {samples:,} samples")
    try:
        info = identify(data)
        law(info.width > 0 and info.height > 0, f"a size of nothing: {info}")
        forms = {
            "web": web_picture(data, info.media_type),
            "plain": plain_picture(data, info.media_type),
            "print": print_picture(data, info.media_type),
            "still": still_picture(data, info.media_type),
        }
    except NotAPicture as error:
        law(error.reason, "says nothing")
        return
    for name, (form, media_type) in forms.items():
        again = identify(form)
        law(again.media_type == media_type, f"{name}: it is {again.media_type}, not {media_type}")
        if name in ("print", "still"):
            law(media_type in (PNG, JPEG, SVG), f"{name} is {media_type}")
        if media_type == SVG:
            live = list(live_elements(etree.fromstring(form)))
            law(not live, f"{name}: something may run: {live[:2]}")
        if not again.animated:
            law(PLACE not in form, f"{name} tells where it was taken")
