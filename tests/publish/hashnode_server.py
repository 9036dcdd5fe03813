"""Hashnode's GraphQL API on loopback: a real GraphQL engine over the published schema's part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graphql import GraphQLError, build_schema, graphql_sync

from tests.publish.loopback import Answer, Asked, Loopback

TOKEN = "hashnode-token-0123456789abcdef"
PUBLICATION = "6a1f3b0e5c9d7a0012345678"
HOST = "hanpan.hashnode.dev"
LARGEST = 100_000  # bytes of a request
LARGEST_PICTURE = 8_000_000
SCHEMA = build_schema(Path(__file__).with_name("hashnode.graphql").read_text("utf-8"))
_NO_PLAN = (
    "Publication does not have an active Pro plan. Upgrade in your dashboard to access this via "
    "the API."
)


class Hashnode(Loopback):
    """`pro` tells whether the publication has the plan that the API asks for."""

    def __init__(self, *, pro: bool = True) -> None:
        super().__init__()
        self.pro = pro
        self.posts: dict[str, dict[str, Any]] = {}
        self.drafts: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, bytes] = {}
        self.series: dict[str, str] = {}  # names by id
        self._numbers = 0

    def is_write(self, asked: Asked) -> bool:
        return asked.method == "PUT" or b"mutation" in asked.body[:40]

    def answer(self, asked: Asked) -> Answer:
        if asked.method == "PUT":  # the bucket: no credentials of ours belong there
            assert "authorization" not in asked.headers
            self.pictures[asked.path.removeprefix("/bucket/")] = asked.body
            return Answer(200, b"")
        if len(asked.body) > LARGEST:
            return Answer(413, {"errors": [{"message": "request entity too large"}]})
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            error = {"message": "Invalid token", "extensions": {"code": "UNAUTHENTICATED"}}
            return Answer(200, {"errors": [error], "data": None})
        operation = asked.json
        result = graphql_sync(
            SCHEMA, operation["query"], _Root(self), variable_values=operation.get("variables")
        )
        done: dict[str, Any] = {"data": result.data}
        if result.errors:
            done["errors"] = [error.formatted for error in result.errors]
        return Answer(400 if result.data is None and not operation else 200, done)

    def number(self) -> str:
        """Return the next ObjectId."""
        self._numbers += 1
        return f"6b{self._numbers:022x}"

    def edit(self, markdown: str) -> None:
        """Change the one post or draft as its author does in the editor."""
        (one,) = [*self.drafts.values(), *self.posts.values()]
        one["content"] = _content(markdown)


class _Root:
    """What the root fields do; graphql-core calls methods by the fields' names."""

    def __init__(self, server: Hashnode) -> None:
        self._server = server

    def publication(self, info: Any, id: str = "", host: str = "") -> Any:
        self._check_plan()
        if id != PUBLICATION and host != HOST:
            return None
        return _Publication(self._server)

    def post(self, info: Any, id: str) -> Any:
        return self._server.posts.get(id)

    def draft(self, info: Any, id: str) -> Any:
        self._check_plan()
        if id not in self._server.drafts:
            raise _error("Draft not found", "NOT_FOUND")
        return self._server.drafts[id]

    def createDraft(self, info: Any, input: dict[str, Any]) -> Any:
        self._check_plan()
        if input["publicationId"] != PUBLICATION:
            raise _error("Publication not found", "NOT_FOUND")
        draft = {"id": self._server.number(), "slug": None}
        _assign(draft, input)
        self._server.drafts[draft["id"] or ""] = draft
        return {"draft": draft}

    def updateDraft(self, info: Any, input: dict[str, Any]) -> Any:
        self._check_plan()
        draft = self._one(self._server.drafts, input["draftId"], "Draft")
        _assign(draft, input)
        return {"draft": draft}

    def publishDraft(self, info: Any, input: dict[str, Any]) -> Any:
        self._check_plan()
        draft = self._one(self._server.drafts, input["draftId"], "Draft")
        del self._server.drafts[draft["id"]]
        slug = draft["slug"] or re.sub(r"\W+", "-", draft["title"]).strip("-").lower()
        at = draft.get("publishedAt") or _now()
        post = draft | {"id": self._server.number(), "slug": slug, "publishedAt": at}
        post["url"] = f"https://{HOST}/{slug}"
        self._server.posts[post["id"]] = post
        return {"post": post}

    def updatePost(self, info: Any, input: dict[str, Any]) -> Any:
        self._check_plan()
        post = self._one(self._server.posts, input["id"], "Post")
        _assign(post, {key: value for key, value in input.items() if key != "id"})
        return {"post": post}

    def createImageUploadURL(self, info: Any, input: dict[str, Any]) -> Any:
        kind = input["contentType"]
        if not kind.startswith("image/") or "svg" in kind:
            raise _error("contentType must be an image, and not SVG", "BAD_USER_INPUT")
        key = f"upload/v1/{self._server.number()}.{kind[6:]}"
        url = f"{self._server.url}/bucket/{key}"
        cdn = f"https://cdn.hashnode.example/{key}"
        return {"presignedPut": {"url": url, "cdnUrl": cdn, "key": key}}

    def confirmImageUpload(self, info: Any, input: dict[str, Any]) -> Any:
        key = input["key"]
        if len(self._server.pictures.get(key, b"")) > LARGEST_PICTURE:
            del self._server.pictures[key]
        ok = key in self._server.pictures
        return {"ok": ok, "cdnUrl": f"https://cdn.hashnode.example/{key}" if ok else None}

    def _check_plan(self) -> None:
        if not self._server.pro:
            raise _error(_NO_PLAN, "FORBIDDEN")

    def _one(self, found: dict[str, dict[str, Any]], id: str, kind: str) -> dict[str, Any]:
        if id not in found:
            raise _error(f"{kind} not found", "NOT_FOUND")
        return found[id]


class _Publication:
    id = PUBLICATION
    title = "한판"
    url = f"https://{HOST}"

    def __init__(self, server: Hashnode) -> None:
        self._server = server

    def post(self, info: Any, slug: str) -> Any:
        return next((p for p in self._server.posts.values() if p["slug"] == slug), None)

    def posts(self, info: Any, first: int, after: str = "") -> Any:
        return _page(reversed(self._server.posts.values()), min(first, 100), after)

    def drafts(self, info: Any, first: int, after: str = "") -> Any:
        return _page(reversed(self._server.drafts.values()), min(first, 50), after)

    def seriesList(self, info: Any, first: int, after: str = "") -> Any:
        named = self._server.series.items()
        listed = [{"id": id, "name": name, "slug": name.lower()} for id, name in named]
        return _page(listed, min(first, 20), after)


def _page(nodes: Iterable[dict[str, Any]], first: int, after: str) -> dict[str, Any]:
    found = list(nodes)
    start = next((i + 1 for i, node in enumerate(found) if node["id"] == after), 0)
    shown = found[start : start + first]
    return {
        "edges": [{"node": node, "cursor": node["id"]} for node in shown],
        "pageInfo": {
            "endCursor": shown[-1]["id"] if shown else None,
            "hasNextPage": start + first < len(found),
        },
    }


def _assign(one: dict[str, Any], fields: dict[str, Any]) -> None:
    """Put an input's fields where the types have them."""
    if len(fields.get("tags") or ()) > 15:
        raise _error("A post has at most 15 tags", "BAD_USER_INPUT")
    places: dict[str, Callable[[Any], dict[str, Any]]] = {
        "contentMarkdown": lambda text: {"content": _content(text)},
        "originalArticleURL": lambda url: {"canonicalUrl": url},
        "coverImage": lambda url: {"coverImage": {"url": url}},
        "coverImageOptions": lambda cover: {"coverImage": {"url": cover.get("coverImageURL")}},
        "tags": lambda tags: {
            "tags": [{"id": t["slug"], "name": t.get("name", t["slug"])} | t for t in tags]
        },
    }
    for name, value in fields.items():
        one |= places[name](value) if name in places else {name: value}
    one["updatedAt"] = _now()


def _content(markdown: str) -> dict[str, str]:
    return {"markdown": markdown, "html": "", "text": ""}


def _error(message: str, code: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})


def _now() -> str:
    return datetime.now(UTC).isoformat()
