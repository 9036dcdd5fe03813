"""Jekyll's collections: documents in folders such as `_wiki`, which need no date.

https://jekyllrb.com/docs/collections/: `collections` of `_config.yml` names them, `collections_dir`
may put them into a folder.
"""

from __future__ import annotations

from collections.abc import Mapping

_MAGIC = ("_posts", "_drafts")


def label_of(path: str) -> str:
    """Return the name of the collection that a file is in, "" where it is a post or a page."""
    for part in path.split("/")[:-1]:
        if part in _MAGIC:
            return ""
        if part.startswith("_") and part != "_":
            return part[1:]
    return ""


def collection_of(
    path: str, config: Mapping[str, object]
) -> tuple[str, Mapping[object, object]] | None:
    """Return the collection of the site that a file is in, with its settings; None for none."""
    label = label_of(path)
    collections = config.get("collections")
    if not label or not isinstance(collections, Mapping) or label not in collections:
        return None
    settings = collections[label]
    return label, settings if isinstance(settings, Mapping) else {}


def is_page(path: str, config: Mapping[str, object]) -> bool:
    """Tell whether a file of a Jekyll site is a page: neither a post nor in a collection."""
    is_post = not {*_MAGIC}.isdisjoint(path.split("/")[:-1])
    return not is_post and collection_of(path, config) is None


def path_in(path: str, label: str) -> str:
    """Return the path of a document below its collection's folder, without its ending."""
    inner = f"/{path}".partition(f"/_{label}/")[2]
    folder, slash, name = inner.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0]}".rstrip(".")
