"""Blogger, API v3: posts of one blog, with Google's OAuth tokens."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from hanpan.publish.answers.answer import Answer, parse_json
from hanpan.publish.answers.shapes import is_id
from hanpan.publish.client import (
    ApiRequest,
    BadAnswer,
    RemotePost,
    RequestRefused,
    Unauthorized,
    Visibility,
    WithoutUploads,
)
from hanpan.publish.http import Http
from hanpan.publish.listing import RemoteListing
from hanpan.publish.pages import items_of_pages
from hanpan.publish.payload import Payload
from hanpan.publish.refusals import explain_refusals, value_at
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_API = "https://www.googleapis.com/blogger/v3"
_TOKENS = "https://oauth2.googleapis.com/token"
_HEADERS = {"Authorization": "Bearer ${BLOGGER_ACCESS_TOKEN}"}
_STATUSES = {"LIVE": "published", "DRAFT": "draft", "SCHEDULED": "scheduled"}
_PAGE = 50  # posts, each with its content
_MARGIN = 60  # seconds before a token expires in which it counts as expired
_RENEW = "Sign in to Google again for a new BLOGGER_REFRESH_TOKEN, as docs/publish.md describes."
_REMEDIES = {
    "expired or revoked": _RENEW,
    "OAuth client": "Check BLOGGER_CLIENT_ID and BLOGGER_CLIENT_SECRET.",
    "authError": _RENEW,
    "authentication credentials": _RENEW,
    "label": "Choose fewer or shorter tags: `crosspost: {blogger: {tags: [...]}}`.",
    "quota": "Google's daily quota is used up. Run the command again tomorrow.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Blogger:
    """Return the client. Raises UsageError where the blog's address or the tokens are missing."""
    url = credentials.need("BLOGGER_URL", "the address of the blog", secret=False).rstrip("/")
    if not credentials.get("BLOGGER_ACCESS_TOKEN"):
        for name in ("BLOGGER_CLIENT_ID", "BLOGGER_CLIENT_SECRET", "BLOGGER_REFRESH_TOKEN"):
            credentials.need(name, "access to Blogger")
    credentials.derive("BLOGGER_ACCESS_TOKEN", _Token(http, credentials))
    return Blogger(http, credentials.get("BLOGGER_API", secret=False) or _API, url)


class _Token:
    """An access token: the one that is set, or one for the refresh token (RFC 6749, section 6)."""

    def __init__(self, http: Http, credentials: Credentials) -> None:
        self._http = http
        self._credentials = credentials
        self._value = credentials.get("BLOGGER_ACCESS_TOKEN")
        self._end = float("inf")

    def __call__(self) -> str:
        if not self._value or time.monotonic() > self._end:
            self._renew()
        return self._value

    def _renew(self) -> None:
        names = ("client_id", "client_secret", "refresh_token")
        values = {name: self._credentials.get(f"BLOGGER_{name.upper()}") for name in names}
        form = urlencode({"grant_type": "refresh_token", **values})
        url = self._credentials.get("BLOGGER_TOKEN_API", secret=False) or _TOKENS
        try:
            with explain_refusals(_REMEDIES):
                answer = self._http.ask(
                    "POST",
                    url,
                    headers={"Content-Type": "application/x-www-form-urlencoded"},
                    content=form.encode(),
                    repeatable=True,
                )
        except RequestRefused as error:
            raise Unauthorized(error.status, error.problem.message, error.problem.remedy) from None
        self._end = time.monotonic() + float(value_at(answer, "expires_in")) - _MARGIN
        self._value = parse_json(answer.content)["access_token"]  # as it came: it may be known
        if not isinstance(self._value, str) or not self._value.isascii():
            raise ValueError("an access token is a text")


class Blogger(WithoutUploads):
    """The posts of one blog."""

    label = "Blogger"

    def __init__(self, http: Http, api: str, url: str) -> None:
        self.target = url
        self._http = http
        self._api = api
        self._blog = ""  # its id
        self._posts = RemoteListing(
            lambda: (one for status in _STATUSES for one in self._list(status)),
            title_text=html.unescape,
        )

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post of this title: Blogger has no canonical URLs, and its own slugs."""
        return self._posts.by_title(payload)

    def _list(self, status: str) -> Iterator[RemotePost]:
        def page(token: str) -> tuple[list[Any], str | None]:
            query = {"status": status.lower(), "view": "ADMIN", "maxResults": str(_PAGE)}
            query |= {"fetchBodies": "true", "pageToken": token} if token else {}
            data = value_at(self._ask("GET", f"?{urlencode(query)}"))
            return data.get("items", []), data.get("nextPageToken") or None

        return map(_remote, items_of_pages(page, ""))

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it was deleted or is in the bin."""
        answer = self._ask("GET", f"/{id}?view=ADMIN", accept=(404,))
        if answer.status == 404 or value_at(answer, "status") not in _STATUSES:
            return None
        return _remote(answer.data)

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the editable fields as we send them."""
        return _fields(payload.body)

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the post, or updates `id`."""
        if id:
            return ApiRequest("PATCH", self._url(f"/{id}"), _HEADERS, payload.body)
        url = self._url(f"?isDraft={str(visibility.status != 'published').lower()}")
        date = payload.past_date  # an old post keeps its own
        body = payload.body | ({"published": date.isoformat()} if date else {})
        return ApiRequest("POST", url, _HEADERS, body)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post; one that is scheduled is a draft first."""
        self._find_blog()
        request = self.request(payload, visibility)
        with explain_refusals(_REMEDIES), self._posts.changing():
            answer = self._http.ask("POST", request.url, headers=_HEADERS, json=request.body)
        return self._show(_read_post(answer), visibility)

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again, then show or hide it."""
        answer = self._ask("PATCH", f"/{remote.id}", json=payload.body)
        return self._show(_read_post(answer), visibility)

    def _show(self, remote: RemotePost, visibility: Visibility) -> RemotePost:
        """Publish, schedule or take back a post whose status differs."""
        if visibility.status == "scheduled" and visibility.at:
            at = quote(visibility.at.astimezone(UTC).isoformat(), safe="")
            return _read_post(self._ask("POST", f"/{remote.id}/publish?publishDate={at}"))
        if visibility.status == "published" and remote.status != "published":
            return _read_post(self._ask("POST", f"/{remote.id}/publish"))
        if visibility.status == "draft" and remote.status != "draft":
            return _read_post(self._ask("POST", f"/{remote.id}/revert"))
        return remote

    def _ask(
        self, method: str, path: str, *, accept: tuple[int, ...] = (), json: Any = None
    ) -> Answer:
        """Send a request about an existing post: all of them may be sent twice."""
        self._find_blog()
        with explain_refusals(_REMEDIES):
            return self._http.ask(
                method, self._url(path), headers=_HEADERS, json=json, accept=accept, repeatable=True
            )

    def _find_blog(self) -> None:
        if not self._blog:
            url = f"{self._api}/blogs/byurl?{urlencode({'url': self.target})}"
            with explain_refusals({"404": "Set BLOGGER_URL to the blog's address.", **_REMEDIES}):
                blog = value_at(self._http.ask("GET", url, headers=_HEADERS), "id")
            if not is_id(blog):
                raise BadAnswer("the id of the blog")
            self._blog = blog

    def _url(self, path: str) -> str:
        return f"{self._api}/blogs/{self._blog or '${BLOGGER_BLOG_ID}'}/posts{path}"


def _read_post(answer: Answer) -> RemotePost:
    value_at(answer, "id")
    return _remote(answer.data)


def _remote(post: Mapping[str, Any]) -> RemotePost:
    status = _STATUSES.get(post.get("status", ""), "published")
    at = post.get("published", "")
    if status == "published" and at and datetime.fromisoformat(at) > datetime.now(UTC):
        status = "scheduled"
    return RemotePost(
        id=post["id"],
        url=post.get("url", ""),
        slug=post.get("url", "").rpartition("/")[2].removesuffix(".html"),
        status=status,
        created=at,
        updated=post.get("updated", ""),
        fields=_fields(post),
    )


def _fields(post: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": post.get("title") or "",
        "body": post.get("content") or "",
        "tags": ", ".join(sorted(post.get("labels", ()))),
    }
