"""Which posts there are: SOURCE arguments -> post files, each with its site's root."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hanpan.media_types import HTML_ENDINGS, POST_ENDINGS
from hanpan.problems import Problem, UsageError
from hanpan.roots import Root, real
from hanpan.site import HEXO, JEKYLL, Roots, Site, find_root
from hanpan.source.slugs import is_export

DRAFTS = "_drafts"
STATE = "state.db"  # what builds remember, in .hanpan of an output folder
MAGIC_FOLDERS = ("_posts", DRAFTS)  # Jekyll takes posts from them wherever they are
# endings of posts in other languages than Markdown: not built, but not passed over in silence
OTHER_TEXTS = (*HTML_ENDINGS, ".textile", ".adoc", ".asciidoc", ".org", ".rst")
_TEXTS = ("", ".txt", ".text", *OTHER_TEXTS)  # of files that are read as Markdown if named
_MAGIC = frozenset(MAGIC_FOLDERS)
_NOT_WALKED = frozenset({"node_modules", "vendor", "__pycache__"})


@dataclass(frozen=True, slots=True)
class PostFile:
    """A post's file; one that the command line `named` is built whatever it says."""

    path: Path  # absolute
    root: Path  # absolute: its site's root
    named: bool = False
    named_folders: int = 0  # of those between root and path, how many the command line names
    is_page: bool = False  # no post: `pages = true` builds it

    @property
    def relative(self) -> str:
        """Return the path relative to the site's root, with /."""
        root = str(self.root)
        return str(self.path)[len(root) + (root != os.sep) :].replace(os.sep, "/")

    @property
    def size(self) -> int:
        """Return how many bytes it has; 0 where it cannot be read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def is_draft(self) -> bool:
        """Tell whether it is in Jekyll's drafts folder, which the command line does not name."""
        return DRAFTS in self.path.relative_to(self.root).parts[self.named_folders : -1]


def find(
    sources: Iterable[Path],
    out: Path,
    roots: dict[Path, Path],
    denied: Callable[[str], None] = lambda folder: None,
) -> list[PostFile]:
    """Return the posts that `sources` (files and folders) name, sorted by path.

    `roots` maps a SOURCE to the site root that holds where no folder above it has a config.
    `denied` is called for each folder that cannot be read.
    Raises UsageError where a SOURCE does not exist, or leads out of the site that it is in.
    """
    files: dict[Path, PostFile] = {}
    out = real(out)
    roots_above: Roots = {}
    for source in sources:
        place = real(source)
        link = leaving_link(source, roots.get(source))
        is_folder = os.path.isdir(place)
        if is_folder and is_output(place) and source not in roots:
            message = "the folder has what hanpan made of posts, and no posts"
            remedy, shown = "Name the folder of the posts.", os.path.relpath(source)
            raise UsageError(Problem("no-source", "error", message, shown, None, remedy))
        if is_folder and not link:
            sites: dict[Path, tuple[Path, int]] = {}  # by folder
            for path in walk(place, out, denied):
                if path.parent not in sites:
                    root = find_root(path.parent, roots_above) or roots.get(source) or place
                    own = place if source not in roots and place.is_relative_to(root) else root
                    sites[path.parent] = root, len(own.relative_to(root).parts)
                root, depth = sites[path.parent]
                files.setdefault(path, PostFile(path, root, named_folders=depth))
        elif os.path.lexists(place) and not is_folder:
            root = find_root(place, roots_above) or roots.get(source) or place.parent
            path, root = link or (place, root)
            _check_is_post(path, source)
            files[path] = PostFile(path, root, named=True)
        elif is_folder:
            message = "the folder is outside the site: a link or `..` leads there"
            remedy = "Name the folder itself, or put the posts into the site."
            shown = os.path.relpath(source)
            raise UsageError(Problem("no-source", "error", message, shown, None, remedy))
        else:
            message, remedy = f"{source} does not exist", _close_path(source) or "Fix the path."
            raise UsageError(Problem("no-source", "error", message, remedy=remedy))
    return [files[path] for path in sorted(files)]


def _check_is_post(path: Path, source: Path) -> None:
    """Raise UsageError for a file that is named and cannot be a post: a picture, say.

    Whatever begins with front matter is one, however it is called, and so is plain text.
    """
    is_text = path.suffix.lower() in _TEXTS or path.name.lower().endswith(POST_ENDINGS)
    if is_text or not path.is_file():  # what cannot be read is reported by its own step
        return
    try:
        head = Root(path.parent).read(path.name)[:4096]
    except OSError:
        return
    is_marked = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++"))
    if is_marked and b"\0" not in head:
        return
    message = "the file is not a post: it does not end in .md, and has no front matter"
    remedy = "Name a Markdown file, or a folder of posts."
    raise UsageError(Problem("no-source", "error", message, os.path.relpath(source), None, remedy))


def _close_path(source: Path) -> str:
    """Return the remedy for a path that does not exist and looks like one that does, or ""."""
    try:
        names = os.listdir(source.parent)
    except OSError:
        return ""
    wanted = unicodedata.normalize("NFC", source.name)
    by_name = {unicodedata.normalize("NFC", name): name for name in sorted(names)}
    close = difflib.get_close_matches(wanted, by_name, n=1) if source.name else []
    return f"Did you mean `{source.with_name(by_name[close[0]])}`?" if close else ""


def leaving_link(source: Path, root: Path | None) -> tuple[Path, Path] | None:
    """Return the path that a SOURCE has in its site, and the site, where a link leads out of it.

    `root` is the site that names the SOURCE. Without one, a link is the user's own choice where it
    is in no site: to a blog elsewhere, from a folder of links.
    """
    path = Path(os.path.abspath(source))
    if root and not real(source).is_relative_to(root):
        return path, root
    for link in (*reversed(path.parents), path):
        if link.is_symlink():
            here = real(link.parent) / link.name
            site = find_root(here.parent / "_")
            if site and not real(link).is_relative_to(site):
                return here / path.relative_to(link), site
    return None


def walk(
    folder: Path, out: Path, denied: Callable[[str], None] = lambda folder: None
) -> Iterator[Path]:
    """Yield the post files below `folder`; dot-folders, out/ and package folders are not walked."""
    for name, folders, names in os.walk(folder, onerror=lambda error: denied(error.filename)):
        here = Path(name)
        folders[:] = sorted(item for item in folders if is_walked(here / item, out))
        is_of_posts = any(part[0] == "_" for part in here.parts)  # or of a collection
        endings = (*POST_ENDINGS, *OTHER_TEXTS) if is_of_posts else POST_ENDINGS
        yield from (
            here / item
            for item in names
            if item.lower().endswith(endings)
            or (item.endswith(".html") and is_export(f"{here.name}/{item}"))
        )


def is_walked(folder: Path, out: Path) -> bool:
    """Tell whether a folder may hold posts: not dot-folders, no out/, not what packages fill."""
    if folder.name.startswith(".") or folder.name in _NOT_WALKED or folder == out:
        return False
    return not is_output(folder)


def is_output(folder: Path) -> bool:
    """Tell whether a folder is what hanpan has written, by what it remembers of it there.

    A site's root has a `.hanpan` as well, with other things in it.
    """
    return os.path.lexists(f"{folder}/.hanpan/{STATE}")


def is_page(path: str, folders: tuple[str, ...] = ("posts",)) -> bool:
    """Tell whether a file, relative to its site's root, is in none of the folders of posts."""
    parts = path.split("/")[:-1]
    if not _MAGIC.isdisjoint(parts):
        return False
    return not any(path.startswith(f"{folder.strip('/')}/") for folder in folders)


def post_folders(site: Site, out: Path) -> list[Path]:
    """Return the folders in which a site keeps its posts and drafts, those that exist."""
    named = [site.root / name for name in (*site.sources.posts, DRAFTS)]
    folders = [folder for folder in named if os.path.isdir(folder)]
    if site.generator in (JEKYLL, HEXO):
        shown = [site.root / name for name in site.collections]
        folders += [folder for folder in shown if os.path.isdir(folder)]
        folders += _magic_folders(site.root, out)
    apart = (f for f in folders if not any(parent in folders for parent in f.parents))
    return list(dict.fromkeys(apart))


def _magic_folders(root: Path, out: Path) -> Iterator[Path]:
    """Yield the folders below `root` from which Jekyll and Hexo take posts.

    Neither looks into hidden folders; a folder with settings is a site of its own, or a theme.
    """
    for name, folders, names in os.walk(root):
        here = Path(name)
        if here != root and not {"site.toml", "_config.yml"}.isdisjoint(names):
            folders.clear()
        for magic in MAGIC_FOLDERS:
            if magic in folders and not os.path.islink(here / magic):
                yield here / magic
        folders[:] = sorted(f for f in folders if f[0] != "_" and is_walked(here / f, out))
