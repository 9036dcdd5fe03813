"""A host on loopback that does everything but serve a picture as it should."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from tests.support.servers.image_host import PICTURE, bomb, claiming

_PAUSE = 0.1  # seconds between drips
_HOLD = 120.0  # seconds that a host stays connected: longer than a build may take
Reply = Callable[["Line"], None]


class Line:
    """One connection: what was asked, and bytes to send."""

    def __init__(self, connection: socket.socket, path: str, address: str) -> None:
        self._connection = connection
        self.path = path
        self.address = address  # of the host itself
        self.end = time.monotonic() + _HOLD

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def drip(self, data: bytes, size: int = 1) -> None:
        """Send so many bytes at a time."""
        for start in range(0, len(data), size):
            self.send(data[start : start + size])
            time.sleep(_PAUSE)

    def drip_for_ever(self, data: bytes) -> None:
        while time.monotonic() < self.end:
            self.send(data)
            time.sleep(_PAUSE)

    def send_for_ever(self, data: bytes) -> None:
        while time.monotonic() < self.end:
            self.send(data)

    def wait(self) -> None:
        """Say nothing until the other side hangs up."""
        self._connection.settimeout(_HOLD)
        with suppress(OSError):
            while self._connection.recv(1000):
                pass

    def head(self, *lines: str, status: str = "200 OK") -> None:
        text = "\r\n".join((f"HTTP/1.1 {status}", *lines, "", ""))
        self.send(text.encode("latin-1", "replace"))

    def picture(self, data: bytes = PICTURE, *lines: str) -> None:
        self.head("Content-Type: image/png", f"Content-Length: {len(data)}", *lines)
        self.send(data)

    def packed(self, coding: str, data: bytes) -> None:
        self.picture(data, f"Content-Encoding: {coding}")

    def redirect(self, place: str, status: str = "302 Found") -> None:
        self.head(f"Location: {place}", "Content-Length: 0", status=status)


class MisbehavingHost(socketserver.ThreadingTCPServer):
    """Answers each connection as one of `replies` does, and counts them."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.asked: Counter[str] = Counter()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(socketserver.BaseRequestHandler):
    server: MisbehavingHost

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = self.request.recv(65_536)
        path = head.split(b" ")[1].decode("latin-1") if head.count(b" ") > 1 else "?"
        self.server.asked[path] += 1
        with suppress(OSError):
            self.server.reply(Line(self.request, path, self.server.address))


@contextmanager
def misbehaving(reply: Reply) -> Iterator[MisbehavingHost]:
    """Run a host until the end of the block."""
    with MisbehavingHost(reply) as host:
        threading.Thread(target=host.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield host
        finally:
            host.shutdown()


@contextmanager
def self_signed(reply: Reply) -> Iterator[MisbehavingHost]:
    """Run a host that speaks TLS, with a certificate that nobody has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
    with misbehaving(reply) as host:
        host.socket = context.wrap_socket(
            host.socket, server_side=True, do_handshake_on_connect=False
        )
        yield host


@cache  # the host must not be slow itself
def _gzip(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(size >> 20)), packer.flush()])


@cache
def _brotli(size: int) -> bytes:
    import brotli

    return bytes(brotli.compress(bytes(size), quality=5))


def _in_chunks(line: Line, *more: str) -> None:
    line.head("Content-Type: image/png", "Transfer-Encoding: chunked", *more)


def _drip_head(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\n")
    line.drip_for_ever(b"X-A: b\r\n")


def _drip_letters(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\nX-A: ")
    line.drip_for_ever(b"a")


def _drip_body(line: Line) -> None:
    line.head("Content-Type: image/png", "Content-Length: 100000")
    line.drip_for_ever(b"\x89")


def _chunk_extension(line: Line) -> None:
    _in_chunks(line)
    line.send(b"5;a=")
    line.drip_for_ever(b"b")


def _chunk_size(line: Line) -> None:
    _in_chunks(line)
    line.drip_for_ever(b"0")


def _chunks_of_one(line: Line) -> None:
    _in_chunks(line)
    line.drip_for_ever(b"1\r\na\r\n")


def _trailers(line: Line) -> None:
    _in_chunks(line)
    line.send(f"{len(PICTURE):x}\r\n".encode() + PICTURE + b"\r\n0\r\n")
    line.drip_for_ever(b"X-A: b\r\n")


def _informs(status: str) -> Reply:
    def reply(line: Line) -> None:
        line.drip_for_ever(f"HTTP/1.1 {status}\r\nLink: <a>\r\n\r\n".encode())

    return reply


def _raw(data: bytes) -> Reply:
    return lambda line: line.send(data)


def _busy(wait: str, status: str = "429 Too Many Requests") -> Reply:
    return lambda line: line.head(f"Retry-After: {wait}", "Content-Length: 0", status=status)


def _redirects(place: str, status: str = "302 Found") -> Reply:
    return lambda line: line.redirect(place, status)


def _flood_head(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\n")
    line.send_for_ever(b"X-A: " + b"b" * 60_000 + b"\r\n")


def _flood_line(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\nX-A: ")
    line.send_for_ever(b"b" * 60_000)


def _flood_body(line: Line) -> None:
    line.head("Content-Type: image/png")
    line.send_for_ever(PICTURE * 1000)


def _many_hops(line: Line) -> None:
    line.redirect(f"{line.address}{line.path}x")


_ORDERS = "\x1b[2J\x07::set-output name=a::b"
REPLIES: dict[str, Reply] = {
    "silent": Line.wait,
    "drip-head": _drip_head,
    "drip-letters": _drip_letters,
    "drip-status": lambda line: line.drip(b"HTTP/1.1 200 OK" + b" " * 3000),
    "drip-body": _drip_body,
    "chunk-extension": _chunk_extension,
    "chunk-size": _chunk_size,
    "chunks-of-one": _chunks_of_one,
    "trailers": _trailers,
    "early-hints": _informs("103 Early Hints"),
    "continue": _informs("100 Continue"),
    "processing": _informs("102 Processing"),
    "flood-head": _flood_head,
    "flood-line": _flood_line,
    "flood-body": _flood_body,
    "cut": lambda line: line.head("Content-Length: 1000"),
    "nothing": lambda line: None,
    "no-http": _raw(b"SSH-2.0-OpenSSH\r\n"),
    "http-0.9": _raw(PICTURE),
    "bytes": _raw(bytes(range(256)) * 100),
    "http-9": _raw(b"HTTP/9.9 200 OK\r\n\r\n"),
    "bad-status": _raw(b"HTTP/1.1 99999999 OK\r\n\r\n"),
    "switching": _raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
    "length-negative": _raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + PICTURE),
    "length-two": _raw(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n" + PICTURE
    ),
    "length-square": _raw(b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\n" + PICTURE),
    "length-huge": _raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"),
    "gzip-bomb": lambda line: line.packed("gzip", _gzip(2_000_000_000)),
    "gzip-twice": lambda line: line.packed("gzip, gzip", _gzip(50_000_000)),
    "brotli-bomb": lambda line: line.packed("br", _brotli(500_000_000)),
    "picture-bomb": lambda line: line.picture(bomb(60_000, 60_000)),
    "picture-lie": lambda line: line.picture(claiming(100_000, 100_000)),
    "page": lambda line: line.picture(b"<html><script>alert(1)</script>"),
    "empty": lambda line: line.picture(b""),
    "loop": lambda line: line.redirect(line.address + line.path),
    "hops": _many_hops,
    "redirect-file": _redirects("file:///proc/self/environ"),
    "redirect-ftp": _redirects("ftp://127.0.0.1/x"),
    "redirect-data": _redirects("data:image/png;base64,AAAA"),
    "redirect-nowhere": _redirects(""),
    "redirect-password": _redirects("http://a:b@127.0.0.1:1/x"),
    "redirect-port": _redirects("http://127.0.0.1:99999/x"),
    "redirect-brackets": _redirects("http://[::1"),
    "redirect-controls": _redirects(f"http://127.0.0.1:1/{_ORDERS}"),
    "redirect-bytes": _redirects("http://127.0.0.1:1/\xff\xfe가"),
    "redirect-long": _redirects("http://127.0.0.1:1/" + "a" * 60_000),
    "reason-controls": lambda line: line.head(status=f"500 {_ORDERS}"),
    "busy-for-ever": _busy("1"),
    "busy-square": _busy("\xb2"),
    "busy-years": _busy("99999999999999999999"),
    "busy-infinite": _busy("1e999"),
    "busy-date": _busy("Fri, 31 Dec 9999 23:59:59 GMT", "503 Service Unavailable"),
    "busy-no-date": _busy("Fri, 99 Foo -1 99:99:99 +9999"),
    "forbidden": lambda line: line.head("WWW-Authenticate: Basic", status="401 Unauthorized"),
    "part": lambda line: line.head("Content-Range: bytes 0-1/9", status="206 Partial Content"),
    "no-content": lambda line: line.head(status="204 No Content"),
}
ODDITIES: dict[str, Reply] = {  # after which there may be a picture
    "type-controls": lambda line: line.picture(PICTURE, f"Content-Type: {_ORDERS}"),
    "unknown-coding": lambda line: line.packed("x-evil", PICTURE),
    "cookies": lambda line: line.picture(PICTURE, *["Set-Cookie: a=b"] * 90),
    "more": lambda line: line.picture(PICTURE + bytes(10_000)),
}
