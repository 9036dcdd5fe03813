"""Finding pictures: what a post calls a picture -> its bytes in the site, or elsewhere."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal
from urllib.parse import unquote, urlsplit

from hanpan.assets.disk import is_on_disk, public_name
from hanpan.assets.download import HostUnreachable, NotCached, TooSlow
from hanpan.assets.images import bare_samples, decode_data_uri, identify
from hanpan.assets.pictures.bounds import NotAPicture, bare_samples_of_post
from hanpan.document import Asset
from hanpan.files import Files, sha256
from hanpan.site import HEXO
from hanpan.site.tables import Limits, Publication

_THREADS = 6  # of different hosts; assets/turns.py sees to each host
_REMOTE = re.compile(r"https?://", re.IGNORECASE)
# up to the next brace, lest what nothing closes be read once for each of its marks
_SITE = re.compile(r"\{\{\s*+site\.(?:url|baseurl)[^}]*+(\}\})?")

Reason = Literal["missing", "unreachable", "broken"]


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture, and a note for the author on how it was found."""

    asset: Asset
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnavailablePicture:
    """A picture that cannot be had: the reason in one word, its name, and details."""

    reason: Reason
    name: str
    detail: str = ""
    only_offline: bool = False  # it may be there, and was not asked for
    dead_host: str = ""  # the host that answers nothing at all, "" where it is another reason


class Finder:
    """Finds the pictures of one post; remembers what it fetched."""

    def __init__(self, files: Files, post: str, site_url: str, prefix: str = "") -> None:
        """Find pictures of the post at `post`; `prefix` a folder that names may leave out."""
        self._files = files
        self._folder = posixpath.dirname(post)
        self._site_url = site_url
        self._prefix = "" if _REMOTE.match(prefix) else prefix.strip("/ ")
        publication = files.settings(Publication)
        self._folders = (*publication.static, *publication.bundled)
        inner, _, _ = post.removeprefix(f"{publication.content}/").rpartition(".")
        self._own_page = inner if publication.content else ""
        self._asset_folder = ""  # Hexo's, named like the post
        if publication.generator == HEXO:
            self._asset_folder = posixpath.splitext(post)[0]
        self._fetched: dict[str, bytes | OSError] = {}
        self._bare: dict[str, int] = {}  # samples of large pictures with nothing to see, by digest

    def fetch_all(self, written: Iterable[str]) -> None:
        """Fetch all that is remote and not in the site, a few at a time."""
        urls = {url for item in written if (url := self._url(item)) and not self.own_places(url)}
        wanted = _by_turns(sorted(urls - self._fetched.keys()))
        if len(wanted) > 1:
            with ThreadPoolExecutor(min(_THREADS, len(wanted))) as pool:
                self._fetched.update(zip(wanted, pool.map(self._fetch, wanted), strict=True))

    def find(self, written: str) -> FoundPicture | UnavailablePicture:
        """Return the picture that a post calls `written`."""
        name = _short(public_name(written))
        if not written:
            return UnavailablePicture("missing", "without an address")
        if written[:5].lower() == "data:":
            return self._from_data(written)
        url = self._url(written)
        for path in self.own_places(url) if url else self.places(written):
            data, path, note = self._read(path)
            if data is not None:
                return self._look_at(data, f"file:{path}", name, note)
        if url:
            return self._from_elsewhere(url, name)
        if is_on_disk(written):
            return UnavailablePicture("missing", name, "it is a path on the author's own disk")
        return UnavailablePicture("missing", name)

    def _url(self, written: str) -> str:
        """Return the address of a remote picture, or ""."""
        if written.startswith("//"):
            return f"https:{written}"
        return written if _REMOTE.match(written) else ""

    def own_places(self, url: str) -> list[str]:
        """Return the paths in the site of a file whose address is on the site itself."""
        if self._site_url and url.startswith(f"{self._site_url}/"):
            return list(self.places(url[len(self._site_url) :]))
        return []

    def _from_data(self, uri: str) -> FoundPicture | UnavailablePicture:
        try:
            data = decode_data_uri(uri)
        except OSError as error:
            return UnavailablePicture("broken", "in the data: address", str(error))
        return self._look_at(data, uri, "in the data: address", "")

    def _from_elsewhere(self, url: str, name: str) -> FoundPicture | UnavailablePicture:
        got = self._fetched.get(url)
        if got is None:
            got = self._fetched[url] = self._fetch(url)
        if isinstance(got, OSError):
            is_dead = isinstance(got, (HostUnreachable, TooSlow))
            host = (urlsplit(url).hostname or "") if is_dead else ""
            offline = isinstance(got, NotCached)
            return UnavailablePicture("unreachable", name, str(got), offline, host)
        return self._look_at(got, f"remote:{url}", name, "")

    def _fetch(self, url: str) -> bytes | OSError:
        try:
            return self._files.fetch(url).data
        except OSError as error:
            return error

    def places(self, written: str) -> Iterator[str]:
        """Yield the paths below the site's root that a local name may mean, the likeliest first."""
        bare = _SITE.sub(lambda mark: "" if mark[1] else mark[0], written).strip().strip("<>")
        plain = re.split(r"[?#]", bare)[0]
        seen: set[str] = set()
        for name in (unquote(plain), plain, unquote(bare)):
            for path in (name, name.replace("\\", "/")):
                for place in self._candidates(unicodedata.normalize("NFC", path)):
                    if place and place not in seen and not place.startswith("../"):
                        seen.add(place)
                        yield place

    def _candidates(self, path: str) -> Iterator[str]:
        below = posixpath.normpath(path).lstrip("/")
        base = urlsplit(self._site_url).path.strip("/")
        if self._prefix:
            yield posixpath.normpath(posixpath.join(self._prefix, path.lstrip("/")))
        if not path.startswith("/"):
            yield posixpath.normpath(posixpath.join(self._folder, path))
            if self._asset_folder:
                yield posixpath.normpath(posixpath.join(self._asset_folder, path))
        yield re.sub(r"\A(?:\.\./)+", "", below)
        if base and below.startswith(f"{base}/"):
            below = below[len(base) + 1 :]
            yield below
        for folder in self._folders:
            yield f"{folder}/{below}"
            if self._own_page and not path.startswith("/"):  # from the address of the page
                yield posixpath.normpath(posixpath.join(folder, self._own_page, path))

    def _look_at(
        self, data: bytes, source: str, name: str, note: str
    ) -> FoundPicture | UnavailablePicture:
        digest = sha256(data)[:16]
        try:
            self._count_bare(data, digest)
            picture = identify(data)
        except NotAPicture as error:
            return UnavailablePicture("broken", name, f"it {error.reason}")
        size = (picture.width, picture.height)
        return FoundPicture(Asset(digest, source, picture.media_type, *size), note)

    def _count_bare(self, data: bytes, digest: str) -> None:
        """Raise NotAPicture where a post has too much of large pictures with nothing to see."""
        samples = 0 if digest in self._bare else bare_samples(data)
        if not samples:
            return
        most = bare_samples_of_post(self._files.settings(Limits).seconds)
        if sum(self._bare.values()) + samples > most:
            raise NotAPicture(
                "is large and has almost nothing in it, and the post has too much of that kind: "
                "make it smaller, or raise `seconds` in [limits] of site.toml"
            )
        self._bare[digest] = samples

    def _read(self, path: str) -> tuple[bytes | None, str, str]:
        """Return a file's bytes, the path it was found under, and a note where its name differs."""
        try:
            return self._files.read(path), path, ""
        except PermissionError:
            return None, path, ""
        except (OSError, ValueError):
            pass
        real = self._real_name(path)
        if not real or real == path:
            return None, path, ""
        try:
            data = self._files.read(real)
        except (OSError, ValueError):
            return None, path, ""
        same = unicodedata.normalize("NFC", real) == path
        note = "" if same else f"the picture {path} is called {real}, which servers tell apart"
        return data, real, note

    def _real_name(self, path: str) -> str:
        """Return the path as the folders write it: macOS decomposes, Windows knows no case."""
        parts_found: list[str] = []
        for part in path.split("/"):
            names = self._files.names("/".join(parts_found) or ".")
            wanted = unicodedata.normalize("NFC", part)
            alike = [name for name in names if unicodedata.normalize("NFC", name) == wanted]
            alike += [
                name
                for name in names
                if unicodedata.normalize("NFC", name).casefold() == wanted.casefold()
            ]
            if not alike:
                return ""
            parts_found.append(alike[0])
        return "/".join(parts_found)


def _by_turns(urls: list[str]) -> list[str]:
    """Return the addresses so that neighbours are of different hosts, as far as there are some."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(url.split("/")[2].lower(), []).append(url)
    rounds = zip_longest(*hosts.values())
    return [url for group in rounds for url in group if url is not None]


def _short(written: str) -> str:
    """Return a name short enough for a message."""
    name = unquote(written)
    return name if len(name) <= 120 else f"{name[:100]}…{name[-15:]}"
