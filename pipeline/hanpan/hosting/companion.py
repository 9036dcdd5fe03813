"""Companion: PDFs and EPUBs beside the posts of a site that its generator makes, and links to them.

Each file is at its post's own address: `/2021/10/07/x/` has `/2021/10/07/x/x.pdf`. A data file has
what templates need, and the hashes of what was written: only that is replaced or removed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hanpan.document import Document
from hanpan.editions import EDITIONS
from hanpan.files import write_atomic
from hanpan.hosting.placing import Content, Placed, place_files
from hanpan.plan.left_out import LeftOut
from hanpan.plan.names import KnownPost
from hanpan.plan.options import Options
from hanpan.plan.sites import Sites
from hanpan.problems import HanpanError, Problem, UsageError, system_reason
from hanpan.roots import DATA, RefusedFile, Root, real
from hanpan.runner.state import State
from hanpan.runner.steps import READ
from hanpan.site import HEXO, HUGO, JEKYLL, Site
from hanpan.source.walk import PostFile

_TEMPLATES = Path(__file__).with_name("files")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a generator takes things from: folders below its site, with / at the end or empty.

    `posts` is what its names of posts are relative to; `templates` are files and ours in files/.
    """

    files: str
    data: str
    posts: str = ""
    templates: tuple[tuple[str, str], ...] = ()


def layout_of(site: Site, folder: Path) -> Layout:
    """Return where things go in `folder`; what is no root of a generator gets no templates."""
    publication = site.publication
    if folder != site.root or site.generator not in (JEKYLL, HUGO, HEXO):
        return Layout("", "hanpan.json")
    if site.generator == JEKYLL:
        return Layout("", "_data/hanpan.json", "", (("_includes/hanpan.html", "jekyll.html"),))
    static = f"{publication.static[0]}/"
    if site.generator == HEXO:
        templates = (("scripts/hanpan.js", "hexo.js"),)
        return Layout(static, f"{static}_data/hanpan.json", static, templates)
    return Layout(
        static,
        "data/hanpan.json",
        f"{publication.content}/",
        (
            ("layouts/partials/hanpan.html", "hugo-partial.html"),
            ("layouts/shortcodes/hanpan.html", "hugo-shortcode.html"),
        ),
    )


def publish_to(folder: Path, options: Options, state: State) -> tuple[Placed, list[Problem]]:
    """Put the downloads of all posts in out/ that their site publishes where readers find them.

    Raises UsageError for a folder that cannot be used.
    """
    place, out = real(folder), real(options.out)
    if not os.path.isdir(place) or place == out or place.is_relative_to(out):
        message = f"{folder} is not the folder of a site, or of what its generator has made"
        remedy = "Name a folder that exists, such as the site's own."
        raise UsageError(Problem("companion", "error", message, remedy=remedy))
    sites = Sites(options.site)
    layout = layout_of(sites.at(place), place)
    contents: dict[str, Content] = {}
    entries: dict[str, list[dict[str, Any]]] = {}
    problems: list[Problem] = []
    root = Root(out, links=False)
    for file, known, key in _published(options, sites, state):
        site = sites.at(file.root)
        if layout.templates and site.root != place:
            continue
        downloads = [*_downloads(key, state, root)]
        address = _path(known.slug, state.traces()[key, READ].output, state)
        if not downloads or not address:
            continue
        name = file.relative.removeprefix(layout.posts)
        for label, kind, path, ending in downloads:
            target = f"{address}{ending}"
            content = _reader(root, path)
            try:
                data = content()
                Root(place).check(f"{layout.files}{target}")
            except (OSError, HanpanError) as error:
                problems.append(_left(os.path.relpath(file.path), error))
                continue
            contents[f"{layout.files}{target}"] = content
            entries.setdefault(name, []).append(
                {"name": label, "type": kind, "url": f"/{quote(target)}", "bytes": len(data),
                 "size": size_text(len(data))}
            )  # fmt: skip
    for target, template in layout.templates:
        contents[target] = (_TEMPLATES / template).read_bytes
    try:
        placed = _place(place, layout, contents, entries)
    except RefusedFile as error:
        raise UsageError(replace(error.problem, rule="companion")) from None
    except OSError as error:
        message = f"{folder} cannot be written to: {system_reason(error)}"
        remedy = "Check the folder's permissions."
        raise UsageError(Problem("companion", "error", message, remedy=remedy)) from None
    for name in placed.foreign:
        message = "the file is not as hanpan has written it, or not hanpan's, and stays"
        remedy = "Remove the file, or move it, to have that of hanpan in its place."
        shown = os.path.relpath(place / name)
        problems.append(Problem("companion", "warning", message, shown, None, remedy))
    return placed, problems


def _published(
    options: Options, sites: Sites, state: State
) -> Iterator[tuple[PostFile, KnownPost, str]]:
    """Yield the posts in out/ that their sites publish, whatever was built of others."""
    out, left_out = real(options.out), LeftOut(options, sites)
    for key, known in sorted(state.posts().items()):
        path, root = (Path(os.path.normpath(out / name)) for name in (known.path, known.root))
        if (key, READ) not in state.traces() or not path.is_file():
            continue
        file = PostFile(path, root)
        if path.is_relative_to(root) and not (left_out.by_name(file) or left_out.by_content(file)):
            yield file, known, key


def _downloads(key: str, state: State, root: Root) -> Iterator[tuple[str, str, str, str]]:
    """Yield what readers download of a post: label, media type, path in out/, ending."""
    for name, edition in EDITIONS.items():
        trace = state.traces().get((key, name))
        path = trace.products.get(name, "") if trace and edition.download else ""
        if path and os.path.isfile(f"{root.path}/{path}"):
            yield edition.label, edition.download, path, os.path.splitext(path)[1]


def _path(slug: str, digest: str, state: State) -> str:
    """Return where the downloads of a post are, without their ending; "" where that is unknown.

    It is the post's path on its site, and the name of its last folder again.
    """
    try:
        document = Document.from_json(state.document_path(digest).read_text("utf-8"))
    except (OSError, ValueError, TypeError, KeyError):  # damaged: the next build makes it again
        return ""
    address = document.meta.path
    path = address.strip("/")
    if not address.endswith("/"):
        return re.sub(r"\.html?\Z", "", path)
    last = path.rpartition("/")[2] or slug
    return f"{path}/{last}" if path else last


def _reader(root: Root, path: str) -> Content:
    return lambda: root.read(path)


def _place(
    place: Path, layout: Layout, contents: Mapping[str, Content], entries: dict[str, Any]
) -> Placed:
    """Write the files, then the data file that names them."""
    root = Root(place, links=False)
    try:
        before = root.read(layout.data, DATA)
    except FileNotFoundError:
        before = None
    placed = place_files(place, contents, _earlier(before, layout.data))
    foreign = {f"/{quote(name.removeprefix(layout.files))}" for name in placed.foreign}
    posts = {
        name: [one for one in files if one["url"] not in foreign] for name, files in entries.items()
    }
    data = {"files": placed.files, "posts": {name: files for name, files in posts.items() if files}}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    if f"{text}\n".encode() != before:
        write_atomic(root.place(layout.data, make=True), f"{text}\n".encode())
    return placed


def _earlier(before: bytes | None, name: str) -> dict[str, str]:
    """Return the hashes of what was written before. Raises UsageError for another's file."""
    if before is None:
        return {}
    try:
        files = json.loads(before)["files"]
        return {str(key): str(value) for key, value in files.items() if _HASH.fullmatch(str(value))}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "the file is not as hanpan writes it, so it is not known what hanpan has written"
        remedy = "Restore it from version control, or remove it."
        raise UsageError(Problem("companion", "error", message, name, None, remedy)) from None


def _left(path: str, error: Exception) -> Problem:
    reason = system_reason(error) if isinstance(error, OSError) else f"{error}"
    message = f"the post's files are not published: {reason}"
    remedy = "Build again, or correct `permalink` in the front matter."
    return Problem("companion", "warning", message, path, None, remedy)


def size_text(size: int) -> str:
    """Return a number of bytes as readers know it: `80 KB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
