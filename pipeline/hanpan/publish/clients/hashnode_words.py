"""What Hashnode's API calls things: the fields that are asked for, inputs, posts and drafts.

Ids are `post:ID`, and `draft:ID:SLUG`: publishing makes a post of a draft, with an id of its own,
and the slug is what is left to find it by.
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
    said = dict(payload.body["variables"]["input"])
    said.pop("publicationId", None)
    return said


def as_post(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft's input as updatePost names the same things."""
    said = dict(draft)
    settings, meta = said.pop("settings", {}), said.pop("metaTags", {})
    cover = said.pop("coverImageOptions", {})
    named = {
        "coverImage": cover.get("coverImageURL"),
        "metaTitle": meta.get("title"),
        "metaDescription": meta.get("description"),
        "ogImage": meta.get("image"),
        "enableToc": settings.get("enableTableOfContent"),
        "isDelisted": settings.get("delist"),
    }
    return said | {name: value for name, value in named.items() if value is not None}


def mutation(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a mutation that returns all of the post or draft."""
    kind = "post" if name in ("publishDraft", "updatePost") else "draft"
    what = POST if kind == "post" else DRAFT
    taken = f"mutation M($input: {name[0].upper()}{name[1:]}Input!)"
    query = f"{taken} {{ {name}(input: $input) {{ {kind} {{ {what} }} }} }}"
    return {"query": query, "variables": {"input": dict(said)}}


def read_post(post: Mapping[str, Any]) -> RemotePost:
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
    return RemotePost(
        id=f"draft:{draft['id']}:{draft.get('slug') or ''}",
        url=f"https://hashnode.com/draft/{draft['id']}",
        slug=draft.get("slug") or "",
        status="scheduled" if draft.get("scheduledDate") else "draft",
        updated=draft.get("updatedAt") or "",
        fields=_fields(draft),
    )


def _fields(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": one.get("title") or "",
        "body": (one.get("content") or {}).get("markdown") or "",
        "tags": ", ".join(tag["slug"] for tag in one.get("tags") or ()),
        "canonical_url": one.get("canonicalUrl") or "",
    }
