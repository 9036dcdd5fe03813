"""Deadlines: whatever the other side drips, and however long, it is left when the time is over."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest

from hanpan.assets.download import Refused, TooSlow, Unreachable, download
from hanpan.network.deadline import Deadline
from hanpan.publish.client import OutOfRunTime, ServerUnreachable, Unsure
from hanpan.publish.http import ATTEMPTS, Http
from hanpan.publish.secrets import Credentials
from hanpan.site import Remote
from tests.support.servers.dripping import HABITS, Dripping, Send, nothing, redirects, tls_record
from tests.support.servers.image_host import PICTURE
from tests.support.servers.serving import serving

SHORT = Remote(allow_private=True, timeout=0.3, max_redirects=100)
LONG = Remote(allow_private=True, timeout=60, max_bytes=100_000)


def http(**more: float) -> Http:
    return Http(Credentials(environ={}), pause=0, sleep=lambda seconds: None, **more)


def test_a_deadline_is_no_later_than_that_of_the_whole() -> None:
    assert Deadline(60, within=Deadline(0)).left == 0
    assert 0 < Deadline(0.5, within=Deadline(60)).left <= 0.5
    assert Deadline(-1).left == 0


@pytest.mark.parametrize("habit", (*HABITS, redirects), ids=lambda habit: habit.__name__)
def test_a_picture_that_drips_is_left(habit: Callable[[Send, bytes], None]) -> None:
    with serving(Dripping(habit, PICTURE)) as server, pytest.raises(TooSlow, match=r"0\.3 s"):
        download(server.url(), SHORT)


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.__name__)
def test_an_api_that_drips_is_left(habit: Callable[[Send, bytes], None]) -> None:
    with serving(Dripping(habit)) as server, http(deadline=0.3, timeout=60) as asking:
        with pytest.raises(Unsure, match="in time"):
            asking.ask("POST", server.url(), json={})
        assert sum(server.asked.values()) == 1


def test_what_may_be_sent_twice_is_sent_twice_and_no_more_to_a_server_that_drips() -> None:
    with serving(Dripping(nothing)) as server, http(deadline=0.2, timeout=60) as asking:
        with pytest.raises(ServerUnreachable, match="in time"):
            asking.ask("GET", server.url())
        assert sum(server.asked.values()) == 2


def test_a_handshake_that_drips_is_left() -> None:
    with serving(Dripping(tls_record, at_once=True)) as server:
        with pytest.raises(TooSlow):
            download(server.url(scheme="https"), SHORT)
        with http(deadline=0.3, timeout=60) as asking, pytest.raises(ServerUnreachable):
            asking.ask("GET", server.url(scheme="https"))


def test_an_api_that_reads_slowly_is_left() -> None:
    """Its window is full; each time that it reads a little, something can be sent again."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        over = threading.Event()

        def read_slowly() -> None:
            connection, _ = door.accept()
            while not over.wait(0.02):
                connection.recv(4096)
            connection.close()

        reading = threading.Thread(target=read_slowly, daemon=True)
        reading.start()
        url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        with http(deadline=0.5, timeout=60) as asking, pytest.raises(Unsure, match="in time"):
            asking.ask("POST", url, content=bytes(30_000_000))
        over.set()
        reading.join()


@pytest.fixture
def slow_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the system look for a name of ours as long as the test runs."""
    real, over = socket.getaddrinfo, threading.Event()

    def look_up(host: str, *rest: object, **more: object) -> object:
        if host == "slow.example":
            over.wait(20)
            host = "127.0.0.1"
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield
    over.set()


def test_a_name_that_takes_too_long_is_left(slow_names: None) -> None:
    with pytest.raises(TooSlow):
        download("http://slow.example/a.png", SHORT)
    with http(deadline=0.1) as asking, pytest.raises(ServerUnreachable, match="resolve"):
        asking.ask("GET", "https://slow.example/")


@pytest.mark.parametrize("name", ["a" * 64 + ".example", "a..example", "\u0130.example"])
def test_a_name_that_is_none_is_no_traceback(name: str) -> None:
    with pytest.raises(Unreachable):
        download(f"http://{name}/", SHORT)


def test_a_run_has_a_time_too() -> None:
    with serving(Dripping(nothing)) as server, http(deadline=60, timeout=60, total=0.5) as asking:
        with pytest.raises(Unsure, match="in time"):
            asking.ask("POST", server.url(), json={})
        with pytest.raises(OutOfRunTime) as caught:
            asking.ask("GET", server.url())
        assert "goes on" in caught.value.problem.remedy
        assert sum(server.asked.values()) == 1


def test_no_pause_is_longer_than_what_is_left_of_the_run() -> None:
    def busy(send: Send, body: bytes) -> None:
        head = b"HTTP/1.1 429 Busy\r\nConnection: close\r\nRetry-After: 80\r\n"
        send(head + b"Content-Length: 0\r\n\r\n")

    pauses: list[float] = []
    credentials = Credentials(environ={})
    with serving(Dripping(busy)) as server:
        for total, times in ((60, 1), (3600, ATTEMPTS)):
            pauses.clear()
            with (
                Http(credentials, total=total, sleep=pauses.append) as asking,
                pytest.raises(ServerUnreachable, match="429"),
            ):
                asking.ask("GET", server.url())
            assert len(pauses) == times - 1


def flood(start: bytes, piece: bytes) -> Callable[[Send, bytes], None]:
    """Return the habit of sending without end, as fast as it goes."""

    def send_on(send: Send, body: bytes) -> None:
        send(start)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            send(piece * 100)

    return send_on


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FLOODS = {
    "interim answers": flood(b"", b"HTTP/1.1 103 Early Hints\r\nX: " + b"a" * 900 + b"\r\n\r\n"),
    "a line": flood(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 1000),
    "lines": flood(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n" * 100),
    "chunk extensions": flood(CHUNKED, b"1;" + b"a" * 9000 + b"\r\n \r\n"),
    "a chunk extension": flood(CHUNKED + b"1;", b"a" * 1000),
    "trailers": flood(CHUNKED + b"0\r\n", b"X: a\r\n" * 100),
    "a body": flood(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 1000),
}


@pytest.mark.parametrize("habit", FLOODS.values(), ids=FLOODS)
def test_what_does_not_stop_coming_is_left_long_before_its_time(
    habit: Callable[[Send, bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Dripping(habit)) as server:
        with pytest.raises(Unreachable, match=r"larger|malformed|stop") as caught:
            download(server.url(), LONG)
        assert not isinstance(caught.value, TooSlow)
        monkeypatch.setattr("hanpan.publish.http.LARGEST_ANSWER", 100_000)
        with http(deadline=60, timeout=60) as asking, pytest.raises(Unsure):
            asking.ask("POST", server.url(), json={})
        assert server.sent < 20_000_000


def bomb(encoding: str, size: int = 20_000_000) -> bytes:
    """Return zeros, packed."""
    data = bytes(size)
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "gzip, gzip": lambda zeros: gzip.compress(gzip.compress(zeros)),
    }
    return packers[encoding](data)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_is_not_unpacked_further_than_an_answer_may_be_long(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = bomb(encoding)
    monkeypatch.setattr("hanpan.publish.http.LARGEST_ANSWER", 3_000_000)

    def packed(send: Send, _: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}"
        send(head.encode() + b"\r\n\r\n" + body)

    with serving(Dripping(packed)) as server:
        with http() as asking, pytest.raises(Unsure, match="did not end"):
            asking.ask("POST", server.url(), json={})
        with http() as asking:  # a picture is asked for as it is, and is not unpacked
            assert download(server.url(), LONG).data == body


def test_a_redirect_from_public_to_private_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The public host is on loopback for this test: its address is one that passes for public."""
    from hanpan.assets import download as module

    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1")

    def to_private(send: Send, _: bytes) -> None:
        send(b"HTTP/1.1 302 Found\r\nLocation: http://localhost6:1/\r\n\r\n")

    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **more: object) -> object:
        return real("127.0.0.2" if host == "localhost6" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with serving(Dripping(to_private)) as server, pytest.raises(Refused, match="localhost6"):
        download(server.url(), Remote(timeout=60))


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad\r\n\r\n", b"\x15\x03\x03\0\2\2\x28"])
def test_a_host_that_refuses_tls_is_named_with_the_reason(said: bytes) -> None:
    with serving(Dripping(lambda send, _: send(said), at_once=True)) as server:
        with pytest.raises(Unreachable, match="SSL"):
            download(server.url(scheme="https"), LONG)
        with http() as asking, pytest.raises(ServerUnreachable, match="SSL"):
            asking.ask("GET", server.url(scheme="https"))


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"\0" * 100])
def test_a_host_that_hangs_up_at_once_is_left(said: bytes) -> None:
    def hang_up(send: Send, _: bytes) -> None:
        send(said)

    with serving(Dripping(hang_up)) as server, pytest.raises(Unreachable, match=r"malformed|end"):
        download(server.url(), LONG)
