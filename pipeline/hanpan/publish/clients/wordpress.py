"""WordPress 5.6 and newer: its REST API with an application password.

Authors' HTML goes through the filter kses and comes back changed: an edit is recognised by what
WordPress returned, never by what was sent (tried on 6.1 to 6.7).
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from hanpan.crosspost.field_types import as_html, as_term
from hanpan.publish.answers.answer import Answer
from hanpan.publish.answers.shapes import id_text
from hanpan.publish.client import ApiRequest, RemotePost, Visibility
from hanpan.publish.clients.wordpress_terms import Terms
from hanpan.publish.http import Http
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_HEADERS = {"Authorization": "Basic ${WORDPRESS_BASIC_AUTH}"}
STATUSES = {"publish": "published", "future": "scheduled"}  # the others have our names
SENT = {"draft": "draft", "published": "publish", "scheduled": "future"}
_ANY = "publish,future,draft,pending,private"  # `any` has the bin too, and needs more rights
_ONCE = ("slug", "status", "date")  # an update leaves them unless it is asked to change them


class WordPress:
    """One WordPress site; implements `Client`."""

    uploads_cover = True  # featured_media wants an id

    def __init__(self, http: Http, address: str) -> None:
        self.target = address.rstrip("/")
        self._http = http
        self._base = ""  # of the API, once it is known
        self._terms = Terms(self.ask)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post with the slug, or with one that WordPress derives from it for a namesake.

        Of several, the one that links to the original, else the one with the title. Slugs are cut
        at 200 bytes, so that long ones in Hangul may be equal.
        """
        slugs = ",".join([payload.slug, *(f"{payload.slug}-{number}" for number in range(2, 6))])
        query = {"slug": slugs, "status": _ANY, "context": "edit", "per_page": "100", "_embed": "1"}
        posts = [_remote(post) for post in self.ask("GET", "/posts", query).data]
        original = payload.canonical_url
        for matches in (
            lambda post: bool(original) and original in post.fields["body"],
            lambda post: html.unescape(post.fields["title"]) == payload.title,
            lambda post: post.slug == payload.slug,
        ):
            for post in posts:
                if matches(post):
                    return post
        return None

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it was deleted or is in the bin."""
        answer = self.ask("GET", f"/posts/{id}", _READ, accept=(404,))
        if answer.status == 404 or answer.data.get("status") == "trash":
            return None
        return _remote(answer.data)

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the fields as WordPress would return them to an administrator."""
        cover = payload.uploaded_cover
        terms = payload.files["terms.json"]
        fields = {
            "title": payload.body["title"],
            "body": payload.body["content"],
            "excerpt": payload.body.get("excerpt", ""),
            "tags": _joined(terms["tags"]),
            "cover": cover.id if cover else "",
        }
        if terms["categories"]:  # without any, WordPress adds one of its own
            fields["categories"] = _joined(terms["categories"])
        return fields

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request, with names where WordPress expects ids."""
        body = self._body(payload, visibility, update=bool(id)) | payload.files["terms.json"]
        path = f"/posts/{id}" if id else "/posts"
        url = "${WORDPRESS_URL}/wp-json/wp/v2" + path
        return ApiRequest("POST", url, {**_HEADERS, "Content-Type": "application/json"}, body)

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Upload a picture into the media library, under a slug with its content's hash."""
        answer = self.ask(
            "POST",
            "/media",
            data={
                "slug": _slug(picture),
                "title": as_html(picture.path.stem),
                "alt_text": as_term(picture.alt),
            },
            files={"file": (picture.upload_name, picture.data(), picture.media_type)},
        )
        return _upload_of(answer.data)

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture with the content's slug."""
        media = self.ask("GET", "/media", {"slug": _slug(picture)}).data
        return _upload_of(media[0]) if media else None

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post; WordPress schedules it where its date is in the future."""
        terms, notes = self._terms.ids(payload.files["terms.json"])
        body = self._body(payload, visibility, update=False) | terms
        return _remote(self.ask("POST", "/posts", _READ, json=body).data, notes)

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again."""
        terms, notes = self._terms.ids(payload.files["terms.json"])
        body = self._body(payload, visibility, update=True) | terms
        answer = self.ask("POST", f"/posts/{remote.id}", _READ, json=body, repeatable=True)
        return _remote(answer.data, notes)

    def ask(
        self, method: str, path: str, query: Mapping[str, str] | None = None, **more: Any
    ) -> Answer:
        """Send a request to the API, by `?rest_route=` where the site has no pretty addresses."""
        if not self._base:
            self._base = self._find_base()
        joint = "&" if "?" in self._base else "?"
        search = f"{joint}{urlencode(query)}" if query else ""
        return self._http.ask(method, f"{self._base}/wp/v2{path}{search}", headers=_HEADERS, **more)

    def _find_base(self) -> str:
        """Return the API's address: `/wp-json`, or a query, which always works."""
        pretty = f"{self.target}/wp-json"
        redirects = (301, 302, 307, 308)
        me = f"{pretty}/wp/v2/users/me"
        answer = self._http.ask("GET", me, headers=_HEADERS, accept=(404, *redirects))
        is_api = isinstance(answer.data, dict) and answer.status not in redirects
        return pretty if is_api else f"{self.target}/?rest_route="

    def _body(self, payload: Payload, visibility: Visibility, *, update: bool) -> dict[str, Any]:
        """Return the request's body without its terms."""
        kept = visibility.status == "kept"
        left_out = ("slug", *(_ONCE if kept else ())) if update else ()
        body = {key: value for key, value in payload.body.items() if key not in left_out}
        if not kept:
            body["status"] = SENT[visibility.status]
        if visibility.at:
            body["date"] = visibility.at.isoformat()
        cover = payload.uploaded_cover
        if cover:
            body["featured_media"] = int(cover.id)
        return body


_READ = {"context": "edit", "_embed": "wp:term"}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> WordPress:
    """Return the client. Raises UsageError where a setting is missing."""
    address = credentials.need("WORDPRESS_URL", "the address of the blog", secret=False)
    if not credentials.get("WORDPRESS_BASIC_AUTH"):
        user = credentials.need("WORDPRESS_USER", "the user's name", secret=False)
        what = "the application password (in WordPress: Users, Profile)"
        password = credentials.need("WORDPRESS_APPLICATION_PASSWORD", what)
        packed = base64.b64encode(f"{user}:{password}".encode()).decode()
        credentials.derive("WORDPRESS_BASIC_AUTH", lambda: packed)
    return WordPress(http, address)


def _remote(post: Mapping[str, Any], notes: tuple[str, ...] = ()) -> RemotePost:
    """Return a post of the API's JSON (context `edit`, terms embedded)."""
    terms = [term for group in post.get("_embedded", {}).get("wp:term", []) for term in group]
    names = {"post_tag": [], "category": []}  # type: dict[str, list[str]]
    for term in terms:
        names.setdefault(term["taxonomy"], []).append(term["name"])
    cover = post["featured_media"]
    return RemotePost(
        id=id_text(post["id"]),
        url=post["link"],
        slug=post["slug"],
        status=STATUSES.get(post["status"], post["status"]),
        version=post["modified_gmt"],
        updated=f"{post['modified_gmt']}Z",
        fields={
            "title": post["title"]["raw"],
            "body": post["content"]["raw"],
            "excerpt": post["excerpt"]["raw"],
            "tags": _joined(names["post_tag"]),
            "categories": _joined(names["category"]),
            "cover": str(cover) if cover else "",
        },
        notes=notes,
    )


def _joined(names: Iterable[str]) -> str:
    """Return the names of terms, which are HTML, as a text."""
    return ", ".join(sorted(map(html.unescape, names)))


def _slug(picture: PayloadPicture) -> str:
    return f"hanpan-{picture.sha256[:32]}"


def _upload_of(media: Mapping[str, Any]) -> Uploaded:
    return Uploaded(id_text(media["id"]), media["source_url"])
