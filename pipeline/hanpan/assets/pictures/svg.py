"""SVG: its size, and a copy that runs nothing and fetches nothing (SVG 2, sections 8 and 15)."""

from __future__ import annotations

import re

from lxml import etree

from hanpan.assets.pictures.bounds import MAX_SIDE, NotAPicture, check_size
from hanpan.assets.pictures.svg_cost import MOST_ATTRIBUTES, check_cost
from hanpan.assets.pictures.svg_words import write_words

_NAMESPACE = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"  # what an SVG that is opened alone would act on
_FORBIDDEN = frozenset(
    "script foreignObject handler listener iframe frame object embed applet audio video portal base"
    " meta link form input button".split()
)
_LENGTH = re.compile(
    r"\s*+([+-]?(?:\d++(?>(?:\.\d++)?)|\.\d++)(?>(?:[eE][+-]?\d++)?))"
    r"\s*+(px|pt|pc|mm|cm|in|em|rem|ex)?\s*+\Z"
)
# CSS Values 4, section 6.2: an inch is 96 px; em as browsers' default
_PIXELS = {"px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_PIXELS |= {"em": 16, "rem": 16, "ex": 8}
_FOREIGN = re.compile(r"@import|url\((?!['\"]?#)|expression\(", re.I)
_SAFE_REFERENCE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);", re.I)
_RUNS = re.compile(r"(?:java|vb|live)script:", re.I)
_BLANKS = re.compile(r"[\x00-\x20]+")  # browsers skip them in a scheme
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:svg:)?svg[\s>/]",
    re.I | re.S,
)


class NotAnSvg(ValueError):
    """The bytes begin as SVG but are not well-formed."""


def looks_like_svg(data: bytes) -> bool:
    """Tell whether the first element is `svg`."""
    return bool(_ROOT.match(data[:20_000].removeprefix(b"\xef\xbb\xbf")))


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAnSvg(str(error)) from None


def svg_size(data: bytes) -> tuple[int, int]:
    """Return width and height in CSS pixels. Raises NotAnSvg, and NotAPicture as `check` does."""
    return check(_parse(data))


def check(root: etree._Element) -> tuple[int, int]:
    """Return a drawing's width and height; 300 by 150 where nothing says (CSS Images 3, 5.1).

    Raises NotAPicture where it is too large or takes too long to draw.
    """
    check_cost(root)
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    box = [float(n) for n in re.findall(r"[+-]?\d*\.?\d+", root.get("viewBox") or "")]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[2] / box[3]
        if not 1 / MAX_SIDE < ratio < MAX_SIDE:
            raise NotAPicture("has a viewBox that is almost a line")
        if width and not height:
            height = width / ratio
        elif height and not width:
            width = height * ratio
        elif not width:
            width, height = box[2], box[3]
    check_size(width, height)
    return max(1, round(width or 300)), max(1, round(height or 150))


def embedded_pictures(data: bytes) -> list[str]:
    """Return the `data:` addresses of the pictures within an SVG. Raises NotAnSvg."""
    if b"data:" not in data:
        return []
    values = (str(value) for element in _parse(data).iter() for value in element.attrib.values())
    return [value.strip() for value in values if value.strip()[:11].lower() == "data:image/"]


def _pixels(length: str | None) -> float:
    """Return an SVG length in pixels; 0 for none, and for percentages."""
    match = _LENGTH.match(length or "")
    return max(0.0, float(match[1]) * _PIXELS[match[2] or "px"]) if match else 0.0


def clean_svg(data: bytes) -> bytes:
    """Return the SVG without scripts, event handlers and references to other files.

    Bytes that are no SVG give an empty one: what cannot be read cannot be trusted.
    """
    try:
        root = _parse(data)
    except NotAnSvg:
        return f'<svg xmlns="{_NAMESPACE}" width="1" height="1"/>'.encode()
    write_words(root)
    for element in list(root.iter()):
        is_drawn = isinstance(element.tag, str) and len(element.attrib) <= MOST_ATTRIBUTES
        if not is_drawn or _is_forbidden(element):
            _drop(element)
        else:
            _clean_element(element)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    text: bytes = etree.tostring(root, encoding="utf-8")
    return text if b"xmlns=" in text[:2000] or b":svg" in text[:200] else _with_namespace(text)


def _is_forbidden(element: etree._Element) -> bool:
    name = etree.QName(element)
    return name.localname in _FORBIDDEN or name.namespace == _XHTML


def _with_namespace(text: bytes) -> bytes:
    """Add the namespace that an SVG written for inlining lacks; alone it would not be drawn."""
    return text.replace(b"<svg", f'<svg xmlns="{_NAMESPACE}"'.encode(), 1)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _clean_element(element: etree._Element) -> None:
    for name, value in [(str(key), str(text)) for key, text in element.attrib.items()]:
        local = etree.QName(name).localname.lower()
        foreign = local in ("href", "src") and not _SAFE_REFERENCE.match(value.strip())
        runs = _RUNS.match(_BLANKS.sub("", value[:200]))
        if local.startswith("on") or foreign or runs or local == "base":
            del element.attrib[name]
        elif "url(" in value.lower() or local == "style":
            element.set(name, _without_foreign(value))
    if etree.QName(element).localname == "style":
        element.text = _without_foreign(element.text or "")
    if etree.QName(element).localname in ("image", "use") and not _names_something(element):
        _drop(element)  # WeasyPrint cannot do without
    # <set attributeName="href"> and <animate> would bring an address back
    if "href" in (element.get("attributeName") or "").lower():
        _drop(element)


def _without_foreign(style: str) -> str:
    """Return CSS without what would be fetched or run."""
    kept, at, last = [], 0, style.rfind(")")
    for match in _FOREIGN.finditer(style):
        is_import = match[0].startswith("@")
        if match.start() < at or (match.end() > last and not is_import):
            continue  # within what is left out already, or nothing closes it
        end = style.find(";" if is_import else ")", match.end())
        kept.append(style[at : match.start()])
        at = end + 1 if end >= 0 else len(style)
    return "".join((*kept, style[at:]))


def _names_something(element: etree._Element) -> bool:
    return any(etree.QName(str(name)).localname.lower() == "href" for name in element.attrib)
