"""Liquid and shortcodes: what Jekyll, Hexo and Hugo put in before Markdown is read.

Between front matter and dialect. Text in code stays as it was typed; what is unknown becomes a
warning and a readable stand-in; every line keeps its number in the author's file. A post without
`{%` and `{{` pays for nothing here: python-liquid is imported only when it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hanpan.files import Files
from hanpan.problems import Problem
from hanpan.source.lines import Line
from hanpan.source.post import Post


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A body without Liquid: its lines with the author's line numbers, and what was wrong."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = field(default=())


def lines_of(post: Post) -> tuple[Line, ...]:
    """Return the lines of a post's body as they are written."""
    original = post.body.split("\n")
    return tuple(Line(text, number) for number, text in enumerate(original, post.body_line))


def render(post: Post, files: Files) -> RenderedBody:
    """Return a post's body with Liquid and shortcodes rendered; never fails."""
    if "{%" not in post.body and "{{" not in post.body:
        return RenderedBody(lines_of(post))
    from hanpan.source.liquid.body import render_body

    return RenderedBody(*render_body(post, lines_of(post), files))
