"""Footnotes: a section at the end, marks with their link inside `<sup>`, and named ways back."""

from __future__ import annotations

from lxml import etree

from pipeline import tree
from pipeline.transforms.context import Context
from pipeline.transforms.select import drop, with_class
from pipeline.tree import Element


def footnotes(root: Element, context: Context) -> None:
    """Bring pandoc's notes to `section.footnotes` with ids `fn-N` and `fnref-N`.

    PDF/UA wants `<sup><a>1</a></sup>`: a link around the `<sup>` fails its clause 7.18.5.
    """
    name = "본문으로 돌아가기" if context.is_korean else "Back to the text"
    for link in with_class(root, "a", "footnote-ref"):
        _mark(link)
    for section in with_class(root, "section", "footnotes"):
        section.set("class", "footnotes")
        drop(section, "id")
        for line in list(section.findall("hr")):
            tree.remove(line)
        for note in section.iter("li"):
            if (note.get("id") or "").startswith("fn"):
                note.set("id", _hyphen(note.get("id") or ""))
        for back in section.iter("a"):
            if "footnote-back" in tree.classes(back):
                back.set("href", f"#{_hyphen((back.get('href') or '')[1:])}")
                back.set("aria-label", name)
                # the variation selector asks for the text form: the arrow exists as an emoji too
                back.text = "↩\ufe0e"


def _mark(link: Element) -> None:
    link.set("href", f"#{_hyphen((link.get('href') or '')[1:])}")
    if link.get("id"):
        link.set("id", _hyphen(link.get("id") or ""))
    text = tree.text_of(link)
    mark = etree.Element("sup", {"class": "footnote-mark"})
    tree.replace(link, mark)
    link.tail = None
    for child in list(link):
        link.remove(child)
    link.text = text
    mark.append(link)


def _hyphen(name: str) -> str:
    """Return `fn1` as `fn-1`, `fnref1` as `fnref-1`."""
    for prefix in ("fnref", "fn"):
        if name.startswith(prefix) and name[len(prefix) :].isdigit():
            return f"{prefix}-{name[len(prefix) :]}"
    return name
