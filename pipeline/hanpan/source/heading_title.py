"""The title of a file that begins with it, as documentation and READMEs do."""

from __future__ import annotations

import re
from dataclasses import replace

from hanpan.source.comments import blank_comments
from hanpan.source.post import Post

_HEADING = re.compile(r"# +(?P<title>\S[^\n]*)")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}\Z")


def with_title_of_heading(post: Post, start: int = 0) -> Post:
    """Return a post without a title with that of the heading that it begins with.

    `start` is where its text begins, behind what MDX imports; comments are no text either. The
    heading is no part of the text then: every edition has the title above it. A blank line takes
    its place, so that the numbers of lines stay.
    """
    if post.front.get("title"):
        return post
    shown = blank_comments(post.body) if "<!--" in post.body else post.body
    blank = len(shown) - len(shown[start:].lstrip())
    begins_line = blank == 0 or post.body[blank - 1] == "\n"
    heading = _HEADING.match(post.body, blank) if begins_line else None
    title = heading["title"].rstrip().rstrip("#").rstrip() if heading else ""
    title = _ATTRIBUTES.sub("", title).rstrip()
    if not heading or not title:
        return post
    body = post.body[:blank] + post.body[heading.end() :]
    return replace(post, front={**post.front, "title": title}, body=body)
