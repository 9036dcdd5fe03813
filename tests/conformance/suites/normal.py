"""Normal form: a body less all in which two right renderings of one text may differ.

Not compared: blanks between blocks, ids and classes, addresses of pictures, boxes around blocks,
colours of code, how a formula is drawn, and where a footnote's links lead.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree

from hanpan import tree
from hanpan.transforms.select import drop
from hanpan.tree import Element

_KEPT = ("href", "title", "alt", "start", "checked", "colspan", "rowspan")
_PHRASES = frozenset(
    """a abbr b br button cite code del dfn em font i img input ins kbd label mark math q ruby s
    samp script small span strike strong sub sup textarea tt u var svg""".split()
)
_BOXES = frozenset("body div section figure blockquote article main".split())
_BOX_ALONE = frozenset("div section figure figcaption article main center span".split())
_NOTE_LINKS = frozenset(("footnote", "footnote-ref", "footnoteref"))
_BACK = frozenset(("reversefootnote", "footnote-back"))
_IN_CODE = str.maketrans("\x02\x03", " \n")
_MATHS = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_OWN = "https://blog.example"
_OF_POST = re.compile(r"\A/(?:2026/03/01|(?:kramdown|commonmark|gfm)-[a-z0-9-]+)/")
_EDGES = re.compile(r"[ \n]*\x01[ \n\x01]*")


def normal_form(root: Element) -> str:
    """Return a tree in normal form, as one text; the tree is changed."""
    etree.strip_tags(root, etree.Comment)
    etree.strip_elements(root, etree.ProcessingInstruction, with_tail=False)
    _simplify(root)
    for _ in range(2):  # what a box held may stand beside phrases now
        _wrap_phrases(root)
        for element in [item for item in root.iter() if item.tag in _BOX_ALONE]:
            if element is not root:
                tree.unwrap(element)
    pieces: list[str] = []
    _write(root, pieces, is_code=False)
    return _EDGES.sub("", "".join(pieces)).strip().translate(_IN_CODE)


def _simplify(root: Element) -> None:
    for element in list(root.iter()):
        if element.getparent() is None:
            continue
        classes = set(tree.classes(element))
        if element.tag == "math":
            notes = [tree.text_of(note) for note in element.iter("annotation")]
            tail = element.tail
            element.clear()
            element.text, element.tail = " ".join("".join(notes).split()), tail
        elif element.tag == "a" and classes & _BACK:
            tree.remove(element)
        elif element.tag == "a" and (classes & _NOTE_LINKS or element.get("rel") == "footnote"):
            element.attrib.clear()
        elif element.tag == "a" and element.get("href") is not None:
            element.set("href", _address(element.get("href") or ""))
        elif element.tag == "img":
            drop(element, "src")
            element.set("alt", element.get("alt") or "")
        elif element.tag == "input":
            drop(element, "type")
        elif element.tag in ("tbody", "colgroup", "col", "tfoot") or (
            element.tag == "code" and element.getparent().tag == "pre"  # type: ignore[union-attr]
        ):
            tree.unwrap(element)
        elif element.tag == "p" and not len(element) and not (element.text or "").strip():
            tree.remove(element)
        if element.tag == "ol" and element.get("start") == "1":
            del element.attrib["start"]


def _address(href: str) -> str:
    """Return an address as it is shown, and as it was written: relative to its post."""
    path = unquote(href.removeprefix(_OWN)) if href.startswith(f"{_OWN}/") else unquote(href)
    return _OF_POST.sub("", path).removeprefix("./").replace("\\", "/")


def _wrap_phrases(root: Element) -> None:
    """Put loose phrases in boxes into paragraphs: ours does so to be sound."""
    for box in [item for item in root.iter() if item.tag in _BOXES]:
        loose: Element | None = None
        children = list(box)
        if (box.text or "").strip():
            loose = etree.Element("p")
            loose.text, box.text = box.text, None
            box.insert(0, loose)
        for child in children:
            if child.tag in _PHRASES and child.tag != "script":
                if loose is None:
                    loose = etree.Element("p")
                    box.insert(box.index(child), loose)
                loose.append(child)
                continue
            loose = None
            if (child.tail or "").strip():
                loose = etree.Element("p")
                loose.text, child.tail = child.tail, None
                box.insert(box.index(child) + 1, loose)


def _write(element: Element, pieces: list[str], *, is_code: bool) -> None:
    _text(element.text, pieces, is_code)
    for child in element:
        tag = str(child.tag)
        edge = "" if tag in _PHRASES else "\x01"
        kept = "".join(
            f" {name}={child.get(name)!r}" for name in _KEPT if child.get(name) is not None
        )
        pieces.append(f"{edge}<{tag}{kept}>{edge}")
        start = len(pieces)
        _write(child, pieces, is_code=is_code or tag == "pre")
        if tag == "pre":
            code = "".join(pieces[start:]).strip("\n")
            pieces[start:] = [code.replace(" ", "\x02").replace("\n", "\x03")]  # no blanks to fold
        if tag == "br":
            pieces.append("\x01")
        else:
            pieces.append(f"{edge}</{tag}>{edge}")
        _text(child.tail, pieces, is_code)


def _text(text: str | None, pieces: list[str], is_code: bool) -> None:
    if text:
        pieces.append(text if is_code else re.sub(r"[ \t\n]+", " ", text))


def of_expected(html: str) -> str:
    """Return what a suite expects in normal form; kramdown's formulas as elements."""

    def formula(match: re.Match[str]) -> str:
        return f"<math><annotation>{match[1] or match[2]}</annotation></math>"

    return normal_form(tree.parse(_MATHS.sub(formula, html)))


def of_ours(body: str) -> str:
    """Return a document's body in normal form."""
    return normal_form(tree.parse_xml(body))
