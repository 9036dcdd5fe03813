"""Plain ids: some reading systems do not decode fragments, so ids of a book are ASCII."""

from __future__ import annotations

import re

from hanpan.transforms.select import with_attribute
from hanpan.tree import Element

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")


def ascii_ids(root: Element, ours: re.Pattern[str] | None = None) -> dict[str, str]:
    """Rename ids that are not plain ASCII to `id-1`, `id-2` ...; the links to them follow.

    So are those that match `ours`, which an edition gives to what it adds.
    Return the ids that were renamed, and what they are now.
    """
    named = [(element, element.get("id") or "") for element in with_attribute(root, "id")]
    taken = {name for _, name in named}
    renamed: dict[str, str] = {}
    number = 0
    for element, name in named:
        if not _PLAIN.match(name) or (ours and ours.match(name)):
            number += 1
            while f"id-{number}" in taken:
                number += 1
            renamed[f"#{name}"] = f"#id-{number}"
            element.set("id", f"id-{number}")
    for link in root.iter("a"):
        href = link.get("href") or ""
        link.set("href", renamed.get(href, href))
    return {old[1:]: new[1:] for old, new in renamed.items()}
