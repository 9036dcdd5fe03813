"""Remote files against a real server on loopback: what is fetched once, and what is refused."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from hanpan.assets.download import Refused, Unreachable, ascii_url, download
from hanpan.assets.remote import Locked, RemoteCache, lock_text, read_lock
from hanpan.files import FAILED, UNKNOWN, sha256
from hanpan.site import Remote
from tests.support.servers.image_host import PICTURE, ImageHost

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
