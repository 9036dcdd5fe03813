"""Stand-ins: what a reader sees in place of content that cannot be rendered."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from hanpan.labels import Labels
from hanpan.source.liquid.marks import BREAK

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp)(?:[?#]|\Z)", re.IGNORECASE)
_PICTURE_KEYS = frozenset(
    "url src path image img image_path imageurl image_url file filename name href".split()
)
_ABOUT_PICTURES = re.compile(r"image|img|fig|pic|photo|screenshot", re.IGNORECASE)
_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_[]|~$#"}  # it is Markdown's turn next
_EMPHASIS = dict.fromkeys(map(ord, "*`"))  # the note is plain text
_WORDS = ("caption", "title", "text", "content", "description", "desc", "alt", "label", "name")


def attribute(text: str) -> str:
    """Return text as it may stand in an attribute, on one line."""
    return html.escape(" ".join(text.split()), quote=True)


def block(markup: str) -> str:
    """Return HTML set apart from the Markdown around it."""
    return f"{BREAK}{BREAK}{markup}{BREAK}{BREAK}"


def stand_in(name: str, words: str, labels: Labels) -> str:
    """Return a note in the text that something is missing, with what is known of it."""
    words = words.translate(_EMPHASIS)
    note = f"{labels.left_out}: {name}" + (f", {words}" if words else "")
    note = html.escape(" ".join(note.split())[:300], quote=False)
    note = note.translate(_MARKS)  # all at once: what is written for one has another in it
    return f'<span class="stand-in">({note})</span>'


def words_of(named: Mapping[str, str]) -> str:
    """Return the arguments that are text for a reader."""
    return ", ".join(dict.fromkeys(named[key] for key in _WORDS if named.get(key)))


def picture_of(name: str, named: Mapping[str, str]) -> str:
    """Return the picture that an include's arguments name, "" for none."""
    for key, value in named.items():
        if key.lower() in _PICTURE_KEYS and value and _PICTURE.search(value):
            return value
    if _ABOUT_PICTURES.search(name):
        return next((named[key] for key in ("url", "src", "path", "image") if named.get(key)), "")
    return ""


def figure(
    pictures: list[tuple[str, str]], caption: str = "", classes: str = "", link: str = ""
) -> str:
    """Return pictures (address, alternative text) as a figure; the caption is Markdown."""
    images = [
        f'<img src="{attribute(address)}" alt="{attribute(alt)}">' for address, alt in pictures
    ]
    if link:
        images = [f'<a href="{attribute(link)}">{image}</a>' for image in images]
    attributes = f' class="{attribute(classes)}"' if classes.strip() else ""
    lines = [f"<figure{attributes}>", *images]
    if caption.strip():
        asks = ' markdown="span"' if re.search("[*_]", caption) else ""  # else it is read anyway
        lines.append(f"<figcaption{asks}>{' '.join(caption.split())}</figcaption>")
    return block(BREAK.join([*lines, "</figure>"]))


def frame(address: str, title: str = "") -> str:
    """Return something to be played or looked at elsewhere."""
    attributes = f' title="{attribute(title)}"' if title else ""
    return block(f'<iframe src="{attribute(address)}"{attributes}></iframe>')


def link(address: str, text: str) -> str:
    """Return a link within a line."""
    shown = html.escape(text or address, quote=False)
    return f'<a href="{attribute(address)}">{shown}</a>'
