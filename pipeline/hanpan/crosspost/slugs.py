"""Slugs by a platform's rule: the last part of a post's address there."""

from __future__ import annotations

import re

from hanpan.crosspost.platform import SlugRule
from hanpan.files import sha256


def map_slug(slug: str, rule: SlugRule) -> str:
    """Return a slug that the rule allows, always the same for the same post.

    Characters that the rule does not allow are left out, and a hash of the whole is added.
    """
    if not rule.characters:
        return slug
    kept = re.sub(rf"[^{rule.characters}]+", "-", slug.lower()).strip("-_")
    kept = re.sub("-{2,}", "-", kept) if kept != slug else kept
    if kept == slug and rule.min <= len(kept) <= rule.max:
        return slug
    mark = sha256(slug.encode())[: max(8, rule.min)]
    return f"{kept[: rule.max - len(mark) - 1].rstrip('-_')}-{mark}".lstrip("-")
