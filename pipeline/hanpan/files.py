"""The one door: every read goes through `Files`, which remembers what was read.

A read is remembered under a key, with the hash of what was found, so that dependencies record
themselves. `Files.fingerprint` answers later what the same key holds now:

    file:PATH        a file below the site's root            sha256, or `absent`
    folder:PATH      the names in a folder below the root    sha256 of the names, or `absent`
    layout:NAME      a layout file: the site's own, or ours  sha256, or `absent`
    remote:URL       a fetched file                          sha256, `failed`, or `unknown`
    settings:TABLE   a table of site.toml                    sha256 of its values
    edition before:  what that has left for this one         sha256, or an empty text
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from hanpan.site import Site, section, section_name, section_text

ABSENT = "absent"
FAILED = "failed"
PREDECESSOR = "edition before:"  # the key of what an edition leaves for the one that follows
UNKNOWN = "unknown"
Section = TypeVar("Section")


def sha256(data: bytes) -> str:
    """Return the hash under which everything is known: SHA-256, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def packaged_layouts() -> Path:
    """Return hanpan's own layouts: package data, or the folder beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "layouts"
    return inside if inside.is_dir() else package.parents[1] / "layouts"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A remote file: its bytes, and the media type that the server gave."""

    data: bytes
    media_type: str


class Fetcher(Protocol):
    """What `Files` asks for remote files; assets/remote.py is the real one."""

    def fetch(self, url: str) -> Fetched:
        """Return the file, from the cache if it is there; raise OSError with the reason."""

    def fingerprint(self, url: str) -> str:
        """Return the cached file's hash, FAILED, or UNKNOWN (never asked, or time to ask again)."""


class NoNetwork:
    """For what reads files and layouts and nothing else."""

    def fetch(self, url: str) -> Fetched:
        """Raise OSError."""
        raise OSError(f"{url} is not fetched here")

    def fingerprint(self, url: str) -> str:
        """Return UNKNOWN."""
        return UNKNOWN


class Digests:
    """Hashes of files by content, computed once for each change.

    A file whose size, times and inode are as they were is not read again. The change time of the
    inode cannot be set back by an editor or by `touch`, so an edit is always seen.
    """

    def __init__(self, known: dict[str, tuple[str, str]] | None = None) -> None:
        self.known = known if known is not None else {}
        self.fresh: dict[str, tuple[str, str]] = {}

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file, or ABSENT."""
        try:
            stat = path.stat()
            if not path.is_file():
                return ABSENT
            name = str(path)
            sign = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
            seen = self.known.get(name)
            if seen and seen[0] == sign:
                return seen[1]
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ABSENT
        self.known[name] = self.fresh[name] = (sign, found)
        return found


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
        self._found: dict[str, Path] = {}  # layouts that were asked for
        self._layouts: dict[str, bytes] = {}
        self._predecessor = predecessor

    def read(self, path: str) -> bytes:
        """Return the bytes of a file below the site's root (`path` relative to it, with /).

        Raises FileNotFoundError where there is none, PermissionError where the path leads out.
        """
        key = f"file:{path}"
        self.reads.setdefault(key, ABSENT)
        place = self._inside(path)
        if not place.is_file():
            raise FileNotFoundError(path)
        data = place.read_bytes()
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
        """Return where a layout file lies, for libraries that want a path (fonts)."""
        if name in self._found:
            return self._found[name]
        place = self._layout(name)
        self.reads[f"layout:{name}"] = self._digests.digest(place) if place else ABSENT
        if not place:
            raise FileNotFoundError(f"layouts/{name}")
        self._found[name] = place
        return place

    def file_path(self, path: str) -> Path:
        """Return where a file below the root lies, for libraries that want a path (fonts).

        Raises FileNotFoundError, PermissionError.
        """
        place = self._inside(path)
        self.reads[f"file:{path}"] = self._digests.digest(place)
        if not place.is_file():
            raise FileNotFoundError(path)
        return place

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
        """Return what the edition has left that this one follows; nothing where none was made."""
        data = self._predecessor()
        self.reads[PREDECESSOR] = sha256(data) if data else ""
        return data

    def severities(self) -> dict[str, str]:
        """Return what [rules] of site.toml says: rule -> severity, or `off`."""
        self.reads["settings:rules"] = self.fingerprint("settings:rules")
        return dict(self.site.rules)

    def fingerprint(self, key: str) -> str:
        """Return what `key` holds now, to compare with what a trace remembers."""
        kind, _, name = key.partition(":")
        answers: dict[str, Callable[[str], str]] = {
            "file": self._file_now,
            "folder": self._folder_now,
            "layout": self._layout_now,
            "remote": self._fetcher.fingerprint,
            "settings": lambda table: sha256(section_text(self.site, table).encode()),
        }
        return answers[kind](name)

    def _file_now(self, path: str) -> str:
        try:
            return self._digests.digest(self._inside(path))
        except PermissionError:
            return ABSENT

    def _folder_now(self, path: str) -> str:
        names = self._names(path)
        return ABSENT if names is None else sha256("/".join(names).encode())

    def _layout_now(self, name: str) -> str:
        place = self._layout(name)
        return self._digests.digest(place) if place else ABSENT

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
        """Return the absolute place of `path`; a post must not name files outside its site."""
        place = Path(os.path.realpath(self.site.root / path))
        if not place.is_relative_to(os.path.realpath(self.site.root)):
            raise PermissionError(f"{path} leads out of {self.site.root}")
        return place


def write_atomic(
    path: Path, data: bytes, temporary: Path | None = None, *, durable: bool = False
) -> None:
    """Write a file whole or not at all: under a temporary name first, then renamed.

    `temporary` is a folder on the same file system for the first name; else it lies beside `path`.
    `durable`: it outlives a loss of power from now on, which costs a wait for the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = temporary or path.parent
    handle, name = tempfile.mkstemp(dir=folder, prefix=".hanpan-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
        if durable:
            _sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _sync_folder(folder: Path) -> None:
    """Have a folder's names reach the disk: a rename is not kept before."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
