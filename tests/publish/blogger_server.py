"""Blogger's API v3 on loopback, with Google's token endpoint."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from tests.publish.loopback import Answer, Asked, Loopback

BLOG = "4242424242424242"
HOME = "https://hanpan.blogspot.example"
CLIENT_ID = "1234-hanpan.apps.example"
CLIENT_SECRET = "blogger-client-secret-0123"
REFRESH_TOKEN = "blogger-refresh-token-0123"
ACCESS_TOKEN = "blogger-access-token-0123"
LONGEST_LABELS = 200  # characters of all labels


class Blogger(Loopback):
    """Posts by id; `revoked` is a refresh token that is not taken any more."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}
        self.revoked = False
        self.tokens = 0
        self.token_life = 3599  # seconds

    def is_write(self, asked: Asked) -> bool:
        return super().is_write(asked) and asked.path != "/token"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            return self._token(asked)
        if asked.headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
            return _error(401, "Request had invalid authentication credentials.", "authError")
        parts = asked.path.removeprefix("/blogger/v3/").split("/")
        if parts == ["blogs", "byurl"]:
            there = asked.query.get("url") == HOME
            return Answer(200, {"id": BLOG}) if there else _error(404, "Not Found", "notFound")
        if parts[:3] != ["blogs", BLOG, "posts"]:
            return _error(404, "Not Found", "notFound")
        if len(parts) == 3:
            return self._create(asked) if asked.method == "POST" else self._list(asked)
        post = self.posts.get(parts[3])
        if not post:
            return _error(404, "Not Found", "notFound")
        if asked.method == "GET":
            if post["status"] != "LIVE" and asked.query.get("view") != "ADMIN":
                return _error(404, "Not Found", "notFound")
            return Answer(200, post)
        if asked.method == "PATCH":
            return self._assign(post, asked.json)
        return self._turn(post, parts[4], asked)

    def edit(self, content: str) -> None:
        """Change the one post as its author does in the editor."""
        (post,) = self.posts.values()
        post["content"] = content

    def _token(self, asked: Asked) -> Answer:
        form = {key: values[0] for key, values in parse_qs(asked.body.decode()).items()}
        wanted = {
            "grant_type": "refresh_token",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "refresh_token": REFRESH_TOKEN,
        }
        if form != wanted or self.revoked:
            reason = "Token has been expired or revoked."
            return Answer(400, {"error": "invalid_grant", "error_description": reason})
        self.tokens += 1
        return Answer(200, {"access_token": ACCESS_TOKEN, "expires_in": self.token_life})

    def _create(self, asked: Asked) -> Answer:
        number = str(1000 + len(self.posts))
        draft = asked.query.get("isDraft") == "true"
        post = {"kind": "blogger#post", "id": number, "status": "DRAFT" if draft else "LIVE"}
        if "published" in asked.json:
            post["published"] = asked.json["published"]
        done = self._assign(post, asked.json)
        if done.status == 200:
            self.posts[number] = post
        return done

    def _assign(self, post: dict[str, Any], fields: dict[str, Any]) -> Answer:
        labels = fields.get("labels", post.get("labels", []))
        if len("".join(labels)) > LONGEST_LABELS:
            return _error(400, "Labels must be at most 200 characters long", "invalid", "labels")
        post |= {key: fields[key] for key in ("title", "content", "labels") if key in fields}
        self._published(post)
        return Answer(200, post)

    def _published(self, post: dict[str, Any], at: str = "") -> None:
        now = datetime.now(UTC).isoformat()
        post["updated"] = now
        if post["status"] == "DRAFT":
            post.pop("url", None)
        else:
            post["published"] = at or post.get("published") or now
            post["url"] = f"{self.url}/2026/11/blog-post_{post['id']}.html"

    def _turn(self, post: dict[str, Any], verb: str, asked: Asked) -> Answer:
        if verb == "publish":
            at = asked.query.get("publishDate", "")
            post["status"] = "SCHEDULED" if at else "LIVE"
            self._published(post, at)
        elif verb == "revert":
            post["status"] = "DRAFT"
            self._published(post)
        return Answer(200, post)

    def _list(self, asked: Asked) -> Answer:
        """Only live posts, unless view and status say otherwise; the last `status` counts here."""
        wanted = asked.query.get("status", "live").upper()
        if wanted != "LIVE" and asked.query.get("view") != "ADMIN":
            return _error(403, "We're sorry, but you don't have permission.", "forbidden")
        found = [post for post in self.posts.values() if post["status"] == wanted]
        start, size = int(asked.query.get("pageToken", 0)), int(asked.query.get("maxResults", 10))
        shown = {"kind": "blogger#postList", "items": found[start : start + size]}
        if start + size < len(found):
            shown["nextPageToken"] = str(start + size)
        return Answer(200, shown)


def _error(status: int, message: str, reason: str, place: str = "") -> Answer:
    """Return an error as Google's JSON APIs do."""
    one = {"message": message, "domain": "global", "reason": reason}
    if place:
        one |= {"location": place, "locationType": "parameter"}
    return Answer(status, {"error": {"code": status, "message": message, "errors": [one]}})
