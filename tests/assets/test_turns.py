"""Politeness: two requests at a time to a host, a busy server asked once more, a bound in time."""

from __future__ import annotations

import io
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from hanpan.assets import remote
from hanpan.assets.download import Unreachable
from hanpan.assets.finding import Finder
from hanpan.assets.remote import LONGEST_PAUSE, OutOfTime, RemoteCache
from hanpan.assets.turns import AT_ONCE, turn
from hanpan.files import FAILED, UNKNOWN, Files
from hanpan.network import deadline
from hanpan.site import Remote, load_site

SETTINGS = Remote(allow_private=True, timeout=60, total=120)


def picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (number, 0, 0)).save(out, "PNG")
    return out.getvalue()


class Clock:
    """A clock that only goes on where somebody waits, or where it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that requests are timed by."""
    mine = Clock()
    monkeypatch.setattr(remote, "time", mine)
    monkeypatch.setattr(deadline, "time", mine)
    return mine


class Host(ThreadingHTTPServer):
    """Answers slowly; /busy/N/WAIT says N times that it is busy, and how long to wait."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.now = self.most = 0
        self.guard = threading.Lock()

    def url(self, path: str, name: str = "127.0.0.1") -> str:
        return f"http://{name}:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        server = self.server
        with server.guard:
            server.asked[self.path] += 1
            server.now += 1
            server.most = max(server.most, server.now)
        try:
            self.answer()
        finally:
            with server.guard:
                server.now -= 1

    def answer(self) -> None:
        parts = self.path.split("/")
        if parts[1] == "busy" and self.server.asked[self.path] <= int(parts[2]):
            self.send_response(429 if parts[2] == "1" else 503)
            if parts[3:]:
                said = parts[3] if parts[3] != "date" else formatdate(time.time() + 4, usegmt=True)
                self.send_header("Retry-After", said)
            self.end_headers()
            return
        time.sleep(0.15)
        data = picture(len(self.path))
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[Host]:
    server = Host()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_host_is_asked_twice_at_a_time_by_all_workers_together(
    tmp_path: Path, host: Host
) -> None:
    (tmp_path / "site.toml").write_text("")
    urls = [host.url(f"/{number}.png") for number in range(8)]

    def fetch(half: list[str]) -> None:
        cache = RemoteCache(SETTINGS, tmp_path / "cache", {})
        Finder(Files(load_site(tmp_path), cache), "posts/x.md", "").fetch_all(half)

    with ThreadPoolExecutor(2) as pool:  # as two workers with one cache
        list(pool.map(fetch, (urls[:4], urls[4:])))
    assert host.most == AT_ONCE
    assert all(RemoteCache(SETTINGS, tmp_path / "cache", {}).entry(url) for url in urls)


def test_different_hosts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with turn(tmp_path, "a.example", 1), turn(tmp_path, "a.example", 1):
        with turn(tmp_path, "b.example", 0.1):
            pass
        with pytest.raises(TimeoutError), turn(tmp_path, "a.example", 0.1):
            pass
    with turn(tmp_path, "a.example", 0.1):
        pass


def test_two_workers_fetch_one_file_at_most_twice(tmp_path: Path, host: Host) -> None:
    url = host.url("/same.png")
    with ThreadPoolExecutor(6) as pool:
        caches = [RemoteCache(SETTINGS, tmp_path, {}) for _ in range(6)]
        assert len({got.data for got in pool.map(lambda cache: cache.fetch(url), caches)}) == 1
    assert host.asked["/same.png"] <= AT_ONCE


@pytest.mark.parametrize(
    ("path", "least", "most"), [("/busy/1", 0.5, 0.5), ("/busy/1/2", 2, 2), ("/busy/1/date", 0, 4)]
)
def test_a_busy_server_is_asked_once_more_when_it_says(
    tmp_path: Path, host: Host, clock: Clock, path: str, least: float, most: float
) -> None:
    assert RemoteCache(SETTINGS, tmp_path, {}).fetch(host.url(path)).data
    assert host.asked[path] == 2
    (pause,) = clock.pauses
    assert least <= pause <= most


def test_but_not_a_third_time_and_not_after_a_long_wait(
    tmp_path: Path, host: Host, clock: Clock
) -> None:
    far = f"/busy/1/{int(LONGEST_PAUSE) + 60}"
    for path, times in (("/busy/2", 2), (far, 1)):
        with pytest.raises(Unreachable, match=r"429|503"):
            RemoteCache(SETTINGS, tmp_path, {}).fetch(host.url(path))
        assert host.asked[path] == times
    assert clock.pauses == [0.5]  # nobody waits for what is not asked again


def test_a_failure_is_remembered_where_no_time_was_left_to_ask_once_more(
    tmp_path: Path, host: Host, clock: Clock
) -> None:
    """Else a post of few seconds would spend them on the same host at each build."""
    hurried = RemoteCache(Remote(allow_private=True, timeout=9, total=0.4), tmp_path, {})
    with pytest.raises(Unreachable, match="503"):
        hurried.fetch(host.url("/busy/2"))
    assert clock.pauses == [pytest.approx(0.4)] and host.asked["/busy/2"] == 1
    assert hurried.fingerprint(host.url("/busy/2")) == FAILED


def test_a_post_has_a_time_and_the_next_build_goes_on(
    tmp_path: Path, host: Host, clock: Clock
) -> None:
    hurried = RemoteCache(Remote(allow_private=True, total=100), tmp_path, {})
    urls = [host.url(f"/{number}.png") for number in range(6)]
    fetched: list[str] = []
    for url in urls:
        try:
            hurried.fetch(url)
            fetched.append(url)
        except OutOfTime as error:
            assert "100 s" in str(error)
        clock.now += 40
    assert fetched == urls[:3]
    assert hurried.fingerprint(urls[-1]) == UNKNOWN  # no failure is remembered
    again = RemoteCache(SETTINGS, tmp_path, {})
    assert all(again.fetch(url).data for url in urls)
