"""Opening the library: when all posts are done, the pages that show them become steps."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from hanpan.editions import DOWNLOADS, WITH_PAGES, product_label
from hanpan.library.catalogue import Catalogue, problems_of
from hanpan.library.facts import Facts
from hanpan.library.order import BookEntry, Download, Entry
from hanpan.library.pages import LIBRARY
from hanpan.plan.names import KnownPost
from hanpan.plan.places import key_of
from hanpan.plan.posts import PlannedPost
from hanpan.plan.sites import Sites
from hanpan.problems import Problem, apply_severities
from hanpan.runner.builder import Builder
from hanpan.runner.outline import OF_SITE, OpenBook
from hanpan.runner.steps import DOCUMENT, PAGE, READ
from hanpan.runner.trace import Trace
from hanpan.site import Library, Site, find_root, section
from hanpan.source.walk import PostFile


def open_library(builder: Builder) -> list[OpenBook]:
    """Return the pages of the site, each with its plan; forget those that it no longer has.

    They show every post in out/ that the site edition has been made of, in this build or before.
    """
    builder.drop_gone()
    site = site_of_out(builder)
    posts = builder.state.posts()
    entries = list(_entries(builder, posts))
    catalogue = Catalogue(entries, list(_books(builder, site)), section(site, Library))
    opened = []
    for page in catalogue.pages():
        known = posts.get(page.name)
        if known:
            file = PostFile(_path(builder, known.path), _path(builder, known.root))
            stand_in = PlannedPost(page.name, file, site, known.slug)
        else:
            file = PostFile(site.root / "site.toml", site.root, named=True)
            stand_in = PlannedPost(page.name, file, site, page.name)
        opened.append(OpenBook(stand_in, None, (PAGE,), page))
    _drop_gone(builder, {page.book.key for page in opened})
    builder.plan.problems += _problems(builder, catalogue)
    return opened


def site_of_out(builder: Builder) -> Site:
    """Return the site whose name and layouts pages of all posts use: that of out/'s folder."""
    root = find_root(builder.out.parent / "_") or builder.out.parent
    posts = {post.site.root: post.site for post in builder.plan.posts}
    return posts.get(root) or Sites(builder.options.site).at(root)


def _entries(builder: Builder, posts: dict[str, KnownPost]) -> Iterator[Entry]:
    """Yield the posts of the library."""
    for key, known in sorted(posts.items()):
        leaf = builder.traces.get((key, WITH_PAGES[0]))
        if leaf is None or not leaf.output or not leaf.facts or not known.slug:
            continue
        with contextlib.suppress(ValueError):  # damaged: its step has run, or will
            source = os.path.relpath(builder.out / known.path, builder.out / known.root)
            yield Entry(
                key,
                Facts.from_json(leaf.facts),
                leaf.output,
                known.root,
                Path(source).as_posix(),
                known.slug,
                tuple(_downloads_of_post(builder, key)),
            )


def _downloads_of_post(builder: Builder, key: str) -> Iterator[Download]:
    """Yield the files of a post that readers may have, as far as they are of its present text."""
    read = builder.traces.get((key, READ))
    for edition in DOWNLOADS:
        trace = builder.traces.get((key, edition))
        if read and trace and trace.reads.get(DOCUMENT) == read.output:
            yield from _downloads(builder, edition, trace)


def _downloads(builder: Builder, edition: str, trace: Trace) -> Iterator[Download]:
    for product, path in sorted(trace.products.items()):
        with contextlib.suppress(OSError, KeyError):
            size = os.stat(builder.out / path).st_size
            digest = trace.writes[path]
            yield Download(product_label(product), path, digest, size, DOWNLOADS[edition])


def _books(builder: Builder, site: Site) -> Iterator[BookEntry]:
    """Yield the site's books that are in out/."""
    for plan in site.books:
        settings = plan.settings
        key = f"{OF_SITE}:{key_of(site.root, builder.out)}:{settings.name}"
        files = [
            one
            for edition in DOWNLOADS
            if (trace := builder.traces.get((key, edition)))
            for one in _downloads(builder, edition, trace)
        ]
        if files:
            author = settings.author or site.identity.author
            lang = settings.lang or site.identity.lang
            yield BookEntry(
                settings.name,
                settings.title or site.identity.title,
                author,
                lang,
                settings.description,
                tuple(files),
            )


def _drop_gone(builder: Builder, keys: set[str]) -> None:
    """Forget pages that the site no longer has, and remove their files."""
    for key, step in sorted(builder.traces):
        if key.startswith(LIBRARY) and key not in keys:
            builder.remove(set(builder.traces.pop((key, step)).writes))
            builder.state.forget(key)


def _problems(builder: Builder, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what shows once all posts are known: addresses that two have, links that go amiss."""
    built = {post.key: post for post in builder.plan.posts}
    for entry in catalogue.entries:
        if entry.key in built:
            yield from _link_problems(builder, catalogue, entry, built[entry.key])
    for entry, path in problems_of(catalogue):
        post = built.get(entry.key)
        if post:
            message = (
                f"another page has its address {entry.facts.path}; the site shows it at /{path}"
            )
            shown = os.path.relpath(post.file.path)
            remedy = "Give it another `permalink`."
            problem = Problem("page-address", "warning", message, shown, remedy=remedy)
            yield from apply_severities((problem,), dict(post.site.rules))


def _link_problems(
    builder: Builder, catalogue: Catalogue, entry: Entry, post: PlannedPost
) -> Iterator[Problem]:
    """Yield the links of a post to places and files that the site has not."""
    faults = dict(catalogue.targets.faults(entry))
    read = builder.traces.get((entry.key, READ)) if faults else None
    for link in read.links if read else ():
        fault = faults.pop(link.address, None)
        if fault is None:
            continue
        name = unquote(link.address)
        if fault == "place":
            rule, message = "link-fragment", f"`{name}` leads to no heading or note of that post"
            remedy = "Fix what is behind the `#`; the site links to the post's beginning."
        else:
            rule, message = "site-file", f"the site edition does not have the file `{name}`"
            remedy = "Put it into the site's folder; docs/site.md says which files are copied."
        shown = os.path.relpath(post.file.path)
        problem = Problem(rule, "warning", message, shown, link.line, remedy, link.approximate)
        yield from apply_severities((problem,), dict(post.site.rules))


def _path(builder: Builder, relative: str) -> Path:
    return Path(os.path.normpath(builder.out / relative))
