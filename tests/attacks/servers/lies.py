"""Lies of publishing servers, and what a reader could decode in a text."""

from __future__ import annotations

import base64
import html
import json
import re
import xmlrpc.client
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

Lie = Callable[[Any], Any]
IDS = ("id", "postid", "post_id", "slug", "wp_slug", "taxonomy", "status", "post_status")
TOKEN = "access_token"  # one that is not given cannot be known
ENCODED: dict[str, Callable[[str], str]] = {
    "plain": lambda s: s,
    "json": lambda s: "".join(f"\\u{ord(c):04x}" for c in s),
    "address": lambda s: "https://x.example/?p=" + "".join(f"%{ord(c):02x}" for c in s),
    "html": lambda s: "".join(f"&#{ord(c)};" for c in s),
    "base64": lambda s: base64.b64encode(f"Bearer: {s} ".encode()).decode(),
    "lines": lambda s: "\n".join(re.findall(".{1,5}", s)),
    "all": lambda s: quote(html.escape(json.dumps(json.dumps(f"<{s}>")))),
    "no-blanks": lambda s: s.replace(" ", ""),
    "cut": lambda s: "x" * (298 - len(s) // 2) + " " + s,
}
BAD_IDS: tuple[Any, ...] = (
    "${OTHER_SECRET}", "${HOME}/x", "../../users/me", "..", "%2e%2e", "7?force=true", "7#x", "7/..",
    "7\r\nX-Evil: 1", "", "가/나", "a" * 301, ["7"], {"a": "b"}, None, "7\x00", "7 8", -1, 1e999,
    True, "\x1b[2J", "::error::x",
)  # fmt: skip
_ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
SHAPES: dict[str, Any] = {
    "json-deep": b"[" * 200_000,
    "json-objects": b'{"a":' * 200_000,
    "json-whole": b"[" * 900 + b"]" * 900,
    "json-numbers": b'{"id": ' + b"9" * 5000 + b', "posts": [1e999999, -Infinity, NaN]}',
    "json-keys": json.dumps({f"k{n}": n for n in range(200_000)}).encode(),
    "json-long": b'{"id": "' + b"a" * 30_000_000 + b'"}',
    "json-surrogates": b'{"id": "\\ud800", "errors": [{"message": "\\udfff\\u0000\\u202e"}]}',
    "xml-deep": b"<methodResponse><params><param>" + b"<value><array><data>" * 50_000,
    "xml-whole": b"<methodResponse><params><param>" + b"<value><array><data>" * 500
    + b"</data></array></value>" * 500 + b"</param></params></methodResponse>",
    "xml-entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "' + b"a" * 1000 + b'">'
    + _ENTITIES + b"]><methodResponse><params><param><value>&a8;</value></param></params>"
    b"</methodResponse>",
    "xml-file": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///proc/self/environ">'
    b"]><methodResponse><params><param><value>&a;</value></param></params></methodResponse>",
    "nothing": b"", "null": b"null", "text": b'"text"', "number": b"5", "bytes": b"\xff\xfe\x00[",
    "page": b"<!doctype html><title>\x1b[2J</title><h1>Maintenance</h1>",
}  # fmt: skip
BAD_PICTURES: tuple[Any, ...] = (
    'https://x.example/a.png" onerror="alert(1)',
    "https://x.example/a.png) ![x](http://evil.example", "javascript:alert(1)",
    "data:image/svg+xml,<svg/>", "file:///etc/passwd", "http://", "", None, "/a' onerror='x",
    '/a"><script>alert(1)</script>', 'https://x.example/"},{"', ["x"], "x" * 9999,
)  # fmt: skip
_PICTURE_KEYS = ("source_url", "link", "cdnUrl")


def each(value: Any, change: Callable[[str, str], Any], key: str = "") -> Any:
    """Return a JSON value with every string changed; `change` takes its key and the string."""
    if isinstance(value, dict):
        return {name: each(item, change, name) for name, item in value.items()}
    if isinstance(value, list):
        return [each(item, change, key) for item in value]
    return change(key, value) if isinstance(value, str) else value


def repeating(platform: str, text: str) -> Iterator[Lie]:
    """Yield servers that repeat a text: in all but ids, in all, as a reason, and as a page."""

    def beside(key: str, value: str) -> str:
        return value if key in (*IDS, TOKEN) else f"{value} {text}"

    def behind(key: str, value: str) -> str:
        return value if key == TOKEN else f"{value}{text}"

    yield lambda value: each(value, beside)
    yield lambda value: each(value, behind)
    yield lambda value: refusal(platform, text)
    yield lambda value: f"<html><b>{text[:7]}</b>{text[7:]}</html>".encode()


def refusal(platform: str, text: str) -> Any:
    """Return a refusal of a platform, with this as its reason."""
    if platform == "metaweblog":
        return xmlrpc.client.Fault(500, text)
    return {"errors": [{"message": text, "context": text, "extensions": {"code": text}}]}


def with_id(bad: Any) -> Lie:
    """Return a server in whose answers every id is this."""
    keys = ("id", "postid", "post_id", "attachment_id")

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bad if k in keys else named(item) for k, item in value.items()}
        return [named(item) for item in value] if isinstance(value, list) else value

    return lambda value: bad if isinstance(value, str) else named(value)


def with_picture(bad: Any) -> Lie:
    """Return a server in whose answers every address of an uploaded picture is this."""

    def change(value: Any, inside: bool = False) -> Any:
        if isinstance(value, dict):
            inside = inside or "attachment_id" in value or "images" in value
            keys = (
                (*_PICTURE_KEYS, "url") if inside or set(value) == {"id", "url"} else _PICTURE_KEYS
            )
            return {k: bad if k in keys else change(v, inside) for k, v in value.items()}
        return [change(item, inside) for item in value] if isinstance(value, list) else value

    return change


def readable(text: str) -> str:
    """Return all that a reader could decode in a text, in a row, without blanks."""
    parts = []
    for _ in range(5):
        parts.append(text)
        for run in re.findall(r"[A-Za-z0-9+/_-]{12,}", text):
            for begin in range(4):
                part = run[begin:].replace("-", "+").replace("_", "/")
                part = part[: len(part) // 4 * 4]
                parts.append(base64.b64decode(part, validate=False).decode("latin-1"))
        text = html.unescape(re.sub("%([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), text))
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        text = text.replace('\\"', '"').replace("\\\\", "\\").replace("\\n", "\n")
    return re.sub(r"\s", "", "\n".join(parts))
