"""Link cards in the syntax that a platform's editor turns into players and cards."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

# kind -> its addresses, with the part that is the platform's {id}
_KINDS = {
    "youtube": re.compile(
        r"https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|shorts/|watch\?(?:.*&)?v=)"
        r"|youtu\.be/)([\w-]{11})(?![\w-])"
    ),
    "codepen": re.compile(r"(https://codepen\.io/[\w-]+/pen/[\w-]+)"),
    "vimeo": re.compile(r"https://vimeo\.com/(\d+)"),
}


def embeds_as_players(root: Element, lowering: Lowering) -> None:
    """Mark the cards that the dialect has a sign for; the writer takes `data-raw` as it is."""
    signs = lowering.platform.markdown.embeds
    for card in root.iter("p"):
        if "embed" not in tree.classes(card):
            continue
        link = next(card.iter("a"), None)
        url = (link.get("href") or "") if link is not None else ""
        sign, name = _sign(url, signs)
        if sign and not re.search(r"[\s()\[\]{}|]", url):
            card.set("data-raw", sign.replace("{id}", name).replace("{url}", url))
        else:
            lowering.lose("embed", at=card)


def _sign(url: str, signs: Mapping[str, str]) -> tuple[str, str]:
    """Return the sign for an address and its id; that of kind "" where no other fits."""
    for kind, pattern in _KINDS.items():
        match = pattern.match(url)
        if match and kind in signs:
            return signs[kind], match[1]
    return (signs.get("", ""), "") if url.startswith("https://") else ("", "")


def video_of(url: str) -> str:
    """Return the id of a YouTube video, "" for other addresses."""
    match = _KINDS["youtube"].match(url)
    return match[1] if match else ""
