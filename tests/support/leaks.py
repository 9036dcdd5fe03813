"""Leaks: marks of Markdown, kramdown and Liquid that a reader of any edition would see as text."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html

from hanpan.pandoc.convert import binary
from hanpan.tree import Element

MARKS = re.compile(r"\{%|\{\{|\{:|\*\*|\[\^|\]\(")
_HIDDEN = frozenset("pre code script style math annotation template head kbd samp svg".split())
_UNSEEN = frozenset("script style template head".split())
_CODE = re.compile(r"\b(?:code|highlight|math|tex|lightbox)\b")
_BLOCKS = frozenset("p div li tr td th h1 h2 h3 h4 h5 h6 br figure blockquote dt dd".split())
_GUTENBERG = re.compile(r"<!-- /?wp:.*?-->", re.DOTALL)
_STYLED = ("naver", "brunch")  # where code is a style, and no element tells it
_FOREM = re.compile(r"\{% (?:end)?(?:raw|details|katex|embed)\b[^%]*%\}")  # tags that dev.to reads
_BLANKS = re.compile("[\\s\u2060\u00ad\u200b]+")


@dataclass(frozen=True)
class Leak:
    """A mark that can be seen, in which edition, and what stands around it."""

    edition: str
    mark: str
    around: str


@dataclass
class Seen:
    """The text of one post's editions outside code, and all of its code."""

    texts: dict[str, str] = field(default_factory=dict)
    code: list[str] = field(default_factory=list)

    def add(self, edition: str, root: Element) -> None:
        self.texts[edition] = self.texts.get(edition, "") + "".join(self._walk(root))

    def _walk(self, root: Element) -> Iterator[str]:
        for event, element in (walk := etree.iterwalk(root, events=("start", "end", "comment"))):
            if event == "start" and _is_code(element):
                if _name(element) not in _UNSEEN:
                    self.code.append("".join(map(str, element.itertext())))
                walk.skip_subtree()
            elif event == "start":
                yield element.text or ""
            if event == "end" and isinstance(element.tag, str) and _name(element) in _BLOCKS:
                yield "\n"
            if event in ("end", "comment") and element is not root:
                yield element.tail or ""


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _is_code(element: Element) -> bool:
    return _name(element) in _HIDDEN or bool(_CODE.search(element.get("class") or ""))


def leaks(folder: Path) -> list[Leak]:
    """Return what can be seen of marks in the editions of a post, which lie in its folder of out/.

    Plain text (the PDF's, Naver's, LinkedIn's) does not say what is code in it: marks count there
    only where no code of the post holds what stands around them.
    """
    seen, plain = Seen(), {}
    for page in folder.glob("*.html"):
        seen.add("html", html.fromstring(page.read_bytes()))
    for book in folder.glob("*.epub"):
        with zipfile.ZipFile(book) as archive:
            for name in archive.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx")):
                    seen.add("epub", etree.fromstring(archive.read(name)))
    for payload in sorted(folder.glob("crosspost/*/*")):
        edition, text = payload.parent.name, ""
        if payload.name in ("paste.html", "content.html"):
            text = _GUTENBERG.sub("", payload.read_text("utf-8"))
        elif payload.name == "body.md":
            text = _as_html(_FOREM.sub("", payload.read_text("utf-8")))
        elif payload.name == "lexical.json":
            text = _as_html(_cards(payload.read_text("utf-8")))
        elif payload.name in ("paste.txt", "share.txt"):
            plain[f"{edition} (text)"] = payload.read_text("utf-8")
        if text.strip():
            root = html.fromstring(f"<div>{text}</div>")
            if edition in _STYLED:
                plain[edition] = "".join(Seen()._walk(root))
            else:
                seen.add(edition, root)
    for paper in folder.glob("*.pdf"):
        run = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
        plain["pdf"] = run.stdout.decode()
    code = _BLANKS.sub("", "".join(seen.code))
    found = [leak for name, text in seen.texts.items() for leak in _marks(name, text, "")]
    return found + [leak for name, text in plain.items() for leak in _marks(name, text, code)]


def _marks(edition: str, text: str, code: str) -> Iterator[Leak]:
    for mark in MARKS.finditer(text):
        line = text[text.rfind("\n", 0, mark.start()) + 1 :].partition("\n")[0]
        near = text[max(0, mark.start() - 6) : mark.end() + 6]
        behind = text[mark.start() : mark.end() + 4]
        if code and any(_BLANKS.sub("", part) in code for part in (line, near, behind)):
            continue
        around = text[max(0, mark.start() - 30) : mark.end() + 40]
        yield Leak(edition, mark[0], " ".join(around.split()))


def _cards(lexical: str) -> str:
    """Return the Markdown and the HTML of Ghost's cards."""
    cards = json.loads(lexical)["root"]["children"]
    return "\n\n".join(card.get("markdown") or card.get("html") or "" for card in cards)


def _as_html(markdown: str) -> str:
    command = [binary(), "-f", "gfm+tex_math_dollars+footnotes", "-t", "html", "--mathml"]
    done = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    return done.stdout.decode()
