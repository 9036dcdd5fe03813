"""Scope: the post that is rendered, its site, and what its tags may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.source.liquid.names.posts import Posts
from hanpan.source.post import Post


@dataclass(frozen=True, slots=True)
class TagScope:
    """What a tag may look at, besides the names of the template."""

    post: Post
    files: Files
    config: Mapping[str, object]  # what _config.yml says
    posts: Posts
    labels: Labels
