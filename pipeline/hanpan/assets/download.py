"""Download: one file over http or https, from an address that was checked first.

The address that is checked is the address that is connected to, again after each redirect. Private
and loopback addresses are refused, unless [remote] says otherwise.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from hanpan import __version__
from hanpan.assets.special_addresses import is_public
from hanpan.files import Fetched
from hanpan.network.deadline import Deadline
from hanpan.site import Remote

_HEADERS = {
    "User-Agent": f"hanpan/{__version__}",
    "Accept": "image/*,*/*;q=0.5",
    "Accept-Encoding": "identity",
}
_BUSY = (429, 503)
_BACKOFF = 0.5  # seconds before the second attempt, where the server names no time
_REDIRECTS = (301, 302, 303, 307, 308)


class Unreachable(OSError):
    """A remote file cannot be fetched; the message says why."""


class HostUnreachable(Unreachable):
    """The host does not answer, whatever it is asked for."""


class NotCached(Unreachable):
    """The file is not in the cache, and the network is not to be used."""


class Busy(Unreachable):
    """The server may answer a second request, `pause` seconds from now."""

    def __init__(self, reason: str, pause: float) -> None:
        self.pause = pause
        super().__init__(reason)


class TooSlow(Busy):
    """The time that a file may take is over."""


class Refused(Unreachable):
    """The address is one to which hanpan does not connect."""


def ascii_url(url: str) -> str:
    """Return `url` with Hangul and blanks percent-encoded and its host in IDNA.

    Raises Refused for anything but http and https with a host.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets without an IPv6 address, characters that turn into `/` or `@`
        raise Refused("the address has no valid host") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise Refused(f"only http and https are fetched, not {parts.scheme or 'a path'}")
    try:
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        host, port = "", None
    if not host:
        raise Refused("the address has no valid host")
    if parts.username or parts.password:
        raise Refused("addresses with a password are not fetched")
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return f"{parts.scheme.lower()}://{place}{path}" + (f"?{query}" if query else "")


def download(url: str, settings: Remote) -> Fetched:
    """Fetch `url` from the network. Raises Unreachable with the reason."""
    import httpcore2

    from hanpan.network.backend import BoundedBackend, TooManyBytes

    backend = BoundedBackend() if settings.allow_private else BoundedBackend(_refuse_private)
    deadline = Deadline(settings.timeout)
    current = ascii_url(url)
    try:
        with httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool:
            for _ in range(settings.max_redirects + 1):
                backend.begin(deadline)
                answer = _get(pool, backend, current, settings)
                if isinstance(answer, Fetched):
                    return answer
                current = ascii_url(urljoin(current, answer))
    except Unreachable:
        raise
    except (httpcore2.TimeoutException, TimeoutError):
        raise TooSlow(f"no answer within {settings.timeout:g} s", _BACKOFF) from None
    except TooManyBytes as error:
        raise Unreachable(f"{error}") from None
    except httpcore2.ProtocolError as error:
        raise Unreachable(f"the server's answer is malformed: {error}") from None
    except (OSError, httpcore2.NetworkError) as error:
        raise HostUnreachable(f"{error}" or type(error).__name__) from None
    except ValueError as error:
        raise Unreachable(f"{error}" or type(error).__name__) from None
    raise Unreachable(f"more than {settings.max_redirects} redirects")


def _get(pool: Any, backend: Any, url: str, settings: Remote) -> Fetched | str:
    """Send one request; return the file, or the address of a redirect."""
    with pool.stream("GET", url, headers=_HEADERS) as response:
        backend.expect_body(settings.max_bytes)
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and b"location" in headers:
            return str(headers[b"location"])
        if response.status in _BUSY:
            pause = seconds_to_wait(headers.get(b"retry-after", ""), _BACKOFF)
            raise Busy(f"the server answered {response.status}", pause)
        if response.status != 200:
            raise Unreachable(f"the server answered {response.status}")
        length = headers.get(b"content-length", "")
        if length.isdigit() and int(length) > settings.max_bytes:
            raise Unreachable(f"it is larger than {settings.max_bytes} bytes")
        data = _body(response.iter_stream(), settings)
        if length.isdigit() and len(data) != int(length):
            raise Unreachable("the connection was cut before the end of the file")
        media = re.split(r"[;\s]", headers.get(b"content-type", ""), maxsplit=1)[0].lower()
    return Fetched(data, media)


def seconds_to_wait(retry_after: str, otherwise: float) -> float:
    """Return the seconds that a Retry-After asks us to wait (RFC 9110, section 10.2.3)."""
    value = retry_after.strip()
    if re.fullmatch("[0-9]{1,9}", value):  # a century at most; `²` is a digit to Python as well
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (LookupError, OverflowError, TypeError, ValueError):
        return otherwise


def _body(chunks: Iterable[bytes], settings: Remote) -> bytes:
    import httpcore2

    data = bytearray()
    try:
        for chunk in chunks:
            data += chunk
            if len(data) > settings.max_bytes:
                raise Unreachable(f"it is larger than {settings.max_bytes} bytes")
    except httpcore2.TimeoutException:
        raise TooSlow(f"it took longer than {settings.timeout:g} s", math.inf) from None
    return bytes(data)


def _refuse_private(host: str, addresses: list[str]) -> None:
    if not all(map(is_public, addresses)):
        raise Refused(f"{host} is a private address (allow_private is false)")
