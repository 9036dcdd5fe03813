"""A platform's API on loopback: it keeps posts, counts what it is asked, and fails when told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support.servers.serving import QuietHandler

# cut-before: the connection is closed before the request is looked at; cut-after: once it was done
Kind = Literal["slow", "cut-before", "cut-after", "busy", "busy-until", "down"]
RETRY_AFTER = 1  # seconds
SLOW = 0.3  # seconds


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str  # decoded, without the query
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    raw: str = ""  # the path and the query as they came
    time: float = field(default_factory=time.monotonic)

    @property
    def json(self) -> Any:
        """Return the body as JSON; None where there is none."""
        return json.loads(self.body) if self.body else None


@dataclass(frozen=True)
class Answer:
    """What is said back: a JSON value, or bytes."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Loopback(ThreadingHTTPServer):
    """A server that remembers. A platform overrides `answer`, and `is_write` where POST reads."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.turn = threading.Lock()  # one request at a time changes the state
        self.lie: Callable[[Any], Any] = lambda value: value  # of what is answered
        self.watch: Callable[[str], None] = lambda when: None  # told before and after each request
        self._troubles: list[tuple[Kind, str]] = []

    @property
    def url(self) -> str:
        """Return the address of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def writes(self) -> list[Asked]:
        """Return the requests that would change something."""
        return [asked for asked in self.asked if self.is_write(asked)]

    def trouble(self, kind: Kind, times: int = 1, *, only: str = "write") -> None:
        """Let the next requests go wrong; `only` is `write`, `any`, or a part of the path."""
        self._troubles += [(kind, only)] * times

    def answer(self, asked: Asked) -> Answer:
        """Do what is asked."""
        raise NotImplementedError

    def edit(self, text: str) -> None:
        """Change the one post that is there as its author does in the editor."""
        raise NotImplementedError

    def is_write(self, asked: Asked) -> bool:
        """Tell whether a request would change something."""
        return asked.method not in ("GET", "HEAD")

    def next_trouble(self, asked: Asked) -> Kind | None:
        """Return how this request is to go wrong, and forget it."""
        for at, (kind, only) in enumerate(self._troubles):
            if only == "any" or (self.is_write(asked) if only == "write" else only in asked.path):
                del self._troubles[at]
                return kind
        return None


class _Handler(QuietHandler):
    server: Loopback
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes: 40 ms between them otherwise

    def serve(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(
            self.command,
            unquote(parts.path),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            self.path,
        )
        with self.server.turn:
            self.server.asked.append(asked)
            self.server.watch("before")
            trouble = self.server.next_trouble(asked)
            done = Answer(503)
            if trouble not in ("cut-before", "busy", "busy-until", "down"):
                done = self.server.answer(asked)
            self.server.watch("after")
        if trouble in ("cut-before", "cut-after"):
            self.close_connection = True
            return
        if trouble == "slow":
            time.sleep(SLOW)
        if trouble == "busy":
            done = Answer(429, {"error": "too many"}, {"Retry-After": str(RETRY_AFTER)})
        if trouble == "busy-until":  # RFC 9110, section 10.2.3: a date is allowed too
            soon = formatdate(time.time() + 2 * RETRY_AFTER, usegmt=True)  # whole seconds
            done = Answer(429, {"error": "too many"}, {"Retry-After": soon})
        self.say(done)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = serve

    def say(self, answer: Answer) -> None:
        data = answer.body
        if not isinstance(data, bytes):
            data = self.server.lie(data)
        if not isinstance(data, bytes):
            data = json.dumps(data, ensure_ascii=False).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
