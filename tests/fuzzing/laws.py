"""The laws of reading: what holds for whatever a post is made of."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hanpan.files import Files
from hanpan.problems import Problem
from hanpan.reading import read
from hanpan.site import Clock, Identity, Site, load_site
from hanpan.source import liquid
from hanpan.source.dialect import normalise as dialect
from hanpan.source.front_matter.keys import misspelt_keys
from hanpan.source.front_matter.meta import read_meta
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import Source
from hanpan.source.post import Post
from hanpan.tree import clean_text, parse_xml
from tests.fuzzing.fragments import BLOG
from tests.fuzzing.target import law
from tests.support.reading import Web

PATH = "posts/2026-03-01-글.md"


def judge_source(site: Site, data: bytes) -> None:
    """Read a post up to pandoc, twice, and judge it."""
    first, second = _source(site, data), _source(site, data)
    law(first == second, "read twice, it is not the same")
    post, source, problems, shown = first
    law(clean_text(source.text) == source.text, "characters that no edition may hold")
    for part in source.text.split(">"):  # a stroke behind a tag is no part of its `>`
        law(unicodedata.is_normalized("NFC", part), "not NFC")
    law(all(unicodedata.is_normalized("NFC", text) for text in shown), "metadata: not NFC")
    law(source.text.count("\n") == len(source.numbers), "lines without a number")
    inside = all(post.body_line <= number <= post.lines for number in source.numbers)
    law(inside or not source.text.strip(), "a line's number is not of the file")
    if "{%" not in post.body and "{{" not in post.body:  # loops go back
        law(list(source.numbers) == sorted(source.numbers), "line numbers go back")
    judge_problems(problems, post.lines)


def judge_problems(problems: tuple[Problem, ...], lines: int) -> None:
    for problem in problems:
        law(problem.line is None or 1 <= problem.line <= lines, f"outside the file: {problem}")
        law(problem.path == PATH, f"of no file: {problem}")
        law(problem.message and "\n" not in problem.message, f"says nothing: {problem}")


def _source(site: Site, data: bytes) -> tuple[Post, Source, tuple[Problem, ...], tuple[str, ...]]:
    files = Files(site, Web())
    post = parse_post(PATH, data)
    source = dialect.markdown_for_pandoc(post, liquid.render(post, files))
    meta, problems = read_meta(post, files.settings(Identity), files.settings(Clock), "글", "")
    shown = (meta.title, meta.excerpt, meta.author, *meta.tags, *meta.categories)
    return post, source, (*post.problems, *misspelt_keys(post), *source.problems, *problems), shown


def judge_whole(site: Site, data: bytes) -> None:
    """Read a post to the Document that editions are made of, and judge it."""
    (site.root / PATH).write_bytes(data)
    reading = read(PATH, "글", Files(site, Web({PATH: data})))
    root = parse_xml(reading.document.body)
    for text in root.itertext():  # not the markup: `>` and a stroke behind it would become one
        law(unicodedata.is_normalized("NFC", str(text)), "not NFC")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    law(len(ids) == len(set(ids)), "an id stands twice")
    judge_problems(reading.problems, parse_post(PATH, data).lines)


def lay_out(folder: Path) -> Site:
    """Write the blog that the posts belong to, and load what is imported late."""
    for name, text in BLOG.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    site = load_site(folder)
    judge_source(site, b"{{ a }}")
    return site
