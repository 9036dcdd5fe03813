"""Golden text: what of each edition a person can review, in a form that no Pango version changes.

The document and the payloads are written out. Of HTML, PDF and EPUB only what is theirs: metadata,
outline, links, pictures; and of their text only where it differs from the document's.
"""

from __future__ import annotations

import difflib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
from lxml import etree, html

BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th pre blockquote section figure "
    "figcaption header footer nav main article hr br details summary caption".split()
)
PAYLOADS = {
    "tistory": "paste.html",
    "naver": "paste.html",
    "velog": "body.md",
    "wordpress": "content.html",
}
Node = etree._Element


def document_text(document: dict[str, Any], problems: list[str]) -> str:
    """Return a document, as `hanpan show document` prints it, for review."""
    fields = [f"{name}: {_shown(value)}" for name, value in document["meta"].items()]
    assets = [
        f"{asset['id']} {asset['media_type']} {asset['width']}x{asset['height']} {asset['source']}"
        for asset in document["assets"]
    ]
    headings = [f"{'#' * h['level']} {h['text']} ({h['id']})" for h in document["headings"]]
    body = re.sub(r"<math.*?</math>", _tex, document["body"], flags=re.DOTALL)
    return _join(
        ("meta", fields),
        ("pictures", [*assets, f"teaser: {document['teaser']}"]),
        ("headings", headings),
        ("problems", problems),
        ("body, formulas as TeX", [body]),
    )


def words_of(document: dict[str, Any], *, notes: bool = True) -> list[str]:
    """Return the words of a document's body; formulas are their TeX between `$`."""
    root = html.fragment_fromstring(document["body"], "div")
    for section in [] if notes else root.find_class("footnotes"):
        section.drop_tree()
    return " ".join(_texts(root)).split()


def notes_of(document: dict[str, Any]) -> list[str]:
    """Return the footnotes of a document: number and words, without blanks."""
    root = html.fragment_fromstring(document["body"], "div")
    items = root.xpath(".//section[@class='footnotes']//li")
    return [
        f"{number}{''.join(' '.join(_texts(item)).split())}" for number, item in enumerate(items, 1)
    ]


def html_text(path: Path, words: list[str]) -> str:
    """Return what a page adds to the document of these words."""
    root = html.document_fromstring(path.read_bytes().decode("utf-8"))
    metas = [meta for meta in root.iter("meta") if meta.get("content")]
    head = [f"{m.get('name') or m.get('property')}: {m.get('content')}" for m in metas]
    head += [f"{link.get('rel')}: {_address(link)}" for link in root.iter("link")]
    scripts = [json.loads(script.text or "") for script in root.iter("script")]
    styles = "".join(style.text or "" for style in root.iter("style"))
    families = set(re.findall(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^;\"'}]+)", styles))
    (body,) = root.iter("body")
    return _join(
        ("head", [f"title: {root.findtext('.//title')}", f"lang: {root.get('lang')}", *head]),
        ("JSON-LD", json.dumps(scripts, ensure_ascii=False, indent=1).splitlines()),
        ("embedded fonts", sorted(families)),
        *_structure(body),
        ("text that differs from the document's", differences(words, " ".join(_texts(body)))),
    )


def epub_text(path: Path, words: list[str]) -> str:
    """Return what an EPUB adds to the document of these words."""
    with zipfile.ZipFile(path) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        spine = [f"EPUB/{item}" for item in _spine(package)]
        bodies = [_body(archive.read(name)) for name in spine]
        contents = _body(archive.read("EPUB/nav.xhtml"))
        names = [name for name in archive.namelist() if not name.startswith("EPUB/images/")]
    metadata = [
        f"{_local(item)}{_attributes(item)}: {item.text or ''}"
        for item in package.iterfind("{*}metadata/*")
        if item.get("name") != "generator"  # names a version of EbookLib
    ]
    manifest = [
        f"{item.get('href')} {item.get('media-type')} {item.get('properties') or ''}".rstrip()
        for item in package.iterfind("{*}manifest/{*}item")
    ]
    text = " ".join(piece for body in bodies for piece in _texts(body))
    parts = [part for name, body in zip(spine, bodies, strict=True) for part in (
        (name, []), *_structure(body))]  # fmt: skip
    return _join(
        ("files but pictures", names),
        ("metadata", metadata),
        ("manifest", manifest),
        ("contents", [f"{_said(link)} -> {link.get('href')}" for link in contents.iter("{*}a")]),
        *parts,
        ("text that differs from the document's", differences(words, text)),
    )


def pdf_text(path: Path, document: dict[str, Any], expected: str) -> str:
    """Return what a PDF adds to the document of these words.

    Line and page breaks are no part of it, so notes, whole at the foot of some page, are listed by
    themselves. The number of pages stays as `expected` has it, where
    that is a range that holds it.
    """
    reader = pypdf.PdfReader(path)
    count = len(reader.pages)
    kept = re.search(r"^pages: (\d+)-(\d+)$", expected, re.MULTILINE)
    low, high = (int(kept[1]), int(kept[2])) if kept else (0, 0)
    if not low <= count <= high:
        low, high = count - 1, count + 1
    info = {key: str(value) for key, value in (reader.metadata or {}).items()}
    info.pop("/Producer", None)  # names a version of WeasyPrint
    # page numbers; and the marks of lists, which pypdf puts at the end of each page
    numbers = re.compile(r"\d+ / \d+|([•◦▪]|\d+\.)( ([•◦▪]|\d+\.))*")
    lines = [line.strip() for page in reader.pages for line in page.extract_text().splitlines()]
    shown = [line for line in lines if not numbers.fullmatch(line)]
    running = [index for index, line in enumerate(shown) if line == info["/Title"]]
    for index in reversed(running[1:]):  # the first is the title itself
        del shown[index]
    root: Any = reader.root_object
    words = words_of(document, notes=False)
    text, notes = _without_notes(_unjoined(" ".join(shown)), map(_unjoined, notes_of(document)))
    return _join(
        ("file", [f"pages: {low}-{high}", f"lang: {root['/Lang']}", *map(": ".join, info.items())]),
        ("fonts", sorted(set(_fonts(reader)))),
        ("outline", list(_outline(reader.outline, 0))),
        ("figures", list(_figures(root["/StructTreeRoot"]))),
        ("links", list(dict.fromkeys(_links(reader)))),
        ("footnotes", notes),
        (
            "text that differs from the document's",
            differences(_unjoined(" ".join(words)).split(), text),
        ),
    )


def _without_notes(text: str, notes: Iterable[str]) -> tuple[str, list[str]]:
    """Return a text without the notes in it, and those as they stand there."""
    said = []
    for note in notes:
        found = re.search(r"\s*".join(map(re.escape, note)), text)
        said.append(found[0] if found else f"not found: {note}")
        if found:
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return text, said


def payload_text(path: Path) -> str:
    """Return a payload's body; each style is written once, at the head."""
    text = path.read_text("utf-8")
    styles = list(dict.fromkeys(re.findall(r'style="([^"]*)"', text)))
    for number, style in enumerate(styles, 1):
        text = text.replace(f'style="{style}"', f'style="s{number}"')
    named = [f"s{number}: {style}" for number, style in enumerate(styles, 1)]
    return _join(("styles", named), ("body", [text]))


def differences(words: list[str], text: str) -> list[str]:
    """Return where `text` has other words; where blanks and line ends lie makes no difference."""
    found = text.split()
    matcher = difflib.SequenceMatcher(None, words, found, autojunk=False)
    lines = []
    for kind, start, end, first, last in matcher.get_opcodes():
        ours, theirs = words[start:end], found[first:last]
        if kind == "equal" or "".join(ours) == "".join(theirs):
            continue
        before = " ".join(words[max(0, start - 4) : start])
        lines.append(f"after: {before}" if before else "at the beginning")
        lines += [f"    - {' '.join(ours)}"] if ours else []
        lines += [f"    + {' '.join(theirs)}"] if theirs else []
    return lines


def _structure(body: Node) -> Iterator[tuple[str, list[str]]]:
    headings = [e for e in body.iter() if re.fullmatch(r"h[1-6]", _local(e))]
    pictures = [e for e in body.iter() if _local(e) in ("img", "svg")]
    links = [e for e in body.iter("{*}a") if e.get("href")]
    yield "headings", [f"{_local(e)} {_said(e)} ({e.get('id') or ''})" for e in headings]
    yield "pictures", [f"{_local(e)} {_size(e)} {_address(e)} | {_alt(e)}" for e in pictures]
    yield "links", [f"{_said(e) or e.get('aria-label')} -> {_target(e)}" for e in links]


def _texts(element: Node) -> Iterator[str]:
    """Yield the words of an element, with a blank wherever a block begins or ends."""
    name = _local(element)
    if name in ("script", "style", "svg", ""):
        return
    if name == "math":
        yield f" ${element.get('alttext') or element.findtext('.//{*}annotation') or ''}$ "
        return
    text = " " if name in BLOCKS else ""
    pieces = [text, element.text or ""]
    for child in element:
        pieces += ["".join(_texts(child)), child.tail or ""]
    yield "".join([*pieces, text])


def _tex(found: re.Match[str]) -> str:
    return f"<math>{''.join(re.findall(r'<annotation[^>]*>(.*?)</annotation>', found[0]))}</math>"


def _local(element: Node) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _said(element: Node) -> str:
    return " ".join("".join(_texts(element)).split())


def _size(element: Node) -> str:
    return f"{element.get('width') or '?'}x{element.get('height') or '?'}"


def _alt(element: Node) -> str:
    return element.get("alt") or element.get("aria-label") or element.findtext("{*}title") or ""


def _target(element: Node) -> str:
    href = str(element.get("href"))
    return unquote(href) if href.startswith("#") else href


def _address(element: Node) -> str:
    """Return where a picture or a link lies; of a data URI only its type."""
    place = str(element.get("src") or element.get("href") or "")
    return place.partition(",")[0] if place.startswith("data:") else place


def _attributes(element: Node) -> str:
    return "".join(f" {name}={element.get(name)}" for name in map(str, element.attrib))


def _unjoined(text: str) -> str:
    """Return a text as pypdf reads it: joined emoji fall apart."""
    return re.sub("[\u200d\ufe0e\ufe0f]", "", text)


def _body(data: bytes) -> Node:
    found = etree.fromstring(data).find("{http://www.w3.org/1999/xhtml}body")
    assert found is not None
    return found


def _spine(package: Node) -> Iterator[str]:
    hrefs = {i.get("id"): str(i.get("href")) for i in package.iterfind("{*}manifest/{*}item")}
    for item in package.iterfind("{*}spine/{*}itemref"):
        yield hrefs[item.get("idref")]


def _fonts(reader: pypdf.PdfReader) -> Iterator[str]:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield str(font["/BaseFont"]).partition("+")[2]


def _outline(items: Iterable[Any], depth: int) -> Iterator[str]:
    for item in items:
        if isinstance(item, list):
            yield from _outline(item, depth + 1)
        else:
            yield f"{'  ' * depth}{item['/Title']}"


def _figures(element: Any) -> Iterator[str]:
    """Yield the alternative text of each picture, in reading order."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if not isinstance(element, dict):
        return
    if element.get("/S") == "/Figure":
        yield str(element.get("/Alt"))
    kids: Any = element.get("/K", ())
    for kid in kids if isinstance(kids, list) else (kids,):
        yield from _figures(kid)


def _links(reader: pypdf.PdfReader) -> Iterator[str]:
    """Yield where links lead; those of notes, which stand anywhere, at the end."""
    later = []
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            link: Any = annotation.get_object()
            place = str(link["/A"]["/URI"] if "/A" in link else f"#{link['/Dest']}")
            if place.startswith("#fnref-"):
                later.append(place)
            else:
                yield place
    yield from later


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _join(*parts: tuple[str, list[str]]) -> str:
    """Return the parts under their names, as one text that ends in a newline."""
    lines: list[str] = []
    for name, content in parts:
        lines += [f"== {name}", *content, ""]
    return "\n".join(lines)
