"""Ghost 5 and 6, Admin API: posts as Lexical documents, signed with the key of an integration."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from hanpan.problems import Problem, UsageError
from hanpan.publish.client import KEPT, ApiRequest, RemotePost, RequestRefused, Visibility
from hanpan.publish.http import Http
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.refusals import explained, told
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from hanpan.source.addresses import valid_address

_KEY = "GHOST_ADMIN_API_KEY"
_HEADERS = {"Authorization": "Ghost ${GHOST_ADMIN_JWT}", "Accept-Version": "v5.0"}
_LIFE = 300  # seconds: Ghost takes no token that lives longer
_FORMATS = "formats=lexical"
_REMEDIES = {
    "INVALID_JWT": f"Copy the Admin API key of a custom integration once more into {_KEY}.",
    "title": "Shorten the title, or give one for Ghost alone: `crosspost: {ghost: {title: ...}}`.",
    "custom_excerpt": "Shorten `excerpt` to 300 characters.",
    "canonical_url": "Mend `canonical_url`, or the one under `crosspost: {ghost: ...}`.",
    "minutes in the future": "Give --schedule a time that is still to come.",
    "already published": "A published post cannot be scheduled; take it back to a draft in Ghost.",
    "lexical": "Report it: hanpan made a document that Ghost cannot read.",
    "valid image": "Ghost takes PNG, JPEG, GIF, WebP and SVG: convert the picture.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Ghost:
    """Return the client. Raises UsageError where the address or the key is missing."""
    url = credentials.need("GHOST_URL", "the address of the Ghost site", secret=False).rstrip("/")
    key = credentials.need(_KEY, "Ghost's Admin API key")
    if not re.fullmatch(r"[0-9a-f]{24}:[0-9a-f]{64}|\$\{\w+\}", key):
        message = f"{_KEY} is no Admin API key: it has the form ID:SECRET, in hexadecimal"
        remedy = "Copy it from Settings, Integrations, Add custom integration."
        raise UsageError(Problem("publish-setting", "error", message, remedy=remedy))
    credentials.derive("GHOST_ADMIN_JWT", lambda: _token(credentials.get(_KEY)))
    return Ghost(http, url)


def _token(key: str) -> str:
    """Return a JSON Web Token (RFC 7519, HS256) for the Admin API, good for five minutes.

    Signing takes these few lines; a library would be for what we never do: checking tokens.
    """
    name, _, secret = key.partition(":")
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT", "kid": name}
    claims = {"iat": now, "exp": now + _LIFE, "aud": "/admin/"}
    text = b".".join(_packed(json.dumps(part).encode()) for part in (header, claims))
    signature = hmac.new(bytes.fromhex(secret), text, hashlib.sha256).digest()
    return (text + b"." + _packed(signature)).decode()


def _packed(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


class Ghost:
    """The Admin API of one site."""

    uploads_cover = False

    def __init__(self, http: Http, url: str) -> None:
        self.target = url
        self._http = http

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post with this canonical URL, else of this slug or title and no other URL.

        A slug in Hangul is romanised by Ghost, and it tells no integration how.
        """
        canonical = valid_address(payload.canonical_url)
        found = self._filtered(canonical_url=canonical) if canonical else []
        if not found:
            named = self._filtered(slug=payload.slug, title=payload.title)
            named = [post for post in named if post.get("canonical_url") in (None, "", canonical)]
            found = sorted(named, key=lambda post: post.get("slug") != payload.slug)
        return _remote(found[0]) if found else None

    def _filtered(self, **wanted: str) -> list[Any]:
        """Return the posts that have any of these values."""
        terms = (f"{name}:'{_escaped(value)}'" for name, value in wanted.items())
        query = quote(",".join(terms), safe="")
        found: list[Any] = told(self._get(f"posts/?{_FORMATS}&filter={query}"), "posts")
        return found

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it was deleted."""
        answer = self._get(f"posts/{id}/?{_FORMATS}", missing=True)
        return _remote(told(answer, "posts", 0)) if answer.status == 200 else None

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return what may be edited, as we send it."""
        return _fields(_post(payload, KEPT))

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the post, or updates `id`."""
        if id:
            post = _changed(payload, visibility, "as the server has it")
            return ApiRequest("PUT", self._url(f"posts/{id}/"), _HEADERS, {"posts": [post]})
        post = _post(payload, visibility)
        return ApiRequest("POST", self._url("posts/"), _HEADERS, {"posts": [post]})

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Upload a picture; Ghost gives a second one of the same name another name."""
        with explained(_REMEDIES):
            answer = self._http.ask(
                "POST",
                self._url("images/upload/"),
                headers=_HEADERS,
                files={"file": (_file_name(picture), picture.data(), picture.media_type)},
                data={"purpose": "image", "ref": picture.sha256},
                repeatable=True,  # at worst a second copy, which no post names
            )
        place = told(answer, "images", 0, "url")
        return Uploaded(place, place)

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture where this month's folder has it: its name tells its content."""
        month = datetime.now(UTC).strftime("%Y/%m")
        place = f"{self.target}/content/images/{month}/{_file_name(picture)}"
        try:
            self._http.ask("HEAD", place)
        except RequestRefused:  # not there, or stored elsewhere
            return None
        return Uploaded(place, place)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post."""
        body = {"posts": [_post(payload, visibility)]}
        with explained(_REMEDIES):
            answer = self._http.ask(
                "POST", self._url(f"posts/?{_FORMATS}"), headers=_HEADERS, json=body
            )
        return _remote(told(answer, "posts", 0))

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again, for the version that was read.

        Ghost refuses another version (409): what was written since is never overwritten unseen.
        """
        try:
            return self._put(remote, payload, visibility)
        except RequestRefused as error:
            there = self.read(remote.id) if error.status == 409 else None
            if not there:
                raise
            if there.edit_hash == remote.edit_hash:  # something else moved the version
                return self._put(there, payload, visibility)
            if there.fields == self.fields(payload):  # our own request, whose answer was lost
                return there
            raise

    def _put(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        post = _changed(payload, visibility, remote.version)
        with explained(_REMEDIES):
            answer = self._http.ask(
                "PUT",
                self._url(f"posts/{remote.id}/?{_FORMATS}"),
                headers=_HEADERS,
                json={"posts": [post]},
            )
        return _remote(told(answer, "posts", 0))

    def _get(self, path: str, *, missing: bool = False) -> Any:
        with explained(_REMEDIES):
            accept = (404,) if missing else ()
            return self._http.ask("GET", self._url(path), headers=_HEADERS, accept=accept)

    def _url(self, path: str) -> str:
        return f"{self.target}/ghost/api/admin/{path}"


def _post(payload: Payload, visibility: Visibility) -> dict[str, Any]:
    """Return the post object that is sent."""
    post = dict(payload.body["posts"][0])
    post.pop("status", None)
    if post.get("canonical_url"):
        post["canonical_url"] = valid_address(post["canonical_url"])  # it refuses Hangul there
    if visibility != KEPT:
        post["status"] = visibility.status
    if visibility.at:
        post["published_at"] = visibility.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return post


def _changed(payload: Payload, visibility: Visibility, version: str) -> dict[str, Any]:
    """Return the post object of an update. A slug that is sent again would get a number."""
    post = _post(payload, visibility)
    post.pop("slug", None)
    return post | {"updated_at": version}


def _remote(post: Mapping[str, Any]) -> RemotePost:
    return RemotePost(
        id=post["id"],
        url=post.get("url") or "",
        slug=post.get("slug") or "",
        status=post.get("status") or "",
        version=post.get("updated_at") or "",
        created=post.get("created_at") or "",
        updated=post.get("updated_at") or "",
        fields=_fields(post),
    )


def _fields(post: Mapping[str, Any]) -> dict[str, str]:
    tags = (tag if isinstance(tag, str) else tag["name"] for tag in post.get("tags") or ())
    named = ("title", "canonical_url", "feature_image", "feature_image_alt", "custom_excerpt")
    found = {name: post.get(name) or "" for name in named}
    return found | {"tags": ", ".join(tags), "body": _text(post.get("lexical") or "")}


def _text(lexical: str) -> str:
    """Return a Lexical document to be read and compared: the cards' own text, else their JSON."""
    try:
        nodes = json.loads(lexical)["root"]["children"]
    except (ValueError, KeyError, TypeError):
        return lexical
    return "\n\n".join(_card(node) for node in nodes)


def _card(node: Mapping[str, Any]) -> str:
    if node.get("type") == "image":
        caption = f"\n{node['caption']}" if node.get("caption") else ""
        return f"![{node.get('alt', '')}]({node.get('src', '')}){caption}"
    text = node.get("markdown") or node.get("html")
    return text or json.dumps(node, ensure_ascii=False, sort_keys=True)


def _escaped(text: str) -> str:
    """Return a text as it stands between the quotes of NQL, the language of Ghost's filters.

    A backslash is a character of its own but before quotes, so that none can be the last one.
    """
    return re.sub(r"(['\"])", r"\\\1", text.rstrip("\\"))


def _file_name(picture: PayloadPicture) -> str:
    """Return the upload's name, spelt as Ghost would store it."""
    return re.sub(r"[^A-Za-z0-9_@.]", "-", picture.upload_name)
