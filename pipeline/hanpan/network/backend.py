"""Backend: sockets for httpcore2 that keep a deadline, whatever the other side does.

A timeout of httpcore2 is for one read, so that a server that sends a byte now and then (of its
head, of an interim response, of a chunk's extension) is never left. Here every wait, for a name, a
connection, TLS, a read or a write, is for what is left of the whole time; what comes is counted.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

import httpcore2

from hanpan.network.deadline import Deadline

HEAD = 1_000_000  # bytes that may come before the body: h11 takes 100 kB for one head
_PIECE = 4096  # bytes of one write: what a socket that can be written to takes at once


class TooManyBytes(httpcore2.ReadError):
    """More comes than was asked for."""


class BoundedBackend(httpcore2.SyncBackend):
    """Connects, by names that it resolves itself, within one deadline after another.

    `check` raises what says why a host with such addresses is not connected to; those that it has
    seen are the ones connected to.
    """

    def __init__(self, check: Callable[[str, list[str]], None] = lambda host, addresses: None):
        self._check = check
        self._deadline = Deadline(0)
        self._allowance = 0

    def begin(self, deadline: Deadline) -> None:
        """Begin a request, which must be over by a deadline; at most HEAD bytes may come at first.

        That holds for connections that were opened before, too.
        """
        self._deadline = deadline
        self._allowance = HEAD

    def expect_body(self, most: int) -> None:
        """Let the body come, of `most` bytes; chunks of it may be small, and have long heads."""
        self._allowance = 2 * most + HEAD

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that answers. Raises ConnectError and -Timeout."""
        addresses = self._resolve(host, port)
        self._check(host, addresses)
        for address in addresses:
            seconds = self.seconds(timeout, httpcore2.ConnectTimeout)
            try:
                stream = super().connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.NetworkError, httpcore2.TimeoutException):
                continue
            return _BoundedStream(stream, self)
        self.seconds(timeout, httpcore2.ConnectTimeout)
        raise httpcore2.ConnectError(f"{host} does not accept connections")

    def seconds(self, timeout: float | None, error: type[Exception]) -> float:
        """Return how long to wait at most; raise `error` where the time is over."""
        left = self._deadline.left
        if not left:
            raise error("the time is over")
        return left if timeout is None else min(timeout, left)

    def count(self, size: int) -> None:
        """Count bytes that have come. Raises TooManyBytes."""
        self._allowance -= size
        if self._allowance < 0:
            raise TooManyBytes("the server does not stop sending")

    def _resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host. The system has no time limit for that, a thread has."""
        answer: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()
        look_up = threading.Thread(target=_look_up, args=(host, port, answer), daemon=True)
        look_up.start()
        try:
            addresses = answer.get(timeout=self.seconds(None, httpcore2.ConnectTimeout))
        except queue.Empty:
            raise httpcore2.ConnectTimeout(f"the name {host} takes too long to resolve") from None
        if not addresses:
            raise httpcore2.ConnectError(f"the name {host} cannot be resolved")
        return addresses


def _look_up(host: str, port: int, answer: queue.SimpleQueue[list[str] | None]) -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answer.put(list(dict.fromkeys(str(entry[4][0]) for entry in entries)))
    except (OSError, ValueError):  # a name that is none in DNS: a label of 64 letters
        answer.put(None)


class _BoundedStream(httpcore2.NetworkStream):
    """A connection whose backend says how long it may wait, and how much may come."""

    def __init__(self, stream: httpcore2.NetworkStream, backend: BoundedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next."""
        seconds = self._backend.seconds(timeout, httpcore2.ReadTimeout)
        data = self._stream.read(max_bytes, seconds)
        self._backend.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, piece by piece: the other side may take them slowly."""
        for start in range(0, len(buffer), _PIECE):
            seconds = self._backend.seconds(timeout, httpcore2.WriteTimeout)
            self._stream.write(buffer[start : start + _PIECE], seconds)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Return the connection within TLS; Python bounds the handshake as a whole."""
        seconds = self._backend.seconds(timeout, httpcore2.ConnectTimeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return _BoundedStream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)
