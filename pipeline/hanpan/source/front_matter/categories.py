"""Categories and tags as Jekyll collects them: from folders, `defaults`, and both spellings."""

from __future__ import annotations

from collections.abc import Mapping

_MOST = 200  # YAML aliases can make a short file name millions


def categories_of(path: str, front: Mapping[str, object]) -> list[str]:
    """Return a post's categories: the folders above _posts, `categories`, then `category`."""
    parts = path.split("/")
    above = parts[: parts.index("_posts")] if "_posts" in parts else []
    names = [*above, *listed(front.get("categories")), *_single(front.get("category"))]
    return list(dict.fromkeys(name for name in names if name))


def tags_of(front: Mapping[str, object]) -> list[str]:
    """Return a post's tags: `tag` where there is one, otherwise `tags`."""
    return _single(front.get("tag")) or listed(front.get("tags"))


def listed(value: object) -> list[str]:
    """Return what a key in the plural names: a text is split at its blanks."""
    return value.split()[:_MOST] if isinstance(value, str) else _single(value)


def _single(value: object) -> list[str]:
    """Return what a key in the singular names: a text is one name, whatever is in it."""
    if isinstance(value, list):
        inner = [name for item in value[:_MOST] for name in _single(item)]
        return inner[:_MOST]
    return [str(value).strip()] if isinstance(value, (str, int)) and value is not False else []
