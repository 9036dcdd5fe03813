"""The title of a file that begins with it, as documentation and READMEs do."""

from __future__ import annotations

import re
from dataclasses import replace

from hanpan.source.post import Post

_HEADING = re.compile(r"# +(?P<title>\S[^\n]*)")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}\Z")


def with_title_of_heading(post: Post) -> Post:
    """Return a post without a title with that of the heading that it begins with.

    The heading is no part of the text then: every edition has the title above it. A blank line
    takes its place, so that the numbers of lines stay.
    """
    if post.front.get("title"):
        return post
    blank = len(post.body) - len(post.body.lstrip("\n"))
    heading = _HEADING.match(post.body, blank)
    title = heading["title"].rstrip().rstrip("#").rstrip() if heading else ""
    title = _ATTRIBUTES.sub("", title).rstrip()
    if not heading or not title:
        return post
    body = post.body[:blank] + post.body[heading.end() :]
    return replace(post, front={**post.front, "title": title}, body=body)
