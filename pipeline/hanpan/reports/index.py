"""out/index.html as a step of the build: rebuilt when what it lists or reads has changed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping

from hanpan.document import Document, Meta
from hanpan.editions import is_public
from hanpan.files import Files, NoNetwork, sha256, write_atomic
from hanpan.problems import number_of
from hanpan.reports.build_json import BuiltPost
from hanpan.runner.builder import Builder
from hanpan.runner.library.opening import site_of_out
from hanpan.runner.line_numbers import UNREADABLE
from hanpan.runner.steps import PAGE
from hanpan.runner.trace import INDEX_PAGE, Trace

SITE_PAGE = "site/index.html"
INDEX = "index"  # the step's name in traces; its post is ""


def write_index(builder: Builder, entries: list[BuiltPost]) -> None:
    """Write out/index.html unless it is up to date."""
    files = Files(site_of_out(builder), NoNetwork(), builder.digests)
    listed = [
        [e.slug, e.source, e.artifacts, [p.as_json() for p in e.problems], e.document]
        for e in entries
    ]
    site = _site_page(builder)
    text = sha256(json.dumps([listed, site, builder.tools.fingerprint]).encode())
    target = builder.out / INDEX_PAGE
    old = builder.traces.get(("", INDEX))
    if (
        old
        and old.tools == text
        and old.writes.get(INDEX_PAGE) == builder.digests.digest(target, links=False)
        and all(files.fingerprint(key) == then for key, then in old.reads.items())
    ):
        return
    from hanpan.editions.index import Listed, render_index  # Jinja: loaded only when needed

    posts = []
    pages = {entry.source: _page(entry) for entry in entries}
    for entry in entries:
        is_built = entry.artifacts or entry.problems  # and not read for a book alone
        if is_built and entry.document:
            with contextlib.suppress(OSError, *UNREADABLE):
                data = builder.state.document_path(entry.document).read_text("utf-8")
                meta = Document.from_json(data).meta
                count = number_of(entry.problems)
                others = _translations(entry, meta, pages)
                posts.append(
                    Listed(meta.title, meta.date, entry.artifacts, count, others, meta.lang,
                           meta.categories, meta.tags, entry.source, entry.problems)
                )  # fmt: skip
    page = render_index(posts, files, site)
    write_atomic(target, page, builder.state.temporary)
    trace = Trace(files.reads, {INDEX_PAGE: sha256(page)}, text)
    builder.traces["", INDEX] = trace
    builder.state.keep("", INDEX, trace)


def _site_page(builder: Builder) -> str:
    """Return the path of the site edition's first page, "" where out/ has no site."""
    pages = (trace.writes for (_, step), trace in builder.traces.items() if step == PAGE)
    return next((SITE_PAGE for writes in pages if SITE_PAGE in writes), "")


def _page(entry: BuiltPost) -> str:
    pages = (path for name, path in entry.artifacts.items() if is_public(name))
    return next((path for path in pages if path.endswith(".html")), "")


def _translations(
    entry: BuiltPost, meta: Meta, pages: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return the languages of a post's translations, and their pages below out/."""
    sources = (each.source for each in meta.translations)
    own = next((source for source in sources if entry.source.endswith(source)), "")
    root = entry.source.removesuffix(own)
    others = ((each.lang, pages.get(root + each.source, "")) for each in meta.translations)
    return tuple((lang, page) for lang, page in others if page and page != pages[entry.source])
