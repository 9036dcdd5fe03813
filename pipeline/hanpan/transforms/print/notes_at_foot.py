"""Footnotes at the foot of the page, for print: each note moves behind its first mark.

print.css floats the notes to the foot; those in `section.footnotes` are the ones that stay at the
end of the post.
"""

from __future__ import annotations

import re
from math import inf

from lxml import etree

from hanpan import tree
from hanpan.transforms.maths_svg import MATHS
from hanpan.transforms.print.flows import INLINE
from hanpan.transforms.print.own_elements import LABEL, NOTE, REFERENCE
from hanpan.transforms.select import with_class
from hanpan.tree import HEADINGS, Element

_INLINE = INLINE | {"br", "img", "wbr", REFERENCE}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLOCK = 1.5  # lines that a block takes at most beyond its letters: its last line, its margin
_DRAWN = 4.0  # lines of a formula on its own


def notes_at_foot(root: Element, letters: float, lines: float) -> None:
    """Move each note behind the first mark that leads to it.

    A line of the notes holds `letters` syllables. At the end of the post stay notes of about more
    than `lines` lines and those with pictures, for WeasyPrint divides none between pages; those
    that no mark of the text leads to; and all to which the author gave a heading of their own.
    """
    marks: dict[str, Element] = {}
    for link in with_class(root, "a", "footnote-ref"):
        marks.setdefault((link.get("href") or "")[1:], link)
        _refer(link)
    ends: dict[Element, Element] = {}  # what a note goes behind -> the last note that went there
    for section in with_class(root, "section", "footnotes"):
        stay = _has_heading(section)
        for item in list(section.iterfind("ol/li")):
            mark = marks.get(item.get("id") or "")
            note = _note(item, "" if mark is None else tree.text_of(mark))
            if (
                mark is None
                or stay
                or section in mark.iterancestors()
                or _height(note, letters) > lines
            ):
                section.append(note)
            else:
                note.set("class", "foot")
                place = _outermost(mark)
                _put_behind(ends.get(place, place), note)
                ends[place] = note
        for left in section.findall("ol"):
            tree.remove(left)
        if not len(section):
            tree.remove(section)


def _has_heading(section: Element) -> bool:
    """Tell whether the author gave the notes a heading that would stand over nothing else."""
    heading, following = section.getprevious(), section.getnext()
    if heading is None or heading.tag not in HEADINGS or (heading.tail or "").strip():
        return False
    return following is None or (
        following.tag in HEADINGS and str(following.tag) <= str(heading.tag)
    )


def _refer(link: Element) -> None:
    """Wrap a mark's link in the element that is tagged as a reference."""
    reference = etree.Element(REFERENCE)
    tree.replace(link, reference)
    link.tail = None
    reference.append(link)


def _note(item: Element, number: str) -> Element:
    """Return an item of the list of notes as a note: blocks only, its number first."""
    note = etree.Element(NOTE, {"id": item.get("id") or ""})
    tree.append_text(note, item.text)
    note.extend(list(item))
    _wrap_lines(note)
    _collapse(note)
    label = etree.Element(LABEL)
    label.text = number
    if len(note) and note[0].tag == "p":
        label.tail, note[0].text = note[0].text, None
        note[0].insert(0, label)
    else:
        label.set("class", "alone")
        note.insert(0, label)
    _move_way_back(note)
    return note


def _move_way_back(note: Element) -> None:
    """Take the way back, where it stands alone behind a block, to the last words in front."""
    last = note[-1]
    if last.tag == "p" and len(last) == 1 and "footnote-back" in tree.classes(last[0]):
        words = [block for block in list(note)[:-1] if block.tag in ("p", LABEL)]
        if words and not (last.text or "").strip():
            words[-1].append(last[0])
            note.remove(last)


def _wrap_lines(note: Element) -> None:
    """Put what stands between the blocks of a note into paragraphs."""
    children = list(note)
    paragraph = etree.Element("p")
    paragraph.text, note.text = note.text, None
    for child in [*children, None]:
        if child is not None and child.tag in _INLINE:
            paragraph.append(child)
            continue
        if tree.text_of(paragraph).strip() or len(paragraph):
            note.insert(len(note) if child is None else note.index(child), paragraph)
        paragraph = etree.Element("p")
        if child is not None:
            paragraph.text, child.tail = child.tail, None


def _collapse(note: Element) -> None:
    """Make one of each run of white space, for WeasyPrint does not in its footnotes."""
    is_behind_space = True  # or at the start of a block

    def collapse(text: str | None) -> str | None:
        nonlocal is_behind_space
        if not text:
            return text
        text = _SPACE.sub(" ", text)
        if is_behind_space:
            text = text.removeprefix(" ")
        is_behind_space = text.endswith(" ") if text else is_behind_space
        return text

    walk = etree.iterwalk(note, events=("start", "end"))
    for event, element in walk:
        is_behind_space |= element.tag not in INLINE
        if event == "end":
            if element is not note:
                element.tail = collapse(element.tail)
        elif element.tag == "pre":
            walk.skip_subtree()
        else:
            element.text = collapse(element.text)
        if element.tag == "img":
            is_behind_space = False


def _outermost(mark: Element) -> Element:
    """Return the inline element around a mark that stands in a block.

    What an underline or a link reaches, a note must not stand in: WeasyPrint would draw them there.
    """
    element = mark
    while (outer := element.getparent()) is not None and outer.tag in _INLINE:
        element = outer
    return element


def _put_behind(place: Element, note: Element) -> None:
    note.tail, place.tail = place.tail, None
    place.addnext(note)


def _height(note: Element, letters: float) -> float:
    """Return about how many lines a note takes, at most; infinite where it holds pictures."""
    lines = len(tree.text_of(note)) / letters
    for element in note.iterdescendants(etree.Element):
        if element.tag == "img":
            names = tree.classes(element)
            if MATHS not in names:
                lines = inf
            elif "maths-block" in names:
                lines += _DRAWN
        elif element.tag == "svg":
            lines = inf
        elif element.tag not in _INLINE:
            lines += _BLOCK
            if element.tag == "pre":
                lines += tree.text_of(element).count("\n")
    return lines
