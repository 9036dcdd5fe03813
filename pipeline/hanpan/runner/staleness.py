"""Staleness: whether a step's inputs and artifacts are still what its trace says."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hanpan.assets.remote import Locked, RemoteCache, lock_text, read_lock
from hanpan.files import ABSENT, ACCIDENT, Digests, Files, write_atomic
from hanpan.plan.options import Options
from hanpan.plan.places import cache_folder, lock_path
from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem, UsageError
from hanpan.roots import Root, real
from hanpan.runner.state import State
from hanpan.runner.steps import READ, Workspace
from hanpan.runner.trace import Trace
from hanpan.site import Site

FAILED = "failed"  # the `tools` of the trace of a failed step: always stale


@dataclass(slots=True)
class OpenSite:
    """A site during a build: the door to compare through, and its lock."""

    files: Files
    workspace: Workspace
    cache: RemoteCache
    lock: tuple[tuple[str, Locked], ...]
    seen: dict[str, str] = field(default_factory=dict)  # fingerprints, computed once a build

    def value(self, read: str) -> str:
        """Return what a key holds now."""
        if read not in self.seen:
            self.seen[read] = self.files.fingerprint(read)
        return self.seen[read]


class Staleness:
    """What one build knows of the sites it builds: why a step must run, and what was fetched.

    `tools` is the fingerprint of the code behind every step.
    """

    def __init__(self, options: Options, state: State, digests: Digests, tools: str) -> None:
        self._options = options
        self._out = real(options.out)
        self._state = state
        self._digests = digests
        self._tools = tools
        self._sites: dict[Path, OpenSite] = {}
        self._folders: dict[str, bool] = {}  # below out/: whether no link leads there
        self.damaged = 0  # files that steps left for others and that are not what was written

    def reason(
        self, post: PlannedPost, step: str, trace: Trace | None, inputs: Mapping[str, str]
    ) -> str:
        """Return why a step must run, or an empty text if nothing has changed.

        `inputs` has the current values of the keys that are no files or settings.
        """
        if trace is None:
            return "it has not been built yet"
        if trace.tools != self._tools:
            return "it failed" if trace.tools == FAILED else "hanpan or a package it uses changed"
        site = self.site(post.site)
        for read, before in trace.reads.items():
            now = inputs[read] if read in inputs else site.value(read)
            if read.startswith(ACCIDENT):
                return f"{before} when it was built"
            if now != before:
                return f"{read.removesuffix(':')} changed"
        if trace.given_up:
            return ""
        for digest in trace.left():
            now = self._digests.digest(self._state.document_path(digest), links=False)
            if now != digest:
                self.damaged += now != ABSENT
                return f"what it left for others is {'gone' if now == ABSENT else 'damaged'}"
        for path, before in trace.writes.items() if self._options.write else ():
            now = self._artifact_now(path)
            if now != before:
                return f"out/{path} was {'removed' if now == ABSENT else 'changed'}"
        return ""

    def _artifact_now(self, path: str) -> str:
        """Return the hash of an artifact; a link, or a file below one, is none."""
        if not self._is_own(path.rpartition("/")[0]):
            return ABSENT
        return self._digests.digest(f"{self._out}/{path}", links=False)

    def _is_own(self, folder: str) -> bool:
        """Tell whether no link leads from out/ to a folder below it, which is looked at once."""
        if not folder:
            return True
        if folder not in self._folders:
            is_link = os.path.islink(f"{self._out}/{folder}")
            self._folders[folder] = not is_link and self._is_own(folder.rpartition("/")[0])
        return self._folders[folder]

    def site(self, site: Site) -> OpenSite:
        """Return an open site, the same each time. Raises UsageError if its lock cannot be read."""
        if site.root not in self._sites:
            cache = cache_folder(site, self._out)
            if not self._options.write and not os.path.isdir(cache):
                cache = self._state.folder / "remote"  # a check leaves nothing behind
            lock = self._lock(site)
            remote = RemoteCache(site.remote, cache, lock, offline=self._options.offline)
            if self._options.write:
                remote.clear_temporary()
            workspace = Workspace(
                self._out, self._state.folder, cache, self._options.offline, self._options.write
            )
            files = Files(site, remote, self._digests)
            self._sites[site.root] = OpenSite(files, workspace, remote, tuple(sorted(lock.items())))
        return self._sites[site.root]

    def _lock(self, site: Site) -> dict[str, Locked]:
        """Return a site's lock. Raises UsageError where the author's own cannot be read."""
        path = lock_path(site, self._out)
        try:
            return read_lock(path)
        except ValueError as error:
            name = os.path.relpath(path)
            if site.has_toml:
                remedy = "Restore it from version control, or remove it."
                raise UsageError(Problem("lock", "error", f"{error}", name, 1, remedy)) from None
        if self._options.write:
            Root.own(path.parent).place(path.name).unlink()
            self._state.report_damage(f"{name} was damaged; it is written again")
        return {}

    def keep_locks(
        self, posts: Sequence[PlannedPost], traces: Mapping[tuple[str, str], Trace]
    ) -> None:
        """Add the fetched files to each site's assets.lock."""
        for root, site in self._sites.items():
            entries = dict(site.lock)
            urls = {
                read.removeprefix("remote:")
                for post in posts
                if post.site.root == root
                for read in traces.get((post.key, READ), Trace({}, {}, "")).reads
                if read.startswith("remote:")
            }
            for url in urls - set(entries):
                entry = site.cache.entry(url)
                if entry:
                    entries[url] = entry
            if len(entries) > len(site.lock):
                path = lock_path(site.files.site, self._out)
                place = Root.own(path.parent).place(path.name, make=True)
                text = lock_text(entries).encode()
                write_atomic(place, text, site.cache.temporary(), durable=True)
