"""Ghost's Admin API on loopback, as a real Ghost 6.65 was seen to answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from email import message_from_bytes
from typing import Any

from tests.publish.loopback import Answer, Asked, Loopback

KEY_ID, KEY_SECRET = "6b0354" * 4, "b7e38bb5" * 8
KEY = f"{KEY_ID}:{KEY_SECRET}"
_LONGEST = {"title": 255, "custom_excerpt": 300}


class Ghost(Loopback):
    """Posts by id, pictures by path. Slugs are romanised: here, to the letters' code points."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, bytes] = {}
        self._ticks = 0

    def answer(self, asked: Asked) -> Answer:
        if asked.path.startswith("/content/"):
            there = asked.path in self.pictures
            return Answer(200, self.pictures[asked.path]) if there else Answer(404, b"")
        if not _is_signed(asked.headers.get("authorization", "")):
            return _error(401, "Invalid token: invalid signature", code="INVALID_JWT")
        parts = asked.path.removeprefix("/ghost/api/admin/").strip("/").split("/")
        if parts[0] == "images":
            return self._upload(asked)
        if parts[0] != "posts":
            reason = "API tokens do not have permission to access this endpoint"
            return _error(403, reason, code="NoPermissionError")
        if asked.method == "POST":
            return self._create(asked.json["posts"][0])
        if asked.method == "PUT":
            return self._update(parts[1], asked.json["posts"][0])
        if len(parts) == 1:
            return _found([post for post in self.posts.values() if _matches(post, asked.query)])
        found = [post for post in self.posts.values() if post["id"] == parts[1]]
        return (
            _found(found) if found else _error(404, "Resource not found error, cannot read post.")
        )

    def edit(self, markdown: str) -> None:
        """Change the one post as its author does in the editor."""
        (post,) = self.posts.values()
        card = {"type": "markdown", "version": 1, "markdown": markdown}
        post |= {"lexical": json.dumps({"root": {"children": [card]}}), "updated_at": self._now()}

    def _create(self, fields: dict[str, Any]) -> Answer:
        wrong = _wrong(fields)
        if wrong:
            return wrong
        number = f"6b{len(self.posts) + 1:022x}"
        slug = self._free(_romanised(fields.get("slug") or fields["title"]))
        post = {"status": "draft"} | fields | {"id": number, "slug": slug}
        post |= {"created_at": self._now(), "updated_at": self._now()}
        post["url"] = f"{self.url}/{slug}/"
        self.posts[number] = post
        return _found([post], 201)

    def _update(self, number: str, fields: dict[str, Any]) -> Answer:
        if number not in self.posts:
            return _error(404, "Resource not found error, cannot edit post.")
        post = self.posts[number]
        if "updated_at" not in fields:
            return _error(422, "Validation error, cannot edit post.", "Validation failed for 0.")
        if fields["updated_at"] != post["updated_at"]:
            message = "Saving failed! Someone else is editing this post."
            return _error(409, message, message, code="UPDATE_COLLISION")
        wrong = _wrong(post | fields)
        if wrong:
            return wrong
        slug = post["slug"]
        if fields.get("slug", slug) != slug:  # it looks for a free one, and its own is taken
            slug = self._free(_romanised(fields["slug"]))
        post |= fields | {"slug": slug, "updated_at": self._now()}
        return _found([post])

    def _upload(self, asked: Asked) -> Answer:
        head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
        form = {
            str(part.get_param("name", header="content-disposition")): part
            for part in message_from_bytes(head + asked.body).walk()
            if not part.is_multipart()
        }
        stem, _, kind = re.sub(r"[^\w@.]", "-", str(form["file"].get_filename())).rpartition(".")
        folder = f"/content/images/{time.strftime('%Y/%m', time.gmtime())}/"
        names = (f"{stem}{(n and f'-{n}') or ''}.{kind}" for n in range(1000))
        path = next(folder + name for name in names if folder + name not in self.pictures)
        data = form["file"].get_payload(decode=True)
        assert isinstance(data, bytes)
        self.pictures[path] = data
        ref = form["ref"].get_payload()
        return Answer(201, {"images": [{"url": self.url + path, "ref": ref}]})

    def _free(self, slug: str) -> str:
        taken = {post["slug"] for post in self.posts.values()}
        if slug not in taken:
            return slug
        return next(f"{slug}-{n}" for n in range(2, 1000) if f"{slug}-{n}" not in taken)

    def _now(self) -> str:
        """Return another second at each call: Ghost keeps no milliseconds."""
        self._ticks += 1
        return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + self._ticks))


def _matches(post: dict[str, Any], query: Mapping[str, str]) -> bool:
    """Tell whether NQL's `name:'text'`, with commas for "or", finds a post."""
    terms = re.findall(r"(\w+):'((?:\\['\"]|[^'\"])+)'", query["filter"])
    assert terms, query
    return any(post.get(n) == re.sub(r"\\(['\"])", r"\1", value) for n, value in terms)


def _wrong(post: dict[str, Any]) -> Answer | None:
    for name, longest in _LONGEST.items():
        if len(post.get(name) or "") > longest:
            reason = f"Value in [posts.{name}] exceeds maximum length of {longest} characters."
            return _error(422, "Validation error, cannot save post.", reason)
    if not (post.get("canonical_url") or "").isascii():
        reason = "Validation failed for canonical_url."
        return _error(422, "Validation error, cannot save post.", reason, property="canonical_url")
    try:
        assert json.loads(post["lexical"])["root"]["children"]
    except (ValueError, KeyError, AssertionError):
        reason = "Invalid lexical structure."
        return _error(422, "Validation error, cannot save post.", reason, property="lexical")
    return None


def _romanised(text: str) -> str:
    spelt = (c if c.isascii() else f"{ord(c):x}" for c in text.lower())
    return re.sub(r"[^a-z0-9]+", "-", "".join(spelt)).strip("-")


def _is_signed(header: str) -> bool:
    scheme, _, token = header.partition(" ")
    text, _, signature = token.rpartition(".")
    if scheme != "Ghost" or text.count(".") != 1:
        return False
    head, claims = (json.loads(_unpacked(part)) for part in text.split("."))
    wanted = hmac.new(bytes.fromhex(KEY_SECRET), text.encode(), hashlib.sha256).digest()
    return (
        head == {"alg": "HS256", "typ": "JWT", "kid": KEY_ID}
        and hmac.compare_digest(wanted, _unpacked(signature))
        and claims["aud"] == "/admin/"
        and claims["iat"] <= time.time() < claims["exp"] <= claims["iat"] + 300
    )


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _found(posts: list[dict[str, Any]], status: int = 200) -> Answer:
    shown = [p | {"tags": [{"name": _name(t)} for t in p.get("tags") or ()]} for p in posts]
    return Answer(status, {"posts": shown})


def _name(tag: Any) -> str:
    return tag if isinstance(tag, str) else str(tag["name"])


def _error(status: int, message: str, context: str = "", **more: Any) -> Answer:
    one = {"message": message, "context": context or None, "property": None, "code": None} | more
    return Answer(status, {"errors": [one]})
