"""A share: the beginning of a post as plain text, its link, and its tags, within a limit."""

from __future__ import annotations

import re
from collections.abc import Callable

from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.tags import map_tags
from hanpan.crosspost.writers.plain import write_text
from hanpan.tree import Element

# markup in LinkedIn's "little text format", which its API expects
_LITTLE = re.compile(r"[\\(){}<>\[\]*_~|@#]")


def write_share(root: Element, lowering: Lowering) -> str:
    """Return the title, as much of the text as fits, the link and the tags, as a person pastes it.

    The limit counts characters as escaped, so that the same text fits when an API takes it.
    """
    return _share(root, lowering, str)


def write_little_text(root: Element, lowering: Lowering) -> str:
    """Return the share for LinkedIn's API, its signs escaped; `#` begins a tag there."""
    return _share(root, lowering, _escape)


def _share(root: Element, lowering: Lowering, write: Callable[[str], str]) -> str:
    """Return the share; `write` writes all but its tags."""
    meta, most = lowering.document.meta, lowering.platform.body.max_characters
    changes = map_tags(meta.tags, lowering.platform.tag_rule)
    tags = " ".join(f"#{change.after}" for change in changes if change.after)
    link = f"\n\n{meta.canonical_url}" if meta.canonical_url else ""
    end = f"\n\n{tags}" if tags else ""
    text = write_text(root, lowering).strip()
    room = most - len(_escape(f"{meta.title}\n\n{link}{end}")) if most else len(_escape(text))
    shown = _shorten(text, room)
    if shown != text:
        lowering.lose("share")
    return (write(f"{meta.title}\n\n{shown}{link}") + end).strip() + "\n"


def _escape(text: str) -> str:
    return _LITTLE.sub(lambda match: f"\\{match[0]}", text)


def _shorten(text: str, room: int) -> str:
    """Return as much of a text as fits when escaped, cut at a word, with an ellipsis."""
    if len(_escape(text)) <= room:
        return text
    length = 0
    for at, character in enumerate(text):
        length += 2 if _LITTLE.match(character) else 1
        if length > room - 2:
            head = text[:at]
            break
    else:
        return text
    kept = head if text[len(head)].isspace() else re.sub(r"\S+\Z", "", head)
    return (kept.rstrip() or head.rstrip()) + " …"
