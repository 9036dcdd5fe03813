"""MetaWeblog: WordPress through XML-RPC, where a host has closed the REST API.

With `[crosspost.wordpress] way = "metaweblog"`. It can do less: no alternative text for pictures in
the media library, and no new categories. Lists come from WordPress's own `wp.` methods.
"""

from __future__ import annotations

import html
import xmlrpc.client
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

from hanpan.publish.answers.answer import is_deep
from hanpan.publish.answers.shapes import id_text, is_id
from hanpan.publish.client import (
    ApiRequest,
    BadAnswer,
    RemotePost,
    RequestRefused,
    ServerUnreachable,
    Unauthorized,
    Unsure,
    Visibility,
)
from hanpan.publish.clients.wordpress import SENT, STATUSES
from hanpan.publish.http import Http
from hanpan.publish.pages import numbered_pages
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_SHOWN_URL = "${WORDPRESS_URL}/xmlrpc.php"
_HEADERS = {"Content-Type": "text/xml; charset=utf-8"}
_BLOG = "1"  # the protocol requires one; WordPress ignores it
_PAGE = 100  # posts or pictures in one answer
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
        """Return the post with the slug, or with the title; of several, one with both."""
        fields = ["post_id", "post_name", "post_title"]
        posts = list(self._pages("wp.getPosts", {}, fields))
        named = [p for p in posts if unquote(p["post_name"]) == payload.slug]
        titled = [p for p in named or posts if html.unescape(p["post_title"]) == payload.title]
        post = next(iter((*titled, *named)), None)
        if post is None:
            return None
        remote = self.read(_id_of(post["post_id"]))
        if remote is None:  # not in the bin, which is not listed: a second one may not be created
            raise BadAnswer("a post that is listed does not exist")
        return remote

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it was deleted or is in the bin."""
        try:
            post = self._call("metaWeblog.getPost", id, self._user)
        except RequestRefused as refused:
            if refused.status == 404:
                return None
            raise
        return None if post["post_status"] == "trash" else _remote(post)

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the fields as WordPress would return them to an administrator."""
        struct = self._struct(payload)
        return _fields({**struct, "mt_keywords": ", ".join(sorted(struct["mt_keywords"]))})

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request, its password as `${NAME}`."""
        struct = self._struct(payload) | self._visibility(payload, visibility, None)
        method, target = ("editPost", id) if id else ("newPost", _BLOG)
        arguments = (target, self._user, "${WORDPRESS_APPLICATION_PASSWORD}", struct, False)
        return ApiRequest("POST", _SHOWN_URL, _HEADERS, _xml(f"metaWeblog.{method}", arguments))

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Upload a picture into the media library, under a name with its content's hash."""
        struct = {
            "name": picture.upload_name,
            "type": picture.media_type,
            "bits": xmlrpc.client.Binary(picture.data()),
        }
        media = self._call("metaWeblog.newMediaObject", _BLOG, self._user, struct, repeatable=False)
        return Uploaded(id_text(media["id"]), media["url"])

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture whose address has the content's hash."""
        for media in self._pages("wp.getMediaLibrary", {"mime_type": picture.media_type}):
            if f"-{picture.sha256[:12]}" in media["link"]:
                return Uploaded(id_text(media["attachment_id"]), media["link"])
        return None

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post, then read it: the answer is only its number."""
        struct = self._struct(payload) | self._visibility(payload, visibility, None)
        publish = visibility.status == "published"
        arguments = (_BLOG, self._user, struct, publish)
        id = _id_of(self._call("metaWeblog.newPost", *arguments, repeatable=False))
        try:
            return self._read_again(id)
        except (RequestRefused, ServerUnreachable) as error:  # it was created, all the same
            raise Unsure(error.problem.message) from None

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again."""
        struct = self._struct(payload) | self._visibility(payload, visibility, remote)
        publish = struct["post_status"] == "publish"
        self._call("metaWeblog.editPost", remote.id, self._user, struct, publish)
        return self._read_again(remote.id)

    def _read_again(self, id: str) -> RemotePost:
        remote = self.read(id)
        if remote is None:
            raise RequestRefused(404, f"WordPress accepted the post, but has no number {id} now")
        return remote

    def _struct(self, payload: Payload) -> dict[str, Any]:
        """Return the part of the struct that every request has."""
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

    def _visibility(
        self, payload: Payload, visibility: Visibility, remote: RemotePost | None
    ) -> dict[str, Any]:
        """Return status, date and slug. An update without a status turns a post into a draft."""
        if remote and visibility.status == "kept":
            theirs = {ours: theirs for theirs, ours in STATUSES.items()}
            return {"post_status": theirs.get(remote.status, remote.status)}
        status: dict[str, Any] = {"post_status": SENT.get(visibility.status, "draft")}
        own = payload.body.get("date")  # a page has none: the server dates it
        at = visibility.at or (datetime.fromisoformat(own) if own else None)
        if at:
            moment = at.astimezone(UTC).strftime("%Y%m%dT%H:%M:%S")
            status["date_created_gmt"] = xmlrpc.client.DateTime(moment)
        return status if remote else {**status, "wp_slug": payload.slug}

    def _pages(self, method: str, filters: dict[str, Any], *more: Any) -> Iterator[Any]:
        """Yield all items of a list; nothing where the server does not know the method."""

        def page(offset: int) -> list[Any]:
            selection = {**filters, "number": _PAGE, "offset": offset}
            items: list[Any] = self._call(method, _BLOG, self._user, selection, *more)
            return items

        try:
            yield from numbered_pages(page, _PAGE, first=0, step=_PAGE)
        except RequestRefused as refused:
            if refused.status != _NO_SUCH_METHOD:
                raise

    def _call(
        self, method: str, target: str, user: str, *more: Any, repeatable: bool = True
    ) -> Any:
        """Call a method. Raises RequestRefused with the fault's own words."""
        password = self._credentials.get("WORDPRESS_APPLICATION_PASSWORD")
        content = _xml(method, (target, user, password, *more)).encode()
        answer = self._http.ask(
            "POST",
            f"{self.target}/xmlrpc.php",
            headers=_HEADERS,
            content=content,
            repeatable=repeatable,
        )
        try:
            (value,), _ = xmlrpc.client.loads(answer.content)
        except xmlrpc.client.Fault as fault:
            reason = self._credentials.redaction.text(str(fault.faultString))
            message = f"the server refused the request ({fault.faultCode}): {reason}"
            is_login = fault.faultCode == 403 and "assword" in reason
            kind = Unauthorized if is_login else RequestRefused
            raise kind(
                fault.faultCode, message, "Fix what the server names, then run the command again."
            ) from None
        except (ExpatError, LookupError, TypeError, ValueError, xmlrpc.client.ResponseError):
            message = "xmlrpc.php did not answer in XML-RPC"
            raise RequestRefused(
                answer.status, message, "Check the address; the host may block xmlrpc.php."
            ) from None
        if is_deep(value):
            raise ValueError("nested too deep")
        return self._credentials.redaction.value(value)


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> MetaWeblog:
    """Return the client. Raises UsageError where a setting is missing."""
    address = credentials.need("WORDPRESS_URL", "the address of the blog", secret=False)
    user = credentials.need("WORDPRESS_USER", "the user's name", secret=False)
    credentials.need("WORDPRESS_APPLICATION_PASSWORD", "the application password")
    return MetaWeblog(http, address, user, credentials)


def _xml(method: str, arguments: tuple[Any, ...]) -> str:
    """Return a call as XML, without characters that are not allowed in XML."""
    text = xmlrpc.client.dumps(arguments, method, encoding="utf-8", allow_none=True)
    return text.translate(_NOT_IN_XML)


def _id_of(value: object) -> str:
    id = id_text(value)
    if not is_id(id):
        raise BadAnswer("the number of a post")
    return id


def _remote(post: Mapping[str, Any]) -> RemotePost:
    modified = datetime.strptime(str(post["date_modified_gmt"]), "%Y%m%dT%H:%M:%S")
    return RemotePost(
        id=id_text(post["postid"]),
        url=post["permaLink"],
        slug=unquote(post["wp_slug"]),
        status=STATUSES.get(post["post_status"], post["post_status"]),
        version=modified.isoformat(),
        updated=f"{modified.isoformat()}Z",
        fields=_fields(post),
    )


def _fields(struct: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a post's struct."""
    fields = {
        "title": struct["title"],
        "body": struct["description"],
        "excerpt": struct["mt_excerpt"],
        "tags": struct["mt_keywords"],
        "cover": str(struct.get("wp_post_thumbnail") or ""),
    }
    if struct.get("categories"):
        fields["categories"] = ", ".join(sorted(struct["categories"]))
    return fields
