"""Press: a server on loopback that answers as WordPress's REST API does, and fails when told to.

What a real WordPress does is tests/publish/test_wordpress.py's matter; this one is quick, and can
cut a connection after a post was taken.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.servers.serving import QuietHandler

USER, PASSWORD = "writer", "abcd EFGH 1234 ijkl MNOP 5678"
_API = "/wp-json/wp/v2"


@dataclass
class Fault:
    """What goes wrong with the next request of a method to a path; `after`: it was done before."""

    method: str
    path: str  # a regular expression
    status: int = 0  # 0: the connection is cut
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    after: bool = False
    slow: float = 0.0  # seconds before the answer, which is the right one


class Press(ThreadingHTTPServer):
    """The server: what it holds, what it was asked, what is to go wrong next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posts: dict[str, dict[str, Any]] = {}
        self.media: dict[str, dict[str, Any]] = {}
        self.terms: dict[str, dict[str, int]] = {"tags": {}, "categories": {"미분류": 1}}
        self.numbers = itertools.count(10)
        self.log: list[tuple[str, str]] = []
        self.faults: list[Fault] = []
        self.watch: Callable[[str], None] = lambda when: None  # told before and after each request
        self.lie: Callable[[Any], Any] = lambda value: value  # of what is answered
        self.may_make_categories = True
        self.kept: Callable[[str], str] = lambda html: html  # what a filter leaves of a body

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return what the WordPress client wants of the environment."""
        return {
            "WORDPRESS_URL": self.url,
            "WORDPRESS_USER": USER,
            "WORDPRESS_APPLICATION_PASSWORD": PASSWORD,
        }

    def writes(self) -> list[tuple[str, str]]:
        """Return the requests that write, since the log was cleared."""
        return [(method, path) for method, path in self.log if method != "GET"]

    def edit(self, id: str, **fields: str) -> None:
        """Edit a post as somebody does there."""
        self.posts[id].update(fields)


class _Handler(QuietHandler):
    server: Press
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # one packet for head and body, or each answer waits for its ACK

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        path, press = parts.path.removeprefix(_API), self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        press.log.append((self.command, path))
        press.watch("before")
        fault = next((f for f in press.faults if self._is_hit(f, path)), None)
        if fault:
            press.faults.remove(fault)
        if fault is None or fault.after or fault.slow:
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            status, answer = self._answer(path, query, body)
            press.watch("after")
        if fault and fault.slow:
            time.sleep(fault.slow)
        elif fault and not fault.status:
            self.close_connection = True
            return
        elif fault:
            status, answer = fault.status, fault.body
        self._send(status, answer, fault.headers if fault else {})

    def _is_hit(self, fault: Fault, path: str) -> bool:
        return fault.method == self.command and bool(re.fullmatch(fault.path, path))

    def _send(self, status: int, answer: Any, headers: dict[str, str]) -> None:
        answer = self.server.lie(answer)
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _answer(self, path: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        packed = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {packed}":
            return 401, {"code": "rest_not_logged_in", "message": "You are not logged in."}
        kind, _, id = path.strip("/").partition("/")
        if kind == "users":
            return 200, {"id": 2, "name": USER}
        if kind == "media":
            return self._media(query, body)
        if kind in ("tags", "categories"):
            return self._terms(kind, query, body)
        if self.command == "GET" and not id:
            slugs = query["slug"].split(",")
            return 200, [p for p in map(self._post, self.server.posts) if p["slug"] in slugs]
        if id and id not in self.server.posts:
            return 404, {"code": "rest_post_invalid_id", "message": "Invalid post ID."}
        return self._posted(id, json.loads(body)) if body else (200, self._post(id))

    def _posted(self, id: str, fields: dict[str, Any]) -> tuple[int, Any]:
        press = self.server
        fresh = {"slug": "", "status": "draft", "date": "", "excerpt": "", "tags": []}
        if not id:
            id = str(next(press.numbers))
            press.posts[id] = {**fresh, "categories": [1], "featured_media": 0}
        press.posts[id].update(fields)
        press.posts[id]["content"] = press.kept(press.posts[id]["content"])
        press.posts[id]["modified"] = f"2026-11-22T10:00:{len(press.log) % 60:02}"
        return 201, self._post(id)

    def _post(self, id: str) -> dict[str, Any]:
        post, names = self.server.posts[id], self.server.terms
        terms = [
            {"taxonomy": taxonomy, "name": name}
            for kind, taxonomy in (("tags", "post_tag"), ("categories", "category"))
            for name, number in names[kind].items()
            if number in post[kind]
        ]
        return {
            "id": int(id),
            "link": f"{self.server.url}/?p={id}",
            "slug": post["slug"],
            "status": post["status"],
            "modified_gmt": post["modified"],
            "title": {"raw": post["title"]},
            "content": {"raw": post["content"]},
            "excerpt": {"raw": post["excerpt"]},
            "featured_media": post["featured_media"],
            **({"_embedded": {"wp:term": [terms]}} if terms else {}),
        }

    def _media(self, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        media = self.server.media
        if self.command == "GET":
            return 200, [m for m in media.values() if m["slug"] == query["slug"]]
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts: Any = BytesParser().parsebytes(head + body).get_payload()
        form = {part.get_param("name", header="content-disposition"): part for part in parts}
        number = str(next(self.server.numbers))
        name = form["file"].get_filename()
        media[number] = {
            "id": int(number),
            "slug": form["slug"].get_payload(decode=True).decode(),
            "alt": form["alt_text"].get_payload(decode=True).decode(),
            "source_url": f"{self.server.url}/uploads/{name}",
            "size": len(form["file"].get_payload(decode=True)),
        }
        return 201, media[number]

    def _terms(self, kind: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        terms = self.server.terms[kind]
        if self.command == "GET":
            found = [name for name in terms if query["search"].lower() in name.lower()]
            return 200, [{"id": terms[name], "name": name} for name in found]
        name = json.loads(body)["name"]
        if kind == "categories" and not self.server.may_make_categories:
            return 403, {"code": "rest_cannot_create", "message": "Sorry, you are not allowed."}
        if name in terms:
            data = {"status": 400, "term_id": terms[name]}
            return 400, {"code": "term_exists", "message": "A term exists.", "data": data}
        terms[name] = next(self.server.numbers)
        return 201, {"id": terms[name], "name": name}
