"""Remote files against a real server on loopback: what is fetched once, and what is refused."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from hanpan.assets.download import Refused, Unreachable, ascii_url, download
from hanpan.assets.remote import Locked, RemoteCache, lock_text, read_lock
from hanpan.files import FAILED, UNKNOWN, sha256
from hanpan.site import Remote
from tests.support.servers.dripping import Dripping, Send, body_by_bytes, nothing
from tests.support.servers.image_host import PICTURE, ImageHost
from tests.support.servers.serving import serving

LOOPBACK = Remote(allow_private=True, timeout=60, max_bytes=10_000, max_redirects=3)


@pytest.fixture
def host(image_host: ImageHost) -> ImageHost:
    return image_host


def test_a_file_is_fetched_once_and_kept_with_its_checksum(tmp_path: Path, host: ImageHost) -> None:
    url = host.url("/a.png")
    cache = RemoteCache(LOOPBACK, tmp_path, {})
    assert cache.fingerprint(url) == UNKNOWN
    assert cache.fetch(url).data == cache.fetch(url).data == PICTURE
    assert RemoteCache(LOOPBACK, tmp_path, {}, offline=True).fetch(url).media_type == "image/png"
    assert cache.fingerprint(url) == sha256(PICTURE)
    assert host.asked["/a.png"] == 1
    entry = cache.entry(url)
    assert entry == Locked(sha256(PICTURE), len(PICTURE), "image/png")


def test_the_lock_survives_a_round_trip_and_each_url_has_its_line(tmp_path: Path) -> None:
    entries = {
        "https://b.example/한.png": Locked(sha256(b"1"), 2, "image/png"),
        "https://a.example/": Locked(sha256(b"3"), 4, ""),
    }
    path = tmp_path / "assets.lock"
    path.write_text(lock_text(entries), "utf-8")
    assert read_lock(path) == entries
    assert len(path.read_text("utf-8").splitlines()) == 4
    path.write_text("<<<<<<< HEAD\n")
    with pytest.raises(ValueError, match=r"assets\.lock"):
        read_lock(path)


def test_a_locked_file_without_its_cache_must_have_the_same_checksum(
    tmp_path: Path, host: ImageHost
) -> None:
    url = host.url("/a.png")
    lock = {url: Locked(sha256(PICTURE), len(PICTURE), "image/png")}
    good = RemoteCache(LOOPBACK, tmp_path / "a", lock)
    assert good.fetch(url).data == PICTURE
    bad = RemoteCache(LOOPBACK, tmp_path / "b", {url: Locked(sha256(b"other"), 5, "image/png")})
    with pytest.raises(Unreachable, match="checksum"):
        bad.fetch(url)


def test_a_failure_is_remembered_for_a_while_and_then_asked_again(
    tmp_path: Path, host: ImageHost
) -> None:
    url = host.url("/gone.png")
    cache = RemoteCache(LOOPBACK, tmp_path, {})
    for _ in range(2):
        with pytest.raises(Unreachable, match="404"):
            cache.fetch(url)
    assert host.asked["/gone.png"] == 1
    assert cache.fingerprint(url) == FAILED
    later = RemoteCache(Remote(allow_private=True, retry_after=0), tmp_path, {})
    assert later.fingerprint(url) == UNKNOWN
    with pytest.raises(Unreachable):
        later.fetch(url)
    assert host.asked["/gone.png"] == 2


def test_what_is_no_picture_is_not_kept_so_that_a_host_may_heal(
    tmp_path: Path, host: ImageHost
) -> None:
    url = host.serve("/sick.png", b"<!doctype html><title>Not found</title>")
    cache = RemoteCache(Remote(allow_private=True, retry_after=0), tmp_path, {})
    with pytest.raises(Unreachable, match="a web page, not a picture"):
        cache.fetch(url)
    assert cache.entry(url) is None
    host.serve("/sick.png", PICTURE)
    assert cache.fetch(url).data == PICTURE


def test_offline_asks_nothing(tmp_path: Path, host: ImageHost) -> None:
    cache = RemoteCache(LOOPBACK, tmp_path, {}, offline=True)
    with pytest.raises(Unreachable, match="--offline"):
        cache.fetch(host.url("/a.png"))
    assert cache.fingerprint(host.url("/a.png")) == FAILED
    assert not host.asked
    assert RemoteCache(LOOPBACK, tmp_path, {}).fetch(host.url("/a.png")).data == PICTURE


def test_redirects_are_followed_up_to_the_limit(host: ImageHost) -> None:
    assert download(host.url("/hop3"), LOOPBACK).data == PICTURE
    with pytest.raises(Unreachable, match="more than 3 redirects"):
        download(host.url("/hop4"), LOOPBACK)
    with pytest.raises(Refused, match="only http and https"):
        download(host.url("/away"), LOOPBACK)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/huge", "larger"),
        ("/said-huge", "larger"),
        ("/cut", "cut|peer|incomplete|end"),
        ("/none", "404"),
    ],
)
def test_bad_answers_are_told(host: ImageHost, path: str, reason: str) -> None:
    with pytest.raises(Unreachable, match=reason):
        download(host.url(path), LOOPBACK)


def test_a_server_that_drips_is_left_in_time(host: ImageHost) -> None:
    with pytest.raises(Unreachable, match=r"longer|no answer"):  # it would drip to a good end
        download(host.url("/slow"), Remote(allow_private=True, timeout=0.5))


def test_hangul_and_blanks_in_an_address_are_encoded(host: ImageHost) -> None:
    assert download(host.url("/한 글.png"), LOOPBACK).data == PICTURE
    assert ascii_url("HTTPS://한글.example:444/a?q=가 나#x") == (
        "https://xn--bj0bj06e.example:444/a?q=%EA%B0%80%20%EB%82%98"
    )


SPELLINGS = """
127.0.0.1 localhost LOCALHOST localhost. 127.0.0.1. 0.0.0.0 0 127.1 127.0.1 2130706433
0x7f.1 0x7f000001 0177.0.0.1 017700000001 [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[::127.0.0.1] [64:ff9b::127.0.0.1] [::1%251] [::1%lo] [fe80::1%25lo] %31%32%37.0.0.1 １２７.0.0.1
①②⑦.0.0.1 127。0。0。1 ｌｏｃａｌｈｏｓｔ 127.0.0.1%00.example localhost.localdomain
""".split()


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_of_this_machine_leads_to_it(host: ImageHost, name: str) -> None:
    with pytest.raises(Unreachable):
        download(f"http://{name}:{host.server_port}/a.png", Remote(timeout=60))
    assert not host.asked


def test_the_address_that_was_checked_is_the_one_connected_to(
    host: ImageHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when asked first and private when asked again gains nothing."""
    real, calls = socket.getaddrinfo, []

    def rebinding(name: str, port: int, *args: object, **kwargs: object) -> object:
        if name != "rebind.example":
            return real(name, port, *args, **kwargs)  # type: ignore[arg-type]
        calls.append(name)
        address = "192.0.2.1" if len(calls) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with pytest.raises(Unreachable):
        download(f"http://rebind.example:{host.server_port}/a.png", Remote(timeout=0.5))
    assert not host.asked


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "http:///x",
        "http://u:p@a.example/",
        "x.png",
        "http://a:99999/",
        "http://[::1/x",
        "http://a\u2100b.example/x",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        download(url, LOOPBACK)


def test_a_file_in_the_cache_that_is_not_what_it_was_is_fetched_again(
    tmp_path: Path, host: ImageHost
) -> None:
    url = host.url("/a.png")
    cache = RemoteCache(LOOPBACK, tmp_path, {})
    cache.fetch(url)
    (content,) = (tmp_path / "content").iterdir()
    for times, damage in enumerate((b"", PICTURE[:-1], b"x" * len(PICTURE)), 2):
        content.write_bytes(damage)
        with pytest.raises(Unreachable, match="not in the cache"):
            RemoteCache(LOOPBACK, tmp_path, {}, offline=True).fetch(url)
        assert cache.fetch(url).data == content.read_bytes() == PICTURE
        assert host.asked["/a.png"] == times


DAMAGE = ["", "{", "[" * 100_000, "null", "[]", "5", '"text"', "{}", '{"sha256": 5}', "\ud800"]
DAMAGE += ['{"sha256": "../../etc/passwd", "size": 1, "type": ""}', '{"at": "now", "reason": 5}']
DAMAGE += [
    '{"at": true, "reason": []}',
    '{"at": NaN, "reason": "x"}',
    '{"at": 1e999, "reason": "x"}',
]
DAMAGE += ['{"at": {}, "times": "many"}', '{"sha256": "' + "a" * 64 + '", "size": -1, "type": "x"}']


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda text: text[:30])
def test_a_note_that_is_damaged_is_none(tmp_path: Path, host: ImageHost, damage: str) -> None:
    url, gone = host.url("/a.png"), host.url("/gone.png")
    cache = RemoteCache(LOOPBACK, tmp_path, {})
    cache.fetch(url)
    with pytest.raises(Unreachable):
        cache.fetch(gone)
    cache._note_slow("host")
    for kind in ("index", "failed", "slow"):
        for note in (tmp_path / kind).iterdir():
            note.write_text(damage, "utf-8", errors="surrogatepass")
    assert cache.fingerprint(url) == cache.fingerprint(gone) == UNKNOWN
    assert cache.entry(url) is None
    cache._refuse_slow("host")
    assert cache.fetch(url).data == PICTURE
    assert host.asked["/a.png"] == 2


NO_TEXT = '{"\\ud800": {"sha256": "%s", "size": 1, "type": "image/png"}}' % ("0" * 64)


@pytest.mark.parametrize(
    "damage", [*DAMAGE, '{"https://a.example/": 5}', '{"x": {"sha256": "x"}}', NO_TEXT]
)
def test_a_lock_that_is_damaged_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "assets.lock"
    path.write_text(damage, "utf-8", errors="surrogatepass")
    if damage == "{}":
        assert read_lock(path) == {}
        return
    with pytest.raises(ValueError, match=r"assets\.lock: not a lock file"):
        read_lock(path)


def test_a_failure_of_the_future_is_none(tmp_path: Path, host: ImageHost) -> None:
    """The clock was a year ahead, and has been set back."""
    url = host.url("/gone.png")
    cache = RemoteCache(LOOPBACK, tmp_path, {})
    note = {"url": url, "reason": "it was gone", "at": time.time() + 365 * 86_400}
    cache._write("failed", url, note)
    assert cache.fingerprint(url) == UNKNOWN
    with pytest.raises(Unreachable, match="404"):
        cache.fetch(url)
    assert cache.fingerprint(url) == FAILED


def test_a_host_that_was_too_slow_for_two_files_is_left_alone_for_a_while(tmp_path: Path) -> None:
    settings = Remote(allow_private=True, timeout=0.2, total=60)
    with serving(Dripping(nothing, PICTURE)) as server:
        urls = [server.url(f"/{number}.png") for number in range(6)]
        for number, url in enumerate(urls):
            # another step, another build
            cache = RemoteCache(settings, tmp_path, {})
            with pytest.raises(
                Unreachable, match=r"0\.2 s" if number < 2 else "too slow for other"
            ):
                cache.fetch(url)
            assert cache.fingerprint(url) == FAILED  # the next build does not ask
        assert server.asked == {"/0.png": 2, "/1.png": 2}  # once more, as for a busy server
        later = RemoteCache(Remote(allow_private=True, timeout=0.2, retry_after=0), tmp_path, {})
        assert later.fingerprint(urls[5]) == UNKNOWN
        with pytest.raises(Unreachable, match=r"0\.2 s"):
            later.fetch(urls[5])


def test_a_slow_file_is_remembered_where_its_post_has_no_time_for_a_second_attempt(
    tmp_path: Path,
) -> None:
    settings = Remote(allow_private=True, timeout=0.3, total=1.0)  # and 0.5 s between the two
    with serving(Dripping(nothing, PICTURE)) as server:
        cache = RemoteCache(settings, tmp_path, {})
        with pytest.raises(Unreachable, match=r"0\.3 s"):
            cache.fetch(server.url())
        assert cache.fingerprint(server.url()) == FAILED


def test_one_answer_makes_up_for_a_slow_one(tmp_path: Path) -> None:
    def now_and_then(send: Send, body: bytes) -> None:
        slow = sum(server.asked.values()) in (1, 2, 4, 5)
        (nothing if slow else at_once)(send, body)

    def at_once(send: Send, body: bytes) -> None:
        send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)

    with serving(Dripping(now_and_then, PICTURE)) as server:
        for number in range(4):
            timeout = 60 if number % 2 else 0.2
            settings = Remote(allow_private=True, timeout=timeout, total=600)
            cache = RemoteCache(settings, tmp_path, {})
            if number % 2:
                assert cache.fetch(server.url(f"/{number}.png")).data == PICTURE
            else:
                with pytest.raises(Unreachable, match=r"0\.2 s"):
                    cache.fetch(server.url(f"/{number}.png"))


def test_a_body_that_drips_is_not_asked_for_again(tmp_path: Path) -> None:
    """It was coming, as fast as it goes; a head that does not come may have been lost."""
    settings = Remote(allow_private=True, timeout=0.2, total=60)
    with serving(Dripping(body_by_bytes, PICTURE)) as server:
        with pytest.raises(Unreachable, match=r"took longer than 0\.2 s"):
            RemoteCache(settings, tmp_path, {}).fetch(server.url())
        assert server.asked.total() == 1
