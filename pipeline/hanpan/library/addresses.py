"""Addresses: paths below out/site that every file system and host takes, each given once.

An author's permalink may be anything. A file system that does not tell cases apart, or one that
reserves names (Windows: CON, NUL), must hold the site all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

LONGEST = 200  # bytes of one name: file systems take 255, and endings are added
DEEPEST = 12  # folders
_UNSAFE = re.compile(r'[\x00-\x20\x7f<>:"|?*\\#%]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE | re.DOTALL)
# a file that is no page: `.zip`, `.mp4`; `python-3.11` is no ending
_MEDIA = re.compile(r"\.(?!html?\Z|md\Z|markdown\Z|php\Z)[a-z][a-z0-9]{1,5}\Z", re.IGNORECASE)
PAGE = "index.html"
_UNQUOTED = "/~!$&'()*+,;=@-._"


def page_path(address: str) -> str:
    """Return the file that shows the page at a path of a site (`/a/b/`, `/a/b.html`, `/a/b`).

    As Jekyll does: a folder has its index.html, a page without ending is a file with one.
    """
    parts = list(_parts(address))
    if not parts:
        return PAGE
    if address.endswith("/"):
        return "/".join([*parts, PAGE])
    if parts[-1].lower().endswith((".html", ".htm")):
        return "/".join(parts)
    return "/".join([*parts[:-1], f"{parts[-1]}.html"])


def folder_path(*names: str) -> str:
    """Return the index.html of a folder whose names are an author's: a tag, a series."""
    parts = [safe_name(name.replace("/", "-")) or "-" for name in names]
    return "/".join([*parts, PAGE])


def safe_name(name: str) -> str:
    """Return one name of a file or folder that is safe everywhere; "" where nothing is left."""
    name = unicodedata.normalize("NFC", name)
    name = _UNSAFE.sub("-", name).strip("-. ") if _UNSAFE.search(name) else name.strip(". ")
    if len(name.encode()) > LONGEST:
        name = name.encode()[:LONGEST].decode(errors="ignore").rstrip(". ")
    return f"{name}-" if _DEVICE.match(name) else name


def _parts(address: str) -> Iterator[str]:
    names = [name for name in address.split("/") if name not in ("", ".", "..")]
    if len(names) > DEEPEST:
        names = [*names[: DEEPEST - 1], "-".join(names[DEEPEST - 1 :])]
    yield from filter(None, map(safe_name, names))


def shown(path: str) -> str:
    """Return the address of a file, as links write it: a folder's index.html is the folder."""
    return path.removesuffix(PAGE) if path == PAGE or path.endswith(f"/{PAGE}") else path


def quoted(path: str) -> str:
    """Return a path as links write it: `shown`, with what URIs do not take in percents."""
    return quote(shown(path), safe=_UNQUOTED)


class Claims:
    """Which paths are taken, compared as a file system that does not tell cases apart does."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def take(self, path: str) -> bool:
        """Claim a path; return whether it was free, beside files and folders that are there."""
        folded = _folded(path)
        above = [folded[:end] for end in _ends(folded)]
        if folded in self._files or folded in self._folders or self._files.intersection(above):
            return False
        self._files.add(folded)
        self._folders.update(above)
        return True

    def take_like(self, path: str) -> str:
        """Claim a path, or else the first one like it that is free: `a-2/index.html`."""
        if self.take(path):
            return path
        taken = next((end for end in _ends(path) if _folded(path[:end]) in self._files), None)
        for number in range(2, 1_000_000):
            other = f"{path[:taken]}-{number}{path[taken:]}" if taken else _numbered(path, number)
            if self.take(other):
                return other
        raise AssertionError("a site has fewer pages of one name")


def _numbered(path: str, number: int) -> str:
    folder, _, name = path.rpartition("/")
    if folder and name == PAGE:
        return f"{folder}-{number}/{name}"
    stem, dot, ending = name.rpartition(".")
    other = f"{stem or ending}-{number}{dot}{ending if stem else ''}"
    return f"{folder}/{other}" if folder else other


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def _ends(path: str) -> Iterator[int]:
    end = path.find("/")
    while end >= 0:
        yield end
        end = path.find("/", end + 1)


def comparable(address: str) -> tuple[str, tuple[str, ...]]:
    """Return an address's host and the parts of its path, however they are written."""
    split = urlsplit(address)
    path = unicodedata.normalize("NFC", unquote(split.path))
    path = path.removesuffix("index.html").removesuffix(".html")
    return split.netloc.lower(), tuple(part for part in path.split("/") if part)


def is_file(address: str) -> bool:
    """Tell whether an address is that of a file that is no page, as far as its name tells."""
    parts = comparable(address.partition("#")[0])[1]
    return bool(parts and _MEDIA.search(parts[-1]))
