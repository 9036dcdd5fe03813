"""build.json: the posts, books, problems and tools of a build, for programs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hanpan.editions import EDITIONS, concerns
from hanpan.files import packaged_layouts
from hanpan.plan.names import KnownPost
from hanpan.problems import Problem
from hanpan.runner.builder import Builder
from hanpan.runner.outline import is_book
from hanpan.runner.steps import PAGE, READ
from hanpan.runner.trace import Trace


@dataclass(frozen=True, slots=True)
class BuiltPost:
    """A post as build.json and the index page list it."""

    source: str
    slug: str
    artifacts: dict[str, str]
    problems: tuple[Problem, ...]
    document: str  # hash


def built_posts(builder: Builder) -> list[BuiltPost]:
    """Return every post in out/, including those that this build did not touch."""
    posts = []
    for key, known in sorted(builder.state.posts().items()):
        traces = {
            step: builder.traces[key, step]
            for step in (READ, *EDITIONS, PAGE)
            if (key, step) in builder.traces
        }
        if READ in traces:
            posts.append(_built_post(builder, known, traces))
    return posts


def _built_post(builder: Builder, known: KnownPost, traces: dict[str, Trace]) -> BuiltPost:
    artifacts = {
        name: path
        for trace in traces.values()
        for name, path in trace.products.items()
        if os.path.exists(f"{builder.out}/{path}")
    }
    root = Path(os.path.normpath(builder.out / known.root))
    problems = tuple(
        with_path_from(problem, root, builder.out.parent)
        for trace in traces.values()
        for problem in trace.problems
        if concerns(problem, builder.options.editions)
    )
    source = relative(builder.out / known.path, builder.out.parent)
    return BuiltPost(source, known.slug, artifacts, problems, traces[READ].output)


def books(builder: Builder) -> list[dict[str, Any]]:
    """Return every book in out/, in build.json's form."""
    listed: dict[str, dict[str, Any]] = {}
    for (key, _), trace in sorted(builder.traces.items()):
        if not is_book(key):
            continue
        book = listed.setdefault(
            key, {"name": key.rpartition(":")[2], "artifacts": {}, "problems": []}
        )
        book["artifacts"].update(trace.products)
        book["problems"] += [problem.as_json() for problem in trace.problems]
    return list(listed.values())


def relative(path: Path, folder: Path) -> str:
    """Return `path` as seen from `folder`, with /."""
    return Path(os.path.relpath(path, folder)).as_posix()


def with_path_from(problem: Problem, root: Path, folder: Path) -> Problem:
    """Return a problem of the site at `root` with its path as seen from `folder`."""
    if not problem.path or os.path.isabs(problem.path):
        return problem
    path = root / problem.path
    if problem.path.startswith("layouts/") and not _is_sites(problem, path):
        path = packaged_layouts() / problem.path.removeprefix("layouts/")
    return replace(problem, path=relative(path, folder))


def _is_sites(problem: Problem, layout: Path) -> bool:
    """Tell whether a layout is the site's own: one that cannot be read is, too."""
    return problem.rule == "file-unreadable" or os.path.exists(layout)


def summary(builder: Builder, built: Sequence[BuiltPost], seconds: float) -> dict[str, Any]:
    """Return the object of build.json; docs/usage.md describes it."""
    posts: list[dict[str, Any]] = [
        {
            "source": post.source,
            "slug": post.slug,
            "artifacts": post.artifacts,
            "document": post.document,
            "problems": [problem.as_json() for problem in post.problems],
        }
        for post in built
    ]
    for file, reason in builder.plan.skipped.values():
        source = relative(file.path, builder.out.parent)
        posts.append(
            {"source": source, "slug": "", "artifacts": {}, "problems": [], "skipped": reason}
        )
    adopted = {"adopted": len(builder.adopted)} if builder.adopted else {}
    return {
        "books": books(builder),
        "posts": sorted(posts, key=lambda post: str(post["source"])),
        "problems": [problem.as_json() for problem in builder.plan.problems],
        "seconds": seconds,
        "steps": {"run": builder.ran, "fresh": builder.fresh} | adopted,
        "tools": builder.tools.versions,
    }
