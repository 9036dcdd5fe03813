"""Qiita's API v2 on loopback."""

from __future__ import annotations

import time
from typing import Any

from tests.publish.loopback import Answer, Asked, Loopback

TOKEN = "qiita-token-0123456789abcdef"


class Qiita(Loopback):
    """Items by id; `left` is what the hour's 1000 requests have left."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[str, dict[str, Any]] = {}
        self.left = 1000

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401, "Unauthorized", "unauthorized")
        self.left -= 1
        reset = int(time.time()) + 3600
        rate = {"Rate-Limit": "1000", "Rate-Remaining": str(self.left), "Rate-Reset": str(reset)}
        if self.left < 0:
            done = _error(429, "Rate limit exceeded", "rate_limit_exceeded")
        else:
            done = self._do(asked)
        return Answer(done.status, done.body, rate)

    def edit(self, body: str) -> None:
        """Change the one item as its author does in the editor."""
        (item,) = self.items.values()
        item["body"] = body

    def _do(self, asked: Asked) -> Answer:
        parts = asked.path.removeprefix("/api/v2/").split("/")
        if parts == ["authenticated_user", "items"]:
            size, page = int(asked.query.get("per_page", 20)), int(asked.query.get("page", 1))
            found = list(reversed(self.items.values()))
            return Answer(200, found[(page - 1) * size : page * size])
        if parts[0] != "items":
            return _error(404, "Not found", "not_found")
        if asked.method == "POST":
            return self._create(asked.json)
        item = self.items.get(parts[1])
        if not item:
            return _error(404, "Not found", "not_found")
        return Answer(200, item) if asked.method == "GET" else self._update(item, asked.json)

    def _create(self, fields: dict[str, Any]) -> Answer:
        wrong = _wrong(fields) or ("" if fields.get("tags") else "tags is invalid")
        if wrong:
            return _error(403, wrong, "forbidden") if "tag" in wrong else _bad(wrong)
        number = f"{len(self.items) + 1:020x}"
        item = {"id": number, "url": f"{self.url}/hanpan/items/{number}", "private": False}
        item |= {"created_at": _now(), "updated_at": _now()} | _kept(fields)
        self.items[number] = item
        return Answer(201, item)

    def _update(self, item: dict[str, Any], fields: dict[str, Any]) -> Answer:
        wrong = _wrong(fields)
        if wrong:
            return _bad(wrong)
        item |= {"tags": [], "updated_at": _now()} | _kept(fields)  # tags are replaced
        return Answer(200, item)


def _wrong(fields: dict[str, Any]) -> str:
    missing = [name for name in ("title", "body") if not fields.get(name)]
    if missing:
        return f"{missing[0]} is missing"
    if len(fields.get("tags") or ()) > 5:
        return "tags must be at most 5"
    return ""


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: fields[name] for name in ("title", "body", "private", "tags") if name in fields
    }
    if kept.get("body") and not kept["body"].endswith("\n"):
        kept["body"] += "\n"  # seen of the real one
    return kept


def _bad(message: str) -> Answer:
    return _error(400, message, "bad_request")


def _error(status: int, message: str, kind: str) -> Answer:
    return Answer(status, {"message": message, "type": kind})


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+09:00")
