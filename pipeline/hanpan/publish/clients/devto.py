"""dev.to, and other sites of Forem: the articles API, version 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from hanpan.publish.answers.shapes import id_text
from hanpan.publish.api import Api
from hanpan.publish.client import KEPT, ApiRequest, RemotePost, Visibility, WithoutUploads
from hanpan.publish.http import Http
from hanpan.publish.listing import RemoteListing
from hanpan.publish.pages import numbered_pages
from hanpan.publish.payload import Payload
from hanpan.publish.refusals import value_at
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_HOME = "https://dev.to"
_HEADERS = {"api-key": "${DEVTO_API_KEY}", "Accept": "application/vnd.forem.api-v1+json"}
_PAGE = 100  # articles, each with its whole body
_REMEDIES = {
    "disclosure": "Write `ai_disclosure_level: no_ai`, `some_ai` or `fully_autonomous` into the"
    " front matter, or into [crosspost.devto] for all posts.",
    "canonical url": "An article there already has this canonical URL, perhaps another author's:"
    " look for it, or set another one under `crosspost: {devto: {canonical: ...}}`.",
    "body markdown has already": "An article with this text and title already exists there.",
    "tag": "Choose up to 4 tags of letters and digits: `crosspost: {devto: {tags: [...]}}`.",
    "title": "Shorten the title: `crosspost: {devto: {title: ...}}`.",
    "markdown": "Check the body for `data:` addresses and Liquid tags.",
    "unauthorized": "Create an API key under Settings, Extensions, and set DEVTO_API_KEY to it.",
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
        self._api = Api(http, f"{url}/api/articles", _HEADERS, _REMEDIES)
        self._mine = RemoteListing(self._list)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return our article with this canonical URL; for a post without one, with this title."""
        original = payload.canonical_url
        if not original:
            return self._mine.by_title(payload)
        articles = self._mine.all().values()
        return next((one for one in articles if one.fields["canonical_url"] == original), None)

    def read(self, id: str) -> RemotePost | None:
        """Return an article of ours; None where it was deleted.

        From the list: the API gives a single article only once it is published, and from a cache.
        """
        return self._mine.all().get(id)

    def _list(self) -> Iterator[RemotePost]:
        path = f"/me/all?per_page={_PAGE}&page="
        pages = numbered_pages(lambda page: value_at(self._api.ask("GET", f"{path}{page}")), _PAGE)
        return map(_remote, pages)

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the editable fields as we send them."""
        return _fields(_article(payload, KEPT))

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the article, or updates `id`."""
        url = self._api.url + (f"/{id}" if id else "")
        body = {"article": _article(payload, visibility)}
        return ApiRequest("PUT" if id else "POST", url, _HEADERS, body)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the article."""
        return self._send("POST", "", payload, visibility)

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the article again; the server allows one update in 30 seconds, and Http waits."""
        return self._send("PUT", f"/{remote.id}", payload, visibility)

    def _send(self, method: str, path: str, payload: Payload, visibility: Visibility) -> RemotePost:
        with self._mine.changing():
            body = {"article": _article(payload, visibility)}
            answer = self._api.ask(method, path, json=body)
        value_at(answer, "id")
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
    """Read an article of a list, which has `tag_list`, or a single one, which has `tags`."""
    at = article.get("published_at") or article.get("published_timestamp") or ""
    tags = article["tags"] if "tags" in article else article.get("tag_list", [])
    canonical = article.get("canonical_url") or ""
    is_default = canonical == article.get("url")  # its own address where none was given
    return RemotePost(
        id=id_text(article["id"]),
        url=article.get("url") or "",
        slug=article.get("slug") or "",
        status=_status(article.get("published"), at),
        created=article.get("created_at") or "",
        updated=article.get("edited_at") or "",
        fields=_fields({**article, "tags": tags, "canonical_url": "" if is_default else canonical}),
    )


def _status(published: bool | None, at: str) -> str:
    """Return the status; a single article does not have it, but has a date if published."""
    if published is False or (published is None and not at):
        return "draft"
    now = datetime.now(UTC).isoformat()
    return "scheduled" if at.replace("Z", "+00:00") > now else "published"


def _fields(article: Mapping[str, Any]) -> dict[str, str]:
    """Return the editable fields; no cover, for which the server gives its proxy's address."""
    return {
        "title": article.get("title") or "",
        "body": article.get("body_markdown") or "",
        "tags": ", ".join(article.get("tags") or ()),
        "canonical_url": article.get("canonical_url") or "",
    }
