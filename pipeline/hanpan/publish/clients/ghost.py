"""Ghost 5 and 6, Admin API: posts as Lexical documents, signed with the key of an integration."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from hanpan.problems import Problem, UsageError
from hanpan.publish.answers.answer import Answer
from hanpan.publish.api import Api
from hanpan.publish.client import KEPT, ApiRequest, RemotePost, RequestRefused, Visibility
from hanpan.publish.http import Http
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.refusals import value_at
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from hanpan.source.addresses import valid_address

_KEY = "GHOST_ADMIN_API_KEY"
_HEADERS = {"Authorization": "Ghost ${GHOST_ADMIN_JWT}", "Accept-Version": "v5.0"}
_LIFE = 300  # seconds: Ghost accepts no token that lives longer
_FORMATS = "formats=lexical"
_REMEDIES = {
    "INVALID_JWT": f"Copy the Admin API key of a custom integration into {_KEY} again.",
    "title": "Shorten the title, or set one only for Ghost: `crosspost: {ghost: {title: ...}}`.",
    "custom_excerpt": "Shorten `excerpt` to 300 characters.",
    "canonical_url": "Fix `canonical_url`, or `canonical` under `crosspost: {ghost: ...}`.",
    "minutes in the future": "Give --schedule a time in the future.",
    "already published": "A published post cannot be scheduled; take it back to a draft in Ghost.",
    "lexical": "Please report this: hanpan wrote a document that Ghost cannot read.",
    "valid image": "Convert the picture: Ghost accepts PNG, JPEG, GIF, WebP and SVG.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Ghost:
    """Return the client. Raises UsageError where the address or the key is missing."""
    url = credentials.need("GHOST_URL", "the address of the Ghost site", secret=False).rstrip("/")
    key = credentials.need(_KEY, "Ghost's Admin API key")
    if not re.fullmatch(r"[0-9a-f]{24}:[0-9a-f]{64}|\$\{\w+\}", key):
        message = f"{_KEY} is not an Admin API key: one has the form ID:SECRET, in hexadecimal"
        remedy = "Copy it from Settings, Integrations, Add custom integration."
        raise UsageError(Problem("publish-setting", "error", message, remedy=remedy))
    credentials.redaction.add(key.partition(":")[2], _KEY)
    credentials.derive("GHOST_ADMIN_JWT", _Token(lambda: _sign(credentials.get(_KEY))))
    return Ghost(http, url)


class _Token:
    """A token that is made again each minute: all that are still valid must stay hidden."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._value, self._end = "", 0.0

    def __call__(self) -> str:
        if time.monotonic() >= self._end:
            self._value, self._end = self._make(), time.monotonic() + _LIFE / 5
        return self._value


def _sign(key: str) -> str:
    """Return a JSON Web Token (RFC 7519, HS256) for the Admin API, valid for five minutes.

    Signing takes these few lines; a library is for checking tokens, which we never do.
    """
    name, _, secret = key.partition(":")
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT", "kid": name}
    claims = {"iat": now, "exp": now + _LIFE, "aud": "/admin/"}
    text = b".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    signature = hmac.new(bytes.fromhex(secret), text, hashlib.sha256).digest()
    return (text + b"." + _base64(signature)).decode()


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


class Ghost:
    """The Admin API of one site."""

    uploads_cover = False

    def __init__(self, http: Http, url: str) -> None:
        self.target = url
        self._http = http
        self._api = Api(http, f"{url}/ghost/api/admin", _HEADERS, _REMEDIES)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post with this canonical URL, else with this slug or title and no other URL.

        Ghost romanises a slug in Hangul, and does not tell integrations how.
        """
        canonical = valid_address(payload.canonical_url)
        posts = self._filter(canonical_url=canonical) if canonical else []
        if not posts:
            named = self._filter(slug=payload.slug, title=payload.title)
            named = [post for post in named if post.get("canonical_url") in (None, "", canonical)]
            posts = sorted(named, key=lambda post: post.get("slug") != payload.slug)
        return _remote(posts[0]) if posts else None

    def _filter(self, **wanted: str) -> list[Any]:
        """Return the posts that have any of these values."""
        terms = (f"{name}:'{_escape(value)}'" for name, value in wanted.items())
        query = quote(",".join(terms), safe="")
        answer = self._api.ask("GET", f"/posts/?{_FORMATS}&filter={query}")
        posts: list[Any] = value_at(answer, "posts")
        return posts

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it was deleted."""
        answer = self._api.ask("GET", f"/posts/{id}/?{_FORMATS}", accept=(404,))
        return _read_post(answer) if answer.status == 200 else None

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the editable fields as we send them."""
        return _fields(_post(payload, KEPT))

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the post, or updates `id`."""
        if id:
            post = _update_of(payload, visibility, "as the server has it")
            return ApiRequest("PUT", f"{self._api.url}/posts/{id}/", _HEADERS, {"posts": [post]})
        post = _new_post(payload, visibility)
        return ApiRequest("POST", f"{self._api.url}/posts/", _HEADERS, {"posts": [post]})

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Upload a picture; Ghost gives a second one of the same name another name."""
        answer = self._api.ask(
            "POST",
            "/images/upload/",
            files={"file": (_file_name(picture), picture.data(), picture.media_type)},
            data={"purpose": "image", "ref": picture.sha256},
            repeatable=True,  # at worst there is a second copy that no post uses
        )
        url = value_at(answer, "images", 0, "url")
        return Uploaded(url, url)

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture where this month's folder has it: its name has the content's hash."""
        month = datetime.now(UTC).strftime("%Y/%m")
        url = f"{self.target}/content/images/{month}/{_file_name(picture)}"
        try:
            self._http.ask("HEAD", url)
        except RequestRefused:  # not there, or stored elsewhere
            return None
        return Uploaded(url, url)

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post."""
        body = {"posts": [_new_post(payload, visibility)]}
        return _read_post(self._api.ask("POST", f"/posts/?{_FORMATS}", json=body))

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again, with the version that was read.

        Ghost refuses any other (409), so that nothing written since is overwritten unseen.
        """
        try:
            return self._put(remote, payload, visibility)
        except RequestRefused as error:
            there = self.read(remote.id) if error.status == 409 else None
            if not there:
                raise
            if there.edit_hash == remote.edit_hash:  # something else changed the version
                return self._put(there, payload, visibility)
            if there.fields == self.fields(payload):  # our own request, whose answer was lost
                return there
            raise

    def _put(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        post = _update_of(payload, visibility, remote.version)
        path = f"/posts/{remote.id}/?{_FORMATS}"
        return _read_post(self._api.ask("PUT", path, json={"posts": [post]}))


def _post(payload: Payload, visibility: Visibility) -> dict[str, Any]:
    """Return the post object that is sent."""
    post = dict(payload.body["posts"][0])
    post.pop("status", None)
    if post.get("canonical_url"):
        post["canonical_url"] = valid_address(post["canonical_url"])  # Ghost refuses Hangul in it
    if visibility != KEPT:
        post["status"] = visibility.status
    if visibility.at:
        post["published_at"] = _time(visibility.at)
    return post


def _new_post(payload: Payload, visibility: Visibility) -> dict[str, Any]:
    """Return the post object of a creation: with an old post's date, unless it is scheduled."""
    date = payload.past_date
    return ({"published_at": _time(date)} if date else {}) | _post(payload, visibility)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _update_of(payload: Payload, visibility: Visibility, version: str) -> dict[str, Any]:
    """Return the post object of an update; a slug that is sent again would get a number."""
    post = _post(payload, visibility)
    post.pop("slug", None)
    return post | {"updated_at": version}


def _read_post(answer: Answer) -> RemotePost:
    return _remote(value_at(answer, "posts", 0))


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
    fields = {name: post.get(name) or "" for name in named}
    return fields | {"tags": ", ".join(tags), "body": _text(post.get("lexical") or "")}


def _text(lexical: str) -> str:
    """Return a Lexical document as text to read and compare: the cards' text, else their JSON."""
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


def _escape(text: str) -> str:
    """Return a text for the quotes of NQL, the language of Ghost's filters.

    A backslash escapes only quotes, so that none can be the last character.
    """
    return re.sub(r"(['\"])", r"\\\1", text.rstrip("\\"))


def _file_name(picture: PayloadPicture) -> str:
    """Return the upload's name as Ghost would store it."""
    return re.sub(r"[^A-Za-z0-9_@.]", "-", picture.upload_name)
