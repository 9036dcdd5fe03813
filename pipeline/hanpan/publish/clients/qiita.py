"""Qiita, API v2: items of one author. What is no draft there is shown by its address alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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
from hanpan.publish.payload import Payload
from hanpan.publish.refusals import explained, told
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_HOME = "https://qiita.com"
_HEADERS = {"Authorization": "Bearer ${QIITA_TOKEN}"}
_PAGE = 100  # items, each with its body
_REMEDIES = {
    "unauthorized": "Make a token with read_qiita and write_qiita; set QIITA_TOKEN to it.",
    "rate limit": "1000 requests an hour are taken. Run the command again in an hour.",
    "tag": "Give 1 to 5 tags: `crosspost: {qiita: {tags: [...]}}`.",
    "title": "Give a title: `crosspost: {qiita: {title: ...}}`.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Qiita:
    """Return the client. Raises UsageError where the token is missing."""
    credentials.need("QIITA_TOKEN", "Qiita's access token")
    return Qiita(http, (credentials.get("QIITA_URL", secret=False) or _HOME).rstrip("/"))


class Qiita(WithoutUploads):
    """The items of one author. A draft is a private item: who has its address can read it."""

    label = "Qiita"

    def __init__(self, http: Http, url: str) -> None:
        self.target = url
        self._http = http
        self._items = RemoteListing(self._listed)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return our item of this title: Qiita has no canonical URL, and its own ids for slugs."""
        return self._items.like(payload)

    def _listed(self) -> Iterator[RemotePost]:
        page = 1
        while True:
            found = told(self._get(f"authenticated_user/items?per_page={_PAGE}&page={page}"))
            yield from map(_remote, found)
            if len(found) < _PAGE:
                return
            page += 1

    def read(self, id: str) -> RemotePost | None:
        """Return an item; None where it was deleted."""
        answer = self._get(f"items/{id}", accept=(404,))
        return _read(answer) if answer.status == 200 else None

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return what may be edited, as we send it."""
        return _fields(payload.body)

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the item, or updates `id`: it says all of it."""
        body = {key: value for key, value in payload.body.items() if key != "private"}
        if visibility != KEPT:
            body["private"] = visibility.status != "published"  # without a word it is public
        place = self._url(f"items/{id}" if id else "items")
        return ApiRequest("PATCH" if id else "POST", place, _HEADERS, body)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the item."""
        return self._send(self.request(payload, _checked(visibility)), repeatable=False)

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the item again. PATCH wants title and body, and replaces the tags."""
        request = self.request(payload, _checked(visibility), remote.id)
        if "private" not in request.body:
            request.body["private"] = remote.status == "draft"
        return self._send(request, repeatable=True)

    def _send(self, request: ApiRequest, *, repeatable: bool) -> RemotePost:
        with explained(_REMEDIES), self._items.changing():
            answer = self._http.ask(
                request.method,
                request.url,
                headers=request.headers,
                json=request.body,
                repeatable=repeatable,
            )
        return _read(answer)

    def _get(self, path: str, *, accept: tuple[int, ...] = ()) -> Any:
        with explained(_REMEDIES):
            return self._http.ask("GET", self._url(path), headers=_HEADERS, accept=accept)

    def _url(self, path: str) -> str:
        return f"{self.target}/api/v2/{path}"


def _checked(visibility: Visibility) -> Visibility:
    if visibility.status == "scheduled":
        remedy = "Send a private item, and publish it when its time has come."
        raise PublishError("publish-schedule", "Qiita cannot schedule", remedy)
    return visibility


def _read(answer: Any) -> RemotePost:
    told(answer, "id")
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
        "title": item.get("title", ""),
        "body": item.get("body", "").rstrip("\n"),  # the server ends it with a newline
        "tags": ", ".join(tag["name"] for tag in item.get("tags", ())),
    }
