"""Notes that readers would miss: marks without a note, notes without a mark, notes within notes."""

from __future__ import annotations

from collections import Counter

from hanpan.source.notes import NOTE_BEGINS, NOTE_REFERENCE
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_NOT_TEXT = {"code", "pre", "math", "svg", "kbd", "samp"}


def unmatched_notes(root: Element, context: Context) -> None:
    """Report each `[^1]` that stayed as typed, and notes that nothing refers to.

    pandoc reads no mark within a note, kramdown does.
    """
    if "[^" not in context.source.text:
        return
    lines = [
        (line, number)
        for line, number in zip(
            context.source.text.split("\n"), context.source.numbers, strict=False
        )
        if number not in context.source.code
    ]
    notes = {match[1]: number for line, number in lines if (match := NOTE_BEGINS.match(line))}
    marks = Counter(name for line, _ in lines for name in NOTE_REFERENCE.findall(line))
    for name, number in notes.items():
        if not marks[name]:
            message = f"nothing refers to the note `[^{name}]`, so it is not shown"
            remedy = f"Write [^{name}] where it belongs, or remove the note."
            context.report("footnote-unused", "warning", message, number, remedy)
    for element, name in _unread_marks(root):
        if f"\\[^{name}]" in context.source.text:  # typed to be shown
            continue
        place = context.place_of(element, f"[^{name}]")
        if name in notes:
            message = f"`[^{name}]` is in a note, and a note cannot refer to another"
            remedy = "Put its text into the note itself, or refer to it from the text."
            context.report("footnote-nested", "warning", message, place, remedy)
        elif name.isdigit():  # others are mostly something else: [^a-z]
            message = f"there is no note `[^{name}]`: its mark is shown as typed"
            remedy = f"Write a line that begins with `[^{name}]: `, or remove the mark."
            context.report("footnote-missing", "warning", message, place, remedy)


def _unread_marks(root: Element) -> list[tuple[Element, str]]:
    """Return the marks that are text, each with the element it stands in."""
    marks = []
    for element in root.iter():
        texts = [element.text or "", *(child.tail or "" for child in element)]
        names = [name for text in texts if "[^" in text for name in NOTE_REFERENCE.findall(text)]
        outside = (element, *element.iterancestors()) if names else ()
        if not any(one.tag in _NOT_TEXT for one in outside):
            marks += [(element, name) for name in names]
    return marks
