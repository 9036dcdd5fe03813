"""Vendoring: copy remote pictures into the site, and point the posts at the copies."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hanpan.assets.remote import Locked, RemoteCache, read_lock
from hanpan.files import FAILED, Files, write_atomic
from hanpan.plan.options import Options
from hanpan.plan.places import cache_folder, lock_path
from hanpan.plan.posts import PlannedPost, make_plan
from hanpan.plan.sites import Sites
from hanpan.problems import HanpanError, Problem
from hanpan.reading import read, read_source
from hanpan.roots import real
from hanpan.runner.aside import Lost, run_aside
from hanpan.runner.pool import SECONDS
from hanpan.site import Site
from hanpan.source.references import comparable, references
from hanpan.vendoring.copies import Copy, copy_of
from hanpan.vendoring.texts import Text, read_text

_PICTURES = ("image-", "teaser-")  # rules of the reading that are about pictures


@dataclass(frozen=True, slots=True)
class VendoredPost:
    """The result for one post: the copies it now names, and the number of references rewritten."""

    path: str  # relative to the site's root
    copies: tuple[Copy, ...] = ()
    rewritten: int = 0
    problems: tuple[Problem, ...] = ()


def vendor(
    sources: tuple[Path, ...],
    *,
    site: Path | None = None,
    drafts: bool = False,
    future: bool = False,
    offline: bool = False,
    dry_run: bool = False,
) -> Iterator[VendoredPost]:
    """Copy the remote pictures of posts into their site; yield what was done, post by post.

    A copy is named assets/vendored/HOST/NAME-HASH.EXT. Posts are changed only where a picture is
    named. A second run changes nothing. With `dry_run`, nothing is written.
    Raises UsageError for sources or sites that cannot be used.
    """
    options = Options(sources, site=site, drafts=drafts, future=future, write=False)
    sites = Sites(options.site)
    with tempfile.TemporaryDirectory(prefix="hanpan-vendor-") as folder:
        for post in make_plan(options, sites, {}).posts:
            cache = _cache(post.site, real(folder), offline=offline, dry_run=dry_run)
            seconds = SECONDS + post.site.remote.total
            try:
                vendored, text = run_aside(seconds, _read_post, post, cache)
            except Lost as error:
                yield _unread(post.file.relative, f"the post cannot be read: {error}")
                continue
            yield vendored if dry_run or not text else _written(post, vendored, text, cache)


def _cache(site: Site, temporary: Path, *, offline: bool, dry_run: bool) -> RemoteCache:
    """Return the cache that a build would use, or a temporary one if nothing may be written."""
    keeps = site.has_toml and not dry_run
    folder = cache_folder(site, real("out")) if keeps else temporary
    lock: dict[str, Locked] = {}
    with contextlib.suppress(ValueError):
        lock = read_lock(lock_path(site, real("out")))
    cache = RemoteCache(site.remote, folder, lock, offline=offline)
    cache.clear_temporary()
    return cache


def _read_post(post: PlannedPost, cache: RemoteCache) -> tuple[VendoredPost, Text | None]:
    """Return what a post's vendoring comes to, and its new text where it has one."""
    relative = post.file.relative
    files = Files(post.site, cache)
    try:
        reading = read(relative, post.slug, files)
        text = read_text(post.file.path, post.site.root)
    except (OSError, HanpanError) as error:
        message = error.problem.message if isinstance(error, HanpanError) else str(error)
        return _unread(relative, message), None
    unavailable = tuple(p for p in reading.problems if p.rule.startswith(_PICTURES))
    copies = _copies(files, cache)
    if not copies:
        return VendoredPost(relative, problems=unavailable), None
    prefix = _prefix(post.site)
    places = {comparable(url): prefix + copy.path for url, copy in copies.items()}
    named = references(text.text, read_source(relative, files))
    spans = [(r.start, r.end, places[r.address]) for r in named if r.address in places]
    unplaced = {url for url in copies if comparable(url) not in {r.address for r in named}}
    problems = (*unavailable, *(_unplaced_problem(relative, url) for url in sorted(unplaced)))
    used = {copy.path: copy for url, copy in copies.items() if url not in unplaced}
    vendored = VendoredPost(relative, tuple(used.values()), len(spans), problems)
    return vendored, text.with_spans(spans) if spans else None


def _written(
    post: PlannedPost, vendored: VendoredPost, text: Text, cache: RemoteCache
) -> VendoredPost:
    """Write a post's copies and its text; return what came of it."""
    try:
        _write(post.site.root, vendored.copies, text, cache.temporary())
    except OSError as error:
        remedy = "Check the folder's permissions, or move the post into its site."
        problem = Problem("vendor-write", "error", str(error), vendored.path, None, remedy)
        return VendoredPost(vendored.path, problems=(*vendored.problems, problem))
    return vendored


def _unread(path: str, message: str) -> VendoredPost:
    remedy = "Fix the file, then run the command again."
    return VendoredPost(
        path, problems=(Problem("vendor-post", "error", message, path, None, remedy),)
    )


def _copies(files: Files, cache: RemoteCache) -> dict[str, Copy]:
    """Return the copy of each remote file that the reading could fetch."""
    copies: dict[str, Copy] = {}
    for key, digest in files.reads.items():
        kind, _, url = key.partition(":")
        if kind == "remote" and digest != FAILED:
            copy = copy_of(url, cache.fetch(url).data)
            if copy:
                copies[url] = copy
    return copies


def _prefix(site: Site) -> str:
    """Return the prefix of the site's paths: its URL may have a base path."""
    _, _, rest = site.identity.url.partition("://")
    return "/" + "".join(f"{part}/" for part in rest.split("/")[1:] if part)


def _unplaced_problem(path: str, url: str) -> Problem:
    message = f"{url} was fetched, but the place where the post names it is not certain"
    remedy = "Copy the picture into the site, and change its address in the post yourself."
    return Problem("vendor-unplaced", "warning", message, path, None, remedy)


def _write(root: Path, copies: tuple[Copy, ...], text: Text, temporary: Path) -> None:
    """Write the copies that do not exist yet, then the post. Raises OSError.

    None is lost with the power: the post would name a copy that is not there.
    """
    site = real(root)
    for copy in copies:
        place = real(root / copy.path)
        if not place.is_relative_to(site):
            raise PermissionError(f"{copy.path} is outside the site")
        if not place.is_file() or place.read_bytes() != copy.data:
            write_atomic(place, copy.data, temporary, durable=True)
    text.write(temporary)
