"""MetaWeblog: the XML-RPC way into WordPress, where a host has closed the REST API.

With `[crosspost.wordpress] way = "metaweblog"`. It can less: no text for a picture in the media
library, and no new categories. Lists are asked for by WordPress's own `wp.` methods.
"""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

from hanpan.publish.client import ApiRequest, RemotePost, RequestRefused, Unauthorized, Visibility
from hanpan.publish.clients.wordpress import SENT, STATUSES
from hanpan.publish.http import Http
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_URL = "${WORDPRESS_URL}/xmlrpc.php"
_HEADERS = {"Content-Type": "text/xml; charset=utf-8"}
_BLOG = "1"  # WordPress has one and reads no other; the protocol wants a text
_PAGE = 100  # posts or pictures asked for at a time
_NO_SUCH_METHOD = -32601
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


class MetaWeblog:
    """One WordPress site through xmlrpc.php; implements `Client`."""

    uploads_cover = True

    def __init__(self, http: Http, address: str, user: str, credentials: Credentials) -> None:
        self.target = address.rstrip("/")
        self._http = http
        self._user = user
        self._credentials = credentials

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post that has the slug, and of several the one with the title."""
        fields = ["post_id", "post_name", "post_title"]
        posts = list(self._pages("wp.getPosts", {}, fields))
        named = [p for p in posts if unquote(p["post_name"]) == payload.slug]
        titled = [p for p in named or posts if p["post_title"] == payload.title]
        found = next(iter((*titled, *named)), None)
        return self.read(str(found["post_id"])) if found else None

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it is gone or in the bin."""
        try:
            said = self._call("metaWeblog.getPost", id, self._user)
        except RequestRefused as refused:
            if refused.status == 404:
                return None
            raise
        return None if said["post_status"] == "trash" else _remote(said)

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the fields as WordPress would give them back to an administrator."""
        said = self._struct(payload)
        return _fields({**said, "mt_keywords": ", ".join(sorted(said["mt_keywords"]))})

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request, its password as `${NAME}`."""
        struct = self._struct(payload) | self._shown(payload, visibility, None)
        method, place = ("editPost", id) if id else ("newPost", _BLOG)
        arguments = (place, self._user, "${WORDPRESS_APPLICATION_PASSWORD}", struct, False)
        return ApiRequest("POST", _URL, _HEADERS, _xml(f"metaWeblog.{method}", arguments))

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Put a picture into the media library, under a name that says its content."""
        struct = {
            "name": picture.upload_name,
            "type": picture.media_type,
            "bits": xmlrpc.client.Binary(picture.data()),
        }
        said = self._call("metaWeblog.newMediaObject", _BLOG, self._user, struct, repeatable=False)
        return Uploaded(str(said["id"]), said["url"])

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture whose address has the content in it."""
        for said in self._pages("wp.getMediaLibrary", {"mime_type": picture.media_type}):
            if f"-{picture.sha256[:12]}" in said["link"]:
                return Uploaded(str(said["attachment_id"]), said["link"])
        return None

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post, then read it: the answer is its number alone."""
        struct = self._struct(payload) | self._shown(payload, visibility, None)
        publish = visibility.status == "published"
        arguments = (_BLOG, self._user, struct, publish)
        return self._now(str(self._call("metaWeblog.newPost", *arguments, repeatable=False)))

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again."""
        struct = self._struct(payload) | self._shown(payload, visibility, remote)
        publish = struct["post_status"] == "publish"
        self._call("metaWeblog.editPost", remote.id, self._user, struct, publish)
        return self._now(remote.id)

    def _now(self, id: str) -> RemotePost:
        remote = self.read(id)
        if remote is None:
            raise RequestRefused(404, f"WordPress took the post, and has no number {id} now")
        return remote

    def _struct(self, payload: Payload) -> dict[str, Any]:
        """Return what is sent at any time."""
        cover = payload.uploaded_cover
        terms = payload.files["terms.json"]
        struct = {
            "title": payload.body["title"],
            "description": payload.body["content"],
            "mt_excerpt": payload.body.get("excerpt", ""),
            "mt_keywords": list(terms["tags"]),
        }
        if cover:
            struct["wp_post_thumbnail"] = cover.id
        if terms["categories"]:
            struct["categories"] = list(terms["categories"])
        return struct

    def _shown(
        self, payload: Payload, visibility: Visibility, remote: RemotePost | None
    ) -> dict[str, Any]:
        """Return status, date and slug. An update without a status would make a draft of a post."""
        if remote and visibility.status == "kept":
            words = {ours: theirs for theirs, ours in STATUSES.items()}
            return {"post_status": words.get(remote.status, remote.status)}
        at = visibility.at or datetime.fromisoformat(payload.body["date"])
        date = xmlrpc.client.DateTime(at.astimezone(UTC).strftime("%Y%m%dT%H:%M:%S"))
        status = {"post_status": SENT.get(visibility.status, "draft"), "date_created_gmt": date}
        return status if remote else {**status, "wp_slug": payload.slug}

    def _pages(self, method: str, filters: dict[str, Any], *more: Any) -> Iterator[Any]:
        """Yield everything that a list has; nothing where the server does not know the method."""
        for offset in range(0, 100_000, _PAGE):
            asked = {**filters, "number": _PAGE, "offset": offset}
            try:
                page = self._call(method, _BLOG, self._user, asked, *more)
            except RequestRefused as refused:
                if refused.status == _NO_SUCH_METHOD:
                    return
                raise
            yield from page
            if len(page) < _PAGE:
                return

    def _call(self, method: str, place: str, user: str, *more: Any, repeatable: bool = True) -> Any:
        """Call a method. Raises RequestRefused with the fault's own words."""
        password = self._credentials.get("WORDPRESS_APPLICATION_PASSWORD")
        content = _xml(method, (place, user, password, *more)).encode()
        answer = self._http.ask(
            "POST", _URL, headers=_HEADERS, content=content, repeatable=repeatable
        )
        try:
            (found,), _ = xmlrpc.client.loads(answer.content)
        except xmlrpc.client.Fault as fault:
            said = self._credentials.redact(fault.faultString)
            message = f"the server refused it ({fault.faultCode}): {said}"
            kind = Unauthorized if fault.faultCode == 403 and "assword" in said else RequestRefused
            raise kind(
                fault.faultCode, message, "Change what is named, then run it again."
            ) from None
        except (ExpatError, xmlrpc.client.ResponseError, ValueError):
            said = "xmlrpc.php did not answer in XML-RPC"
            raise RequestRefused(
                answer.status, said, "Look at the address; a host may close it."
            ) from None
        return found


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> MetaWeblog:
    """Return the client. Raises UsageError where a setting is missing."""
    address = credentials.need("WORDPRESS_URL", "the address of the blog", secret=False)
    user = credentials.need("WORDPRESS_USER", "the user's name", secret=False)
    credentials.need("WORDPRESS_APPLICATION_PASSWORD", "the application password")
    return MetaWeblog(http, address, user, credentials)


def _xml(method: str, arguments: tuple[Any, ...]) -> str:
    """Return a call as XML, without the characters that XML cannot have."""
    text = xmlrpc.client.dumps(arguments, method, encoding="utf-8", allow_none=True)
    return text.translate(_NOT_IN_XML)


def _remote(said: Mapping[str, Any]) -> RemotePost:
    modified = datetime.strptime(str(said["date_modified_gmt"]), "%Y%m%dT%H:%M:%S")
    return RemotePost(
        id=str(said["postid"]),
        url=said["permaLink"],
        slug=unquote(said["wp_slug"]),
        status=STATUSES.get(said["post_status"], said["post_status"]),
        version=modified.isoformat(),
        updated=f"{modified.isoformat()}Z",
        fields=_fields(said),
    )


def _fields(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a post's struct."""
    found = {
        "title": said["title"],
        "body": said["description"],
        "excerpt": said["mt_excerpt"],
        "tags": said["mt_keywords"],
        "cover": str(said.get("wp_post_thumbnail") or ""),
    }
    if said.get("categories"):
        found["categories"] = ", ".join(sorted(said["categories"]))
    return found
