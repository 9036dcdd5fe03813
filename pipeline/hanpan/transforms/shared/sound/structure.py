"""Structure: lists, tables, figures, details and ruby with the parts that they must have."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.sound.table_parts import ROW_GROUPS, repair_table
from hanpan.transforms.shared.sound.wrapping import wrap_others
from hanpan.tree import Element, add_class, append_text, remove, unwrap

LISTS = ("ul", "ol")


def structure(root: Element, context: Context) -> None:
    """Repair lists, definition lists, tables, figures and details; drop empty paragraphs.

    An empty paragraph is half of one that a parser repaired: `<p><ul>...</ul></p>`.
    """
    for paragraph in list(root.iter("p")):
        if not (len(paragraph) or paragraph.attrib or (paragraph.text or "").strip()):
            unwrap(paragraph)
    _each(root, LISTS, _repair_list)
    _gather_strays(root, ("li",), LISTS, "ul")
    _each(root, ("dl",), _repair_definitions)
    _gather_strays(root, ("dt", "dd"), ("dl",), "dl")
    _each(root, ("dl",), _pair_definitions)
    _each(root, ("table",), repair_table)
    _rename_strays(root)
    _each(root, ("figure",), _repair_figure)
    _each(root, ("details",), _repair_details)


def _each(root: Element, tags: tuple[str, ...], repair: Callable[[Element], None]) -> None:
    for element in list(root.iter(*tags)):
        if element.getparent() is not None:
            repair(element)


def _repair_list(element: Element) -> None:
    """Leave only items in a list; a list straight inside a list joins the item before it."""
    for inner in [child for child in element if child.tag in LISTS]:
        before = inner.getprevious()
        if before is not None and before.tag == "li" and not (before.tail or "").strip():
            tail, inner.tail = inner.tail, None
            before.append(inner)
            append_text(element, None)
            before.tail = tail
    wrap_others(element, ("li",), "li")
    if not len(element):
        remove(element)
    elif element.tag == "ul":
        for item in element:
            item.attrib.pop("value", "")


def _gather_strays(
    root: Element, tags: tuple[str, ...], parents: tuple[str, ...], into: str
) -> None:
    """Put each run of parts that have lost their parent into a new one."""
    for element in list(root.iter(*tags)):
        parent = element.getparent()
        if parent is None or parent.tag in parents:
            continue
        if parent.tag == "div" and "dl" in parents and _in(parent, ("dl",)):
            continue
        gathered = etree.Element(into)
        element.addprevious(gathered)
        node: Element | None = element
        while node is not None and node.tag in tags:
            following, tail = node.getnext(), node.tail
            node.tail = None
            gathered.append(node)
            if (tail or "").strip():
                gathered.tail = tail
                break
            node = following


def _in(element: Element, tags: tuple[str, ...]) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in tags


def _repair_definitions(element: Element) -> None:
    """Leave only terms and descriptions in a definition list."""
    for group in [child for child in element if child.tag == "div"]:
        unwrap(group)
    wrap_others(element, ("dt", "dd"), "dd")
    for description in list(element.iterchildren("dd")):
        following = description.getnext()
        shares = not len(description) and not (description.text or "").strip()
        if shares and following is not None and following.tag == "dt":
            remove(description)  # its term shares what is said of the next
    if not len(element):
        remove(element)


def _pair_definitions(element: Element) -> None:
    """Give each term a description; a list of descriptions alone is indented text."""
    if all(child.tag == "dd" for child in element):
        element.tag = "div"
        for child in element:
            child.tag = "div"
            add_class(child, "description")
        return
    while element[0].tag == "dd":
        element[0].tag = "div"
        first = element[0]
        first.tail = None
        element.addprevious(first)
    if element[-1].tag == "dt":
        etree.SubElement(element, "dd")


def _rename_strays(root: Element) -> None:
    """Rename table and ruby parts that stand outside of what they are part of."""
    wanted: dict[str, tuple[str, ...]] = {
        "td": ("tr",),
        "th": ("tr",),
        "tr": ROW_GROUPS,
        **dict.fromkeys((*ROW_GROUPS, "caption", "colgroup"), ("table",)),
        "figcaption": ("figure",),
        "summary": ("details",),
        "rt": ("ruby",),
        "rp": ("ruby",),
    }
    for element in list(root.iter("col", *wanted)):
        parent = element.getparent()
        tag = str(element.tag)
        if parent is None:
            continue
        if tag in ("col", "colgroup"):
            if parent.tag != ("colgroup" if tag == "col" else "table"):
                remove(element)
        elif parent.tag not in wanted[tag] and tag in ("rt", "rp"):
            unwrap(element)
        elif parent.tag not in wanted[tag]:
            element.tag = "div"
            for name in ("colspan", "rowspan", "scope"):
                element.attrib.pop(name, "")


def _repair_figure(figure: Element) -> None:
    """Keep one caption, as the last part of a figure."""
    captions = [child for child in figure if child.tag == "figcaption"]
    is_last = len(captions) == 1 < len(figure) and captions[0] is figure[-1]
    if is_last and not (captions[0].tail or "").strip():
        return
    for extra in captions[1:]:
        extra.tag = "div"
        add_class(extra, "caption")
    if captions:
        remove(captions[0])  # the text behind it stays where it was
        captions[0].tail = None
        if len(figure) or (figure.text or "").strip():
            figure.append(captions[0])
        else:
            captions[0].tag = figure.tag = "div"
            figure.append(captions[0])
    elif not len(figure) and not (figure.text or "").strip():
        remove(figure)


def is_sound_ruby(ruby: Element) -> bool:
    """Tell whether every reading of a ruby has a base before it (HTML Standard, 4.5.10)."""
    based = bool((ruby.text or "").strip())
    read = False
    for child in ruby:
        if child.tag == "rt":
            if not based:
                return False
            based, read = False, True
        elif child.tag != "rp":
            based = True
        elif len(child):
            return False
        if child.tag in ("rt", "rp") and (child.tail or "").strip():
            based = True
    return read and not based


def _repair_details(details: Element) -> None:
    """Begin with the summary, which HTML requires."""
    summaries = [child for child in details if child.tag == "summary"]
    if len(summaries) == 1 and summaries[0] is details[0] and not (details.text or "").strip():
        return
    if not summaries:
        summaries = [etree.Element("summary")]
        summaries[0].text = details.get("title") or "…"
    for extra in summaries[1:]:
        extra.tag = "p"
    summary = summaries[0]
    if summary.getparent() is None or summary.getprevious() is not None:
        if summary.getparent() is not None:
            remove(summary)
        details.insert(0, summary)
        summary.tail = None
    if (details.text or "").strip():
        summary.tail = (details.text or "") + (summary.tail or "")
    details.text = None
