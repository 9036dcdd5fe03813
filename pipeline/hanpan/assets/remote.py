"""Remote files: fetched once, kept by content in a cache, with their checksums in assets.lock.

Politely: in turn with other requests to a host, a busy server once more, each post within a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hanpan.assets.download import (
    Busy,
    HostUnreachable,
    NotCached,
    TooSlow,
    Unreachable,
    ascii_url,
    download,
)
from hanpan.assets.turns import turn
from hanpan.files import FAILED, UNKNOWN, Fetched, sha256, write_atomic
from hanpan.network.deadline import Deadline
from hanpan.roots import TEXT, RefusedFile, Root
from hanpan.site import Remote

_ATTEMPTS = 2
_ABANDONED = 3600  # seconds after which a half-written file is nobody's
_PATIENCE = 2  # files for which a host was too slow; then it is not asked for others for a while
LONGEST_PAUSE = 5.0  # seconds; a server that asks for more is not asked again in this build


class OutOfTime(Unreachable):
    """The post has used up the time that [remote].total gives it; the next build goes on."""


@dataclass(frozen=True, slots=True)
class Locked:
    """What assets.lock says of one URL."""

    sha256: str
    size: int
    media_type: str


def read_lock(path: Path) -> dict[str, Locked]:
    """Return the entries of an assets.lock; none where there is no file.

    Raises ValueError where it is not what `lock_text` writes.
    """
    try:
        data: dict[str, Any] = json.loads(Root(path.parent).read(path.name))
        entries = {url: _locked(entry) for url, entry in data.items()}
        "".join(entries).encode()  # fails for half of a surrogate pair, which cannot be written
        return entries
    except FileNotFoundError:
        return {}
    except RefusedFile:
        raise
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read: {error.strerror}") from None
    except (AttributeError, RecursionError, ValueError) as error:
        raise ValueError(f"{path.name}: not a lock file ({error})") from None


def _locked(data: Any) -> Locked:
    """Return an entry of a lock or a note. Raises ValueError for anything else."""
    match data:
        case {"sha256": str(digest), "size": int(size), "type": str(media_type)}:
            if re.fullmatch("[0-9a-f]{64}", digest) and size >= 0:
                return Locked(digest, size, media_type)
    raise ValueError(f"no entry: {str(data)[:80]}")


def lock_text(entries: dict[str, Locked]) -> str:
    """Return the text of assets.lock: one line for each URL, sorted, so that merges are easy."""
    lines = [
        f"  {json.dumps(url, ensure_ascii=False)}: "
        + json.dumps({"sha256": entry.sha256, "size": entry.size, "type": entry.media_type})
        for url, entry in sorted(entries.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


class RemoteCache:
    """The `Fetcher` of a site: looks in the cache first, asks the network once."""

    def __init__(
        self, settings: Remote, folder: Path, lock: dict[str, Locked], *, offline: bool = False
    ) -> None:
        self.settings = settings
        self.folder = folder
        self._own = Root.own(folder)
        self.lock = lock
        self.offline = offline
        self._deadline: Deadline | None = None  # of [remote].total, from the first request

    def fetch(self, url: str) -> Fetched:
        """Return the file that `url` names. Raises Unreachable."""
        kept = self._kept(url)
        if kept:
            return kept
        if self.offline:
            raise NotCached("it is not in the cache, and --offline is set")
        self._refuse_failed(url)
        try:
            return self._in_turn(url)
        except OutOfTime:
            raise
        except Unreachable as error:
            note = {"url": url, "reason": str(error), "at": time.time()}
            note["of_host"] = isinstance(error, (HostUnreachable, TooSlow))
            self._write("failed", url, note)
            raise

    def _in_turn(self, url: str) -> Fetched:
        """Fetch and keep in turn with other requests to the host; ask a busy server once more."""
        host = urlsplit(ascii_url(url)).netloc
        known: Busy | None = None  # what came of an attempt that had its whole time
        seconds = 0.0
        for attempt in range(_ATTEMPTS):
            try:
                with turn(self.folder / "hosts", host, self._left()):
                    kept = self._kept(url)  # another worker may have fetched it by now
                    if kept:
                        return kept
                    self._refuse_slow(host)
                    seconds = min(self.settings.timeout, self._left())
                    fetched = download(url, replace(self.settings, timeout=seconds))
                    self._keep(url, fetched)  # within the turn: the next one finds it
                    self._note_answer(host)
                    return fetched
            except (OutOfTime, TimeoutError):
                break
            except Busy as busy:
                if not isinstance(busy, TooSlow) or seconds == self.settings.timeout:
                    known = busy
                if attempt + 1 == _ATTEMPTS or busy.pause > LONGEST_PAUSE:
                    break
                time.sleep(min(busy.pause, self._deadline.left if self._deadline else 0.0))
        if known is None:
            raise self._out_of_time()
        if isinstance(known, TooSlow):
            self._note_slow(host)
        raise known

    def _kept(self, url: str) -> Fetched | None:
        """Return a file from the cache, if it is there and what it was."""
        entry = self.entry(url)
        with contextlib.suppress(OSError):
            data = self._own.read(_content(entry.sha256)) if entry else b""
            if entry and sha256(data) == entry.sha256:
                return Fetched(data, entry.media_type)
        return None

    def _left(self) -> float:
        """Return how many seconds of [remote].total are left. Raises OutOfTime."""
        self._deadline = self._deadline or Deadline(self.settings.total)
        if not self._deadline.left:
            raise self._out_of_time()
        return self._deadline.left

    def _out_of_time(self) -> OutOfTime:
        total = f"{self.settings.total:g} s"
        return OutOfTime(f"the post's pictures took longer than {total}; the next build goes on")

    def fingerprint(self, url: str) -> str:
        """Return the cached file's hash, FAILED, or UNKNOWN where it is time to ask."""
        entry = self.entry(url)
        if entry:
            with contextlib.suppress(OSError):
                self._own.find(_content(entry.sha256))
                return entry.sha256
        return FAILED if self.offline or self._failure(url) else UNKNOWN

    def entry(self, url: str) -> Locked | None:
        """Return what the lock, or else the cache, knows of `url`."""
        if url in self.lock:
            return self.lock[url]
        with contextlib.suppress(ValueError):
            return _locked(self._read("index", url))
        return None

    def adopt(self, url: str, entry: Locked, data: bytes) -> None:
        """Keep a file that another cache has fetched."""
        write_atomic(self._own.place(_content(entry.sha256), make=True), data, self.temporary())
        known = {"sha256": entry.sha256, "size": entry.size, "type": entry.media_type}
        self._write("index", url, known)

    def _keep(self, url: str, fetched: Fetched) -> None:
        entry, digest = self.lock.get(url), sha256(fetched.data)
        if entry and digest != entry.sha256:
            raise Unreachable("its checksum differs from the one in assets.lock")
        _check_picture(fetched.data)  # else an error page would be kept, and locked, for good
        self.adopt(url, Locked(digest, len(fetched.data), fetched.media_type), fetched.data)

    def _failure(self, url: str) -> str | None:
        match self._recent("failed", url):
            case {"reason": str(reason)}:
                return reason
        return None

    def _refuse_failed(self, url: str) -> None:
        """Raise Unreachable for a file that could not be had not long ago."""
        match self._recent("failed", url):
            case {"reason": str(reason), "of_host": True}:
                raise HostUnreachable(reason)
            case {"reason": str(reason)}:
                raise Unreachable(reason)

    def _refuse_slow(self, host: str) -> None:
        """Raise Unreachable for a host that was too slow for several files not long ago."""
        match self._recent("slow", host):
            case {"times": int(times)} if times >= _PATIENCE:
                raise HostUnreachable("its host was too slow for other files")

    def _note_slow(self, host: str) -> None:
        times = 1
        match self._recent("slow", host):
            case {"times": int(before)}:
                times += before
        self._write("slow", host, {"host": host, "times": times, "at": time.time()})

    def _note_answer(self, host: str) -> None:
        with contextlib.suppress(OSError):  # mostly there is none
            self._own.place(_note("slow", host)).unlink()

    def _recent(self, kind: str, name: str) -> dict[str, Any] | None:
        """Return a note of the last `retry_after` seconds; one of the future is none.

        The clock may have been set back since.
        """
        data: dict[str, Any] | None = self._read(kind, name)
        match data:
            case {"at": int(at) | float(at)} if 0 <= time.time() - at < self.settings.retry_after:
                return data
        return None

    def _read(self, kind: str, name: str) -> Any:
        """Return a note, None where there is none; it may be damaged, and hold anything."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            return json.loads(self._own.read(_note(kind, name), TEXT))
        return None

    def _write(self, kind: str, name: str, data: dict[str, Any]) -> None:
        place = self._own.place(_note(kind, name), make=True)
        write_atomic(place, json.dumps(data).encode(), self.temporary())

    def temporary(self) -> Path:
        """Return the folder for what is half-written; some of it others may be writing."""
        return self._own.place("tmp/_", make=True).parent

    def clear_temporary(self) -> None:
        """Remove what has been half-written for so long that who wrote it must have been killed."""
        with contextlib.suppress(OSError):
            for item in os.scandir(self.folder / "tmp"):
                if time.time() - item.stat(follow_symlinks=False).st_mtime > _ABANDONED:
                    os.unlink(item)


def _content(digest: str) -> str:
    return f"content/{digest}"


def _note(kind: str, name: str) -> str:
    return f"{kind}/{sha256(name.encode())[:32]}.json"


def _check_picture(data: bytes) -> None:
    from hanpan.assets.images import bare_samples, identify  # heavy: only what is fetched needs it
    from hanpan.assets.pictures.bounds import NotAPicture

    try:
        if not bare_samples(data):  # else it costs more than it shows: only a post that may does
            identify(data)
    except NotAPicture as error:
        raise Unreachable(f"it {error.reason}") from None
