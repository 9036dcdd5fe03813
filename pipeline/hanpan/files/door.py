"""The one door: every read goes through `Files`, which remembers what was read.

A read is remembered under a key, with the hash of its content, so that dependencies record
themselves. `Files.fingerprint` answers later what the same key holds now:

    file:PATH        a file below the site's root            sha256, or `absent`
    folder:PATH      the names in a folder below the root    sha256 of the names, or `absent`
    layout:NAME      a layout file: the site's own, or ours  sha256, or `absent`
    remote:URL       a fetched file                          sha256, `failed`, or `unknown`
    settings:TABLE   a table of site.toml                    sha256 of its values
    edition before:  what that has left for this one         sha256, or an empty text
    accident:WHAT    what must not be kept: pandoc died      never what it was
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

from hanpan.files.digests import ABSENT, OF_PROCESS, Digests, sha256
from hanpan.files.fetching import FAILED, Fetched, Fetcher
from hanpan.problems import Problem
from hanpan.roots import FILE, RefusedFile, Root, real
from hanpan.site import Site, section, section_name, section_text

ACCIDENT = "accident:"  # the kind of keys that make a step run again
PREDECESSOR = "edition before:"  # the key of what an edition leaves for the one that follows
Section = TypeVar("Section")


@lru_cache(maxsize=1)
def packaged_layouts() -> Path:
    """Return hanpan's own layouts: package data, or the folder beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "layouts"
    return inside if inside.is_dir() else package.parents[1] / "layouts"


class Files:
    """The door of one step: reads below one site's root, and what was read so far (`reads`)."""

    def __init__(
        self,
        site: Site,
        fetcher: Fetcher,
        digests: Digests = OF_PROCESS,
        predecessor: Callable[[], bytes] = bytes,
    ) -> None:
        self.site = site
        self.reads: dict[str, str] = {}
        self.refused: dict[str, Problem] = {}  # by path: links that lead out, no files
        self._root = Root(site.root)
        self._fetcher = fetcher
        self._digests = digests
        self._layout_paths: dict[str, Path] = {}  # of the layouts read so far
        self._layouts: dict[str, bytes] = {}
        self._predecessor = predecessor

    def read(self, path: str, limit: int = FILE) -> bytes:
        """Return the bytes of a file below the site's root (`path` relative to it, with /).

        Raises FileNotFoundError where there is none, RefusedFile where it must not be read.
        """
        key = f"file:{path}"
        self.reads.setdefault(key, ABSENT)
        try:
            data = self._root.read(path, limit)
        except RefusedFile as error:
            self.reads[key] = self.fingerprint(key)  # that of one that is too large for its kind
            self._refuse(path, error)
            raise
        self.reads[key] = sha256(data)
        return data

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the sorted names in a folder below the root; none where there is no folder."""
        key = f"folder:{folder}"
        self.reads[key] = ABSENT
        try:
            names = self._root.names(folder)
        except RefusedFile as error:
            self._refuse(folder, error)
            return ()
        except OSError:
            return ()
        self.reads[key] = _digest_of_names(names)
        return names

    def layout(self, name: str) -> bytes:
        """Return a layout file: the site's own below layouts/, else ours.

        Raises FileNotFoundError, RefusedFile.
        """
        if name not in self._layouts:  # a step may want one for each of its artifacts
            path = self.layout_path(name)
            is_ours = path.is_relative_to(packaged_layouts())
            data = path.read_bytes() if is_ours else self._root.read(f"layouts/{name}")
            self._layouts[name] = data
            self.reads[f"layout:{name}"] = sha256(data)
        return self._layouts[name]

    def layout_path(self, name: str) -> Path:
        """Return the path of a layout file, for libraries that need one (fonts).

        Raises FileNotFoundError, RefusedFile.
        """
        if name in self._layout_paths:
            return self._layout_paths[name]
        key = f"layout:{name}"
        self.reads[key] = ABSENT
        try:
            target = self._layout(name)
        except RefusedFile as error:
            self._refuse(f"layouts/{name}", error)
            raise
        self.reads[key] = self._digests.digest(target)
        self._layout_paths[name] = target
        return target

    def file_path(self, path: str) -> Path:
        """Return the path of a file below the root, for libraries that need one (fonts).

        Raises FileNotFoundError, RefusedFile.
        """
        key = f"file:{path}"
        self.reads[key] = ABSENT
        try:
            with self._root.opened(path):  # raises where the system denies it
                target = self._root.find(path)
        except RefusedFile as error:
            self._refuse(path, error)
            raise
        self.reads[key] = self._digests.digest(target)
        return Path(target)

    def fetch(self, url: str) -> Fetched:
        """Return a remote file. Raises OSError with the reason in words."""
        try:
            fetched = self._fetcher.fetch(url)
        except OSError:
            self.reads[f"remote:{url}"] = FAILED
            raise
        self.reads[f"remote:{url}"] = sha256(fetched.data)
        return fetched

    def settings(self, kind: type[Section]) -> Section:
        """Return a table of site.toml, for example `files.settings(Pdf)`."""
        key = f"settings:{section_name(kind)}"
        if key not in self.reads:  # they never change while a step runs
            self.reads[key] = self.fingerprint(key)
        return section(self.site, kind)

    def note_accident(self, what: str) -> None:
        """Let the step run again in the next build: its result came about by an accident."""
        self.reads[f"{ACCIDENT}{what}"] = what

    def predecessor(self) -> bytes:
        """Return what the edition before this one has left for it; nothing where there was none."""
        data = self._predecessor()
        self.reads[PREDECESSOR] = sha256(data) if data else ""
        return data

    def severities(self) -> dict[str, str]:
        """Return the [rules] of site.toml: rule -> severity, or `off`."""
        self.reads["settings:rules"] = self.fingerprint("settings:rules")
        return dict(self.site.rules)

    def fingerprint(self, key: str) -> str:
        """Return what `key` holds now, to compare with what a trace remembers.

        It never fails: a trace may hold anything.
        """
        kind, _, name = key.partition(":")
        readers: dict[str, Callable[[str], str]] = {
            "file": self._file_now,
            "folder": self._folder_now,
            "layout": self._layout_now,
            "remote": self._fetcher.fingerprint,
            "settings": lambda table: sha256(section_text(self.site, table).encode()),
        }
        try:
            return readers[kind](name)
        except (OSError, KeyError, ValueError):  # no kind of ours; a name that no file can have
            return ABSENT

    def _refuse(self, path: str, error: RefusedFile) -> None:
        """Remember what was refused; that a name in a post leads upwards is nothing to report."""
        if not posixpath.normpath(path).startswith(("/", "../")):
            self.refused[error.problem.path] = replace(error.problem, severity="warning")

    def _file_now(self, path: str) -> str:
        return self._digests.digest(self._root.find(path))

    def _folder_now(self, path: str) -> str:
        return _digest_of_names(self._root.names(path))

    def _layout_now(self, name: str) -> str:
        return self._digests.digest(self._layout(name))

    def _layout(self, name: str) -> Path:
        """Return the path of a layout. A site's own may be a link to one of ours."""
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise FileNotFoundError(name)
        ours = packaged_layouts()
        try:
            return Path(self._root.find(f"layouts/{name}"))
        except FileNotFoundError:
            target = ours / name
        except RefusedFile:
            target = real(self.site.root / "layouts" / name)
            if not target.is_relative_to(ours):
                raise
        if not target.is_file():
            raise FileNotFoundError(f"layouts/{name}")
        return target


def _digest_of_names(names: tuple[str, ...]) -> str:
    return sha256(os.fsencode("/".join(names)))  # names need not be text
