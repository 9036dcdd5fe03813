"""Exported HTML: pages of Notion's "HTML" export and of Tistory's backup, as posts.

Notion: `제목 0123…cdef.html`, an `article.page` with properties. Tistory: `12/12-제목.html`, with
`title-article`, `category`, `date`, `contents_style` and `tags`.
"""

from __future__ import annotations

from collections.abc import Iterator

from hanpan import tree
from hanpan.source.characters import decode
from hanpan.source.exports.blocks import set_blocks
from hanpan.source.exports.notion import front_of_properties
from hanpan.source.post import Post
from hanpan.tree import Element


def exported_post(path: str, data: bytes) -> Post:
    """Return a page that was exported: its front matter, and its content as HTML."""
    text, problems = decode(path, data)
    root = tree.parse(text)
    front: dict[str, object] = {}
    content = next(_of_class(root, "page-body"), None)
    if content is not None:
        _set(front, "title", next(_of_class(root, "page-title"), None))
        _set(front, "excerpt", next(_of_class(root, "page-description"), None))
        front |= front_of_properties(_properties(root))
    else:
        content = next(_of_class(root, "contents_style"), None)
        _set(front, "title", next(_of_class(root, "title-article"), None))
        _set(front, "date", next(_of_class(root, "date"), None))
        _set(front, "category", next(_of_class(root, "category"), None))
        tags = next(_of_class(root, "tags"), None)
        if tags is not None:
            names = (name.strip() for name in _text(tags).split("#"))
            front["tags"] = [name for name in names if name]
    content = root if content is None else content
    _clean(content)
    body = tree.inner_html(content)
    return Post(path, front, {}, body, lines=text.count("\n") + 1, problems=problems)


def _of_class(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if name in tree.classes(element))


def _text(element: Element) -> str:
    return " ".join(tree.text_of(element).split())


def _set(front: dict[str, object], key: str, element: Element | None) -> None:
    if element is not None and _text(element):
        front[key] = _text(element)


def _properties(root: Element) -> list[tuple[str, str]]:
    """Return the names and values of the properties of a page of Notion's."""
    properties = []
    for row in _of_class(root, "property-row"):
        name, value = row.find(".//th"), row.find(".//td")
        if name is not None and value is not None:
            chosen = [_text(each) for each in _of_class(value, "selected-value")]
            properties.append((_text(name), ", ".join(chosen) or _text(value)))
    return properties


def _clean(content: Element) -> None:
    """Keep of formulas what MathML says, and of code its language where hanpan looks for it."""
    set_blocks(content)
    for block in content.iter("pre"):
        code = block.find("code")
        language = block.get("data-ke-language") or ""
        if code is not None and language and not code.get("class"):
            code.set("class", f"language-{language}")
