"""The terms of Hashnode's API: the fields of queries, inputs, posts and drafts.

Ids are `post:ID` and `draft:ID:SLUG`: a draft that is published becomes a post with another id,
which can only be found by its slug.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hanpan.publish.client import RemotePost
from hanpan.publish.payload import Payload

_BOTH = "id slug title updatedAt canonicalUrl content { markdown } tags { slug }"
POST, DRAFT = f"{_BOTH} url publishedAt", f"{_BOTH} scheduledDate"


def input_of(payload: Payload) -> dict[str, Any]:
    """Return the fields of createDraft's input that the payload has."""
    fields = dict(payload.body["variables"]["input"])
    for name in ("publicationId", "publishedAt"):
        fields.pop(name, None)
    return fields


def as_post(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft's input as updatePost names the same things."""
    fields = dict(draft)
    settings, meta = fields.pop("settings", {}), fields.pop("metaTags", {})
    cover = fields.pop("coverImageOptions", {})
    named = {
        "coverImage": cover.get("coverImageURL"),
        "metaTitle": meta.get("title"),
        "metaDescription": meta.get("description"),
        "ogImage": meta.get("image"),
        "enableToc": settings.get("enableTableOfContent"),
        "isDelisted": settings.get("delist"),
    }
    return fields | {name: value for name, value in named.items() if value is not None}


def mutation(name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a mutation that returns the whole post or draft."""
    kind = "post" if name in ("publishDraft", "updatePost") else "draft"
    selection = POST if kind == "post" else DRAFT
    head = f"mutation M($input: {name[0].upper()}{name[1:]}Input!)"
    query = f"{head} {{ {name}(input: $input) {{ {kind} {{ {selection} }} }} }}"
    return {"query": query, "variables": {"input": dict(fields)}}


def read_post(post: Mapping[str, Any]) -> RemotePost:
    """Return a published post of the API's JSON."""
    return RemotePost(
        id=f"post:{post['id']}",
        url=post["url"],
        slug=post["slug"],
        status="published",
        created=post.get("publishedAt") or "",
        updated=post.get("updatedAt") or "",
        fields=_fields(post),
    )


def read_draft(draft: Mapping[str, Any]) -> RemotePost:
    """Return a draft of the API's JSON."""
    return RemotePost(
        id=f"draft:{draft['id']}:{draft.get('slug') or ''}",
        url=f"https://hashnode.com/draft/{draft['id']}",
        slug=draft.get("slug") or "",
        status="scheduled" if draft.get("scheduledDate") else "draft",
        updated=draft.get("updatedAt") or "",
        fields=_fields(draft),
    )


def _fields(post: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": post.get("title") or "",
        "body": (post.get("content") or {}).get("markdown") or "",
        "tags": ", ".join(tag["slug"] for tag in post.get("tags") or ()),
        "canonical_url": post.get("canonicalUrl") or "",
    }
