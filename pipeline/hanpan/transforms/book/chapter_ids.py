"""Ids of a chapter: plain ones that begin with its own, so that a book has none twice."""

from __future__ import annotations

import re

from hanpan.transforms.ascii_ids import ascii_ids
from hanpan.transforms.select import attributes, with_attribute
from hanpan.tree import Element

_IN_DRAWING = re.compile(r"#([^\s\"')]+)")
_LISTS = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")


def chapter_ids(root: Element, prefix: str) -> dict[str, str]:
    """Put `prefix` in front of each id below `root`; all that refers to one follows.

    Return the ids by what they were.
    """
    plain = ascii_ids(root)
    known = {element.get("id") or "" for element in with_attribute(root, "id")}

    def new_name(name: str) -> str:
        name = plain.get(name, name)
        return f"{prefix}{name}" if name in known else name

    for element in root.iter():
        for name, value in attributes(element) if isinstance(element.tag, str) else ():
            if name == "id":
                element.set(name, f"{prefix}{value}")
            elif name in _LISTS:
                element.set(name, " ".join(map(new_name, value.split())))
            elif name == "href" and value.startswith("#"):
                element.set(name, f"#{new_name(value[1:])}")
            elif "#" in value and next(element.iterancestors("svg"), None) is not None:
                element.set(name, _IN_DRAWING.sub(lambda match: f"#{new_name(match[1])}", value))
    return {name: f"{prefix}{name}" for name in known} | {
        old: f"{prefix}{new}" for old, new in plain.items()
    }
