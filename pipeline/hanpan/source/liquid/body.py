"""Body: a post's Markdown with Liquid in it -> its lines without."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.problems import BuildError, Problem, Severity
from hanpan.site import HUGO, JEKYLL, Identity, Publication
from hanpan.source.front_matter.collections import is_page
from hanpan.source.front_matter.jekyll import jekyll_config
from hanpan.source.front_matter.meta import language
from hanpan.source.lines import Line
from hanpan.source.liquid.code import bare_fences, code_lines, without_indented_tags
from hanpan.source.liquid.engine import render_include, render_template
from hanpan.source.liquid.items import Call, Remark, TemplateItem, What
from hanpan.source.liquid.marks import resolve
from hanpan.source.liquid.names.pages import Page, make_page
from hanpan.source.liquid.names.posts import Posts
from hanpan.source.liquid.names.site import VERSION, names_in_code, site_names
from hanpan.source.liquid.run import INCLUDE_FACTOR, INCLUDE_WORK, Run, TooMuch
from hanpan.source.liquid.scan import scan
from hanpan.source.liquid.tags.scope import TagScope
from hanpan.source.liquid.tags.table import finds_its_file, render_call
from hanpan.source.liquid.template import Template, make_template, without_liquid
from hanpan.source.post import Post
from hanpan.source.slugs import is_html

# one that nothing closes ends where the next begins: each is looked through once
_ESCAPED = re.compile(r"\{\{([<%])/\*((?>(?:[^*{]|\*(?!/)|\{(?!\{[<%]/\*))*))\*/([%>])\}\}")


def render_body(
    post: Post, lines: tuple[Line, ...], files: Files
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Return a body's lines with Liquid rendered, and what was wrong with it."""
    identity = files.settings(Identity)
    config = jekyll_config(files)
    is_markdown = not is_html(post.path)
    lines = bare_fences(lines) if is_markdown else lines
    generator = files.settings(Publication).generator
    code = code_lines(post.path, lines) if is_markdown else set()
    items, template, codes, remarks = _template_of(lines, code, generator, is_markdown=is_markdown)
    if generator == JEKYLL and any(remark.rule == "liquid-syntax" for remark in remarks):
        fewer = without_indented_tags(lines, code)
        if fewer != code:
            again = _template_of(lines, fewer, generator, is_markdown=is_markdown)
            if len(again[3]) < len(remarks):
                items, template, codes, remarks = again
    posts = Posts(files, post, config)
    pages: dict[str, Page] = {}

    def page_of(one: Post) -> Page:
        if one.path not in pages:
            pages[one.path] = make_page(files, posts, one)
        return pages[one.path]

    posts.page_of = page_of
    scope = TagScope(post, files, config or {}, posts, Labels(language(post, identity)))
    names = {
        "site": site_names(files, posts, post, config),
        "page": posts.page_of(post),
        "jekyll": {"version": VERSION, "environment": "production"},
        "layout": {},
        "theme": {},
        "paginator": {},
        "content": "",
    }

    def say(rule: str, severity: Severity, message: str, line: int, remedy: str) -> None:
        remarks.append(Remark(rule, message, line, remedy, severity))

    def call(tag: Call, body: str | None, run: Run) -> str:
        return render_call(tag, body, run, scope)

    run = Run(call, say, _show_output if config is None else _drop_output, codes)
    run.knows_call = lambda tag: finds_its_file(tag, scope)
    run.site_url, run.names_in_code = identity.url, names_in_code(names["site"], config)
    posts.render_text = lambda text, page: _render_inner(text, page, run)
    problems = []
    try:
        text = render_template(template, names, run)
    except TooMuch as error:
        if generator == JEKYLL and is_page(post.path, config or {}):
            raise _left_out_page(post, error) from None
        message = f"no Liquid in this post was rendered: {error}"
        remedy = (
            "Shorten its loops and includes; leave out a list of posts by `exclude` in [source]."
        )
        line = error.line or post.body_line
        problems = [Problem("liquid-limit", "error", message, post.path, line, remedy)]
        text = without_liquid(items)
    rendered = resolve(text, codes, post.body_line, identity.url)
    unique = {(item.rule, item.message, item.line): item for item in remarks}
    for (rule, message, line), item in unique.items():
        problems.append(Problem(rule, item.severity, message, post.path, line, item.remedy))
    return rendered, tuple(problems)


def _left_out_page(post: Post, error: TooMuch) -> BuildError:
    """Return what leaves a page out that is made by its Liquid, as a list of posts is (issue 16).

    Without it there is nothing to show.
    """
    message = f"this page is left out, as its Liquid goes beyond the limits: {error}"
    remedy = "Name it in `exclude` in [source] of site.toml, or shorten its loops and includes."
    line = error.line or post.body_line
    left_out = BuildError(Problem("liquid-limit", "warning", message, post.path, line, remedy))
    left_out.is_costly = True
    return left_out


def _template_of(
    lines: tuple[Line, ...], code: set[int], generator: str, *, is_markdown: bool
) -> tuple[list[TemplateItem], Template, list[str], list[Remark]]:
    """Return a body's items, its template, what marks of code in it stand for, and remarks."""
    items, remarks = scan(
        lines,
        code,
        is_markdown=is_markdown,
        renders_code=generator == JEKYLL,
        shortcodes_alone=generator == HUGO,
    )
    if generator == HUGO:
        items = [_without_escapes(item) for item in items]
    codes: list[str] = []
    template, more = make_template(items, codes)
    return items, template, codes, [*remarks, *more]


def _render_inner(text: str, page: object, run: Run) -> str:
    """Return the text of a page, such as its excerpt, with the page's names."""
    lines = tuple(Line(line, 0) for line in text.split("\n"))
    items, _ = scan(lines, set(), is_markdown=False)
    template, _ = make_template(items, run.codes)
    run.add_work(INCLUDE_WORK + INCLUDE_FACTOR * len(text))
    return render_include(template, {"page": page}, Call("excerpt", "", 0), run)


def _without_escapes(item: TemplateItem) -> TemplateItem:
    """Return code in which `{{</* x */>}}` shows a shortcode as readers of Hugo's pages see it."""
    if item.what is not What.CODE or "/*" not in item.text:
        return item
    return replace(item, text=_ESCAPED.sub(r"{{\1\2\3}}", item.text))


def _drop_output(_output: str) -> str:
    """On Jekyll's sites nothing is seen of a name that nothing is known by."""
    return ""


def _show_output(expression: str) -> str:
    """Where no Jekyll reads the post, `{{ x }}` was meant to be seen."""
    return f"<code>&#123;&#123; {html.escape(expression, quote=False)} &#125;&#125;</code>"
