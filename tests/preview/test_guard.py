"""Who may ask the preview, for what, and what a browser is told about the answers."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from hanpan.preview.serving import listen
from tests.support.blog import make_blog
from tests.support.servers.previewing import Previewed, previewing

PAGES = (
    "/",
    "/post/%EA%B8%80-1",
    "/post/%EA%B8%80-1/naver",
    "/out/%EA%B8%80-1/%EA%B8%80-1.html",
    "/out/%EA%B8%80-1/crosspost/naver/preview.html?alone",
    "/tool/payload.js",
    "/events",
    "/nothing",
)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    with previewing(make_blog(tmp_path_factory.mktemp("blog"), posts=1)) as running:
        yield running


@pytest.mark.parametrize("path", PAGES)
def test_each_answer_says_what_a_browser_may_do_with_it(preview: Previewed, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == (404 if path == "/nothing" else 200)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert not {"*", "'unsafe-eval'", "https:", "http:"} & set(policy.replace(";", "").split())
    if path.startswith("/out/"):
        assert policy.startswith("sandbox") and "allow-scripts" not in policy
        assert "script-src" not in policy
    else:
        assert "'unsafe-inline'" not in policy
        assert "frame-ancestors 'none'" in policy


def test_the_pages_hold_nothing_that_their_policy_forbids(preview: Previewed) -> None:
    for path in PAGES[:3]:
        page = LexborHTMLParser(preview.get(path).text)
        scripts = [node.attributes["src"] for node in page.css("script")]
        assert scripts == ["/tool/payload.js", "/tool/live.js"]
        assert page.css("style, base, object, embed, form") == []
        names = {name for node in page.css("*") for name in node.attributes}
        assert not [name for name in names if name == "style" or name.startswith("on")]
        for node in page.css("link, script, img, iframe"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert address.startswith("/") and not address.startswith("//")


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "evil.example:{}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{}",
     "localhost", "0.0.0.0:{}", "127.0.0.1:{}@evil.example", "2130706433:{}"],
)  # fmt: skip
def test_another_host_is_refused(preview: Previewed, host: str) -> None:
    for path in ("/", "/events", "/out/build.json", "/tool/live.js"):
        answer = preview.get(path, host=host.format(preview.port))
        assert answer.status in (400, 421)
        assert b"\xea\xb8\x80" not in answer.data


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "[::1]:{}", "LOCALHOST:{}"])
def test_the_names_of_loopback_are_answered(preview: Previewed, host: str) -> None:
    assert preview.get("/", host=host.format(preview.port)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "https://127.0.0.1:{}"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"},
        {"sec_fetch_site": "same-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_another_origin_asks_is_refused(
    preview: Previewed, headers: dict[str, str], method: str
) -> None:
    asked = {name: value.format(preview.port) for name, value in headers.items()}
    for path in ("/", "/events", "/out/build.json"):
        assert preview.get(path, method, **asked).status == 403


def test_our_own_pages_and_followed_links_are_answered(preview: Previewed) -> None:
    own = f"http://127.0.0.1:{preview.port}"
    assert preview.get("/events", origin=own, sec_fetch_site="same-origin").status == 200
    link = {"sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert preview.get("/", sec_fetch_site="cross-site", **link).status == 200
    assert preview.get("/", "POST", sec_fetch_site="cross-site", **link).status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(preview: Previewed, method: str) -> None:
    for path in ("/", "/post/%EA%B8%80-1", "/out/build.json", "/events"):
        assert preview.get(path, method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/out/../site.toml",
        "/out/%2e%2e/site.toml",
        "/out/..%2fsite.toml",
        "/out/%2e%2e%2fsite.toml",
        "/out/..%5csite.toml",
        "/out/x/../../site.toml",
        "/out//etc/passwd",
        "/out/%2fetc/passwd",
        "/out/.hanpan/state.db",
        "/out/%2ehanpan/state.db",
        "/out/./build.json",
        "/out/build.json%00.html",
        "/out/build.json/",
        "/out/link.txt",
        "/out/linked/secret.txt",
        "/out/",
        "/out",
        "/out/%EA%B8%80-1",
        "/out/%EA%B8%80-1/",
        "/tool/../payload.js",
        "/tool/preview%2fpayload.js",
        "/post/..%2f..",
        "/post/%EA%B8%80-1/..",
        "/pictures/%EA%B8%80-1/..",
        "/pictures/%EA%B8%80-1/naver%2f..%2f..",
    ],
)
def test_no_path_leads_out_of_out(preview: Previewed, path: str) -> None:
    out = preview.blog / "out"
    secret = preview.blog / "secret" / "secret.txt"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("비밀", "utf-8")
    for link, goal in ((out / "link.txt", secret), (out / "linked", secret.parent)):
        if not link.is_symlink():
            os.symlink(goal, link)
    answer = preview.get(path)
    assert answer.status in (400, 404)
    assert not any(word in answer.data for word in (b"root:", "비밀".encode(), b"SQLite", b"url ="))


@pytest.mark.parametrize("name", ["x.js", "x.mjs", "x.css", "x.xhtml", "x.wasm", "x"])
def test_no_file_of_out_is_taken_for_a_script(preview: Previewed, name: str) -> None:
    (preview.blog / "out" / name).write_text("alert(1)", "utf-8")
    answer = preview.get(f"/out/{name}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_only_loopback_is_listened_to(tmp_path: Path) -> None:
    with listen(0) as door:
        assert door.getsockname()[0] == "127.0.0.1"


FORWARDED = [
    {"x_forwarded_host": "evil.example"},
    {"x_forwarded_host": "evil.example:{}"},
    {"x_forwarded_host": "127.0.0.1:{}, evil.example"},
    {"x_original_host": "evil.example"},
    {"forwarded": "for=192.0.2.1;host=evil.example;proto=https"},
    {"forwarded": 'by=_x, Host = "evil.example:{}"'},
    {"forwarded": "host=127.0.0.1:{}, host=evil.example"},
    {"host": "evil.example", "x_forwarded_host": "127.0.0.1:{}"},
    {"host": "evil.example:{}", "forwarded": "host=127.0.0.1:{}"},
]


@pytest.mark.parametrize("headers", FORWARDED, ids=str)
def test_a_proxy_does_not_change_who_may_ask(preview: Previewed, headers: dict[str, str]) -> None:
    asked = {name: value.format(preview.port) for name, value in headers.items()}
    for path in ("/", "/events", "/out/build.json"):
        answer = preview.get(path, **asked)
        assert answer.status == 421 and b"\xea\xb8\x80" not in answer.data


def test_what_a_proxy_says_of_itself_has_no_effect(preview: Previewed) -> None:
    asked = {
        "x_forwarded_for": "203.0.113.9",
        "x_forwarded_proto": "javascript",
        "x_forwarded_port": "1",
        "x_forwarded_prefix": "//evil.example",
        "x_forwarded_host": f"localhost:{preview.port}",
        "forwarded": f'for=203.0.113.9;host="127.0.0.1:{preview.port}";proto=javascript',
        "x_original_url": "/out/build.json",
        "x_rewrite_url": "//evil.example/",
        "x_http_method_override": "DELETE",
    }
    for path in ("/", "/nothing", "//evil.example/..", "/post/%EA%B8%80-1/"):
        plain, behind = preview.get(path), preview.get(path, **asked)
        assert (plain.status, plain.data) == (behind.status, behind.data)
        assert "location" not in behind.headers and b"evil" not in behind.data


HEADS = {
    "no host": "GET / HTTP/1.1\r\n\r\n",
    "no host, old": "GET / HTTP/1.0\r\n\r\n",
    "two hosts": "GET / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nHost: evil.example\r\n\r\n",
    "two equal hosts": "GET / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nHost: 127.0.0.1:{0}\r\n\r\n",
    "a whole address": "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a folded line": "GET / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\n evil.example\r\n\r\n",
    "a blank before the colon": "GET / HTTP/1.1\r\nHost : 127.0.0.1:{0}\r\n\r\n",
    "a dot at the end": "GET / HTTP/1.1\r\nHost: localhost.:{0}\r\n\r\n",
    "a name before it": "GET / HTTP/1.1\r\nHost: x@127.0.0.1:{0}\r\n\r\n",
    "no port": "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "CONNECT": "CONNECT 127.0.0.1:{0} HTTP/1.1\r\nHost: evil.example\r\n\r\n",
}


@pytest.mark.parametrize("kind", HEADS)
def test_a_head_that_no_browser_sends_gets_no_page(preview: Previewed, kind: str) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=60) as line:
        line.sendall(HEADS[kind].format(preview.port).encode())
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65_536), b""))
    assert not answer or answer.split(b" ", 2)[1] in (b"400", b"421", b"405", b"404"), answer[:200]
    assert "글".encode() not in answer
