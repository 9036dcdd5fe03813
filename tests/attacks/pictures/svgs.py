"""Hostile SVGs: sizes without bounds, uses of uses, filters, patterns and styles of great cost."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable

from tests.attacks.pictures.raster import png

K = 1_000
_BOX = "<rect width='1' height='1'/>"
_LINES = " L1 1" * 30
_NAMES = "http://www.w3.org/2000/svg"


def svg(inside: str, attributes: str = 'width="100" height="100"', head: str = "") -> bytes:
    """Return an SVG."""
    links = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head}<svg xmlns="{_NAMES}" {links} {attributes}>{inside}</svg>'.encode()


def _sized(width: str, height: str, box: str = "") -> bytes:
    return svg(_BOX, f'width="{width}" height="{height}"' + (f' viewBox="{box}"' if box else ""))


def _uses(depth: int, each: int = 10) -> bytes:
    """Return an SVG in which each group uses the one before ten times."""
    groups = ['<g id="g0"><rect width="1" height="1"/></g>']
    for level in range(1, depth):
        use = f'<use xlink:href="#g{level - 1}" href="#g{level - 1}"/>'
        groups.append(f'<g id="g{level}">{use * each}</g>')
    last = f"#g{depth - 1}"
    return svg(f"<defs>{''.join(groups)}</defs><use xlink:href='{last}' href='{last}'/>")


def _filter(inside: str, times: int = 1, size: int = 1000) -> bytes:
    box = f'<rect width="{size}" height="{size}" filter="url(#f)"/>'
    return svg(
        f'<filter id="f" x="-10000%" y="-10000%" width="90000%" height="90000%">{inside}</filter>'
        + box * times,
        f'width="{size}" height="{size}"',
    )


def _patterns() -> bytes:
    box = (
        '<pattern id="p{}" width="0.01" height="0.01">'
        '<rect width="9" height="9" fill="url(#p{})"/></pattern>'
    )
    patterns = "".join(box.format(n, n - 1) for n in range(1, 12))
    return svg(patterns + '<rect width="100" height="100" fill="url(#p11)"/>')


def _markers() -> bytes:
    mark = '<marker id="m{}"><path d="M0 0{}" marker-mid="url(#m{})" stroke="red"/></marker>'
    markers = "".join(mark.format(n, _LINES, n - 1) for n in range(1, 8))
    first = '<marker id="m0" overflow="visible"><path d="M0 0"/></marker>'
    return svg(f'{first}{markers}<path d="M0 0{_LINES}" marker-mid="url(#m7)" stroke="red"/>')


def _masks() -> bytes:
    box = '<rect width="99" height="99" mask="url(#k{})"/>'
    masks = "".join(f'<mask id="k{n}">{box.format(n - 1) * 2}</mask>' for n in range(1, 30))
    return svg(masks + box.format(29))


def _gradients() -> bytes:
    one = '<linearGradient id="q{0}" href="#q{1}" xlink:href="#q{1}"/>'
    chain = "".join(one.format(n, n + 1) for n in range(30_000))
    return svg(f'{chain}{one.format(30_000, 0)}<rect width="9" height="9" fill="url(#q0)"/>')


def _entities() -> bytes:
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a0 "aaaaaaaaaa">{names}]>'
    return svg("<text>&a11;</text>", head=head)


def _outside(place: str) -> bytes:
    head = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{place}">]>'
    return svg(f'<text>&x;</text><image href="{place}" width="9" height="9"/>', head=head)


def image(data: bytes) -> str:
    """Return a PNG within an SVG."""
    uri = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    return f'<image href="{uri}" width="9" height="9"/>'


SELECTORS = "".join(f".c{n}:not(.a) > * ~ * {{fill:red}} " for n in range(3_000))
PICTURES: dict[str, Callable[[], bytes]] = {
    "infinite": lambda: _sized("1e999", "1e999"),
    "huge": lambda: _sized("1e300", "1e300"),
    "wide": lambda: _sized("200000", "200000"),
    "not-a-number": lambda: _sized("nan", "inf", "0 0 nan inf"),
    "infinite-box": lambda: svg(_BOX, f'viewBox="0 0 {"9" * 400} 1"'),
    "infinite-ratio": lambda: svg(_BOX, f'width="1e300" viewBox="0 0 0.{"0" * 300}1 {"9" * 300}"'),
    "nothing": lambda: _sized("0", "0", "0 0 0 0"),
    "negative": lambda: _sized("-5", "-5e30", "-1 -1 -1 -1"),
    "percent": lambda: _sized("1e9%", "100%"),
    "long-number": lambda: _sized("1" * 100_000, "1." + "0" * 100_000),
    "uses": lambda: _uses(12),
    "uses-of-itself": lambda: svg('<g id="a"><use href="#a" xlink:href="#a"/><use href="#a"/></g>'),
    "deep": lambda: svg("<g>" * 20_000 + "</g>" * 20_000),
    "deep-some": lambda: svg("<g>" * 200 + _BOX + "</g>" * 200),
    "blur": lambda: _filter('<feGaussianBlur stdDeviation="100000"/>', 5),
    "turbulence": lambda: _filter('<feTurbulence baseFrequency="0.5" numOctaves="100000000"/>'),
    "convolve": lambda: _filter(f'<feConvolveMatrix order="300" kernelMatrix="{"1 " * 90_000}"/>'),
    "morphology": lambda: _filter('<feMorphology radius="400" operator="dilate"/>', 3),
    "lighting": lambda: _filter(
        '<feDiffuseLighting surfaceScale="9"><fePointLight x="1" y="1" z="9"/></feDiffuseLighting>'
        * 90
    ),
    "filter-chain": lambda: _filter('<feOffset dx="1"/>' * 4_000),
    "dashes": lambda: svg(
        '<path d="M0 0 H1000000" stroke="red" stroke-width="10" '
        'stroke-dasharray="0.00001 0.00001"/>'
    ),
    "patterns": _patterns,
    "markers": _markers,
    "masks": _masks,
    "gradients": _gradients,
    "path": lambda: svg(f'<path d="M0 0{"L1 2" * 700_000}" stroke="red"/>'),
    "arcs": lambda: svg(f'<path d="M0 0{"A9 9 9 1 1 1 2" * 100_000}" stroke="red"/>'),
    "elements": lambda: svg("<circle r='1'/>" * 150_000),
    "letters": lambda: svg(f"<text y='20' font-size='1e30'>{'가' * 300_000}</text>"),
    "large-letters": lambda: svg("<text y='20' font-size='99999'>가나다라</text>" * 300),
    "spans": lambda: svg("<text><tspan x='1'>가</tspan></text>" * 30_000),
    "styles": lambda: svg(
        f"<style>{'g g g g g g {fill:red} ' * 20_000}</style>" + "<g>" * 100 + _BOX + "</g>" * 100
    ),
    "selectors": lambda: svg(f"<style>{SELECTORS}</style>" + f'<g class="c1">{_BOX}</g>' * 3_000),
    "comment": lambda: svg(f"<!-- {'- ' * 2_000_000} -->{_BOX}"),
    "entities": _entities,
    "attributes": lambda: svg("<rect " + " ".join(f'a{n}="1"' for n in range(60_000)) + "/>"),
    "names": lambda: svg("".join(f'<a{n}:b xmlns:a{n}="u:{n}"/>' for n in range(20_000))),
    "pictures": lambda: svg(image(png(7000, 7000)) * 20),
    "file": lambda: _outside("../../outside/secret.md"),
    "environment": lambda: _outside("file:///proc/self/environ"),
    "address": lambda: _outside("http://127.0.0.1:1/x"),
    "include": lambda: svg(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
        'href="../../outside/secret.md"/><style>@import "../../outside/secret.css";</style>'
    ),
    "bomb.svgz": lambda: gzip.compress(svg(" " * 300_000_000)),
    "utf-16": lambda: svg(_BOX).decode().encode("utf-16"),
    "utf-7": lambda: b'<?xml version="1.0" encoding="utf-7"?>' + svg("+ADw-script+AD4-"),
    "controls": lambda: svg("<text>\x1b[2J\x07</text>"),
}
