"""Blocks of the editors of Notion and Tistory, as HTML has them.

What their exports draw by stylesheets and scripts of their own: boxes to tick, callouts, parts that
are folded away, cards of links, lists of one item each, and empty lines between paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from hanpan import tree
from hanpan.tree import Element

_LISTS = frozenset(("ul", "ol"))


def set_blocks(content: Element) -> None:
    """Change an exported page's content in place: blocks of its editor become plain HTML."""
    for style in [*content.iter("style"), *_of_class(content, "katex-html")]:
        tree.remove(style)  # of formulas, which Notion brings along
    _set_boxes(content)
    for callout in list(_of_class(content, "callout")):
        _set_callout(callout)
    for fold in list(_of_class(content, "toggle")):
        _unwrap_fold(fold)
    for fold in [e for e in content.iter("div") if e.get("data-ke-type") == "moreLess"]:
        _set_fold(fold)
    for card in list(content.iter("figure")):
        _set_card(card)
    for block in list(content.iter("div")):
        if "display:contents" in (block.get("style") or "").replace(" ", ""):
            tree.unwrap(block)
    _join_lists(content)
    for paragraph in list(content.iter("p")):
        is_empty = not len(paragraph) and not (paragraph.text or "").strip(" \t\r\n\xa0")
        if is_empty and paragraph.get("data-ke-size"):
            tree.remove(paragraph)


def _of_class(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iterdescendants() if name in tree.classes(element))


def _set_boxes(content: Element) -> None:
    """Make of Notion's boxes to tick what a list of tasks has."""
    for box in list(_of_class(content, "checkbox")):
        is_done = "checkbox-on" in tree.classes(box)
        box.attrib.clear()
        box.tag = "input"
        box.set("type", "checkbox")
        box.set("disabled", "")
        if is_done:
            box.set("checked", "")


def _set_callout(callout: Element) -> None:
    """Notion's: a figure of an icon and a text, which stand beside each other."""
    callout.attrib.clear()
    callout.tag = "aside"
    icon = callout.find("div")
    if icon is not None and len(callout) > 1 and len(tree.text_of(icon).strip()) < 4:
        first = next((e for e in callout[1].iter("p")), None)
        sign = tree.text_of(icon).strip()
        if first is not None and sign:
            first.text = f"{sign} {first.text or ''}"
        tree.remove(icon)


def _unwrap_fold(fold: Element) -> None:
    """Notion's: a list of one item, which holds the part that is folded away."""
    items = list(fold)
    if len(items) == 1 and len(items[0]) == 1 and items[0][0].tag == "details":
        tree.unwrap(items[0])
        tree.unwrap(fold)


def _set_fold(fold: Element) -> None:
    """Tistory's: a button, and what it shows."""
    button = next(_of_class(fold, "btn-toggle-moreless"), None)
    label = fold.get("data-text-more") or ""
    if button is not None:
        label = label or tree.text_of(button)
        tree.remove(button)
    fold.attrib.clear()
    fold.tag = "details"
    summary = fold.makeelement("summary")
    summary.text, summary.tail = label or "…", fold.text
    fold.text = None
    fold.insert(0, summary)


def _set_card(card: Element) -> None:
    """Make a paragraph of a card: the title of a page as a link, and what it says of itself."""
    is_card = card.get("data-ke-type") == "opengraph" or bool(list(_of_class(card, "bookmark")))
    link = card.find(".//a")
    if not is_card or link is None or not link.get("href"):
        return
    href = link.get("href") or ""
    names = ("og-title", "bookmark-title"), ("og-desc", "bookmark-description")
    title, about = (
        next((tree.text_of(e).strip() for n in pair for e in _of_class(card, n)), "")
        for pair in names
    )
    tail = card.tail
    for child in list(card):
        tree.remove(child)
    card.attrib.clear()
    card.tag, card.text, card.tail = "p", None, tail
    anchor = card.makeelement("a")
    anchor.set("href", href)
    anchor.text, anchor.tail = title or href, f": {about}" if about else None
    card.append(anchor)


def _join_lists(content: Element) -> None:
    """Join lists of one item each, as Notion writes them, with the one that they go on."""
    for one in [element for element in content.iter() if element.tag in _LISTS]:
        above = one.getprevious()
        is_alone = above is not None and not (above.tail or "").strip()
        if not is_alone or above is None or above.tag != one.tag or not one.get("class"):
            continue
        if above.get("class") != one.get("class"):
            continue
        start = one.get("start")
        first = above.get("start") or "1"
        goes_on = first.isdecimal() and len(first) < 9 and start == str(int(first) + len(above))
        if one.tag == "ol" and not goes_on:
            continue
        above.extend(list(one))
        above.tail = one.tail
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
