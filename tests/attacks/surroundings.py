"""Surroundings: what lies around the folders that hanpan writes to, and whether it has changed."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

_LARGEST = 1_000_000  # bytes of a file whose content is compared; of others, size and time
Snapshot = dict[str, str]

# Of strace: files opened to be written, and all that changes names. `-y` writes the path that a
# descriptor leads to behind it, whatever links there were.
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?")
_OPENED = ("open", "openat", "openat2", "creat")
_CHANGING = frozenset(
    "rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink symlinkat "
    "truncate mknod mknodat chmod fchmodat chown lchown fchownat setxattr lsetxattr".split()
)
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_ARGUMENT = re.compile(r'(?:(?:AT_FDCWD|\d+)<((?:[^>\\]|\\.)*)>, )?"((?:[^"\\]|\\.)*)"')


def snapshot(folder: Path, without: Collection[Path]) -> Snapshot:
    """Return what is below a folder, by path; `without` are the folders that may change."""
    return dict(_entries(folder, without))


def _entries(folder: Path, without: Collection[Path]) -> Iterator[tuple[str, str]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if path in without:
            continue
        status = path.lstat()
        yield os.fsencode(path).decode("latin-1"), _print_of(path, status)
        if stat.S_ISDIR(status.st_mode) and os.access(path, os.R_OK | os.X_OK):
            yield from _entries(path, without)


def _print_of(path: Path, status: os.stat_result) -> str:
    kind = f"{status.st_mode:o}"
    if stat.S_ISLNK(status.st_mode):
        return f"{kind} {path.readlink()}"
    if not stat.S_ISREG(status.st_mode):
        return kind
    if status.st_size > _LARGEST:
        return f"{kind} {status.st_size} {status.st_mtime_ns}"
    try:
        return f"{kind} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    except PermissionError:
        return f"{kind} {status.st_size} {status.st_mtime_ns}"


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """Return the paths whose entries differ."""
    return sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))


def tracing_command(folder: Path) -> list[str]:
    """Return the command that keeps the system calls of another, which follows, in a folder."""
    folder.mkdir()
    calls = ["strace", "-ff", "-y", "-qq", "-e", "trace=%file"]
    return [*calls, "-o", str(folder / "calls")]


def changed_paths(traces: Path) -> set[str]:
    """Return the real paths that a traced command has written to, created, renamed or removed."""
    return {path for kind, path in _calls(traces) if kind == "write"}


def opened_paths(traces: Path) -> set[str]:
    """Return the real paths that a traced command has opened."""
    return {path for kind, path in _calls(traces) if kind == "read"}


def _calls(traces: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(traces.iterdir()):
        for line in file.read_text("utf-8", "replace").splitlines():
            call = _CALL.match(line)
            if not call or call[3].startswith("-"):
                continue
            if call[1] in _OPENED and call[4] and "O_PATH" not in call[2]:
                kind = "write" if call[1] == "creat" or _WRITING.search(call[2]) else "read"
                yield kind, _unescaped(call[4])
            elif call[1] in _CHANGING:
                named = _ARGUMENT.findall(call[2])  # what a symbolic link says is no path
                for folder, name in named[call[1].startswith("symlink") :]:
                    yield "write", _place(_unescaped(folder), _unescaped(name))


def _place(folder: str, name: str) -> str:
    """Return where a name leads that the call itself does not follow."""
    above, last = os.path.split(os.path.join(folder, name).rstrip("/"))
    return os.path.join(os.path.realpath(above), last)


def _unescaped(text: str) -> str:
    """Return a string as strace shows it, as Python shows file names."""
    data = text.encode("utf-8").decode("unicode_escape").encode("latin-1", "replace")
    return os.fsdecode(data)
