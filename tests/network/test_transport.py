"""Transport: requests of publishing go by the proxies that the environment names, within limits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hanpan.publish.client import ServerUnreachable, Unsure
from hanpan.publish.http import Http
from hanpan.publish.secrets import Credentials
from tests.support.servers.dripping import Dripping, Send, chunk_extension
from tests.support.servers.serving import serving

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUEST_METHOD")
TARGET = "http://localhost:9/wp-json"  # port 9 discards; nobody listens


def ok(send: Send, body: bytes) -> None:
    send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def asking() -> Iterator[Http]:
    with Http(Credentials(environ={}), deadline=60, sleep=lambda seconds: None) as http:
        yield http


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_a_proxy_is_asked_for_the_whole_address(
    asking: Http, monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    with serving(Dripping(ok)) as proxy:
        monkeypatch.setenv(name, proxy.url("").replace("http://", scheme))
        assert asking.ask("GET", TARGET).status == 200
        assert proxy.asked == {TARGET: 1}


def test_a_host_that_needs_no_proxy_is_asked_itself(
    asking: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Dripping(ok)) as proxy, serving(Dripping(ok)) as server:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert asking.ask("GET", server.url("/a")).status == 200
        assert (server.asked, proxy.asked) == ({"/a": 1}, {})


def test_https_goes_through_a_tunnel(asking: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(send: Send, body: bytes) -> None:
        send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with serving(Dripping(refuse)) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url(""))
        with pytest.raises(ServerUnreachable, match="403"):
            asking.ask("GET", "https://blog.example/")
        assert set(proxy.asked) == {"blog.example:443"}


def test_a_proxy_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        serving(Dripping(chunk_extension)) as proxy,
        Http(Credentials(environ={}), deadline=0.3) as http,
    ):
        monkeypatch.setenv("http_proxy", proxy.url(""))
        with pytest.raises(Unsure, match="in time"):
            http.ask("POST", TARGET, json={})


def test_a_connection_is_used_again_and_one_that_was_closed_is_not(asking: Http) -> None:
    def close(send: Send, body: bytes) -> None:
        send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    class Closing(Dripping):
        """It answers once for each connection."""

        closed = threading.Semaphore(0)

        def close_request(self, request: Any) -> None:
            super().close_request(request)
            self.closed.release()

    with serving(Closing(close)) as server:
        for _ in range(3):
            assert asking.ask("POST", server.url(), json={}).status == 200
            assert server.closed.acquire(timeout=60)  # else the next request might still be taken
