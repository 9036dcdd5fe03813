"""What to build: sources -> posts with their sites and slugs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hanpan.plan.left_out import LeftOut
from hanpan.plan.names import KnownPost, name_posts
from hanpan.plan.options import Options
from hanpan.plan.places import key_of
from hanpan.plan.sites import Sites
from hanpan.plan.sources import chosen_sources, report_no_posts, site_problems
from hanpan.problems import Problem, apply_severities
from hanpan.roots import real
from hanpan.site import Site
from hanpan.source import walk
from hanpan.source.pages import LEFT_OUT, page_files
from hanpan.source.walk import PostFile


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post to build."""

    key: str  # its path relative to out/, its name in traces
    file: PostFile
    site: Site
    slug: str


@dataclass(slots=True)
class Plan:
    """The posts of one build; those left out, with the reason; problems of no single post."""

    posts: list[PlannedPost] = field(default_factory=list)
    skipped: dict[str, tuple[PostFile, str]] = field(default_factory=dict)
    known: dict[str, KnownPost] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    clashing: list[PlannedPost] = field(default_factory=list)  # without a slug of their own
    partial: set[Path] = field(default_factory=set)  # roots of sites that have posts unknown here

    def report_denied(self, folder: str) -> None:
        """Report a folder whose posts cannot be listed."""
        message, path = (
            "the folder cannot be read, so its posts are left out",
            os.path.relpath(folder),
        )
        remedy = "Check its permissions."
        self.problems.append(Problem("folder-unreadable", "warning", message, path, None, remedy))


def make_plan(options: Options, sites: Sites, state_posts: dict[str, KnownPost]) -> Plan:
    """Find the posts to build, and give every post of their sites a slug.

    Raises UsageError where there are none.
    """
    out = real(options.out)
    sources, roots = chosen_sources(options, sites, out)
    plan = Plan()
    left_out = LeftOut(options, sites)
    files = _readable_names(walk.find(sources, out, roots, plan.report_denied), plan)
    wanted = []
    for file in files:
        reason = left_out.by_name(file)
        if reason:
            plan.skipped[key_of(file.path, out)] = (file, reason)
        else:
            wanted.append(file)
    whole = roots.values() if options.sources else (sites.default_root(),)
    for page in _pages(sorted(set(whole)), {file.path for file in files}, sites, out):
        if sites.at(page.root).sources.pages:
            wanted.append(page)
        else:
            plan.skipped[key_of(page.path, out)] = (page, LEFT_OUT)
    everything = {file.path: file for file in _neighbours(wanted, sites, out, left_out)}
    everything.update((file.path, file) for file in wanted)
    if any(Path(source).is_file() for source in options.sources):
        roots_named = {file.root for file in wanted}
        plan.partial = {root for root in roots_named if not sites.post_folders(root, out)}
    if not files and not wanted:
        report_no_posts(options, sites, out, plan.problems)
    plan.problems += site_problems(files, sites)
    names = name_posts(everything, sites, out, state_posts, plan.skipped)
    plan.known = names.known
    plan.problems += names.clashes
    for file in wanted:
        key = key_of(file.path, out)
        reason = left_out.by_content(file)
        if reason:
            plan.skipped[key] = (file, reason)
        elif key in names.slugs:
            plan.posts.append(PlannedPost(key, file, sites.at(file.root), names.slugs[key]))
            plan.problems += _long_slug_problems(plan.posts[-1], names.taken.get(key, ()), out)
        else:
            plan.clashing.append(PlannedPost(key, file, sites.at(file.root), ""))
    clashing = {os.path.relpath(out / post.key) for post in plan.clashing}  # of those to build
    plan.problems = [p for p in plan.problems if p.rule != "slug-clash" or p.path in clashing]
    plan.posts = _of_shard(plan.posts, *options.shard)
    return plan


def _pages(roots: list[Path], posts: set[Path], sites: Sites, out: Path) -> Iterator[PostFile]:
    """Yield the pages of sites that are built whole, but for files that are posts already."""
    for root in roots:
        pages = (page for page in page_files(sites.at(root), out) if page.path not in posts)
        yield from _readable_names(list(pages), Plan())


def _of_shard(posts: list[PlannedPost], number: int, count: int) -> list[PlannedPost]:
    """Return one of `count` parts, numbered from 1: alike in size, the same on every machine."""
    by_size = sorted(posts, key=lambda post: (-post.file.size, post.key))
    chosen = {post.key for post in by_size[number - 1 :: count]}
    return [post for post in posts if post.key in chosen]


def _readable_names(files: list[PostFile], plan: Plan) -> list[PostFile]:
    """Return the files whose names are text; report the others."""
    readable = []
    for file in files:
        try:
            str(file.path).encode()
            readable.append(file)
        except UnicodeEncodeError:
            path = os.path.relpath(file.path).encode(errors="replace").decode()
            message = "the file name is not valid UTF-8"
            plan.problems.append(
                Problem("file-name", "error", message, path, None, "Rename the file.")
            )
    return readable


def _long_slug_problems(
    post: PlannedPost, others: tuple[str, ...], out: Path
) -> tuple[Problem, ...]:
    """Report a slug that is longer because other posts have the name."""
    if not others:
        return ()
    paths = ", ".join(os.path.relpath(out / other) for other in others)
    have = "has" if len(others) == 1 else "have"
    message = f"{paths} {have} the same name, so this post is built as `{post.slug}`"
    path = os.path.relpath(post.file.path)
    remedy = "Rename the file to get a shorter address."
    cause = f"names:{min(post.key, *others)}"
    problem = Problem("slug-duplicate", "info", message, path, None, remedy, cause=cause)
    return apply_severities([problem], dict(post.site.rules))


def _neighbours(
    wanted: list[PostFile], sites: Sites, out: Path, left_out: LeftOut
) -> list[PostFile]:
    """Return all posts of the sites that `wanted` belong to: slugs are unique among them."""
    files: list[PostFile] = []
    for root in sorted({file.root for file in wanted}):
        routes = [root / route.folder for route in sites.at(root).publication.routes]
        folders = [*sites.post_folders(root, out), *filter(Path.is_dir, routes)]
        files += walk.find(folders, out, dict.fromkeys(folders, root))
        if sites.at(root).sources.pages:
            files += page_files(sites.at(root), out)
    return [file for file in _readable_names(files, Plan()) if not left_out.by_name(file)]
