"""A part of the search index: which posts have which terms, in files that a script loads.

Files are scripts (`hanpanTerms(…)`), for a page that was opened from a disk may read nothing else.
A part has 32 of them, and a search reads those of its own terms. A line of one is a term, a tab,
and the numbers of the posts that have it: differences, in digits of six bits, of which five count
and one says that the number goes on (VLQ, as in source maps).
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from hanpan.editions.site.leaf import SiteLeaf
from hanpan.files import Files
from hanpan.library.pages import PagePlan

SHARDS = 32
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def segment(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the posts of a part, and the files of its terms."""
    number = data["number"]
    posts = [
        [p["title"], p["path"], p["date"][:10], p["excerpt"], p["slug"], p["lang"]]
        for p in data["posts"]
    ]
    having: dict[str, list[int]] = defaultdict(list)
    for place, leaf in enumerate(leaves):
        for term in leaf.terms:
            having[term].append(place)
    lines: list[list[str]] = [[] for _ in range(SHARDS)]
    for term in sorted(having):
        lines[shard_of(term)].append(f"{term}\t{_packed(having[term])}")
    contents = {plan.path: f"hanpanPosts({number},{_json(posts)})\n".encode()}
    for shard, own in enumerate(lines):
        text = f"hanpanTerms({number},{shard},{_json(chr(10).join(own))})\n"
        contents[f"search/{number}/{shard}.js"] = text.encode()
    return contents


def shard_of(term: str) -> int:
    """Return which file has a term: by its UTF-16 units, which scripts count."""
    value = 0
    units = term.encode("utf-16-le")
    for place in range(0, len(units), 2):
        value = (value * 31 + units[place] + 256 * units[place + 1]) & 0xFFFFFF
    return value % SHARDS


def _packed(numbers: list[int]) -> str:
    text = []
    last = -1
    for number in numbers:
        rest, last = number - last - 1, number
        while rest >= 32:
            text.append(_DIGITS[32 + rest % 32])
            rest //= 32
        text.append(_DIGITS[rest])
    return "".join(text)


def _json(value: object) -> str:
    # the two separators end a line of a script in old browsers
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
