"""A proxy on loopback in front of a server; it kills the client at a write that a test chooses."""

from __future__ import annotations

import os
import signal
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from typing import Literal

from tests.support.command import Started
from tests.support.servers.serving import QuietHandler

# before: the server never gets the request; during: it is at work on it, and nobody waits for the
# answer; after: it has answered, and the client has not read that
Moment = Literal["before", "during", "after"]
_HOP = frozenset(("connection", "host", "transfer-encoding"))  # of one connection alone


class CuttingProxy(ThreadingHTTPServer):
    """Forwards requests to a port of loopback; `kill_at` says when it kills its client."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = port
        self._client: Started | None = None
        self._writes_left = 0
        self._moment: Moment = "before"

    @property
    def url(self) -> str:
        """Return the proxy's own address."""
        return f"http://127.0.0.1:{self.server_port}"

    def kill_at(self, client: Started, write: int, moment: Moment) -> None:
        """Kill the client at its n-th write (from 1)."""
        self._client, self._writes_left, self._moment = client, write, moment

    def next_cut(self) -> Moment | None:
        """Return where the write that comes now is cut; None where it passes."""
        self._writes_left -= 1
        return None if self._writes_left or not self._client else self._moment

    def kill(self) -> None:
        """Kill the client as `kill -9` does, with what it has started."""
        assert self._client
        os.killpg(self._client.pid, signal.SIGKILL)
        self._client = None


class _Handler(QuietHandler):
    server: CuttingProxy
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # one packet for head and body, or each answer waits for its ACK

    def forward(self) -> None:
        """Forward a request, and the answer unless the client is killed."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        cut = self.server.next_cut() if self.command == "POST" else None
        if cut == "before":
            self.end()
            return
        upstream = HTTPConnection("127.0.0.1", self.server.target)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP}
        upstream.request(self.command, self.path, body, headers)
        if cut == "during":
            upstream.close()
            self.end()
            return
        answer = upstream.getresponse()
        data = answer.read()
        upstream.close()
        if cut == "after":
            self.end()
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in (*_HOP, "content-length", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_HEAD = do_POST = forward

    def end(self) -> None:
        """Kill the client."""
        self.server.kill()
        self.close_connection = True
