"""Cards of embeds as editions show them: folded frames on screen, a stand-in elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from hanpan import tree
from hanpan.labels import Labels
from hanpan.tree import Element

_SHAPE = re.compile(r"(\d{2,4})/(\d{2,4})\Z")
# What players need and nothing more. A frame is of another origin, and loads when it is opened.
_ALLOWED = "encrypted-media; fullscreen; picture-in-picture"


def fold_frames(root: Element, lang: str) -> None:
    """Make each card that has a frame a `<details>`, whose frame loads when a reader opens it.

    A lazy frame in closed `<details>` is not rendered, so nothing is asked of the other site before
    (HTML Standard, "lazy loading attributes"); no script is needed.
    """
    for card in list(root.iter("p")):
        address = str(card.attrib.pop("data-embed", ""))
        shape = str(card.attrib.pop("data-shape", ""))
        link = card.find("a")
        if "embed" not in tree.classes(card) or link is None or not address.startswith("https://"):
            continue
        name = tree.text_of(link)
        folded = etree.Element("details", {"class": "embed"})
        summary = etree.SubElement(folded, "summary")
        summary.text = name
        note = etree.SubElement(summary, "small")
        note.text = Labels(lang).opens_from.format(urlsplit(address).hostname or address)
        frame = etree.SubElement(folded, "iframe", {"src": address, "title": name})
        for key, value in _frame(shape).items():
            frame.set(key, value)
        below = etree.SubElement(folded, "p")
        below.append(link)
        link.text = link.get("href")
        if card.get("id"):
            folded.set("id", card.get("id", ""))
        tree.replace(card, folded)


def _frame(shape: str) -> dict[str, str]:
    """Return a frame's attributes; `shape` is `width/height` or a height in pixels."""
    attributes = {
        "loading": "lazy",
        "allow": _ALLOWED,
        "referrerpolicy": "strict-origin-when-cross-origin",  # YouTube refuses to play without
    }
    sides = _SHAPE.match(shape)
    if sides:
        attributes["style"] = f"aspect-ratio: {sides[1]} / {sides[2]}"
    elif shape.isdigit():
        attributes["style"] = f"aspect-ratio: auto; height: {shape}px"
    return attributes


def picture_frames(root: Element, lang: str) -> None:
    """Put a stand-in for the picture above the link of each card that has a frame, for paper."""
    word = Labels(lang).on_the_web
    for card in _take_marks(root):
        stand_in = etree.Element("span", {"class": "embed-picture"})
        stand_in.text = f"▶ {word}"
        stand_in.tail = " "
        card.insert(0, stand_in)


def mark_frames(root: Element) -> None:
    """Begin each card that has a frame with ▶: all that survives on platforms with own styles."""
    for card in _take_marks(root):
        card.text = "▶ " + (card.text or "")


def _take_marks(root: Element) -> list[Element]:
    """Return the cards that have a frame; their marks are taken away."""
    cards = []
    for card in root.iter("p"):
        if card.attrib.pop("data-embed", ""):
            cards.append(card)
        card.attrib.pop("data-shape", "")
    return cards
