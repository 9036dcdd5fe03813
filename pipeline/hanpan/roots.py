"""Roots: folders that no link leads out of; below them, regular files of no more than a size.

What authors put into a site, and what an out/ of others holds, may be links, pipes and devices. A
file is judged by its status first, and then opened from its root downwards without following
links: what takes its place in between is not read either.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from hanpan.problems import HanpanError, Problem

# The largest files that are read, in bytes; docs/facts.md says why.
SETTINGS = 1_000_000  # site.toml, _config.yml, platforms
TEXT = 5_000_000  # posts, includes, YAML
DATA = 20_000_000  # JSON and CSV, which load faster
FRONT_MATTER = 200_000  # characters of it
FILE = 200_000_000  # pictures, fonts, and all else

# without O_PATH (macOS), folders must be readable and not only searchable
_STEP = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_REGULAR = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_KERNEL = ("/proc/", "/sys/", "/dev/")  # files there look regular, and block or hold secrets
_MEMORY = "/dev/shm/"  # noqa: S108  a disk like any other
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link that leads nowhere",
}


class RefusedFile(HanpanError, PermissionError):
    """A file that is neither read nor written, whoever may.

    An OSError for those who can do without the file; for others a HanpanError that names it.
    """


class TooLarge(RefusedFile):
    """A file of more bytes than its kind may have."""

    def __init__(self, problem: Problem, size: int) -> None:
        self.size = size
        super().__init__(problem)


def real(path: str | Path) -> Path:
    """Return a path that no link is part of.

    A link that leads to itself stays, and a chain of more than any system follows: neither can be
    opened.
    """
    try:
        resolved = os.path.realpath(path)
    except RecursionError:
        return Path(os.path.abspath(path))
    try:
        os.stat(path)
    except OSError as error:  # since 3.14, Python follows more links than the system does
        if error.errno == errno.ELOOP and not os.path.islink(resolved):
            return Path(os.path.abspath(path))
    return Path(resolved)


class Root:
    """A folder, and what is below it.

    A `name` is a path relative to it, with /. Links may lead anywhere within; without `links`,
    nowhere: hanpan's own files have none.
    """

    def __init__(self, path: str | Path, *, links: bool = True) -> None:
        self.path = str(real(path))
        self._above = self.path.rstrip("/")
        self._links = links

    @classmethod
    def own(cls, path: Path) -> Root:
        """Return a folder that hanpan writes to, which need not exist yet.

        `path` is real but for what is hanpan's own of it. Raises RefusedFile where that is a link.
        """
        if real(path) != path:
            links = (folder for folder in (*reversed(path.parents), path) if folder.is_symlink())
            raise _linked(os.path.relpath(next(links, path)))
        return cls(path, links=False)

    def read(self, name: str, limit: int = FILE) -> bytes:
        """Return a file's bytes. Raises RefusedFile, FileNotFoundError, OSError."""
        with self.opened(name, limit) as handle:
            return _read(handle, name, limit)

    @contextlib.contextmanager
    def opened(self, name: str, limit: int = FILE) -> Iterator[int]:
        """Hold a file open until the end of the block. Raises as `read` does."""
        path = self.find(name, limit)
        handle = self._descend(path, _REGULAR, name)
        try:
            _check(os.fstat(handle), name, limit)
            yield handle
        finally:
            os.close(handle)

    def find(self, name: str, limit: int = FILE) -> str:
        """Return the real path of a file, for what cannot read bytes. Raises as `read` does."""
        path, status = self._resolve(name)
        _check(status, name, limit)
        return path

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the sorted names in a folder. Raises as `read` does."""
        path, status = self._resolve(folder)
        if not stat.S_ISDIR(status.st_mode):
            raise FileNotFoundError(folder)
        handle = self._descend(path, _FOLDER, folder)
        try:
            return tuple(sorted(os.listdir(handle)))
        finally:
            os.close(handle)

    def place(self, name: str, *, make: bool = False) -> Path:
        """Return where a file may be written or removed; `make` its folder where there is none.

        What is there, even a link, is not followed by either. Raises RefusedFile, OSError.
        """
        *folders, last = self._plain_parts(name)
        here = self._above
        if make and not os.path.isdir(self.path):
            os.makedirs(self.path, exist_ok=True)
        for folder in folders:
            here = f"{here}/{folder}"
            try:
                mode = os.lstat(here).st_mode
            except FileNotFoundError:
                if not make:
                    raise
                with contextlib.suppress(FileExistsError):
                    os.mkdir(here)
                mode = os.lstat(here).st_mode
            if stat.S_ISLNK(mode):
                raise _linked(os.path.relpath(here))
            if not stat.S_ISDIR(mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), here)
        return Path(f"{here}/{last}")

    def lock(self, name: str) -> int:
        """Open a file to be locked, as it is; an empty one where there is none."""
        path = self.place(name, make=True)
        with contextlib.suppress(FileNotFoundError):
            status = os.lstat(path)
            shown = os.path.relpath(path)
            if stat.S_ISLNK(status.st_mode):
                raise _linked(shown)
            _check(status, shown, FILE)
        return os.open(path, os.O_CREAT | os.O_RDWR | _REGULAR, 0o644)

    def check(self, name: str) -> None:
        """Raise RefusedFile for a name that is none of a file below the root."""
        self._plain_parts(name)

    def _resolve(self, name: str) -> tuple[str, os.stat_result]:
        """Return the path of a name that no link is part of, and its status."""
        try:
            path, status = self._walk(name)
        except NotADirectoryError:
            raise FileNotFoundError(name) from None
        except RefusedFile:
            raise
        except PermissionError:
            raise _denied(name) from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise _special(name, _KINDS[stat.S_IFLNK]) from None
            raise
        if path.startswith(_KERNEL) and not path.startswith(_MEMORY):
            raise _special(name, "a file of the system's kernel")
        return path, status

    def _walk(self, name: str) -> tuple[str, os.stat_result]:
        if name == ".":
            return self.path, os.lstat(self.path)
        parts = name.split("/")
        link = name
        if "" not in parts and "." not in parts and ".." not in parts:
            path = self._above
            for number, part in enumerate(parts, 1):
                path = f"{path}/{part}"
                status = os.lstat(path)
                if stat.S_ISLNK(status.st_mode):
                    link = "/".join(parts[:number])
                    break
            else:
                return path, status
        if not self._links:
            raise _linked(os.path.relpath(f"{self._above}/{link}"))
        path = str(real(os.path.join(self.path, name)))
        if path != self.path and not path.startswith(f"{self._above}/"):
            raise _outside(link)
        return path, os.lstat(path)

    def _descend(self, path: str, flags: int, name: str) -> int:
        """Open a path below the root; an OSError where a link has come to be part of it."""
        handle = os.open(self.path, _STEP)
        parts = [part for part in path[len(self._above) :].split("/") if part]
        for number, part in enumerate(parts or ["."], 1):
            is_last = number >= len(parts)
            try:
                following = os.open(
                    part, flags if is_last else _STEP | os.O_NOFOLLOW, dir_fd=handle
                )
            except PermissionError:
                raise _denied(name) from None
            finally:
                os.close(handle)
            handle = following
        return handle

    def _plain_parts(self, name: str) -> list[str]:
        parts = name.split("/")
        if not {"", ".", ".."}.isdisjoint(parts) or "\0" in name:
            raise _outside(name)
        return parts


def _read(handle: int, name: str, limit: int) -> bytes:
    """Return all that is in a file, which may grow meanwhile."""
    size = os.fstat(handle).st_size
    pieces = [os.read(handle, size + 1)]
    total = len(pieces[0])
    while pieces[-1] and total <= limit:
        pieces.append(os.read(handle, 65_536))
        total += len(pieces[-1])
    if total > limit:
        raise _too_large(name, total, limit)
    return b"".join(pieces)


def _check(status: os.stat_result, name: str, limit: int) -> None:
    """Raise RefusedFile for what is not a regular file, or is too large; a folder is no file."""
    if stat.S_ISDIR(status.st_mode):
        raise FileNotFoundError(name)
    if not stat.S_ISREG(status.st_mode):
        raise _special(name, _KINDS.get(stat.S_IFMT(status.st_mode), "no file"))
    if status.st_size > limit:
        raise _too_large(name, status.st_size, limit)


def _denied(name: str) -> RefusedFile:
    return _refused(name, "permission denied", "Check its permissions.")


def _outside(link: str) -> RefusedFile:
    message = "it is outside the site: a link or `..` leads there"
    return _refused(link, message, "Put the file itself into the site.")


def _linked(link: str) -> RefusedFile:
    message = "it is a link; hanpan follows none in folders of its own"
    return _refused(link, message, "Remove the link.")


def _special(name: str, kind: str) -> RefusedFile:
    message = f"it is {kind}; only regular files are read"
    return _refused(name, message, "Put a regular file in its place, or remove it.")


def _too_large(name: str, size: int, limit: int) -> TooLarge:
    message = f"it has {size:,} bytes; the limit is {limit:,}"
    problem = Problem("file-unreadable", "error", message, name, None, "Use a smaller file.")
    return TooLarge(problem, size)


def _refused(path: str, message: str, remedy: str) -> RefusedFile:
    return RefusedFile(Problem("file-unreadable", "error", message, path, None, remedy))
