"""Headings: none without text, each with an id as Jekyll would make it."""

from __future__ import annotations

from hanpan import tree
from hanpan.document import Heading
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.text.heading_ids import heading_id
from hanpan.tree import HEADINGS, Element


def headings(root: Element, context: Context) -> None:
    """Remove empty headings, and give an id to each that has none."""
    for heading in list(root.iter(*HEADINGS)):
        text = heading_text(heading)
        if not text and heading.find(".//img") is None:
            hashes = "#" * int(heading.tag[1])
            message = f"the heading `{hashes}` has no text and was left out"
            place = context.place_of(heading, hashes, whole_line=True)
            context.report(
                "heading-empty", "warning", message, place, "Give it text, or delete it."
            )
            tree.remove(heading)
        elif not heading.get("id"):
            heading.set("id", context.markdown.id_prefix + (heading_id(text) or "section"))


def skipped_levels(root: Element, context: Context) -> None:
    """Report once that headings skip levels: lists of headings in screen readers have gaps.

    The levels stay as written; editions whose format forbids gaps close them (WCAG 2.2, 1.3.1).
    """
    places, before, first = [], 0, ""
    for heading in root.iter(*HEADINGS):
        level = int(heading.tag[1])
        if before and level > before + 1:
            text = heading_text(heading)
            first = first or f"`{text}` goes from level {before} to {level}"
            places.append(context.places.below(heading))
        before = level
    if places:
        more = f"; so do {len(places) - 1} more headings" if len(places) > 2 else ""
        more = "; so does one more heading" if len(places) == 2 else more
        remedy = "Use at most one # more than the heading above."
        context.report("heading-skipped", "info", f"{first}{more}", places[0], remedy)


def heading_text(heading: Element) -> str:
    """Return a heading's text in one line; of formulas their TeX, of pictures their description."""
    parts: list[str] = []
    for element in heading.iter():
        if any(outer.tag == "math" for outer in element.iterancestors()):
            continue
        if element.tag == "math":
            parts.append("".join(tree.text_of(item) for item in element.iter("annotation")))
        elif "footnote-mark" in [
            name for outer in (element, *element.iterancestors()) for name in tree.classes(outer)
        ]:
            pass
        else:
            parts.append(element.get("alt") or "" if element.tag == "img" else element.text or "")
        if element is not heading:
            parts.append(element.tail or "")
    return " ".join("".join(parts).split())


def headings_of(root: Element, levels: tuple[int, ...] = ()) -> tuple[Heading, ...]:
    """Return the headings of a finished body, in order, but those marked `{: .no_toc}`.

    `levels` are those that the site's lists of contents have; () for all.
    """
    return tuple(
        Heading(int(heading.tag[1]), heading.get("id") or "", heading_text(heading))
        for heading in root.iter(*HEADINGS)
        if "no_toc" not in tree.classes(heading) and (not levels or int(heading.tag[1]) in levels)
    )
