"""Notes that readers would miss: marks without a note, notes without a mark, notes within notes."""

from __future__ import annotations

from collections import Counter

from hanpan.source.dialect.definitions import NOTE_BEGINS, NOTE_REFERENCE
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_NOT_TEXT = {"code", "pre", "math", "svg", "kbd", "samp"}


def unmatched_notes(root: Element, context: Context) -> None:
    """Tell of `[^1]` that stayed as it was typed, and of notes that nothing refers to.

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
    notes = {found[1]: number for line, number in lines if (found := NOTE_BEGINS.match(line))}
    marks = Counter(name for line, _ in lines for name in NOTE_REFERENCE.findall(line))
    for name, number in notes.items():
        if not marks[name]:
            said = f"nothing refers to the note `[^{name}]`, so it is not shown"
            remedy = f"Write [^{name}] where it belongs, or take it out."
            context.report("footnote-unused", "warning", said, number, remedy)
    for element, name in _left(root):
        if f"\\[^{name}]" in context.source.text:  # typed to be shown
            continue
        place = context.place_of(element, f"[^{name}]")
        if name in notes:
            said = f"`[^{name}]` stands within a note, where no other can be referred to"
            remedy = "Say it in the note itself, or refer to it from the text."
            context.report("footnote-nested", "warning", said, place, remedy)
        elif name.isdigit():  # others are mostly something else: [^a-z]
            said = f"there is no note `[^{name}]`: its mark is shown as it is typed"
            remedy = f"Write a line that begins with `[^{name}]: `, or take the mark out."
            context.report("footnote-missing", "warning", said, place, remedy)


def _left(root: Element) -> list[tuple[Element, str]]:
    """Return the marks that are text, each with the element it stands in."""
    found = []
    for element in root.iter():
        texts = [element.text or "", *(child.tail or "" for child in element)]
        names = [name for text in texts if "[^" in text for name in NOTE_REFERENCE.findall(text)]
        outside = (element, *element.iterancestors()) if names else ()
        if not any(one.tag in _NOT_TEXT for one in outside):
            found += [(element, name) for name in names]
    return found
