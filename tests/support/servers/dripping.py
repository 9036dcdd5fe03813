"""A server that never leaves a client without a byte for long, and is not done for seconds.

At the end each answer is a good one: who waits for it gets it.
"""

from __future__ import annotations

import contextlib
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

ROUNDS, PAUSE = 250, 0.02  # five seconds
_LONG = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n"
_CLOSED = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n"
Send = Callable[[bytes], None]


def drips(data: bytes) -> Iterator[bytes]:
    """Yield a piece, again and again."""
    for _ in range(ROUNDS):
        yield data
        time.sleep(PAUSE)


def head_by_bytes(send: Send, body: bytes) -> None:
    send(_CLOSED + b"X: ")
    for drip in drips(b"a"):
        send(drip)
    send(b"\r\n\r\n" + body)


def head_by_lines(send: Send, body: bytes) -> None:
    send(_CLOSED)
    for drip in drips(b"X: a\r\n"):
        send(drip)
    send(b"\r\n" + body)


def interim_answers(send: Send, body: bytes) -> None:
    for drip in drips(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"):
        send(drip)
    send(_CLOSED + b"\r\n" + body)


def chunk_extension(send: Send, body: bytes) -> None:
    send(_LONG + b"\r\n%x;a=" % len(body))
    for drip in drips(b"a"):
        send(drip)
    send(b"\r\n" + body + b"\r\n0\r\n\r\n")


def small_chunks(send: Send, body: bytes) -> None:
    send(_LONG + b"\r\n%x\r\n%s\r\n" % (len(body), body))
    for drip in drips(b"1\r\n \r\n"):
        send(drip)
    send(b"0\r\n\r\n")


def trailers(send: Send, body: bytes) -> None:
    send(_LONG + b"\r\n%x\r\n%s\r\n0\r\n" % (len(body), body))
    for drip in drips(b"X: a\r\n"):
        send(drip)
    send(b"\r\n")


def body_by_bytes(send: Send, body: bytes) -> None:
    send(_CLOSED + b"\r\n" + body)
    for drip in drips(b" "):
        send(drip)


def nothing(send: Send, body: bytes) -> None:
    for _ in drips(b""):
        pass
    send(_CLOSED + b"\r\n" + body)


def redirects(send: Send, body: bytes) -> None:
    """Not one by one: `Dripping` sees to that."""


def tls_record(send: Send, body: bytes) -> None:
    """A record that is announced with 16,384 bytes."""
    send(b"\x16\x03\x03\x40\x00")
    for drip in drips(b"\x02"):
        send(drip)


HABITS = (
    head_by_bytes, head_by_lines, interim_answers, chunk_extension, small_chunks, trailers,
    body_by_bytes, nothing,
)  # fmt: skip


class Dripping(socketserver.ThreadingTCPServer):
    """Answers every request by a habit; for `redirects` each hop takes a tenth of a second."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 100

    def __init__(
        self,
        habit: Callable[[Send, bytes], None],
        body: bytes = b"{}",
        *,
        at_once: bool = False,
    ) -> None:
        """`at_once`: it does not wait for a request."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.habit = habit
        self.at_once = at_once
        self.body = body
        self.asked: Counter[str] = Counter()
        self.sent = 0

    def url(self, path: str = "/a.png", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.server_address[1]}{path}"


class _Handler(socketserver.BaseRequestHandler):
    server: Dripping

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            if self.server.at_once:
                self.server.habit(self.send, b"")
                return
            head = self.read_head()
            if head:
                path = head.split()[1].decode()
                self.server.asked[path] += 1
                self.answer(path)

    def answer(self, path: str) -> None:
        hop = int(path.removeprefix("/hop") or 0) if path.startswith("/hop") else 0
        if self.server.habit is redirects and hop < 50:
            time.sleep(0.1)
            self.send(b"HTTP/1.1 302 Found\r\nLocation: /hop%d\r\n\r\n" % (hop + 1))
        elif self.server.habit is redirects:
            self.send(_CLOSED + b"\r\n" + self.server.body)
        else:
            self.server.habit(self.send, self.server.body)

    def read_head(self) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = self.request.recv(65536)
            if not piece:
                return b""
            data += piece
        threading.Thread(target=self.drain, daemon=True).start()
        return data

    def drain(self) -> None:
        with contextlib.suppress(OSError):
            while self.request.recv(65536):
                pass

    def send(self, data: bytes) -> None:
        self.request.sendall(data)
        self.server.sent += len(data)
