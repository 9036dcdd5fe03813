"""Margin notes: the notes of a page that have room beside its text, on screens that are wide.

They stay where they are, at the end, and are read once; layouts/styles/margins.css puts each level
with its mark, for which both are given names (CSS Anchor Positioning 1, sections 2.1 and 3).
"""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.select import with_class
from hanpan.tree import Element

LONGEST = 320  # characters of a note: 17 lines of the margin
SHARE = 0.4  # of the text's characters: a note is twice as tall as the text that it belongs to
_LARGE = ("pre", "table", "ul", "ol", "dl", "img", "svg", "blockquote", "figure", "details", "hr")
_PLACED = "in-margin"  # class of notes that go there
_WIDE = "wide"  # the class that authors give to what is to reach into the margin


def put_notes_beside(root: Element) -> None:
    """Mark the notes below `root` for the margin if all of them are short and plain."""
    sections = with_class(root, "section", "footnotes")
    if len(sections) != 1 or any(_WIDE in tree.classes(each) for each in root.iter()):
        return
    notes = [item for listed in sections[0].findall("ol") for item in listed.findall("li")]
    marks: dict[str, Element] = {}
    for link in with_class(root, "a", "footnote-ref"):
        marks.setdefault((link.get("href") or "")[1:], link)
    lengths = [len(" ".join(tree.text_of(note).split())) for note in notes]
    length = len(" ".join(tree.text_of(root).split()))
    if not notes or max(lengths) > LONGEST or sum(lengths) > (length - sum(lengths)) * SHARE:
        return
    if any(note.get("id") not in marks or _is_large(note) for note in notes):
        return
    tree.add_class(sections[0], _PLACED)
    for number, note in enumerate(notes, 1):
        mark = f"--mark-{number}"
        _add_style(marks[note.get("id") or ""], f"--mark-name:{mark}")
        names = f"--note-name:--note-{number};--note-before:--note-{number - 1}"
        _add_style(note, f"--mark-of-note:{mark};{names}")


def has_notes_beside(root: Element) -> bool:
    """Tell whether the notes below `root` are beside the text."""
    return bool(with_class(root, "section", _PLACED))


def _is_large(note: Element) -> bool:
    return next(note.iter(*_LARGE), None) is not None or any(
        maths.get("display") == "block" for maths in note.iter("math")
    )


def _add_style(element: Element, declarations: str) -> None:
    style = (element.get("style") or "").rstrip("; ")
    element.set("style", f"{style};{declarations}" if style else declarations)
