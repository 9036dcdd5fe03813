"""Canaries: secrets that nobody may see again, in files outside a site and in the environment."""

from __future__ import annotations

import base64
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

FILE = "hanpan0canary0of0a0file0b81c"
ENVIRONMENT = "hanpan0canary0of0the0environment0b81c"
_LARGEST = 100_000_000  # bytes of a file that is searched; sparse files are larger
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def _forms(token: str) -> Iterator[bytes]:
    """Yield a token as it may be written: plain, in UTF-16, in hexadecimal and in Base64."""
    plain = token.encode()
    yield from (
        plain,
        token.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    )
    for before in range(3):  # what stands there depends on where the three bytes begin
        packed = base64.b64encode(b"x" * before + plain)
        yield packed[4 if before else 0 : len(packed) // 4 * 4 - 4]


_WANTED = re.compile(b"|".join(re.escape(form) for t in (FILE, ENVIRONMENT) for form in _forms(t)))


def has_canary(data: bytes) -> bool:
    """Tell whether bytes hold a canary, also within a ZIP, or a stream of a PDF."""
    return any(_WANTED.search(part) for part in _parts(data))


def files_with_canaries(folders: Iterable[Path]) -> list[Path]:
    """Return the regular files below folders, or named themselves, that hold a canary."""
    return [path for folder in folders for path in regular_files(folder) if _holds(path)]


def regular_files(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder; no link is followed, and nothing else opened."""
    mode = folder.lstat().st_mode if folder.is_symlink() or folder.exists() else 0
    if stat.S_ISREG(mode):
        yield folder
    elif stat.S_ISDIR(mode):
        for path in sorted(folder.iterdir()):
            yield from regular_files(path)


def _holds(path: Path) -> bool:
    return path.lstat().st_size <= _LARGEST and has_canary(path.read_bytes())


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                yield from _parts(book.read(name))
    if data.startswith(b"%PDF"):
        for stream in _STREAM.finditer(data):
            try:
                yield zlib.decompress(stream[1])
            except zlib.error:
                continue
