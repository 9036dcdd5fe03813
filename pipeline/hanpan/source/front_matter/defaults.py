"""Front matter defaults: what a Jekyll `_config.yml` sets for all posts below a path.

https://jekyllrb.com/docs/configuration/front-matter-defaults/: the narrower path counts, what the
post says itself counts most; its categories join those of the defaults.
"""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from functools import lru_cache

from hanpan.source.front_matter.categories import listed
from hanpan.source.front_matter.collections import label_of
from hanpan.source.front_matter.parse import load_yaml
from hanpan.source.post import Post
from hanpan.source.walk import is_page
from hanpan.yaml_text import NotYaml

_MOST = 100  # scopes of one site


def with_defaults(post: Post, config: str) -> Post:
    """Return the post with the values that `config`, the text of `_config.yml`, gives it."""
    front: dict[str, object] = {}
    for path, kind, values in _scopes(config):
        if _is_below(post.path, path, kind):
            front = _merge(front, values)
    if not front:
        return post
    merged = _merge(front, post.front)
    if front.get("categories") and post.front.get("categories"):
        every = (*listed(front["categories"]), *listed(post.front["categories"]))
        merged["categories"] = list(dict.fromkeys(every))  # the only key whose values are joined
    return replace(post, front=merged)


def given_keys(path: str, config: str) -> set[str]:
    """Return the keys that `config` gives the post at `path`."""
    return {
        key
        for below, kind, values in _scopes(config)
        if _is_below(path, below, kind)
        for key in values
    }


@lru_cache(maxsize=16)
def _scopes(config: str) -> tuple[tuple[str, str, dict[str, object]], ...]:
    """Return the paths, types and values of the scopes, the widest first."""
    try:
        config_values = load_yaml(config)
    except NotYaml:
        return ()
    defaults = config_values.get("defaults") if isinstance(config_values, dict) else None
    scopes: list[tuple[str, str, dict[str, object]]] = []
    for item in defaults[:_MOST] if isinstance(defaults, list) else ():
        scope = item.get("scope") if isinstance(item, dict) else None
        values = item.get("values") if isinstance(item, dict) else None
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        path, kind = (str(scope.get(key) or "") for key in ("path", "type"))
        given = {str(key): value for key, value in values.items()}
        scopes.append((path.strip("/"), kind, given))
    return tuple(sorted(scopes, key=lambda scope: scope[0].count("/") + bool(scope[0])))


def _is_below(post: str, path: str, kind: str) -> bool:
    """Tell whether a scope holds for a post: by its type, and its path, which may have asterisks.

    The type is `posts`, `pages`, or the name of a collection.
    """
    if kind and kind not in _kinds(post):
        return False
    if not path or path == ".":
        return True
    if "*" in path:
        return fnmatchcase(post, path) or fnmatchcase(post, f"{path}/*")
    return post == path or post.startswith(f"{path}/")


def _kinds(path: str) -> tuple[str, ...]:
    """Return what the type of a file may be called."""
    label = label_of(path)
    return (label,) if label else ("pages", "page") if is_page(path) else ("posts", "post")


def _merge(below: dict[str, object], above: dict[str, object]) -> dict[str, object]:
    """Return two maps in one, maps in them as well; what is above counts."""
    merged = dict(below)
    for key, value in above.items():
        inner = merged.get(key)
        if isinstance(inner, dict) and isinstance(value, dict):
            merged[key] = _merge(inner, value)
        elif value is not None or key not in merged:
            merged[key] = value
    return merged
