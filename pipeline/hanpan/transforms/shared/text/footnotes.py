"""Footnotes: a section at the end, marks with their link inside `<sup>`, and named ways back."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.select import drop, with_attribute, with_class
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element


def footnotes(root: Element, context: Context) -> None:
    """Bring pandoc's notes to `section.footnotes` with ids `fn-N` and `fnref-N`.

    PDF/UA wants `<sup><a>1</a></sup>`: a link around the `<sup>` fails its clause 7.18.5.
    """
    name = context.labels.back
    for link in with_class(root, "a", "footnote-ref"):
        _mark(link)
    _join(root)
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
    _start_at(root, context.markdown.first_note)


def _start_at(root: Element, first: int) -> None:
    """Let the numbers of notes begin with the site's `footnote_nr`; their ids stay."""
    if first == 1:
        return
    for mark in with_class(root, "sup", "footnote-mark"):
        if mark[0].text and mark[0].text.isdigit():
            mark[0].text = str(int(mark[0].text) + first - 1)
    for section in with_class(root, "section", "footnotes"):
        for listed in section.findall("ol"):
            listed.set("start", str(first))


def _join(root: Element) -> None:
    """Make one note of those that the dialect marked as the same, and number them all."""
    marks = with_attribute(root, "data-note")
    if not marks:
        return
    first: dict[str, str] = {}  # label -> id of its first note
    same: dict[str, str] = {}  # id of a note -> id of the one that says the same
    for mark in marks:
        note = next((outer for outer in mark.iterancestors("li") if outer.get("id")), None)
        label = mark.get("data-note") or ""
        tree.remove(mark)
        if note is None:
            continue
        name = note.get("id") or ""
        if first.setdefault(label, name) != name:
            same[name] = first[label]
            tree.remove(note)
    _renumber(root, same)


def _renumber(root: Element, same: dict[str, str]) -> None:
    """Number notes and references by the order of the first reference to each."""
    notes = {item.get("id") or "": item for item in root.iter("li")}
    numbers: dict[str, int] = {}
    times: dict[str, int] = {}
    for mark in with_class(root, "sup", "footnote-mark"):
        link = mark[0]
        written = (link.get("href") or "")[1:].replace("fn-", "fn", 1)
        name = same.get(written, written)
        number = numbers.setdefault(name, len(numbers) + 1)
        times[name] = times.get(name, 0) + 1
        again = f"-{times[name]}" if times[name] > 1 else ""
        link.text = str(number)
        link.set("href", f"#fn-{number}")
        link.set("id", f"fnref-{number}{again}")
    for name, number in numbers.items():
        note = notes.get(name)
        if note is not None:
            note.set("id", f"fn-{number}")
            for back in note.iter("a"):
                if "footnote-back" in tree.classes(back):
                    back.set("href", f"#fnref-{number}")


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
