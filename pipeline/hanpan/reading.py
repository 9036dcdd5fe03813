"""Reading: a post's bytes -> Document. Each stage is a function, so that each can be looked at."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath

from hanpan import budget, pandoc, tree
from hanpan.assets.pictures.public_paths import public_path
from hanpan.conservation import report_losses
from hanpan.document import Document, Meta, Reading, SiteLink
from hanpan.files import Files
from hanpan.formulas.plain import text_with_formulas
from hanpan.labels import Labels
from hanpan.problems import SITE_URL, HanpanError, Problem
from hanpan.roots import SETTINGS, TEXT, TooLarge
from hanpan.site import HEXO, HUGO, JEKYLL, OBSIDIAN, Clock, Identity, Publication, Sources
from hanpan.source import liquid
from hanpan.source.addresses import valid_address
from hanpan.source.characters import decode
from hanpan.source.dialect import normalise as dialect
from hanpan.source.dialect.commonmark import restore_fences
from hanpan.source.dialect.lists import Pass, close_quotes, lazy_quotes
from hanpan.source.dialect.paragraphs import close_definitions, terms, without_definitions
from hanpan.source.dialect.tables import restore_cell_blocks
from hanpan.source.exports.notion import is_of_notion, with_notion_properties
from hanpan.source.front_matter.authors import named_authors
from hanpan.source.front_matter.defaults import with_defaults
from hanpan.source.front_matter.hugo import needs_date, with_hugo_keys
from hanpan.source.front_matter.jekyll import (
    jekyll_config,
    page_address,
    page_path,
    post_address,
)
from hanpan.source.front_matter.keys import misspelt_keys
from hanpan.source.front_matter.meta import EXCERPT_LENGTH, language, read_meta, teaser_of
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.front_matter.paths.projects import is_post_of_project
from hanpan.source.heading_title import with_title_of_heading
from hanpan.source.lines import RenderedBody, Source, lines_of
from hanpan.source.post import Post
from hanpan.source.processor import (
    MarkdownSettings,
    Processor,
    breaks_of_hexo,
    markdown_settings,
    processor_of,
)
from hanpan.source.slugs import is_export, is_html
from hanpan.source.translations import translations_of, with_language
from hanpan.source_lines import SourceLines
from hanpan.transforms.element_numbers import lines_of_elements
from hanpan.transforms.shared import SHARED, Context
from hanpan.transforms.shared.media.glyphs import report_glyphs
from hanpan.transforms.shared.media.pictures import teaser
from hanpan.transforms.shared.media.teaser_caption import CAPTION, add_teaser_caption
from hanpan.transforms.shared.text.headings import headings_of
from hanpan.tree import Element

_DOCS = "docs"  # the folder of pages in generators for documentation


def read_source(path: str, files: Files) -> Post:
    """Return the post at `path` (relative to the site's root), taken apart.

    Raises OSError where it cannot be read, HanpanError where it is beyond all measure.
    """
    try:
        data = files.read(path, TEXT)
    except TooLarge as error:
        message = f"the post has {error.size:,} bytes; the limit is {TEXT:,}"
        remedy = "Move pictures, data and listings to files of their own."
        problem = Problem("post-too-large", "error", message, path, None, remedy)
        raise HanpanError(problem) from None
    name = unicodedata.normalize("NFC", path)
    if is_export(name):
        from hanpan.source.exports.pages import exported_post  # few blogs have any

        return with_language(exported_post(name, data), files)
    generator = files.settings(Publication).generator
    post = parse_post(name, data, needs_opening=generator != HEXO)
    if generator == HUGO:
        post = with_hugo_keys(post)
    elif is_of_notion(path):
        post = with_notion_properties(post)
    elif generator == OBSIDIAN:  # a note is called as its file is
        post = replace(post, front={"title": PurePosixPath(post.path).stem, **post.front})
    if not generator:  # where none takes the title from elsewhere
        post = with_title_of_heading(post, _start_of_text(post, files))
    try:
        config = files.read("_config.yml", SETTINGS)
    except OSError:
        return with_language(post, files)
    return with_language(with_defaults(post, decode("_config.yml", config)[0]), files)


def _without_templates(post: Post, files: Files) -> RenderedBody:
    """Return a body without Liquid and shortcodes, or without MDX, whichever its file has."""
    publication = files.settings(Publication)
    is_mdx = _is_mdx(post, publication)
    rendered = RenderedBody(lines_of(post)) if is_mdx else liquid.render(post, files)
    is_mdx = is_mdx and publication.generator not in (JEKYLL, HEXO, HUGO)
    if not (is_mdx or ":::" in post.body):
        return rendered
    from hanpan.source.mdx import directives, render  # few blogs have any

    labels = Labels(language(post, files.settings(Identity)))
    if is_mdx:
        return render.render(post, files, labels)
    return replace(rendered, lines=directives.directives(rendered.lines, labels))


def _is_mdx(post: Post, publication: Publication) -> bool:
    """Tell whether a file is MDX, as each `.md` of Docusaurus that has no `mdx: {format: md}`."""
    own = post.front.get("mdx")
    is_plain = isinstance(own, dict) and own.get("format") in ("md", "detect")
    return post.path.lower().endswith(".mdx") or (publication.reads_mdx and not is_plain)


def _start_of_text(post: Post, files: Files) -> int:
    """Return where the text of a body begins: of MDX, behind what it imports and exports first."""
    if not _is_mdx(post, files.settings(Publication)):
        return 0
    from hanpan.source.mdx.esm import end_of_block  # few blogs have any

    lines = post.body.split("\n")
    at = end = 0
    while end < len(lines):
        while end < len(lines) and not lines[end].strip():
            end += 1
        at, end = end, end_of_block(lines, end) if end < len(lines) else end
        if at == end:
            break
    return sum(len(line) + 1 for line in lines[:at])


def markdown_for_pandoc(post: Post, files: Files) -> Source:
    """Return a post's Markdown as pandoc reads it: first without Liquid, then in its dialect.

    Of a post that is HTML, that HTML.
    """
    budget.at("its Liquid")
    is_exported = is_export(post.path)  # its text holds no templates
    rendered = RenderedBody(lines_of(post)) if is_exported else _without_templates(post, files)
    if is_html(post.path):
        text = "\n".join(line.text for line in rendered.lines)
        numbers = tuple(line.number for line in rendered.lines)
        original = tuple(post.body.split("\n"))
        return Source(text, numbers, original, post.body_line, rendered.problems)
    budget.at("its Markdown")
    processor = processor_of(jekyll_config(files))
    publication = files.settings(Publication)
    instead: dict[Pass, Pass] = {}
    if publication.generator == HEXO:
        instead = {terms: close_definitions, lazy_quotes: close_quotes}
    elif publication.project:  # remark knows no lists of definitions
        instead = {terms: without_definitions, lazy_quotes: close_quotes}
    return dialect.markdown_for_pandoc(post, rendered, processor, instead)


def read(path: str, slug: str, files: Files) -> Reading:
    """Read a post once, for all editions.

    Raises OSError where the file cannot be read, PandocError where pandoc cannot read it. All else
    that is wrong comes back as problems.
    """
    post = read_source(path, files)
    source = markdown_for_pandoc(post, files)
    config = jekyll_config(files)
    is_commonmark = processor_of(config) is Processor.COMMONMARK
    reader = pandoc.COMMONMARK_READER if is_commonmark else pandoc.READER
    markdown = markdown_settings(config)
    if files.settings(Publication).generator == HEXO:
        markdown = replace(markdown, hard_wrap=breaks_of_hexo(config))
    reader += pandoc.HARD_WRAP if markdown.hard_wrap else ""
    body, problems = source.text, ()  # type: tuple[str, tuple[Problem, ...]]
    if not is_html(post.path):
        body, problems = pandoc.to_html(source.text, post.path, files.note_accident, reader=reader)
    budget.at("its HTML")
    root = tree.parse(restore_fences(restore_cell_blocks(body)))
    add_teaser_caption(root, post)
    context = _context(post, slug, source, files, markdown)
    for transform in SHARED:
        budget.at(f"its {transform.__name__.replace('_', ' ')}")
        transform(root, context)
    document, more = _document(post, slug, root, context)
    of_file = (*post.problems, *misspelt_keys(post))
    problems = (*of_file, *source.problems, *problems, *context.problems, *more)
    budget.at("a look for lost words")
    drawn = (asset.source for asset in document.assets if asset.source.startswith("mermaid:"))
    replaced = (*context.replaced, *drawn)
    problems += tuple(report_losses(post.path, source.regions, root, replaced, problems))
    links = tuple(SiteLink(address, *place) for address, place in context.site_links)
    lines = SourceLines(post.key_lines, lines_of_elements(root, post.body, post.body_line))
    return Reading(document, lines, _in_order(problems), context.address, links)


def _context(
    post: Post, slug: str, source: Source, files: Files, markdown: MarkdownSettings
) -> Context:
    identity = files.settings(Identity)
    return Context(
        post,
        source,
        files,
        language(post, identity),
        identity.url,
        page_address(post, slug, files),
        lambda path: post_address(path, post, files),
        markdown,
    )


def _document(
    post: Post, slug: str, root: Element, context: Context
) -> tuple[Document, list[Problem]]:
    """Put together what was read; the problems are those of the metadata and of characters."""
    identity = context.files.settings(Identity)
    written, line = teaser_of(post)
    picture, is_missing = teaser(written, line, context)
    clock = context.files.settings(Clock)
    authors = named_authors(post, context.files)
    first = _first_paragraph(root)
    meta, problems = read_meta(post, identity, clock, context.address, first, authors)
    if not _needs_date(post, context.files):
        problems = [problem for problem in problems if problem.rule != "date-missing"]
    og_image = ""
    if picture:
        og_image = _public_address(picture.asset.source, post, slug, context.files)
        if not (og_image or identity.url):
            message = "the teaser has no public address, so the HTML page has no og:image"
            remedy = 'Write `url = "https://..."` in site.toml.'
            problems.append(
                Problem(
                    "og-image-relative", "info", message, post.path, line, remedy, cause=SITE_URL
                )
            )
    document = Document(
        source=post.path,
        slug=slug,
        meta=replace(
            meta,
            og_image_url=og_image,
            toc=_toc(meta, context),
            translations=translations_of(post, slug, context.files),
            path=page_path(post, slug, context.files),
        ),
        body=tree.inner_xml(root),
        headings=headings_of(root, context.markdown.contents),
        assets=tuple(context.assets[name] for name in sorted(context.assets)),
        teaser=picture.asset.id if picture else "",
        teaser_missing=is_missing,
    )
    return document, [*problems, *report_glyphs(post, document, root, context.files)]


def _needs_date(post: Post, files: Files) -> bool:
    """Tell whether a file is a post, and no page: where a generator publishes, pages need none."""
    publication = files.settings(Publication)
    generator = publication.generator
    if generator == HUGO:
        return needs_date(post.path, publication)
    parts = post.path.split("/")[:-1]
    if generator == JEKYLL or "_posts" in parts:
        return "_posts" in parts
    folders = files.settings(Sources).posts
    if not generator and _DOCS in parts:  # of Docusaurus, Starlight, VitePress, MkDocs
        return False
    if publication.project:
        return is_post_of_project(post.path, folders)
    return not generator or any(post.path.startswith(f"{folder}/") for folder in folders)


def _toc(meta: Meta, context: Context) -> bool | None:
    """Return whether a list of contents is wanted: kramdown's `{:toc}` asks for one too."""
    return True if meta.toc is None and context.wants_contents else meta.toc


def _public_address(source: str, post: Post, slug: str, files: Files) -> str:
    """Return where a crawler finds a picture; "" where it has no public address."""
    kind, _, place = source.partition(":")
    if kind == "remote":
        return valid_address(place)
    site_url = files.settings(Identity).url
    if kind != "file" or not site_url:
        return ""
    page = page_path(post, slug, files)
    path = public_path(place, post.path, page, files.settings(Publication))
    return f"{site_url}/{path}" if path else ""


def _first_paragraph(root: Element) -> str:
    """Return the text of the first paragraph that has any; no letters can say some formulas."""
    for paragraph in root.iter("p"):
        if not {"embed", CAPTION}.isdisjoint(tree.classes(paragraph)):
            continue
        text = " ".join((text_with_formulas(paragraph) or "").split())
        if len(text) > 1:
            return text[: 4 * EXCERPT_LENGTH]
    return ""


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems by line, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.line or 0, problem.rule)))
