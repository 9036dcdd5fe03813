"""Requests: repeated where that is harmless, never where it is not, and never to another host."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from hanpan.problems import UsageError
from hanpan.publish.answers.answer import Answer
from hanpan.publish.answers.reasons import reasons_of
from hanpan.publish.answers.redaction import Redactor
from hanpan.publish.client import RequestRefused, ServerUnreachable, Unauthorized, Unsure
from hanpan.publish.http import Http
from hanpan.publish.secrets import Credentials
from tests.publish.press import Fault, Press
from tests.publish.wordpress import free_port
from tests.support.servers.serving import QuietHandler, serving

AUTH = {"Authorization": "Basic d3JpdGVyOmFiY2QgRUZHSCAxMjM0IGlqa2wgTU5PUCA1Njc4"}
ME = "/wp-json/wp/v2/users/me"
POSTS = "/wp-json/wp/v2/posts"
BODY = {"title": "글", "content": "글", "slug": "글"}


@pytest.fixture
def press() -> Iterator[Press]:
    with serving(Press()) as press:
        yield press


class Asking:
    """An Http that notes its pauses instead of making them."""

    def __init__(self, press: Press, **more: Any) -> None:
        self.pauses: list[float] = []
        self.url = press.url
        self.http = Http(Credentials(environ={}), sleep=self.pauses.append, **more)

    def read(self) -> int:
        return self.http.ask("GET", self.url + ME, headers=AUTH).status

    def create(self) -> int:
        return self.http.ask("POST", self.url + POSTS, headers=AUTH, json=BODY).status


def busy(method: str, status: int = 429, **headers: str) -> Fault:
    return Fault(method, ".*", status, {key.replace("_", "-"): v for key, v in headers.items()})


def test_retry_after_in_seconds_and_as_a_date(press: Press) -> None:
    asking = Asking(press)
    later = formatdate(time.time() + 20, usegmt=True)
    press.faults = [busy("GET", Retry_After="7"), busy("GET", 503, Retry_After=later)]
    assert asking.read() == 200
    assert asking.pauses[0] == 7 and 15 < asking.pauses[1] <= 20


def test_without_it_pauses_double_and_end(press: Press) -> None:
    asking = Asking(press)
    press.faults = [busy("GET", 502) for _ in range(9)]
    with pytest.raises(ServerUnreachable, match="502"):
        asking.read()
    assert asking.pauses == [1, 2, 4] and len(press.log) == 4


def test_a_server_that_asks_for_an_hour_is_left_alone(press: Press) -> None:
    asking = Asking(press)
    press.faults = [busy("GET", Retry_After="3600")]
    with pytest.raises(ServerUnreachable) as error:
        asking.read()
    assert "3600 seconds" in error.value.problem.remedy and asking.pauses == []


def test_a_create_is_repeated_where_it_was_not_taken(press: Press) -> None:
    press.faults = [busy("POST", Retry_After="1")]
    assert Asking(press).create() == 201
    assert len(press.posts) == 1


@pytest.mark.parametrize(
    "fault", [Fault("POST", ".*"), Fault("POST", ".*", after=True), busy("POST", 503)]
)
def test_a_create_that_may_have_gone_through_is_not_repeated(press: Press, fault: Fault) -> None:
    press.faults = [fault]
    with pytest.raises(Unsure):
        Asking(press).create()
    assert len(press.writes()) == 1


def test_a_slow_server_is_left_after_its_time(press: Press) -> None:
    press.faults = [Fault("POST", ".*", slow=2.0)]
    with pytest.raises(Unsure, match="in time"):
        Asking(press, timeout=1.0).create()
    press.faults = [Fault("GET", ".*", slow=2.0)]
    assert Asking(press, timeout=1.0).read() == 200  # asked again


class Dripping(ThreadingHTTPServer):
    """A server whose answer comes byte by byte, each one in time."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Drip)
        self.hung_up = threading.Event()


class _Drip(QuietHandler):
    server: Dripping

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "300")
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(300):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.01)
        self.server.hung_up.set()


def test_an_answer_that_does_not_end_is_left() -> None:
    with serving(Dripping()) as server:
        http = Http(Credentials(environ={}), timeout=10, deadline=0.1)
        with pytest.raises(Unsure, match="in time"):
            http.ask("POST", f"http://127.0.0.1:{server.server_port}/", json={})
        assert server.hung_up.wait(30)


def test_an_answer_that_is_too_large_is_left(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanpan.publish.http.LARGEST_ANSWER", 5_000)
    press.faults = [Fault("POST", ".*", 200, body="가" * 10_000)]
    with pytest.raises(Unsure, match="in time"):
        Asking(press).create()
    assert Asking(press).create() == 201


def test_nobody_listens(press: Press) -> None:
    asking = Asking(press)
    asking.url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ServerUnreachable, match="cannot be reached"):
        asking.create()
    assert asking.pauses == [1, 2, 4]


def test_credentials_do_not_follow_a_redirect(press: Press) -> None:
    with serving(Press()) as other:
        press.faults = [Fault("GET", ".*", 302, {"Location": other.url + ME})]
        with pytest.raises(RequestRefused, match="redirects to"):
            Asking(press).read()
        assert other.log == []


@pytest.mark.parametrize(
    "address",
    [
        "http://blog.example/",
        "http://127.0.0.1@blog.example/",
        "http://localhost.blog.example/",
        "ftp://127.0.0.1/",
        "http://[2001:db8::1]/",
        "blog.example",
    ],
)
def test_no_password_without_https(address: str) -> None:
    with pytest.raises(UsageError, match="no password is sent to"):
        Http(Credentials(environ={})).ask("GET", address, headers=AUTH)


def test_what_a_server_says_of_a_bad_password(press: Press) -> None:
    with pytest.raises(Unauthorized, match="You are not logged in"):
        Asking(press).http.ask("GET", press.url + ME)


REASONS: list[tuple[Any, list[str]]] = [
    (
        {"code": "x", "message": "Invalid", "data": {"status": 400, "params": {"date": "No."}}},
        ["Invalid", "date: No."],
    ),
    (
        {"errors": [{"message": "Too long", "context": "Title > 255", "property": "title"}]},
        ["title: Too long (Title > 255)"],
    ),
    ({"error": "Validation failed: Tag", "status": 422}, ["Validation failed: Tag"]),
    ({"errors": {"title": ["is too long", "is bad"]}}, ["title: is too long", "title: is bad"]),
    ({"error": {"code": 403, "message": "No quota", "errors": []}}, ["No quota"]),
    ({"data": None, "errors": [{"message": "FORBIDDEN"}]}, ["FORBIDDEN"]),
    ({"type": "about:blank", "title": "Bad", "detail": "The body is empty"}, ["The body is empty"]),
    ([1, None, {"a": 1}], []),
    ({"errors": [{"message": f"no {n}"} for n in range(9)]}, [f"no {n}" for n in range(5)]),
    ({"message": "a" * 301}, ["a" * 300]),
]


@pytest.mark.parametrize(("data", "expected"), REASONS)
def test_a_servers_own_reason_in_every_shape(data: Any, expected: list[str]) -> None:
    assert reasons_of(Answer(400, {}, json.dumps(data).encode(), Redactor())) == expected


def test_a_page_instead_of_json_gives_its_words() -> None:
    page = b"<html><h1>403 Forbidden</h1><hr>nginx</html>"
    assert reasons_of(Answer(403, {}, page, Redactor())) == ["403 Forbidden nginx"]
