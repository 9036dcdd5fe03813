"""Qiita, API v2: items of one author. It has no drafts, but private items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hanpan.publish.answers.answer import Answer
from hanpan.publish.api import Api
from hanpan.publish.client import (
    KEPT,
    ApiRequest,
    PublishError,
    RemotePost,
    Visibility,
    WithoutUploads,
)
from hanpan.publish.http import Http
from hanpan.publish.listing import RemoteListing
from hanpan.publish.pages import numbered_pages
from hanpan.publish.payload import Payload
from hanpan.publish.refusals import value_at
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_HOME = "https://qiita.com"
_HEADERS = {"Authorization": "Bearer ${QIITA_TOKEN}"}
_PAGE = 100  # items, each with its body
_REMEDIES = {
    "unauthorized": "Create a token with read_qiita and write_qiita, and set QIITA_TOKEN to it.",
    "rate limit": "Qiita allows 1000 requests an hour. Run the command again in an hour.",
    "tag": "Give 1 to 5 tags: `crosspost: {qiita: {tags: [...]}}`.",
    "title": "Give a title: `crosspost: {qiita: {title: ...}}`.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Qiita:
    """Return the client. Raises UsageError where the token is missing."""
    credentials.need("QIITA_TOKEN", "Qiita's access token")
    return Qiita(http, (credentials.get("QIITA_URL", secret=False) or _HOME).rstrip("/"))


class Qiita(WithoutUploads):
    """The items of one author. A draft is a private item: anyone with its address can read it."""

    label = "Qiita"

    def __init__(self, http: Http, url: str) -> None:
        self.target = url
        self._api = Api(http, f"{url}/api/v2", _HEADERS, _REMEDIES)
        self._items = RemoteListing(self._list)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return our item of this title: Qiita has no canonical URLs, and its own ids as slugs."""
        return self._items.by_title(payload)

    def _list(self) -> Iterator[RemotePost]:
        path = f"/authenticated_user/items?per_page={_PAGE}&page="
        pages = numbered_pages(lambda page: value_at(self._api.ask("GET", f"{path}{page}")), _PAGE)
        return map(_remote, pages)

    def read(self, id: str) -> RemotePost | None:
        """Return an item; None where it was deleted."""
        answer = self._api.ask("GET", f"/items/{id}", accept=(404,))
        return _read_post(answer) if answer.status == 200 else None

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the editable fields as we send them."""
        return _fields(payload.body)

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the item, or updates `id` as a whole."""
        body = {key: value for key, value in payload.body.items() if key != "private"}
        if visibility != KEPT:
            body["private"] = visibility.status != "published"  # without it the item is public
        return ApiRequest("PATCH" if id else "POST", self._api.url + _path(id), _HEADERS, body)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the item."""
        body = self.request(payload, _check(visibility)).body
        with self._items.changing():
            return _read_post(self._api.ask("POST", _path(""), json=body))

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the item again. PATCH requires title and body, and replaces the tags."""
        body = self.request(payload, _check(visibility), remote.id).body
        body.setdefault("private", remote.status == "draft")
        with self._items.changing():
            return _read_post(self._api.ask("PATCH", _path(remote.id), json=body, repeatable=True))


def _path(id: str) -> str:
    return f"/items/{id}" if id else "/items"


def _check(visibility: Visibility) -> Visibility:
    if visibility.status == "scheduled":
        remedy = "Send a private item, and publish it when the time comes."
        raise PublishError("publish-schedule", "Qiita cannot schedule items", remedy)
    return visibility


def _read_post(answer: Answer) -> RemotePost:
    value_at(answer, "id")
    return _remote(answer.data)


def _remote(item: Mapping[str, Any]) -> RemotePost:
    return RemotePost(
        id=item["id"],
        url=item.get("url", ""),
        slug=item["id"],
        status="draft" if item.get("private") else "published",
        created=item.get("created_at", ""),
        updated=item.get("updated_at", ""),
        fields=_fields(item),
    )


def _fields(item: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": item.get("title") or "",
        "body": (item.get("body") or "").rstrip("\n"),  # the server ends it with a newline
        "tags": ", ".join(tag["name"] for tag in item.get("tags", ())),
    }
