"""Remote files: fetched once, kept by content in a cache, with their checksums in assets.lock.

Politely: in turn with other requests to a host, a busy server once more, each post within a time.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hanpan.assets.download import Busy, Unreachable, ascii_url, download
from hanpan.assets.turns import turn
from hanpan.files import FAILED, UNKNOWN, Fetched, sha256, write_atomic
from hanpan.site import Remote

_ATTEMPTS = 2
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
    if not path.is_file():
        return {}
    try:
        data: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
        return {
            url: Locked(entry["sha256"], entry["size"], entry["type"])
            for url, entry in data.items()
        }
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path.name}: not a lock file ({error})") from None


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
        self.lock = lock
        self.offline = offline
        self._end: float | None = None  # when [remote].total is over, from the first request

    def fetch(self, url: str) -> Fetched:
        """Return the file that `url` names. Raises Unreachable."""
        entry = self.entry(url)
        if entry and self._content(entry.sha256).is_file():
            return Fetched(self._content(entry.sha256).read_bytes(), entry.media_type)
        if self.offline:
            raise Unreachable("it is not in the cache, and --offline is set")
        failed = self._failure(url)
        if failed:
            raise Unreachable(failed)
        try:
            return self._in_turn(url)
        except OutOfTime:
            raise
        except Unreachable as error:
            self._write("failed", url, {"url": url, "reason": str(error), "at": time.time()})
            raise

    def _in_turn(self, url: str) -> Fetched:
        """Fetch and keep in turn with other requests to the host; ask a busy server once more."""
        host = urlsplit(ascii_url(url)).netloc
        for attempt in range(_ATTEMPTS):
            try:
                with turn(self.folder / "hosts", host, self._left()):
                    entry = self.entry(url)  # another worker may have fetched it by now
                    if entry and self._content(entry.sha256).is_file():
                        return Fetched(self._content(entry.sha256).read_bytes(), entry.media_type)
                    seconds = min(self.settings.timeout, self._left())
                    fetched = download(url, replace(self.settings, timeout=seconds))
                    self._keep(url, fetched)  # within the turn: the next one finds it
                    return fetched
            except TimeoutError:
                break
            except Busy as busy:
                if attempt + 1 == _ATTEMPTS or busy.pause > LONGEST_PAUSE:
                    raise
                time.sleep(min(busy.pause, self._left()))
        raise self._out_of_time()

    def _left(self) -> float:
        """Return how many seconds of [remote].total are left. Raises OutOfTime."""
        now = time.monotonic()
        self._end = self._end or now + self.settings.total
        if now >= self._end:
            raise self._out_of_time()
        return self._end - now

    def _out_of_time(self) -> OutOfTime:
        total = f"{self.settings.total:g} s"
        return OutOfTime(f"the post's pictures took longer than {total}; the next build goes on")

    def fingerprint(self, url: str) -> str:
        """Return the cached file's hash, FAILED, or UNKNOWN where it is time to ask."""
        entry = self.entry(url)
        if entry and self._content(entry.sha256).is_file():
            return entry.sha256
        return FAILED if self.offline or self._failure(url) else UNKNOWN

    def entry(self, url: str) -> Locked | None:
        """Return what the lock, or else the cache, knows of `url`."""
        if url in self.lock:
            return self.lock[url]
        data = self._read("index", url)
        return Locked(data["sha256"], data["size"], data["type"]) if data else None

    def _keep(self, url: str, fetched: Fetched) -> None:
        entry, digest = self.lock.get(url), sha256(fetched.data)
        if entry and digest != entry.sha256:
            raise Unreachable("its checksum differs from the one in assets.lock")
        _check_picture(fetched.data)  # else an error page would be kept, and locked, for good
        write_atomic(self._content(digest), fetched.data)
        known = {"sha256": digest, "size": len(fetched.data), "type": fetched.media_type}
        self._write("index", url, known)

    def _failure(self, url: str) -> str | None:
        data = self._read("failed", url)
        if data and time.time() - float(data["at"]) < self.settings.retry_after:
            return str(data["reason"])
        return None

    def _content(self, digest: str) -> Path:
        return self.folder / "content" / digest

    def _note(self, kind: str, url: str) -> Path:
        return self.folder / kind / f"{sha256(url.encode())[:32]}.json"

    def _read(self, kind: str, url: str) -> dict[str, Any] | None:
        with contextlib.suppress(OSError, ValueError):
            data: dict[str, Any] = json.loads(self._note(kind, url).read_text("utf-8"))
            return data
        return None

    def _write(self, kind: str, url: str, data: dict[str, Any]) -> None:
        write_atomic(self._note(kind, url), json.dumps(data).encode())


def _check_picture(data: bytes) -> None:
    from hanpan.assets.images import NotAPicture, identify  # heavy: only what is fetched needs it

    try:
        identify(data)
    except NotAPicture as error:
        raise Unreachable(f"it {error.reason}") from None
