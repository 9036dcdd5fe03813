"""A server that lies: it repeats secrets, names variables and paths, and nests without an end."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import re
import threading
import xmlrpc.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from hanpan.publish.client import PUBLISHED, BadAnswer, PublishError
from hanpan.publish.outcome import SendOptions
from tests.publish.targets import ALL, Desk, write_payload
from tests.support.servers.serving import serving

IDS = ("id", "postid", "post_id", "slug", "wp_slug", "taxonomy", "status", "post_status")
TOKEN = "access_token"  # one that is not given cannot be known
Lie = Callable[[Any], Any]
ANSWERED_BADLY = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)  # see run.py
OTHER = "of-another-service-0123456789"


@pytest.fixture(params=sorted(ALL))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("OTHER_SECRET", OTHER)
    with serving(ALL[name].server()) as server:
        yield server


def each(value: Any, change: Callable[[str, str], Any], key: str = "") -> Any:
    """Return a JSON value with every string changed; `change` takes its key and the string."""
    if isinstance(value, dict):
        return {name: each(item, change, name) for name, item in value.items()}
    if isinstance(value, list):
        return [each(item, change, key) for item in value]
    return change(key, value) if isinstance(value, str) else value


ENCODED: dict[str, Callable[[str], str]] = {  # all encodings are test_redaction.py's matter
    "plain": lambda s: s,
    "in all": lambda s: quote(html.escape(json.dumps(json.dumps(f"<{s}>")))),
    "behind a cut": lambda s: "x" * (298 - len(s) // 2) + " " + s,
}


def readable(text: str) -> str:
    """Return all that a reader could decode in a text, in a row, without blanks."""
    found = []
    for _ in range(5):
        found.append(text)
        runs = re.findall(r"[A-Za-z0-9+/_-]{12,}", text)
        for run in runs:
            for begin in range(4):
                part = run[begin:].replace("-", "+").replace("_", "/")
                part = part[: len(part) // 4 * 4]
                found.append(base64.b64decode(part, validate=False).decode("latin-1"))
        text = html.unescape(re.sub("%([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), text))
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        text = text.replace('\\"', '"').replace("\\\\", "\\").replace("\\n", "\n")
    return re.sub(r"\s", "", "\n".join(found))


def everything(desk: Desk, run: Callable[[], Any]) -> str:
    """Run; return what the author is told, and what was written for the next run."""
    try:
        done = run()
        told = [repr(done), json.dumps([p.as_json() for p in done.problems])]
    except PublishError as error:
        told = [repr(error), str(error), json.dumps(error.problem.as_json())]
        told.append(getattr(error, "difference", ""))
        told.append(repr(getattr(error, "data", "")))
    except ANSWERED_BADLY:  # of which the command tells the name alone
        told = []
    files = [desk.ledger, *(desk.folder / ".hanpan").glob("*")]
    return "\n".join([*told, *(f.read_text("utf-8") for f in files if f.is_file())])


def lies(name: str, text: str) -> Iterator[Lie]:
    """Yield servers that repeat a text: in all but ids, in all, as a reason, and as a page."""

    def beside(key: str, value: str) -> str:
        return value if key in (*IDS, TOKEN) else f"{value} {text}"

    def behind(key: str, value: str) -> str:
        return value if key == TOKEN else f"{value}{text}"

    yield lambda value: each(value, beside)
    yield lambda value: each(value, behind)
    yield lambda value: refusal(name, text)
    yield lambda value: f"<html><b>{text[:7]}</b>{text[7:]}</html>".encode()


@pytest.mark.parametrize("encoding", ENCODED)
def test_a_secret_that_a_server_repeats_is_written_and_told_nowhere(
    name: str, server: Any, tmp_path: Path, encoding: str
) -> None:
    """In every text of every answer: ids, titles, addresses; and in each refusal."""
    target = ALL[name]
    desk = Desk(tmp_path, name, target.settings(server.url))
    payload = write_payload(tmp_path / "payload", name)
    options = SendOptions(PUBLISHED, force=True)
    for secret in target.secrets:
        for lie in lies(name, ENCODED[encoding](secret)):
            server.lie = lie
            left = everything(desk, lambda: desk.run(payload, options))
            bare = re.sub(r"\s", "", secret)
            assert bare not in readable(left)
            if encoding == "behind a cut":
                assert bare[: len(bare) // 2] not in readable(left)


def refusal(name: str, text: str) -> Any:
    """Return a refusal of a platform, with this as its reason."""
    if name == "metaweblog":
        return xmlrpc.client.Fault(500, text)
    return {"errors": [{"message": text, "context": text, "extensions": {"code": text}}]}


BAD_IDS: tuple[Any, ...] = ("${OTHER_SECRET}", "../../users/me", "7?force=true#x", {"a": "b"}, None)


@pytest.mark.parametrize("bad", BAD_IDS, ids=repr)
def test_an_id_is_an_id_and_names_no_variable_and_no_path(
    name: str, server: Any, tmp_path: Path, bad: Any
) -> None:
    desk = Desk(tmp_path, name, ALL[name].settings(server.url))
    payload = write_payload(tmp_path / "payload", name)
    keys = ("id", "postid", "post_id", "attachment_id")
    raw: list[str] = []
    watch_addresses(server, raw)

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bad if k in keys else named(item) for k, item in value.items()}
        return [named(item) for item in value] if isinstance(value, list) else value

    server.lie = lambda value: bad if isinstance(value, str) else named(value)
    for _ in range(2):
        with pytest.raises((PublishError, *ANSWERED_BADLY)):
            desk.run(payload)
    assert OTHER not in "".join(raw)
    assert not [path for path in raw if ".." in path or "force" in path or "evil" in path.lower()]
    ledger = desk.ledger.read_text("utf-8") if desk.ledger.is_file() else ""
    assert "id = " not in ledger
    server.lie = lambda value: value  # it tells the truth again: the post is found
    desk.run(payload)
    assert len(ALL[name].texts(server)) == 1


def watch_addresses(server: Any, raw: list[str]) -> None:
    """Collect each request's head as it comes."""
    handler = server.RequestHandlerClass

    class Watched(handler):  # type: ignore[misc, valid-type]
        def parse_request(self) -> bool:
            raw.append(self.raw_requestline.decode("latin-1"))
            whole = bool(super().parse_request())
            raw.extend(f"{key}: {value}" for key, value in self.headers.items())
            return whole

    server.RequestHandlerClass = Watched


DEEP = (
    b"[" * 200_000,
    b"<methodResponse><params><param>"
    + b"<value><array><data>" * 500
    + b"</data></array></value>" * 500
    + b"</param></params></methodResponse>",
    b'{"id": ' + b"9" * 5000 + b', "posts": [1e999999, -Infinity, NaN]}',
    b'{"id": "", "posts": {}, "data": [[]], "errors": [[[]]]}',
    b"null",
)


def test_an_answer_of_any_shape_ends_one_post_and_not_the_run(
    name: str, server: Any, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, name, ALL[name].settings(server.url))
    payload = write_payload(tmp_path / "payload", name)
    for answer in DEEP:
        server.lie = lambda value, answer=answer: answer
        with contextlib.suppress(PublishError, *ANSWERED_BADLY):
            desk.run(payload)
    server.lie = lambda value: value
    assert desk.run(payload).action in ("created", "updated", "found")
    assert len(ALL[name].texts(server)) == 1


BAD_PICTURES = (
    'https://x.example/a.png" onerror="alert(1)', "https://x.example/a.png) ![x](http://evil.example",
    "javascript:alert(1)", ["x"],
)  # fmt: skip


@pytest.mark.parametrize("bad", BAD_PICTURES, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("name", ["ghost", "hashnode", "metaweblog", "wordpress"])
def test_the_address_of_a_picture_stays_an_address(
    name: str, server: Any, tmp_path: Path, bad: Any
) -> None:
    desk = Desk(tmp_path, name, ALL[name].settings(server.url))
    payload = write_payload(tmp_path / "payload", name)
    keys = ("source_url", "link", "cdnUrl")

    def change(value: Any, inside: bool = False) -> Any:
        if isinstance(value, dict):
            inside = inside or "attachment_id" in value or "images" in value
            named = (*keys, "url") if inside or set(value) == {"id", "url"} else keys
            return {k: bad if k in named else change(v, inside) for k, v in value.items()}
        return [change(item, inside) for item in value] if isinstance(value, list) else value

    server.lie = change
    try:
        desk.run(payload)
    except (PublishError, *ANSWERED_BADLY):
        return  # an address that is none is no upload
    (text,) = ALL[name].texts(server)
    assert not re.search(r"[\"'<>]\s*onerror=|<script|!\[x\]\(|\"\},", text)


def test_no_variable_is_sent_that_the_client_did_not_ask_for(
    name: str, server: Any, tmp_path: Path
) -> None:
    """In no part of a request: a post, a ledger or a server may name it."""
    raw: list[str] = []
    watch_addresses(server, raw)
    texts = {"title": "${OTHER_SECRET}", "tags": ["${OTHER_SECRET}"], "body": "${OTHER_SECRET}"}
    desk = Desk(tmp_path, name, {**ALL[name].settings(server.url), "OTHER_SECRET": OTHER})
    bodies: list[bytes] = []
    take_bodies(server, bodies)
    try:
        desk.run(write_payload(tmp_path / "payload", name, **texts))
    except PublishError:
        assert name in ("devto", "hashnode", "ghost")  # which refuse such a tag
    assert OTHER not in "".join(raw) + b"".join(bodies).decode("utf-8", "replace")


def take_bodies(server: Any, bodies: list[bytes]) -> None:
    """Collect each request's body as it comes."""
    lock = threading.Lock()
    handler = server.RequestHandlerClass

    class Taking(handler):  # type: ignore[misc, valid-type]
        def setup(self) -> None:
            super().setup()
            read = self.rfile.read

            def taking(*arguments: Any) -> Any:
                data = read(*arguments)
                with lock:
                    bodies.append(data)
                return data

            self.rfile.read = taking

    server.RequestHandlerClass = Taking


def test_hashnodes_bucket_is_not_on_this_machine(tmp_path: Path) -> None:
    """A server may not have us write to whatever else listens here."""
    with serving(ALL["hashnode"].server()) as server, serving(ALL["qiita"].server()) as other:

        def elsewhere(value: Any) -> Any:
            return each(value, lambda key, t: f"{other.url}/x" if key == "url" else t)

        server.lie = elsewhere
        desk = Desk(tmp_path, "hashnode", ALL["hashnode"].settings(server.url))
        with pytest.raises(BadAnswer):
            desk.run(write_payload(tmp_path / "payload", "hashnode"))
        assert other.asked == []
