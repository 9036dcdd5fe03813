"""print a stage of a post: pandoc's input, the body, the metadata or the document"""

from __future__ import annotations

import dataclasses
import json
import os
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hanpan.commands.arguments import add_site, unknown_name
from hanpan.commands.slips import check_order
from hanpan.console import print_data
from hanpan.manual.offers import offer
from hanpan.problems import HanpanError, Problem, UsageError, system_reason

if TYPE_CHECKING:
    from hanpan.document import Document
    from hanpan.files import Files
    from hanpan.plan.posts import PlannedPost


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan show`."""
    *first, last = STAGES
    stage = parser.add_argument("stage", metavar="STAGE", help=f"{', '.join(first)} or {last}")
    offer(stage, lambda: STAGES)
    parser.add_argument("post", metavar="POST", type=Path, help="the post's file")
    add_site(parser)


def run(arguments: Arguments) -> int:
    """Print the stage, and return the exit code."""
    check_order("show", arguments.stage, [arguments.post], STAGES)
    if arguments.stage not in STAGES:
        raise UsageError(unknown_name("stage", arguments.stage, STAGES))
    text = stage_of(arguments.stage, arguments.post, arguments.site, offline=arguments.offline)
    print_data(text)
    return 0


def _source(path: str, slug: str, files: Files) -> str:
    from hanpan.reading import markdown_for_pandoc, read_source

    return markdown_for_pandoc(read_source(path, files), files).text


def _read(path: str, slug: str, files: Files) -> Document:
    from hanpan.reading import read

    return read(path, slug, files).document


def _body(path: str, slug: str, files: Files) -> str:
    return _read(path, slug, files).body


def _meta(path: str, slug: str, files: Files) -> str:
    return _json(dataclasses.asdict(_read(path, slug, files).meta))


def _document(path: str, slug: str, files: Files) -> str:
    return _json(dataclasses.asdict(_read(path, slug, files)))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


STAGES: dict[str, Callable[[str, str, Files], str]] = {
    "source": _source,  # the Markdown that pandoc receives
    "body": _body,
    "meta": _meta,
    "document": _document,
}


def stage_of(stage: str, post: Path, toml: Path | None, *, offline: bool) -> str:
    """Return a stage of `post` as text that ends in a newline.

    For a PDF that hanpan has built, that is the source attached to it.
    Raises UsageError if the post does not exist, HanpanError if it cannot be read.
    """
    is_folder = os.path.isdir(post)
    if is_folder or not os.path.lexists(post):
        message = f"{post} is a folder" if is_folder else f"{post} does not exist"
        raise UsageError(Problem("no-source", "error", message, remedy="Name the file of a post."))
    if post.suffix.lower() == ".pdf":
        return _of_pdf(stage, post)
    from hanpan.assets.remote import RemoteCache, read_lock
    from hanpan.files import Files
    from hanpan.plan.options import Options
    from hanpan.plan.places import cache_folder, lock_path
    from hanpan.plan.posts import make_plan
    from hanpan.plan.sites import Sites
    from hanpan.roots import real
    from hanpan.runner.aside import Lost, run_aside
    from hanpan.runner.pool import SECONDS

    out = real("out")
    plan = make_plan(Options((post,), out=out, write=False), Sites(toml), {})
    if not plan.posts:
        raise HanpanError(plan.problems[0])
    planned = plan.posts[0]
    site = planned.site
    try:
        lock = read_lock(lock_path(site, out))
    except ValueError as error:
        remedy = "Restore it from version control, or remove it."
        raise UsageError(Problem("lock", "error", f"{error}", remedy=remedy)) from None
    remote = RemoteCache(site.remote, cache_folder(site, out), lock, offline=offline)
    seconds = SECONDS + site.remote.total
    try:
        shown = run_aside(seconds, _shown, stage, planned, Files(site, remote))
    except Lost as error:
        shown = Problem("post-unreadable", "error", f"the post cannot be read: {error}")
    if isinstance(shown, Problem):
        raise HanpanError(shown if shown.path else shown.at(str(post)))
    return shown.rstrip("\n") + "\n"


def _shown(stage: str, post: PlannedPost, files: Files) -> str | Problem:
    """Return a stage of a post, or why there is none."""
    try:
        return STAGES[stage](post.file.relative, post.slug, files)
    except HanpanError as error:
        return error.problem
    except OSError as error:
        message = f"the post cannot be read: {system_reason(error)}"
        return Problem("post-unreadable", "error", message, remedy="Check its permissions.")


def _of_pdf(stage: str, pdf: Path) -> str:
    from hanpan.editions.pdf import attached_source

    if stage != "source":
        message = f"a PDF contains its `source`, not its `{stage}`"
        remedy = f"Use `hanpan show source {pdf}`."
        raise UsageError(Problem("usage", "error", message, remedy=remedy))
    return attached_source(pdf)
