"""The one door: every read goes through `Files`, which remembers what was read.

A read is remembered under a key, with the hash of its content, so that dependencies record
themselves. `Files.fingerprint` answers later what the same key holds now:

    file:PATH        a file below the site's root            sha256, or `absent`
    folder:PATH      the names in a folder below the root    sha256 of the names, or `absent`
    layout:NAME      a layout file: the site's own, or ours  sha256, or `absent`
    remote:URL       a fetched file                          sha256, `failed`, or `unknown`
    settings:TABLE   a table of site.toml                    sha256 of its values
    edition before:  what that has left for this one         sha256, or an empty text
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TypeVar

from hanpan.files.digests import ABSENT, Digests, sha256
from hanpan.files.fetching import FAILED, Fetched, Fetcher
from hanpan.site import Site, section, section_name, section_text

PREDECESSOR = "edition before:"  # the key of what an edition leaves for the one that follows
Section = TypeVar("Section")


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
        digests: Digests | None = None,
        predecessor: Callable[[], bytes] = bytes,
    ) -> None:
        self.site = site
        self.reads: dict[str, str] = {}
        self._fetcher = fetcher
        self._digests = digests or Digests()
        self._layout_paths: dict[str, Path] = {}  # of the layouts read so far
        self._layouts: dict[str, bytes] = {}
        self._predecessor = predecessor

    def read(self, path: str) -> bytes:
        """Return the bytes of a file below the site's root (`path` relative to it, with /).

        Raises FileNotFoundError where there is none, PermissionError where the path leads out.
        """
        key = f"file:{path}"
        self.reads.setdefault(key, ABSENT)
        target = self._inside(path)
        if not target.is_file():
            raise FileNotFoundError(path)
        data = target.read_bytes()
        self.reads[key] = sha256(data)
        return data

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the sorted names in a folder below the root; none where there is no folder."""
        self.reads[f"folder:{folder}"] = self._folder_now(folder)
        return self._names(folder) or ()

    def layout(self, name: str) -> bytes:
        """Return a layout file: the site's own below layouts/, else ours.

        Raises FileNotFoundError.
        """
        if name not in self._layouts:  # a step may want one for each of its artifacts
            self._layouts[name] = self.layout_path(name).read_bytes()
            self.reads[f"layout:{name}"] = sha256(self._layouts[name])
        return self._layouts[name]

    def layout_path(self, name: str) -> Path:
        """Return the path of a layout file, for libraries that need one (fonts)."""
        if name in self._layout_paths:
            return self._layout_paths[name]
        target = self._layout(name)
        self.reads[f"layout:{name}"] = self._digests.digest(target) if target else ABSENT
        if not target:
            raise FileNotFoundError(f"layouts/{name}")
        self._layout_paths[name] = target
        return target

    def file_path(self, path: str) -> Path:
        """Return the path of a file below the root, for libraries that need one (fonts).

        Raises FileNotFoundError, PermissionError.
        """
        target = self._inside(path)
        self.reads[f"file:{path}"] = self._digests.digest(target)
        if not target.is_file():
            raise FileNotFoundError(path)
        return target

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
        name = section_name(kind)
        self.reads[f"settings:{name}"] = self.fingerprint(f"settings:{name}")
        return section(self.site, kind)

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
        """Return what `key` holds now, to compare with what a trace remembers."""
        kind, _, name = key.partition(":")
        readers: dict[str, Callable[[str], str]] = {
            "file": self._file_now,
            "folder": self._folder_now,
            "layout": self._layout_now,
            "remote": self._fetcher.fingerprint,
            "settings": lambda table: sha256(section_text(self.site, table).encode()),
        }
        return readers[kind](name)

    def _file_now(self, path: str) -> str:
        try:
            return self._digests.digest(self._inside(path))
        except PermissionError:
            return ABSENT

    def _folder_now(self, path: str) -> str:
        names = self._names(path)
        return ABSENT if names is None else sha256("/".join(names).encode())

    def _layout_now(self, name: str) -> str:
        target = self._layout(name)
        return self._digests.digest(target) if target else ABSENT

    def _layout(self, name: str) -> Path | None:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            return None
        for folder in (self.site.root / "layouts", packaged_layouts()):
            if (folder / name).is_file():
                return folder / name
        return None

    def _names(self, folder: str) -> tuple[str, ...] | None:
        try:
            return tuple(sorted(os.listdir(self._inside(folder))))
        except OSError:
            return None

    def _inside(self, path: str) -> Path:
        """Return the absolute path of `path`; a post must not reach files outside its site."""
        target = Path(os.path.realpath(self.site.root / path))
        if not target.is_relative_to(os.path.realpath(self.site.root)):
            raise PermissionError(f"{path} is outside {self.site.root}")
        return target
