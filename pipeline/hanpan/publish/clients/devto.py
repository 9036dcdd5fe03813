"""dev.to, and other sites of Forem: the articles API, version 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from hanpan.publish.client import KEPT, ApiRequest, RemotePost, Visibility, WithoutUploads
from hanpan.publish.http import Http
from hanpan.publish.listing import RemoteListing
from hanpan.publish.payload import Payload
from hanpan.publish.refusals import explained, told
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_HOME = "https://dev.to"
_HEADERS = {"api-key": "${DEVTO_API_KEY}", "Accept": "application/vnd.forem.api-v1+json"}
_PAGE = 100  # articles, each with its whole body
_REMEDIES = {
    "canonical url": "An article there has this canonical URL, perhaps another author's: look for"
    " it, or set another one under `crosspost: {devto: {canonical: ...}}`.",
    "body markdown has already": "The same text is there already, under the same title.",
    "tag": "Choose up to 4 tags of letters and digits: `crosspost: {devto: {tags: [...]}}`.",
    "title": "Shorten the title: `crosspost: {devto: {title: ...}}`.",
    "markdown": "Look for `data:` addresses and Liquid tags in the body.",
    "unauthorized": "Make an API key under Settings, Extensions, and set DEVTO_API_KEY to it.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Devto:
    """Return the client. Raises UsageError where the key is missing."""
    credentials.need("DEVTO_API_KEY", "dev.to's API key")
    return Devto(http, (credentials.get("DEVTO_URL", secret=False) or _HOME).rstrip("/"))


class Devto(WithoutUploads):
    """The articles of one author."""

    label = "dev.to"

    def __init__(self, http: Http, url: str) -> None:
        self.target = url
        self._http = http
        self._mine = RemoteListing(self._listed)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return our article with this canonical URL; of a post without one, with this title."""
        wanted = payload.canonical_url
        if not wanted:
            return self._mine.like(payload)
        articles = self._mine.all().values()
        return next((one for one in articles if one.fields["canonical_url"] == wanted), None)

    def read(self, id: str) -> RemotePost | None:
        """Return an article of ours; None where it was deleted.

        By the list: the API shows a single article once it is published only, and from a cache.
        """
        return self._mine.all().get(id)

    def _listed(self) -> Iterator[RemotePost]:
        page = 1
        while True:
            place = f"{self.target}/api/articles/me/all?per_page={_PAGE}&page={page}"
            with explained(_REMEDIES):
                found = told(self._http.ask("GET", place, headers=_HEADERS))
            yield from map(_remote, found)
            if len(found) < _PAGE:
                return
            page += 1

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return what may be edited, as we send it."""
        return _fields(_article(payload, KEPT))

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the article, or updates `id`."""
        place = f"{self.target}/api/articles" + (f"/{id}" if id else "")
        body = {"article": _article(payload, visibility)}
        return ApiRequest("PUT" if id else "POST", place, _HEADERS, body)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the article."""
        return self._send(self.request(payload, visibility))

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the article again; the server takes one update in 30 seconds, Http waits."""
        return self._send(self.request(payload, visibility, remote.id))

    def _send(self, request: ApiRequest) -> RemotePost:
        with explained(_REMEDIES), self._mine.changing():
            answer = self._http.ask(
                request.method, request.url, headers=request.headers, json=request.body
            )
        told(answer, "id")
        return self._mine.keep(_remote(answer.data))


def _article(payload: Payload, visibility: Visibility) -> dict[str, Any]:
    article = dict(payload.body["article"])
    article.pop("published", None)
    if visibility != KEPT:
        article["published"] = visibility.status != "draft"
    if visibility.at:
        article["published_at"] = visibility.at.astimezone(UTC).isoformat()
    return article


def _remote(article: Mapping[str, Any]) -> RemotePost:
    """Read an article of either view: a list has `tag_list` as a list, a single one `tags`."""
    at = article.get("published_at") or article.get("published_timestamp") or ""
    tags = article["tags"] if "tags" in article else article.get("tag_list", [])
    canonical = article.get("canonical_url") or ""
    own = canonical == article.get("url")  # what it says where none was given
    return RemotePost(
        id=str(article["id"]),
        url=article.get("url") or "",
        slug=article.get("slug") or "",
        status=_status(article.get("published"), at),
        created=article.get("created_at") or "",
        updated=article.get("edited_at") or "",
        fields=_fields({**article, "tags": tags, "canonical_url": "" if own else canonical}),
    )


def _status(published: bool | None, at: str) -> str:
    """Return the status; a single article does not tell it, but has a date if published."""
    if published is False or (published is None and not at):
        return "draft"
    now = datetime.now(UTC).isoformat()
    return "scheduled" if at.replace("Z", "+00:00") > now else "published"


def _fields(article: Mapping[str, Any]) -> dict[str, str]:
    """Return what may be edited. The cover is not: the server answers with its proxy's address."""
    return {
        "title": article.get("title") or "",
        "body": article.get("body_markdown") or "",
        "tags": ", ".join(article.get("tags") or ()),
        "canonical_url": article.get("canonical_url") or "",
    }
