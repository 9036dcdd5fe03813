"""moto's S3 on loopback (.venv/s3), and a proxy before it that is slow, busy or silent."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

from tests.support.command import ROOT
from tests.support.servers.serving import QuietHandler, serving

PACKAGES = ROOT / ".venv" / "s3"
BUCKET = "results"
_BOOT = 120.0  # seconds
_START = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"
_BUSY = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"


class Proxy(ThreadingHTTPServer):
    """Hands requests on to a server; counts them, and those that are open at a time."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, target: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.asked: Counter[str] = Counter()  # by method
        self.most = 0  # requests that were open at a time
        self.latency = 0.0  # seconds
        self.busy_each = 0  # how many requests it takes until one is answered with 503
        self.is_silent = False
        self.lock = threading.Lock()
        self.open = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def forget(self) -> None:
        """Count anew."""
        self.asked.clear()
        self.most = 0


class _Handler(QuietHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with server.lock:
            server.asked[self.command] += 1
            number = server.asked.total()
            server.open += 1
            server.most = max(server.most, server.open)
        try:
            if server.is_silent:
                time.sleep(600)  # longer than any test waits
            time.sleep(server.latency)
            if server.busy_each and number % server.busy_each == 0:
                self.answer(503, {"Content-Type": "application/xml"}, _BUSY)
            else:
                self.hand_on(body)
        finally:
            with server.lock:
                server.open -= 1

    do_PUT = do_POST = do_HEAD = do_DELETE = do_GET

    def hand_on(self, body: bytes) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.target)) as connection:
            connection.request(self.command, self.path, body, dict(self.headers))
            response = connection.getresponse()
            self.answer(response.status, dict(response.headers), response.read())

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        length = headers.get("Content-Length", "0") if self.command == "HEAD" else len(body)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def packages() -> str:
    """Return PYTHONPATH for what speaks to the store."""
    return os.pathsep.join([str(ROOT / "pipeline"), str(PACKAGES)])


@contextmanager
def object_store(folder: Path) -> Iterator[Proxy]:
    """Run a store with an empty bucket, and the proxy before it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "moto.log").open("wb") as log:
        moto = subprocess.Popen(
            [sys.executable, "-c", _START, str(port)],
            env={**os.environ, "PYTHONPATH": packages()},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        _make_bucket(port, moto, folder / "moto.log")
        with serving(Proxy(port)) as proxy:
            yield proxy
    finally:
        moto.kill()
        moto.wait()


def _make_bucket(port: int, moto: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _BOOT
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                connection.request("PUT", f"/{BUCKET}")
                assert connection.getresponse().status == 200
                return
        except ConnectionRefusedError:
            assert moto.poll() is None and time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.1)
