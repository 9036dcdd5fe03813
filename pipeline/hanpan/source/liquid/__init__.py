"""Liquid and shortcodes: what Jekyll, Hexo and Hugo put in before Markdown is read.

Between front matter and dialect. Text in code stays as it was typed; what is unknown becomes a
warning and a readable stand-in; every line keeps its number in the author's file. A post without
`{%` and `{{` pays for nothing here: python-liquid is imported only when it is needed.
"""

from __future__ import annotations

import re

from hanpan.files import Files
from hanpan.site import HUGO, OBSIDIAN, Publication
from hanpan.source.lines import RenderedBody, lines_of
from hanpan.source.post import Post

_SHORTCODE = re.compile(r"\{\{[<%]")


def render(post: Post, files: Files) -> RenderedBody:
    """Return a post's body with Liquid and shortcodes rendered; never fails.

    Jekyll renders none where the post says `render_with_liquid: false`.
    """
    is_off = post.front.get("render_with_liquid") is False
    if is_off or ("{%" not in post.body and "{{" not in post.body):
        return RenderedBody(lines_of(post))
    publication = files.settings(Publication)
    generator = publication.generator
    # notes have no templates but those of plugins, which are text; posts of Astro, Docusaurus …
    # have none at all
    if generator == OBSIDIAN or publication.project:
        return RenderedBody(lines_of(post))
    if generator == HUGO and not _SHORTCODE.search(post.body):
        return RenderedBody(lines_of(post))
    from hanpan.source.liquid.body import render_body

    return RenderedBody(*render_body(post, lines_of(post), files))
