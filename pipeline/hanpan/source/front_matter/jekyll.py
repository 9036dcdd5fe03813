"""Jekyll: what a blog's `_config.yml` says, and the address under which it shows a post."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from hanpan.files import Files
from hanpan.roots import SETTINGS, TEXT
from hanpan.site import HEXO, HUGO, JEKYLL, Clock, Identity, Publication
from hanpan.source.characters import decode
from hanpan.source.front_matter.dates import moment_without_date, post_dates
from hanpan.source.front_matter.hugo import hugo_path
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.front_matter.paths.hexo import hexo_path
from hanpan.source.front_matter.paths.permalinks import permalink
from hanpan.source.front_matter.paths.projects import project_path
from hanpan.source.languages import code_of
from hanpan.source.post import Post
from hanpan.source.slugs import slug_of
from hanpan.yaml_text import NotYaml, load

_POLYGLOT = frozenset({"exclude_from_localization", "parallel_localization", "lang_from_path"})
_SAFE = "/%-._~!$&'()+,;=@"  # what Jekyll leaves as it is: addresses are compared as text


@lru_cache(maxsize=8)
def _config(data: bytes) -> object:
    try:
        return load(decode("_config.yml", data)[0])
    except NotYaml:
        return None


def jekyll_config(files: Files) -> dict[str, object] | None:
    """Return what `_config.yml` says; None where there is none."""
    try:
        config = _config(files.read("_config.yml", SETTINGS))
    except OSError:
        return None
    return {str(key): value for key, value in config.items()} if isinstance(config, dict) else {}


def site_path(post: Post, files: Files, config: Mapping[str, object] | None) -> str:
    """Return where the site shows a post: a path that begins with /, not escaped."""
    date = post_dates(post, files.settings(Clock))[0] or moment_without_date()
    publication = files.settings(Publication)
    if publication.generator == HUGO:
        return hugo_path(post.path, post.front, date, publication, files.names)
    if publication.generator == HEXO and config is not None:
        return hexo_path(post.path, post.front, date, config)
    path = permalink(post.path, post.front, date, config)
    code = code_of(post.path, post.front, publication.languages)
    is_other = publication.generator == JEKYLL and code and code != publication.languages[0][0]
    return f"/{code}{path}" if is_other and _has_polyglot(config or {}) else path


def _has_polyglot(config: Mapping[str, object]) -> bool:
    """Tell whether jekyll-polyglot puts languages in front of addresses.

    A site may use the same keys for layouts of its own: its `plugins` name others, and polyglot's
    keys are not there. Where it has no `plugins`, its Gemfile may have them.
    """
    plugins = config.get("plugins") or config.get("gems")
    if not isinstance(plugins, list) or not _POLYGLOT.isdisjoint(config):
        return True
    return any("polyglot" in str(plugin) for plugin in plugins)


def page_address(post: Post, slug: str, files: Files) -> str:
    """Return the absolute address of a post on its site, "" where the site's is not known.

    Without `_config.yml` a post is at /SLUG/, unless it sets its permalink.
    """
    url = files.settings(Identity).url
    path = _path(post, slug, files) if url else ""
    return f"{url}{quote(path, safe=_SAFE)}" if path else ""


def page_path(post: Post, slug: str, files: Files) -> str:
    """Return the path of a post on its site, not escaped; the site itself needs no address."""
    return _path(post, slug, files) or f"/{slug}/"


def _path(post: Post, slug: str, files: Files) -> str:
    """Return the path of a post on its site, not escaped, "" where it is not known."""
    config = jekyll_config(files)
    own = str(post.front.get("permalink") or "")
    is_hugo = files.settings(Publication).generator == HUGO
    if config is None and not is_hugo and (not own or ":" in own):
        publication = files.settings(Publication)
        path = project_path(post.path, post.front, publication) if publication.routes else ""
        return path or (f"/{slug}/" if publication.by_slug else "")
    return site_path(post, files, config)


def post_address(path: str, post: Post, files: Files) -> str | None:
    """Return the address of the post whose file `post` links to by `path`, None for none.

    "" is an address that is not known.

    A path is sought from the folder of the post, then from the site's root.
    """
    url = files.settings(Identity).url
    folder = posixpath.dirname(post.path)
    bare = path.lstrip("/")
    for place in (posixpath.join(folder, bare), bare):
        name = posixpath.normpath(unicodedata.normalize("NFC", place))
        if name.startswith("../"):
            continue
        try:
            other = parse_post(name, files.read(name, TEXT))
        except (OSError, ValueError):
            continue
        languages = files.settings(Publication).languages
        return page_address(other, slug_of(name, languages), files) if url else ""
    return None
