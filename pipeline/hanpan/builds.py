"""Builds: bring out/ up to date with the sources: plan, run, report; one build at a time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hanpan.cache.address import cache_address
from hanpan.editions import BOOK_EDITIONS, BY_DEFAULT, EDITIONS, WITH_PAGES, concerns
from hanpan.files import write_atomic
from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.plan.sources import check_out
from hanpan.problems import BuildError, HanpanError, Problem, UsageError, system_reason
from hanpan.reports.baseline import baseline_of, with_baseline
from hanpan.reports.build_json import (
    BuiltPost,
    built_posts,
    relative,
    summary,
    with_path_from,
)
from hanpan.reports.cross_links import missing_posts, shared_addresses
from hanpan.reports.index import write_index
from hanpan.reports.opening import to_open
from hanpan.reports.outcome import Outcome, Reported
from hanpan.roots import RefusedFile, Root, real
from hanpan.runner.books import BookRequest, Books
from hanpan.runner.builder import Builder
from hanpan.runner.database import Damaged
from hanpan.runner.library.opening import open_library
from hanpan.runner.progress import Progress
from hanpan.runner.state import State
from hanpan.runner.steps import READ
from hanpan.runner.workers import Workers

_REMEDY = "Choose a folder that you may write to with --out."


def build(
    options: Options,
    progress: Progress,
    waiting: Callable[[str], None] = lambda out: None,
    merged: Sequence[Path] = (),
) -> Outcome:
    """Bring out/ up to date with the sources, with what the output folders `merged` have.

    `waiting` is called once if this build has to wait for another one in the same folder.
    Raises UsageError for sources, sites or an out/ that cannot be used.
    """
    start = time.monotonic()
    options = replace(options, editions=options.editions or BY_DEFAULT)
    sites = Sites(options.site)
    check_out(options, sites)
    with open_state(options.out, progress, waiting) as state:
        builder = _run(options, sites, state, progress, merged)
        builder.drop_gone()
        posts = built_posts(builder)
        try:
            write_index(builder, posts)
        except RefusedFile as error:
            message = f"out/index.html cannot be made: {error}"
            path, remedy = error.problem.path, error.problem.remedy
            builder.plan.problems.append(
                Problem("index-page", "error", message, path, None, remedy)
            )
        return _finish(builder, start, posts)


def build_books(
    request: BookRequest,
    options: Options,
    progress: Progress,
    waiting: Callable[[str], None] = lambda out: None,
) -> Outcome:
    """Bring books in out/books/ up to date; only their own posts are read.

    Raises UsageError for a book that does not exist, or whose settings cannot be met.
    """
    start = time.monotonic()
    options = replace(options, editions=options.editions or tuple(BOOK_EDITIONS), sources=())
    sites = Sites(options.site)
    check_out(options, sites)
    with open_state(options.out, progress, waiting) as state:
        books = Books(request, options, sites)
        plan = books.keep_chosen(make_plan(options, sites, state.posts()))
        state.keep_posts(plan.known)
        builder = Builder(plan, replace(options, editions=()), state, progress)
        builder.open_books = lambda: books.open(builder)
        _open_cache(builder)
        builder.run()
        builder.drop_gone()
        books.drop_gone(builder)
        return _finish(builder, start, built_posts(builder))


@contextlib.contextmanager
def open_state(
    out: Path, progress: Progress, waiting: Callable[[str], None] = lambda out: None
) -> Iterator[State]:
    """Lock out/, and open what builds remember of it."""
    with _report_unwritable(out), _lock(real(out), waiting):
        state = State(real(out) / ".hanpan", progress.damage)
        with contextlib.closing(state):
            state.clear_temporary()
            yield state


def _finish(builder: Builder, start: float, posts: Sequence[BuiltPost]) -> Outcome:
    """Write build.json, and return how the build ended."""
    builder.report_damage()
    builder.state.keep_digests(builder.digests.fresh)
    outcome = replace(_outcome(builder, start, posts), opens=to_open(builder))
    text = json.dumps(outcome.summary, ensure_ascii=False, indent=1)
    write_atomic(builder.out / "build.json", f"{text}\n".encode(), builder.state.temporary)
    return with_baseline(outcome, baseline_of(None, builder.options.site), errors=False)


def check(options: Options, progress: Progress) -> Outcome:
    """Find every problem of the sources; write nothing into out/ or the site."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hanpan-check-") as folder:
        state = State(real(folder))
        with contextlib.closing(state):
            checked = (name for name, edition in EDITIONS.items() if edition.in_check)
            editions = options.editions or tuple(checked)
            options = replace(options, editions=editions, write=False)
            builder = _run(options, Sites(options.site), state, progress)
            return _outcome(builder, start, built_posts(builder))


def _run(
    options: Options,
    sites: Sites,
    state: State,
    progress: Progress,
    merged: Sequence[Path] = (),
) -> Builder:
    cluster = _cluster_of(options)
    plan = make_plan(options, sites, state.posts())
    state.keep_posts(plan.known)
    builder = Builder(plan, options, state, progress)
    if cluster:
        builder.open_workers = lambda: cluster(builder)
    if merged:
        from hanpan.cache.merging import merge_into  # few builds do

        builder.cache = merge_into(builder, merged)
    elif options.write:
        _open_cache(builder)
    if options.write and options.shard[1] == 1 and not set(WITH_PAGES).isdisjoint(options.editions):
        builder.open_books = lambda: open_library(builder)
    builder.run()
    plan.problems += [*missing_posts(builder), *shared_addresses(builder)]
    return builder


def _cluster_of(options: Options) -> Callable[[Builder], Workers] | None:
    """Return what opens the cluster that is asked for, if any. Raises UsageError."""
    if not options.cluster:
        return None
    from hanpan.cluster.address import cluster_address  # few builds use one
    from hanpan.cluster.workers import ClusterWorkers

    address = cluster_address(options.cluster)
    return lambda builder: ClusterWorkers(address, builder)


def _open_cache(builder: Builder) -> None:
    """Let a build share its results, if a cache is asked for. Raises UsageError."""
    options = builder.options
    address = cache_address(options.cache, [post.site for post in builder.plan.posts])
    if address and (address.is_near or not options.offline):
        from hanpan.cache.shared_results import SharedResults  # few builds have one

        is_read_only = address.read_only or not options.shares
        builder.cache = SharedResults(replace(address, read_only=is_read_only), builder)


def _outcome(builder: Builder, start: float, posts: Sequence[BuiltPost]) -> Outcome:
    """Gather the problems of what was asked for; only build.json has those of other posts."""
    here = Path.cwd()
    sources = {post.key: relative(post.file.path, here) for post in builder.plan.posts}
    steps = {(post, step) for post in sources for step in (READ, *builder.options.editions)}
    steps |= builder.book_steps
    reported: list[Reported] = []
    # of a post what its reading found comes first
    traces = sorted(
        builder.traces.items(), key=lambda item: (item[0][0], item[0][1] != READ, item[0])
    )
    for (key, step), trace in traces:
        if (key, step) not in steps or not trace.problems:
            continue
        root = builder.planned(key).file.root
        reported += [
            Reported(with_path_from(problem, root, here), sources.get(key, ""), str(root))
            for problem in trace.problems
            if concerns(problem, builder.options.editions)
        ]
    reported += [Reported(problem) for problem in builder.plan.problems]
    seconds = round(time.monotonic() - start, 2)
    has_all = not builder.options.sources and builder.options.shard[1] == 1
    ended = summary(builder, posts, seconds)
    return Outcome(ended, tuple(reported), tuple(sources.values()), has_all)


@contextlib.contextmanager
def _report_unwritable(out: Path) -> Iterator[None]:
    """Turn errors of writing into one of hanpan: the disk is full, the folder is read-only."""
    try:
        yield
    except HanpanError:
        raise
    except (OSError, sqlite3.Error, Damaged) as error:
        message = f"the build stopped: {out} cannot be written to ({error})"
        remedy = "Free disk space or check the folder's permissions; the next build continues."
        raise BuildError(Problem("out", "error", message, remedy=remedy)) from None


@contextlib.contextmanager
def _lock(out: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of out/: two builds at once would undo each other's work."""
    if os.path.lexists(out) and not out.is_dir():
        raise UsageError(Problem("out", "error", f"{out} is not a folder", remedy=_REMEDY))
    try:
        lock = Root.own(out / ".hanpan").lock("lock")
    except RefusedFile as error:
        raise UsageError(replace(error.problem, rule="out")) from None
    except OSError as error:
        reason = system_reason(error)
        message = f"{out} cannot be written to: {reason}"
        raise UsageError(Problem("out", "error", message, remedy=_REMEDY)) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waiting(str(out))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)  # the system frees it if we die
