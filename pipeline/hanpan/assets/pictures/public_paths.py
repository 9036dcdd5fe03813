"""Public paths: where the author's own site shows a picture that is a file of it.

Jekyll: Pages (files below `_folders` are not published). Hexo: Asset Folders (a post's own are
beside its page). Hugo: Page Bundles, and `static`; what is in `assets` gets a name by the layout.
Astro, Next: `public`; Docusaurus, Gatsby: `static`; what a post imports or has beside it gets a
name of the bundler's there.
"""

from __future__ import annotations

import posixpath
from urllib.parse import quote, unquote, urljoin

from hanpan.site import HEXO, HUGO, JEKYLL, Publication


def public_path(place: str, post: str, page: str, publication: Publication) -> str:
    """Return the escaped path of a file on its site, below the site's address, without a slash.

    "" where the site does not show it under a name that can be known. `place` and `post` are paths
    below the site's root; `page` is the path of the post's page.
    """
    of_page = _PAGE_FILES.get(publication.generator, _nothing)(place, post)
    if of_page:
        return urljoin(quote(f"/{unquote(page).lstrip('/')}"), quote(of_page)).lstrip("/")
    return quote(_below_root(place, publication))


def _below_root(place: str, publication: Publication) -> str:
    generator = publication.generator
    if generator == JEKYLL:
        return "" if any(part[0] in "_." for part in place.split("/") if part) else place
    if generator == HEXO:
        source = next(iter(publication.static), "source")
        below = place.removeprefix(f"{source}/")
        return "" if below == place or below[0] == "_" else below
    if generator == HUGO or publication.project:
        for folder in publication.static:
            if place.startswith(f"{folder}/"):
                return place[len(folder) + 1 :]
        return ""
    return place


def _of_hexo(place: str, post: str) -> str:
    """Return the path of a file in the folder that is named like the post."""
    folder = f"{posixpath.splitext(post)[0]}/"
    return place[len(folder) :] if place.startswith(folder) else ""


def _of_hugo(place: str, post: str) -> str:
    """Return the path of a file in the post's own bundle, which is its folder."""
    folder, _, name = post.rpartition("/")
    is_bundle = name.partition(".")[0] in ("index", "_index") and place.startswith(f"{folder}/")
    return place[len(folder) + 1 :] if is_bundle else ""


def _nothing(place: str, post: str) -> str:
    return ""


_PAGE_FILES = {HEXO: _of_hexo, HUGO: _of_hugo}
