"""Which posts there are: SOURCE arguments -> post files, each with its site's root."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hanpan.media_types import HTML_ENDINGS, POST_ENDINGS
from hanpan.problems import Problem, UsageError
from hanpan.roots import real
from hanpan.site import HEXO, JEKYLL, Roots, Site, find_root
from hanpan.source.slugs import is_export

DRAFTS = "_drafts"
MAGIC_FOLDERS = ("_posts", DRAFTS)  # Jekyll takes posts from them wherever they are
# endings of posts in other languages than Markdown: not built, but not passed over in silence
OTHER_TEXTS = (*HTML_ENDINGS, ".textile", ".adoc", ".asciidoc", ".org", ".rst")
_MAGIC = frozenset(MAGIC_FOLDERS)
_NOT_WALKED = frozenset({"node_modules", "vendor", "__pycache__"})


@dataclass(frozen=True, slots=True)
class PostFile:
    """A post's file; one that the command line `named` is built whatever it says."""

    path: Path  # absolute
    root: Path  # absolute: its site's root
    named: bool = False
    named_folders: int = 0  # of those between root and path, how many the command line names

    @property
    def relative(self) -> str:
        """Return the path relative to the site's root, with /."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def size(self) -> int:
        """Return how many bytes it has; 0 where it cannot be read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def is_draft(self) -> bool:
        """Tell whether it is in Jekyll's drafts folder."""
        return DRAFTS in self.path.relative_to(self.root).parts[:-1]


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
        link = _leaving_link(source, roots.get(source))
        is_folder = os.path.isdir(place)
        if is_folder and not link:
            for path in walk(place, out, denied):
                root = find_root(path, roots_above) or roots.get(source) or place
                own = place if source not in roots and place.is_relative_to(root) else root
                depth = len(own.relative_to(root).parts)
                files.setdefault(path, PostFile(path, root, named_folders=depth))
        elif os.path.lexists(place) and not is_folder:
            root = find_root(place, roots_above) or roots.get(source) or place.parent
            path, root = link or (place, root)
            files[path] = PostFile(path, root, named=True)
        elif is_folder:
            message = "the folder is outside the site: a link or `..` leads there"
            remedy = "Name the folder itself, or put the posts into the site."
            shown = os.path.relpath(source)
            raise UsageError(Problem("no-source", "error", message, shown, None, remedy))
        else:
            raise UsageError(
                Problem("no-source", "error", f"{source} does not exist", remedy="Fix the path.")
            )
    return [files[path] for path in sorted(files)]


def _leaving_link(source: Path, root: Path | None) -> tuple[Path, Path] | None:
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
        is_of_posts = not _MAGIC.isdisjoint(here.parts)
        endings = (*POST_ENDINGS, *OTHER_TEXTS) if is_of_posts else POST_ENDINGS
        yield from (
            here / item
            for item in names
            if item.lower().endswith(endings)
            or (item.endswith(".html") and is_export(f"{here.name}/{item}"))
        )


def is_walked(folder: Path, out: Path) -> bool:
    """Tell whether a folder may hold posts: not dot-folders, not out/, not what packages fill."""
    return not folder.name.startswith(".") and folder.name not in _NOT_WALKED and folder != out


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
