"""The caption of a post's picture, Minimal Mistakes' `header.caption`, as the first line."""

from __future__ import annotations

import html
import re

from hanpan import tree
from hanpan.source.post import Post
from hanpan.tree import Element

CAPTION = "teaser-caption"  # class of the paragraph
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,1000})\)")
_BOLD = re.compile(r"\*\*([^*]{1,300})\*\*")
_LONGEST = 2_000  # characters


def add_teaser_caption(root: Element, post: Post) -> None:
    """Put the caption in front of the body; its links and bold words are Markdown's."""
    header = post.front.get("header")
    caption = header.get("caption") if isinstance(header, dict) else None
    if not isinstance(caption, str) or not caption.strip():
        return
    text = html.escape(" ".join(caption.split())[:_LONGEST], quote=False)
    text = _LINK.sub(lambda link: f'<a href="{html.escape(link[2])}">{link[1]}</a>', text)
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    paragraph = tree.parse(f'<p class="{CAPTION}">{text}</p>')[0]
    paragraph.tail, root.text = f"\n{root.text or ''}", None
    root.insert(0, paragraph)
