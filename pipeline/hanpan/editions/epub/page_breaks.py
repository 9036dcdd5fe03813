"""Page breaks in an EPUB: marks where the pages of its PDF begin.

EPUB 3.3, D.3 (`pagebreak`), and EPUB Accessibility 1.1: a class that has the book on paper and on
screens finds the same page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from lxml import etree

from hanpan.editions.epub.notes import TYPE
from hanpan.editions.epub.parts import TEXT, PageBreak, page_id
from hanpan.editions.page_starts import AT, BLOCKS, UNCOUNTED, PageStart, letters, position
from hanpan.tree import Element

_WHOLE = frozenset("ruby".split())  # what no mark goes into
_DRAWN = frozenset("math svg".split())  # ... and whose letters are none in print


def break_pages(root: Element, starts: Iterable[PageStart]) -> None:
    """Put a mark where each page begins; take the numbers of the blocks away."""
    blocks = {str(block.get(AT)): block for block in root.iterfind(f".//*[@{AT}]")}
    numbers = {_number(place): block for place, block in blocks.items()}
    taken = {str(element.get("id")) for element in root.iterfind(".//*[@id]")}
    # the last first: a mark in a text leaves what is before it as it was
    for start in reversed([start for start in starts if "/" in start.place]):
        number = _number(start.place)
        if start.place in blocks:
            _put(page_mark(start.label, taken), blocks[start.place], start.letters)
        elif behind := [at for at in numbers if at > number]:  # an edition may drop a block
            _put(page_mark(start.label, taken), numbers[min(behind)], 0)
    for block in blocks.values():
        del block.attrib[AT]


def breaks_in(pages: dict[str, Element]) -> Iterator[PageBreak]:
    """Yield the breaks in trees by their files' names."""
    for name, root in pages.items():
        for mark in root.iter("span"):
            if mark.get(TYPE) == "pagebreak":
                yield PageBreak(str(mark.get("aria-label")), f"{TEXT}/{name}#{mark.get('id')}")


def page_mark(label: str, taken: Container[str] = ()) -> Element:
    """Return the mark of a page, with an id that is not taken."""
    name = page_id(label)
    while name in taken:
        name += "-"
    return etree.Element(
        "span", {TYPE: "pagebreak", "role": "doc-pagebreak", "id": name, "aria-label": label}
    )


def _number(place: str) -> int:
    return int(place.partition("/")[2])


def _put(mark: Element, block: Element, count: int) -> None:
    """Put a mark behind the first `count` letters of a block; at its end, if it has fewer."""
    if not count:
        mark.tail, block.text = block.text, None
        block.insert(0, mark)
        return
    for element, where, text in _texts(block):
        own = letters(text)
        if count >= own:
            count -= own
            continue
        at = position(text, count)
        if where == "text":
            mark.tail, element.text = text[at:], text[:at]
            element.insert(0, mark)
        elif where == "tail":
            mark.tail = text[at:]
            element.addnext(mark)
            element.tail = text[:at]
        else:
            element.addprevious(mark)
        return
    block.append(mark)


def _texts(element: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield the texts of a block that are its own: an element, "text", "tail" or "", the text."""
    yield element, "text", element.text or ""
    for child in list(element):
        if child.tag in _WHOLE:
            yield child, "", "".join(text for _, _, text in _texts(child))
        elif isinstance(child.tag, str) and child.tag not in BLOCKS | UNCOUNTED | _DRAWN:
            yield from _texts(child)
        yield child, "tail", child.tail or ""
