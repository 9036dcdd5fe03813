"""Remote files: fetched once, kept by content in a cache, with their checksums in assets.lock.

Only http and https; the address that is checked is the address that is connected to, again after
each redirect (issue 2, "Teaser"). Private and loopback addresses are refused, unless [remote] says
otherwise.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import re
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from pipeline import __version__
from pipeline.assets.turns import turn
from pipeline.files import FAILED, UNKNOWN, Fetched, sha256, write_atomic
from pipeline.site import Remote

_HEADERS = {
    "User-Agent": f"hanpan/{__version__}",
    "Accept": "image/*,*/*;q=0.5",
    "Accept-Encoding": "identity",
}
_BUSY = (429, 503)
_ATTEMPTS = 2
_BACKOFF = 0.5  # seconds before the second attempt, where the server names no time
LONGEST_PAUSE = 5.0  # seconds; a server that asks for more is not asked again in this build
_REDIRECTS = (301, 302, 303, 307, 308)


class Unreachable(OSError):
    """A remote file could not be had; the message says why."""


class Busy(Unreachable):
    """The server may answer if it is asked again, `pause` seconds from now."""

    def __init__(self, reason: str, pause: float) -> None:
        self.pause = pause
        super().__init__(reason)


class OutOfTime(Unreachable):
    """The post has used up the time that [remote].total gives it; the next build goes on."""


class Refused(Unreachable):
    """The address is one that hanpan does not connect to."""


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
            raise Unreachable("it is not in the cache, and --offline was given")
        failed = self._failure(url)
        if failed:
            raise Unreachable(failed)
        try:
            fetched = self._download(url)
            if entry and sha256(fetched.data) != entry.sha256:
                raise Unreachable("its checksum is not the one in assets.lock")
            _check_picture(fetched.data)  # else an error page would be kept, and locked, for good
        except OutOfTime:
            raise
        except Unreachable as error:
            self._write("failed", url, {"url": url, "reason": str(error), "at": time.time()})
            raise
        self._keep(url, fetched)
        return fetched

    def _download(self, url: str) -> Fetched:
        """Fetch in turn with other requests to the host; ask a busy server once more."""
        host = urlsplit(ascii_url(url)).netloc
        for attempt in range(_ATTEMPTS):
            try:
                with turn(self.folder / "hosts", host, self._left()):
                    entry = self.entry(url)  # another worker may have fetched it by now
                    if entry and self._content(entry.sha256).is_file():
                        return Fetched(self._content(entry.sha256).read_bytes(), entry.media_type)
                    seconds = min(self.settings.timeout, self._left())
                    return download(url, replace(self.settings, timeout=seconds))
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
        digest = sha256(fetched.data)
        write_atomic(self._content(digest), fetched.data)
        entry = {"sha256": digest, "size": len(fetched.data), "type": fetched.media_type}
        self._write("index", url, entry)

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
    from pipeline.assets.images import NotAPicture, identify  # heavy: only what is fetched needs it

    try:
        identify(data)
    except NotAPicture as error:
        raise Unreachable(f"it {error.reason}") from None


def ascii_url(url: str) -> str:
    """Return `url` with Hangul and blanks percent-encoded and its host in IDNA.

    Raises Refused for anything but http and https with a host.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in ("http", "https"):
        raise Refused(f"only http and https are fetched, not {parts.scheme or 'a path'}")
    try:
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        host, port = "", None
    if not host:
        raise Refused("the address has no valid host")
    if parts.username or parts.password:
        raise Refused("an address with a password in it is not fetched")
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return f"{parts.scheme.lower()}://{place}{path}" + (f"?{query}" if query else "")


def download(url: str, settings: Remote) -> Fetched:
    """Fetch `url` from the network. Raises Unreachable with the reason."""
    import httpcore2

    deadline = time.monotonic() + settings.timeout
    backend = _guarded(settings.allow_private, deadline)
    current = ascii_url(url)
    try:
        with httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool:
            for _ in range(settings.max_redirects + 1):
                found = _get(pool, current, settings, deadline)
                if isinstance(found, Fetched):
                    return found
                current = ascii_url(urljoin(current, found))
    except Unreachable:
        raise
    except (httpcore2.TimeoutException, TimeoutError):
        raise Busy(f"no answer within {settings.timeout:g} s", _BACKOFF) from None
    except httpcore2.ProtocolError as error:
        raise Unreachable(f"the server's answer is broken: {error}") from None
    except (OSError, httpcore2.NetworkError, ValueError) as error:
        raise Unreachable(f"{error}" or type(error).__name__) from None
    raise Unreachable(f"more than {settings.max_redirects} redirects")


def _get(pool: Any, url: str, settings: Remote, deadline: float) -> Fetched | str:
    """Ask once: return the file, or where the server sends us."""
    left = max(0.1, deadline - time.monotonic())
    timeouts = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), left)}
    with pool.stream("GET", url, headers=_HEADERS, extensions=timeouts) as response:
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and b"location" in headers:
            return str(headers[b"location"])
        if response.status in _BUSY:
            pause = _pause(headers.get(b"retry-after", ""))
            raise Busy(f"the server answered {response.status}", pause)
        if response.status != 200:
            raise Unreachable(f"the server answered {response.status}")
        said = headers.get(b"content-length", "")
        if said.isdigit() and int(said) > settings.max_bytes:
            raise Unreachable(f"it is larger than {settings.max_bytes} bytes")
        data = _body(response.iter_stream(), settings, deadline)
        if said.isdigit() and len(data) != int(said):
            raise Unreachable("the connection was cut before the end of the file")
        media = re.split(r"[;\s]", headers.get(b"content-type", ""), maxsplit=1)[0].lower()
    return Fetched(data, media)


def _pause(retry_after: str) -> float:
    """Return the seconds that a server asks us to wait (RFC 9110, section 10.2.3)."""
    said = retry_after.strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return _BACKOFF


def _body(chunks: Iterable[bytes], settings: Remote, deadline: float) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > settings.max_bytes:
            raise Unreachable(f"it is larger than {settings.max_bytes} bytes")
        if time.monotonic() > deadline:
            raise Unreachable(f"it took longer than {settings.timeout:g} s")
    return bytes(data)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public Internet, however it is written."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        nat64 = ipaddress.ip_network("64:ff9b::/96")
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in nat64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _guarded(allow_private: bool, deadline: float) -> Any:
    """Return an httpcore2 backend that connects only to addresses it has checked itself."""
    import httpcore2

    class Guarded(httpcore2.SyncBackend):
        """Resolve, check, and connect to the very address that was checked."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Any = None,
        ) -> Any:
            try:
                answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError:
                raise Unreachable(f"the name {host} cannot be resolved") from None
            addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
            if not allow_private and not all(map(is_public, addresses)):
                raise Refused(f"{host} is a private address (allow_private is false)")
            for address in addresses:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                with contextlib.suppress(httpcore2.NetworkError, httpcore2.TimeoutException):
                    return super().connect_tcp(
                        address, port, min(left, timeout or left), local_address, socket_options
                    )
            raise Unreachable(f"{host} does not take connections")

    return Guarded()
