"""Links between notes, `[[글#제목|말]]`, and what notes embed, `![[그림.png|300]]`: as marks.

Which file is meant only the tree's transform `wiki_links` can tell: it knows the site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from hanpan.source.dialect.line_scan import LineScan

_LINK = re.compile(
    r"(!?)\[\[(?=[^\s\"'$<:-])([^\[\]\n|\\<>*]{1,300}+)((?:\\?\|[^\[\]\n|\\]{0,300}+){0,3})\]\](?![(\[:])"
)
_NUMBERS = re.compile(r"[\d\s,.]+\Z")
_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?\Z")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\Z", re.IGNORECASE)


def wiki_link(scan: LineScan, write: Callable[[str], str]) -> bool:
    """Write the link that begins here as a mark; `write` writes its words. False: it is none."""
    match = _LINK.match(scan.text, scan.at)
    before = scan.text[scan.at - 1 : scan.at] if scan.at else ""
    is_glued = before in (")", "]") or (before.isascii() and before.isalnum())  # `a[[i]]`
    if not match or is_glued or scan.in_anchor or scan.at < scan.link_end:
        return False
    target = match[2].strip()
    if _NUMBERS.match(target) or target != match[2].rstrip():
        return False
    words = [part.strip() for part in match[3].replace("\\", "").split("|")[1:]]
    name = html.escape(target)
    if match[1] and _PICTURE.search(target.partition("#")[0]):
        scan.step(match.end(), f'<img data-wiki="{name}"{_of_picture(words)}>')
        return True
    shown = words[0] if words and words[0] else target.lstrip("#").replace("#", " > ")
    typed = html.escape(match[0])
    scan.step(match.end(), f'<a data-wiki="{name}" data-typed="{typed}">{write(shown)}</a>')
    return True


def _of_picture(words: list[str]) -> str:
    """Return the attributes that `|말|300x200` gives to a picture."""
    written = ""
    for word in filter(None, words):
        size = _SIZE.match(word)
        if not size:
            written += f' alt="{html.escape(word)}"'
        else:
            written += f' width="{size[1]}"' + (f' height="{size[2]}"' if size[2] else "")
    return written
