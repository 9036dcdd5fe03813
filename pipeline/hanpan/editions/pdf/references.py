"""Where links lead, for paper, on which a link is no more than a colour: pages and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from hanpan import tree
from hanpan.editions.pdf.laid_out.page_numbers import IN_LINE, TARGET
from hanpan.labels import Labels
from hanpan.site import Pdf
from hanpan.transforms.print.link_targets import list_targets, print_targets_inline
from hanpan.transforms.select import with_attribute
from hanpan.tree import HEADINGS, Element

DIGITS = 2  # of a page's number, where its length is unknown
_NOTES = ("footnote-ref", "footnote-back")


def print_link_targets(root: Element, settings: Pdf, lang: str, mark: str) -> None:
    """Put pages and addresses behind links, or addresses at the end, as the settings have it.

    `mark` begins the ids of what is added.
    """
    labels = Labels(lang)
    if settings.cross_references:
        print_references(_links_within(root), {}, labels.page, is_korean=labels.is_korean)
    if settings.links == "notes":
        list_targets(root, f"{mark}pdf-link-", labels.links)
    elif settings.links == "inline":
        print_targets_inline(root, is_korean=labels.is_korean)


def _links_within(root: Element) -> list[Element]:
    """Return the links to a place in the text but those of notes and those in headings."""
    names = {element.get("id") for element in with_attribute(root, "id")}
    return [
        link
        for link in root.iter("a")
        if (link.get("href") or "").startswith("#")
        and (link.get("href") or "")[1:] in names
        and set(_NOTES).isdisjoint(tree.classes(link))
        and not any(outer.tag in HEADINGS for outer in link.iterancestors())
    ]


def page_holder(target: str, digits: int) -> Element:
    """Return the element that is to show the page of an id, of about so many digits."""
    holder = etree.Element("span", {"class": IN_LINE, TARGET: target})
    holder.text = "0" * digits
    return holder


def print_references(
    links: Iterable[Element], digits: Mapping[str, int], words: str, *, is_korean: bool
) -> None:
    """Put the page in brackets behind each link; `words` has {} for the number.

    `digits` tells about how many figures the page of a chapter has, by what ids in it begin with.
    """
    before, _, behind = words.partition("{}")
    for link in links:
        target = (link.get("href") or "")[1:]
        holder = page_holder(target, digits.get(target.partition("-")[0], DIGITS))
        reference = etree.Element("span", {"class": "page-reference"})
        reference.text = f"({before}" if is_korean else f" ({before}"
        reference.append(holder)
        holder.tail = f"{behind})"
        reference.tail, link.tail = link.tail, None
        link.addnext(reference)
