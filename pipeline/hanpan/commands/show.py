"""The stages of a post's way that `hanpan show` prints."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

from hanpan.assets.remote import RemoteCache, read_lock
from hanpan.document import Document
from hanpan.files import Files
from hanpan.plan.posts import Options, Sites, cache_folder, lock_path, make_plan
from hanpan.problems import HanpanError, Problem, UsageError
from hanpan.reading import markdown_for_pandoc, read, read_source


def _source(path: str, slug: str, files: Files) -> str:
    return markdown_for_pandoc(read_source(path, files), files).text


def _body(path: str, slug: str, files: Files) -> str:
    return read(path, slug, files).document.body


def _meta(path: str, slug: str, files: Files) -> str:
    return _json(dataclasses.asdict(read(path, slug, files).document.meta))


def _document(path: str, slug: str, files: Files) -> str:
    document: Document = read(path, slug, files).document
    return _json(dataclasses.asdict(document))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


STAGES: dict[str, Callable[[str, str, Files], str]] = {
    "source": _source,  # the Markdown that pandoc is given
    "body": _body,
    "meta": _meta,
    "document": _document,
}


def _of_pdf(stage: str, pdf: Path) -> str:
    from hanpan.editions.pdf.attachments import attached_source

    if stage != "source":
        said = f"a PDF carries its source, and no `{stage}`"
        remedy = f"Use `hanpan show source {pdf}`."
        raise UsageError(Problem("usage", "error", said, remedy=remedy))
    return attached_source(pdf)


def print_stage(stage: str, post: Path, toml: Path | None, *, offline: bool) -> str:
    """Return a stage of `post` as text that ends in a newline.

    Of a PDF that hanpan has built it is the source that the PDF carries.
    Raises UsageError where there is no such post, HanpanError where it cannot be read.
    """
    if not post.is_file():
        said = f"{post} does not exist"
        raise UsageError(Problem("no-source", "error", said, remedy="Mend the path."))
    if post.suffix.lower() == ".pdf":
        return _of_pdf(stage, post)
    out = Path("out").resolve()
    plan = make_plan(Options((post,), out=out), Sites(toml), {})
    if not plan.posts:
        raise HanpanError(plan.problems[0])
    found = plan.posts[0]
    site = found.site
    remote = RemoteCache(
        site.remote, cache_folder(site, out), read_lock(lock_path(site, out)), offline=offline
    )
    text = STAGES[stage](found.file.relative, found.slug, Files(site, remote))
    return text.rstrip("\n") + "\n"
