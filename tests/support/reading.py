"""Reading posts as the build does: a site of a few files, and the Document that comes of a post."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from hanpan import tree
from hanpan.document import Document, Reading
from hanpan.files import Fetched, Files
from hanpan.problems import Problem
from hanpan.reading import read
from hanpan.site import load_site
from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from hanpan.transforms.shared import SHARED, Context
from hanpan.tree import Element


class Web:
    """A network of a few files; everything else is out of reach."""

    def __init__(self, pages: Mapping[str, bytes] | None = None) -> None:
        self.pages = dict(pages or {})
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise OSError("the server answered 404")
        return Fetched(self.pages[url], "image/png")

    def fingerprint(self, url: str) -> str:
        return "unknown"


def read_post(
    folder: Path,
    text: str | bytes,
    *,
    name: str = "posts/2026-03-01-글.md",
    site: str = "",
    files: Mapping[str, bytes] | None = None,
    web: Web | None = None,
) -> Reading:
    """Write a site with one post into `folder`, and read the post."""
    for path, data in {name: text, "site.toml": site, **(files or {})}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(name, "글", Files(load_site(folder), web or Web()))


def body_of(folder: Path, markdown: str) -> Element:
    """Return the body that a post with this Markdown gets, as a tree."""
    return tree.parse_xml(read_post(folder, f"---\ntitle: 제목\n---\n{markdown}").document.body)


def html_of(folder: Path, markdown: str) -> str:
    """Return the body that a post with this Markdown gets, on one line."""
    document = read_post(folder, f"---\ntitle: 제목\n---\n{markdown}").document
    return " ".join(document.body.split())


def sound(folder: Path, body: str) -> str:
    """Return a well-formed body as the shared transforms leave it, at https://example.com/."""
    (folder / "site.toml").write_text('url = "https://example.com"\n')
    files = Files(load_site(folder), Web())
    post = parse_post("posts/글.md", body.encode())
    context = Context(
        post, markdown_for_pandoc(post), files, "ko", "https://example.com", "https://example.com/"
    )
    root = tree.parse_xml(body)
    for transform in SHARED:
        transform(root, context)
    return tree.inner_xml(root)


def only(element: Element, path: str) -> Element:
    """Return the one element that `path` finds."""
    found = element.findall(path)
    assert len(found) == 1, etree.tostring(element, encoding="unicode")
    return found[0]


def rules(reading: Reading) -> dict[str, Problem]:
    """Return the problems by their rule."""
    return {problem.rule: problem for problem in reading.problems}


def text_of(document: Document) -> str:
    """Return all text of a body."""
    return tree.text_of(tree.parse_xml(document.body))
