"""Problems that only show once all posts are read: links to missing posts, shared addresses.

A site has pages that hanpan does not build (archives, feeds), so only an address that looks like
a post's counts: one that differs from a post's in its last part, and in numbers such as dates.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from hanpan.library.addresses import comparable, is_file
from hanpan.plan.places import key_of
from hanpan.problems import Problem, apply_severities
from hanpan.runner.builder import Builder
from hanpan.runner.steps import READ
from hanpan.runner.trace import Trace

_NUMBER = re.compile(r"(?:page)?\d+")
_ENDINGS = ("", ".html", ".md", "/index.html", "/index.md")
Parts = tuple[str, ...]


def missing_posts(builder: Builder) -> list[Problem]:
    """Return a problem for each link to a post that its site does not have.

    A site is left out unless all of its posts have been read.
    """
    problems: list[Problem] = []
    for root in sorted({post.site.root for post in builder.plan.posts}):
        traces = None if root in builder.plan.partial else _traces(builder, root)
        if traces is None:
            continue
        addresses = {_parts(trace.address) for trace in traces.values() if trace.address}
        shapes = {_shape(parts) for parts in addresses if len(parts) > 1}
        for post in builder.plan.posts:
            if post.site.root == root:
                broken = _broken_links(traces[post.key], addresses, shapes, root, post.file.path)
                problems += apply_severities(broken, dict(post.site.rules))
    return problems


def shared_addresses(builder: Builder) -> list[Problem]:
    """Return a problem for each post that shares its canonical URL with another.

    Search engines show only one of them, and dev.to rejects the second.
    """
    canonical: dict[str, str] = {}
    posts: dict[tuple[str, Parts], list[str]] = {}
    for key in builder.plan.known:
        trace = builder.traces.get((key, READ))
        if trace and trace.canonical and key not in builder.plan.skipped:
            canonical[key] = trace.canonical
            posts.setdefault(comparable(trace.canonical), []).append(key)
    problems: list[Problem] = []
    for post in builder.plan.posts:
        address = canonical.get(post.key, "")
        others = [key for key in posts.get(comparable(address), ()) if key != post.key]
        if others:
            other = os.path.relpath(builder.out / builder.plan.known[others[0]].path)
            message = f"`{other}` has the same canonical address: {unquote(address)}"
            remedy = "Give one of them another `permalink` or `canonical_url`."
            path = os.path.relpath(post.file.path)
            problem = Problem("canonical-shared", "warning", message, path, remedy=remedy)
            problems += apply_severities([problem], dict(post.site.rules))
    return problems


def _traces(builder: Builder, root: Path) -> dict[str, Trace] | None:
    """Return the reading of each post of a site, by key; None if one is missing."""
    traces: dict[str, Trace] = {}
    root_key = key_of(root, builder.out)
    for key, known in builder.plan.known.items():
        if known.root != root_key or key in builder.plan.skipped:
            continue
        trace = builder.traces.get((key, READ))
        if not known.slug or trace is None or not trace.output:
            return None
        traces[key] = trace
    return traces


def _broken_links(
    trace: Trace, addresses: set[Parts], shapes: set[Parts], root: Path, path: Path
) -> Iterator[Problem]:
    for link in trace.links:
        parts = _parts(link.address)
        if parts in addresses or len(parts) < 2 or _shape(parts) not in shapes:
            continue
        is_archive = _NUMBER.fullmatch(parts[-1]) or any(
            other[: len(parts)] == parts for other in addresses
        )
        if is_archive or is_file(link.address) or _is_file(root, parts):
            continue
        message = f"the site has no post at `/{'/'.join(parts)}/`"
        remedy = "Fix the link, or add the post."
        shown = os.path.relpath(path)
        yield Problem("link-post", "warning", message, shown, link.line, remedy, link.approximate)


def _parts(address: str) -> Parts:
    """Return the parts of an address's path, however it is written."""
    return comparable(address)[1]


def _shape(parts: Parts) -> Parts:
    """Return what addresses of posts have in common: all but the last part, numbers as 0."""
    return tuple("0" if part.isdigit() else part for part in parts[:-1])


def _is_file(root: Path, parts: Parts) -> bool:
    """Tell whether the site has a file or page at an address, with or without its base path."""
    return any(
        os.path.isfile(f"{root}/{'/'.join(parts[start:])}{ending}")  # never raises: long names
        for start in range(min(2, len(parts)))
        for ending in _ENDINGS
    )
