"""Hashnode's GraphQL API, for publications with a Pro plan: drafts, and posts made from them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hanpan.publish.answers.reasons import reasons_of
from hanpan.publish.client import (
    ApiRequest,
    BadAnswer,
    PublishError,
    RemotePost,
    RequestRefused,
    Unauthorized,
    Visibility,
)
from hanpan.publish.clients.hashnode_words import (
    DRAFT,
    POST,
    as_post,
    input_of,
    mutation,
    read_draft,
    read_post,
)
from hanpan.publish.http import Http
from hanpan.publish.listing import RemoteListing
from hanpan.publish.pages import items_of_pages
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.refusals import explain_refusals, value_at
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

_API = "https://gql-beta.hashnode.com"
_HEADERS = {"Authorization": "Bearer ${HASHNODE_TOKEN}"}
_POSTS, _DRAFTS, _SERIES = 100, 50, 20  # on one page: the server gives no more
_REMEDIES = {
    "Pro plan": "The API is for Pro publications. Paste body.md into the editor: hanpan preview.",
    "UNAUTHENTICATED": "Create a token under Account Settings, Developer, for HASHNODE_TOKEN.",
    "15 tags": "Choose up to 15 tags: `crosspost: {hashnode: {tags: [...]}}`.",
    "too large": "Split the post: a request may have at most 100 KB.",
    "Publication not found": "Set HASHNODE_URL to the address of your own publication.",
}


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Hashnode:
    """Return the client. Raises UsageError where the token or the publication is missing."""
    credentials.need("HASHNODE_TOKEN", "Hashnode's personal access token")
    url = credentials.need("HASHNODE_URL", "the address of the Hashnode publication", secret=False)
    host = re.sub(r"^https?://", "", url).strip("/")
    return Hashnode(http, credentials.get("HASHNODE_API", secret=False) or _API, host)


class Hashnode:
    """The API of one publication."""

    uploads_cover = False

    def __init__(self, http: Http, api: str, host: str) -> None:
        self.target = host
        self._http = http
        self._api = api
        self._id = ""  # of the publication
        self._series: dict[str, str] | None = None  # ids by name, once they are known
        self._all = RemoteListing(self._list)

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post or draft with this canonical URL, else with this slug and no other URL.

        Posts come first: a draft that was just published may still be in the list.
        """
        by_slug, slug = None, input_of(payload).get("slug")
        for remote in self._all.all().values():
            canonical = remote.fields["canonical_url"]
            if payload.canonical_url and canonical == payload.canonical_url:
                return remote
            if slug and remote.slug == slug and canonical in ("", payload.canonical_url):
                by_slug = by_slug or remote
        return by_slug

    def _list(self) -> Iterator[RemotePost]:
        yield from map(read_post, self._pages("posts", _POSTS, POST))
        yield from map(read_draft, self._pages("drafts", _DRAFTS, DRAFT))

    def _pages(self, kind: str, size: int, fields: str) -> Iterator[Any]:
        query = (
            "query Q($host: String, $after: String) { publication(host: $host) { "
            f"page: {kind}(first: {size}, after: $after) {{ "
            f"edges {{ node {{ {fields} }} }} pageInfo {{ endCursor hasNextPage }} }} }} }}"
        )

        def page(after: str) -> tuple[list[Any], str | None]:
            data = self._ask(query, {"host": self.target, "after": after or None})
            page = self._of_publication(data)["page"]
            items, info = [edge["node"] for edge in page["edges"]], page["pageInfo"]
            return items, (info["endCursor"] or "") if info["hasNextPage"] else None

        return items_of_pages(page, "")

    def read(self, id: str) -> RemotePost | None:
        """Return a post or draft; the post where the draft was published; None where it is gone."""
        kind, number, slug = f"{id}::".split(":")[:3]
        if kind == "draft":
            query = f"query Q($id: ObjectId!) {{ draft(id: $id) {{ {DRAFT} }} }}"
            draft = self._ask_one(query, {"id": number}, "draft")
            return read_draft(draft) if draft else self._by_slug(slug)
        query = "query Q($id: ID!) { post(id: $id) { slug } }"
        post = self._ask_one(query, {"id": number}, "post")
        # A post that was removed can still be read by its id, but is no longer in its publication.
        there = self._by_slug(post["slug"]) if post else None
        return there if there and there.id == id else None

    def _by_slug(self, slug: str) -> RemotePost | None:
        query = (
            "query Q($host: String, $slug: String!) "
            f"{{ publication(host: $host) {{ post(slug: $slug) {{ {POST} }} }} }}"
        )
        data = self._ask(query, {"host": self.target, "slug": slug}) if slug else {}
        post = self._of_publication(data)["post"] if slug else None
        return read_post(post) if post else None

    def _ask_one(self, query: str, variables: Mapping[str, Any], name: str) -> Any:
        """Return a post or draft; None where the server has none."""
        try:
            return self._ask(query, variables)[name]
        except RequestRefused as error:
            if error.code == "NOT_FOUND":
                return None
            raise

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the editable fields as we send them."""
        draft = input_of(payload)
        return {
            "title": draft.get("title") or "",
            "body": draft.get("contentMarkdown") or "",
            "tags": ", ".join(tag["slug"] for tag in draft.get("tags") or ()),
            "canonical_url": draft.get("originalArticleURL") or "",
        }

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the mutation that creates the draft, or updates `id`."""
        kind, number = f"{id}:".split(":")[:2]
        fields = input_of(payload)
        if not id:
            fields["publicationId"] = self._id or "${HASHNODE_PUBLICATION_ID}"
            if payload.past_date:  # an old post keeps its date
                fields["publishedAt"] = payload.date
        elif kind == "draft":
            fields["draftId"] = number
        else:
            fields = as_post(fields) | {"id": number}
        name = {"": "createDraft", "draft": "updateDraft", "post": "updatePost"}[kind]
        return ApiRequest("POST", self._api, _HEADERS, mutation(name, fields))

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Upload a picture into the bucket that the API names, and confirm it."""
        query = (
            "mutation M($input: CreateImageUploadInput!) { createImageUploadURL(input: $input) "
            "{ presignedPut { url cdnUrl key } } }"
        )
        data = self._ask(query, {"input": {"contentType": picture.media_type}})
        bucket = data["createImageUploadURL"]["presignedPut"]
        headers = {"Content-Type": picture.media_type}
        if not bucket["url"].startswith(("https://", f"{self._api}/")):  # the server chooses it
            raise BadAnswer("the address for an upload")
        self._http.ask("PUT", bucket["url"], headers=headers, content=picture.data())
        query = (
            "mutation M($input: ConfirmImageUploadInput!) "
            "{ confirmImageUpload(input: $input) { ok cdnUrl } }"
        )
        upload = self._ask(query, {"input": {"key": bucket["key"]}})["confirmImageUpload"]
        if not upload["ok"]:
            message = f"Hashnode does not accept {picture.path.name}: it is larger than 8 MB"
            raise PublishError("publish-picture", message, "Make the picture smaller.")
        return Uploaded(bucket["key"], upload["cdnUrl"])

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return None: the API lists no uploads."""
        return None

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the draft, and publish it where that is asked for."""
        _check(visibility)
        if not self._id:
            query = "query Q($host: String) { publication(host: $host) { id } }"
            self._id = self._of_publication(self._ask(query, {"host": self.target}))["id"]
        body, notes = self._with_series(payload, self.request(payload, visibility).body)
        with self._all.changing():
            data = self._ask(body["query"], body["variables"], repeatable=False)
        remote = self._show(read_draft(data["createDraft"]["draft"]), visibility)
        return replace(remote, notes=notes)

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the draft or post again, and publish a draft where that is asked for."""
        _check(visibility)
        if visibility.status == "draft" and remote.status == "published":
            remedy = "Unpublish it in Hashnode's dashboard."
            raise PublishError("publish-status", "a post cannot become a draft again", remedy)
        body, notes = self._with_series(payload, self.request(payload, visibility, remote.id).body)
        (updated,) = self._ask(body["query"], body["variables"]).values()
        read = read_draft if "draft" in updated else read_post
        remote = self._show(read(next(iter(updated.values()))), visibility)
        return replace(remote, notes=notes)

    def _with_series(
        self, payload: Payload, body: dict[str, Any]
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return a mutation with the id of the post's series, and what the author should know."""
        name = payload.files.get("series.json", {}).get("series", "")
        if not name:
            return body, ()
        if self._series is None:
            try:
                listed = list(self._pages("seriesList", _SERIES, "id name"))
            except RequestRefused:  # a post without its series is better than none
                listed = []
            self._series = {series["name"].casefold(): series["id"] for series in listed}
        id = self._series.get(name.casefold())
        if not id:
            return body, (f"Hashnode has no series `{name}`: create it there, and send again",)
        fields = {**body["variables"]["input"], "seriesId": id}
        return {**body, "variables": {"input": fields}}, ()

    def _show(self, remote: RemotePost, visibility: Visibility) -> RemotePost:
        """Publish a draft if that is asked for."""
        if visibility.status != "published" or remote.status != "draft":
            return remote
        body = mutation("publishDraft", {"draftId": remote.id.split(":")[1]})
        with self._all.changing():
            data = self._ask(body["query"], body["variables"], repeatable=False)
        return read_post(data["publishDraft"]["post"])

    def _ask(
        self, query: str, variables: Mapping[str, Any], *, repeatable: bool = True
    ) -> dict[str, Any]:
        """Send an operation and return its data. Raises RequestRefused with the server's reason."""
        if query.startswith("query"):  # the server caches answers for 25 s, by the query's text
            query = query.replace("Q(", f"Q{secrets.token_hex(4)}(", 1)
        with explain_refusals(_REMEDIES):
            answer = self._http.ask(
                "POST",
                self._api,
                headers=_HEADERS,
                json={"query": query, "variables": variables},
                repeatable=repeatable,
            )
            errors = value_at(answer).get("errors")
            if errors:
                reasons = "; ".join(reasons_of(answer)) or "no reason given"
                message = f"the server refused the request: {reasons}"
                data = errors[0].get("extensions", {})  # has the error's `code`
                kind = Unauthorized if data.get("code") == "UNAUTHENTICATED" else RequestRefused
                raise kind(answer.status, message, "Fix what the server names.", data=data)
        result: dict[str, Any] = value_at(answer, "data")
        return result

    def _of_publication(self, data: Mapping[str, Any]) -> Any:
        if not data.get("publication"):
            raise PublishError(
                "publish-setting",
                f"Hashnode has no publication at {self.target}",
                "Set HASHNODE_URL to the address of your publication as the browser shows it.",
            )
        return data["publication"]


def _check(visibility: Visibility) -> None:
    if visibility.status == "scheduled":
        remedy = "Send a draft, and schedule it in Hashnode's editor."
        raise PublishError("publish-schedule", "Hashnode's API cannot schedule posts", remedy)
