"""Sources: the folders that a command means, and whether out/ is well away from them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from hanpan.plan.layouts import layout_problems
from hanpan.plan.options import Options
from hanpan.plan.other_sites import check_other_site
from hanpan.plan.sites import Sites
from hanpan.problems import Problem, UsageError, apply_severities
from hanpan.roots import SETTINGS, Root, real
from hanpan.site import OBSIDIAN, Site, find_root
from hanpan.site.toml_lines import line_of
from hanpan.source.walk import PostFile, leaving_link

_OUT = "Choose a folder of its own with --out, such as `out`."


def chosen_sources(
    options: Options, sites: Sites, out: Path
) -> tuple[tuple[Path, ...], dict[Path, Path]]:
    """Return the files and folders to walk, and the site's root of those that a site names.

    Without a SOURCE they are the posts of the site of the current folder; the root of a site means
    its posts as well, where it is known which of its files are posts. Raises UsageError.
    """
    if not options.sources:
        root = sites.default_root()
        folders = tuple(sites.post_folders(root, out))
        return folders, dict.fromkeys(folders, root)
    sources: list[Path] = []
    roots: dict[Path, Path] = {}
    for source in options.sources:
        root = real(source)
        is_root = os.path.isdir(root) and find_root(root / "_") == root
        is_root = is_root and not leaving_link(source, None)  # which a walk refuses
        is_vault = is_root and sites.at(root).generator == OBSIDIAN  # every file is a note
        folders = tuple(sites.post_folders(root, out)) if is_root and not is_vault else ()
        sources += folders or (source,)
        roots |= dict.fromkeys(folders, root)
    return tuple(dict.fromkeys(sources)), roots


def report_no_posts(options: Options, sites: Sites, out: Path, problems: list[Problem]) -> None:
    """Raise UsageError, as there are no posts; where there are problems, that is one more."""
    remedy = "Name a post, or a folder that contains posts."
    where = ", ".join(map(str, options.sources)) or "the posts folder"
    problem = Problem("no-posts", "error", f"no posts found in {where}", remedy=remedy)
    if not options.sources:
        root = sites.default_root()
        check_other_site(root, out)
        problem = _wrong_folders(sites.at(root)) or problem
    if not problems:
        raise UsageError(problem)
    problems.append(problem)


def _wrong_folders(site: Site) -> Problem | None:
    """Return the problem of `[source] posts` where it names no folder that exists."""
    toml = next((path for path in site.config if path.suffix == ".toml"), None)
    if not toml or any(os.path.isdir(site.root / name) for name in site.sources.posts):
        return None
    try:
        text = Root(toml.parent).read(toml.name, SETTINGS).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    line = line_of(text, "source", "posts")
    if line is None:
        return None
    named = ", ".join(f"`{name}`" for name in site.sources.posts)
    message = f"`[source] posts` names no folder that exists: {named}"
    remedy = "Write folders below the site's root."
    return Problem("no-posts", "error", message, os.path.relpath(toml), line, remedy)


def check_out(options: Options, sites: Sites) -> None:
    """Raise UsageError where out/ is the root of a site, holds posts, or is among them.

    That is before anything is written there: nothing of hanpan's is left among posts.
    """
    named, out = options.out, real(options.out)
    sources, site_roots = chosen_sources(options, sites, out)
    places = [real(source) for source in sources]
    roots = {site_roots.get(s) or find_root(p) for s, p in zip(sources, places, strict=True)}
    roots |= {root for root in (sites.default_root(),) if not options.sources}
    folders = [f for root in roots if root for f in sites.post_folders(root, out) if f != root]
    message = ""
    if out in roots:
        message = f"{named} is the site's own folder, which is no place for what is built"
    elif any(place.is_relative_to(out) for place in (*places, *folders)):
        message = f"{named} contains posts, and is no place for what is built"
    else:
        above = next((f for f in folders if out.is_relative_to(f)), None)
        if above:
            message = f"{named} is in {os.path.relpath(above)}, a folder of posts"
    if message:
        raise UsageError(Problem("out", "error", message, remedy=_OUT))


def site_problems(files: Iterable[PostFile], sites: Sites) -> list[Problem]:
    """Return what is wrong with the settings of the generators of the sites of posts."""
    problems: list[Problem] = []
    for root in sorted({file.root for file in files}):
        site = sites.at(root)
        all_problems = (*site.problems, *layout_problems(site))
        shown = (p.at(os.path.relpath(root / p.path)) for p in all_problems)
        problems += apply_severities(shown, dict(site.rules))
    return problems
