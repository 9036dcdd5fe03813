"""Authors: the names that `_data/authors.yml` has for the ids in a post's front matter.

Minimal Mistakes and Chirpy look them up there.
"""

from __future__ import annotations

from hanpan.files import Files
from hanpan.roots import TEXT
from hanpan.site import JEKYLL, Publication
from hanpan.source.characters import decode
from hanpan.source.post import Post
from hanpan.yaml_text import NotYaml, load

_MOST = 20  # authors of one post


def named_authors(post: Post, files: Files) -> dict[str, str]:
    """Return the names by the ids that a post gives as its authors."""
    given = [post.front.get("author"), post.front.get("authors")]
    ids = [name for value in given for name in (value if isinstance(value, list) else [value])]
    wanted = [str(name) for name in ids[:_MOST] if isinstance(name, str)]
    if not wanted or files.settings(Publication).generator != JEKYLL:
        return {}
    for ending in (".yml", ".yaml"):
        try:
            data = load(decode("", files.read(f"_data/authors{ending}", TEXT))[0])
        except (OSError, ValueError, NotYaml):
            continue
        known = data if isinstance(data, dict) else {}
        names = {one: known[one].get("name") for one in wanted if isinstance(known.get(one), dict)}
        return {one: str(name) for one, name in names.items() if name}
    return {}
