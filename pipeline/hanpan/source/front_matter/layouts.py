"""Site layouts: what the templates of a Jekyll site put around its posts, as far as links need it.

Its `_layouts` and `_includes` are looked at only where a post names something that is not in it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import islice

from hanpan.files import Files
from hanpan.roots import TEXT
from hanpan.site import JEKYLL, Publication
from hanpan.source.characters import decode
from hanpan.source.front_matter.jekyll import jekyll_config

_FILES_LIMIT = 300
_TOTAL = 3_000_000  # characters of all templates that are looked at
_DEPTH = 3  # folders within _includes
_FOLDERS = ("_layouts", "_includes")
_ENDINGS = (".html", ".htm", ".md", ".liquid", ".svg")
_ID = re.compile(r"""\s(?:id|name)\s{0,9}=\s{0,9}["']?([^\s"'<>{}=]{1,100})""")
_OF_PAGE = r"(?:page|post|include|layout|document)\.([\w.-]{1,60})"
_SHOWN = re.compile(rf"\{{\{{-?\s{{0,9}}{_OF_PAGE}")
_APPENDED = re.compile(
    rf"""["']([^"'{{}}\n]{{1,100}})["']\s{{0,9}}\|\s{{0,9}}append:\s{{0,9}}{_OF_PAGE}"""
)
_PREPENDED = re.compile(
    rf"""{_OF_PAGE}\s{{0,9}}\|\s{{0,9}}prepend:\s{{0,9}}["']([^"'{{}}\n]{{1,100}})["']"""
)
_OUTPUT = re.compile(r"\{\{[^{}]{0,200}\}\}")
_ENDS_PATH = re.compile(r"""[\s"'()=<>]""")
_FOLDER = re.compile(r"[\w./-]*/\Z")
_BEFORE = 200  # characters before a name in which its folder stands
# ids of themes that blogs use without copying their layouts; where several call it the same, once
_THEMES = {
    "minimal-mistakes": "main page-title site-nav footer comments static-comments search results",
    "chirpy": """sidebar topbar topbar-wrapper toc toc-wrapper comments main-wrapper core-wrapper
        post-wrapper tail-wrapper search-results search-input back-to-top breadcrumb""",
}
_COMMENTS = frozenset(("disqus_thread", "giscus", "utterances", "comments", "markdown-toc"))


def layout_ids(files: Files) -> frozenset[str]:
    """Return the ids that the site's layouts and its theme put on a page beside the post's."""
    if files.settings(Publication).generator != JEKYLL:
        return frozenset()
    config = jekyll_config(files) or {}
    theme = f"{config.get('theme') or ''} {config.get('remote_theme') or ''}"
    ids = set(_COMMENTS)
    for name, listed in _THEMES.items():
        if name in theme:
            ids |= set(listed.split())
    for _, text in _texts(files):
        ids |= set(_ID.findall(text))
    return frozenset(ids)


def picture_folders(files: Files, keys: frozenset[str]) -> dict[str, str]:
    """Return the folders that layouts put in front of a picture of the front matter.

    `/images/{{ page.image }}` is one; `keys` are the names of such pictures. Each folder with the
    layout that says it.
    """
    folders: dict[str, str] = {}
    if files.settings(Publication).generator != JEKYLL:
        return folders
    for path, text in _texts(files):
        for folder in _folders_in(text, keys):
            if _FOLDER.match(folder) and folder != "/" and not folder.startswith("//"):
                folders.setdefault(posixpath.normpath(folder).strip("/"), path)
    return folders


def _folders_in(text: str, keys: frozenset[str]) -> Iterator[str]:
    for match in _SHOWN.finditer(text):
        if match[1] in keys:
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            yield _ENDS_PATH.split(_OUTPUT.sub("", before).rpartition("}}")[2])[-1]
    for match in _APPENDED.finditer(text):
        if match[2] in keys:
            yield match[1]
    for match in _PREPENDED.finditer(text):
        if match[1] in keys:
            yield match[2]


def _texts(files: Files) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each of the site's templates, as far as limits allow."""
    paths = (path for folder in _FOLDERS for path in _below(files, folder, 0))
    total = 0
    for path in islice(paths, _FILES_LIMIT):
        try:
            text = decode(path, files.read(path, TEXT))[0]
        except (OSError, ValueError):
            continue
        total += len(text)
        if total > _TOTAL:
            return
        yield path, text


def _below(files: Files, folder: str, depth: int) -> Iterator[str]:
    for name in files.names(folder):
        path = f"{folder}/{name}"
        if name.lower().endswith(_ENDINGS):
            yield path
        elif "." not in name and depth < _DEPTH:
            yield from _below(files, path, depth + 1)
