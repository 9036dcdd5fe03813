"""Link cards of YouTube as `!youtube[ID]`, which the editor turns into a player."""

from __future__ import annotations

import re

from pipeline import tree
from pipeline.crosspost.lowering import Lowering
from pipeline.tree import Element

_VIDEO = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|shorts/|watch\?(?:.*&)?v=)"
    r"|youtu\.be/)([\w-]{11})"
)


def embeds_as_youtube(root: Element, lowering: Lowering) -> None:
    """Mark the cards that are videos; the Markdown writer takes `data-raw` as it is."""
    for card in root.iter("p"):
        if "embed" not in tree.classes(card):
            continue
        link = next(card.iter("a"), None)
        found = _VIDEO.match(link.get("href") or "") if link is not None else None
        if found:
            card.set("data-raw", f"!youtube[{found[1]}]")
        else:
            lowering.lose("embed")
