"""Other sites: where a folder without posts of its own keeps them, if a generator's site is there.

Each is known by a file that its generator asks for, or writes.
"""

from __future__ import annotations

import os
import shlex
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hanpan.media_types import POST_ENDINGS
from hanpan.problems import Problem, UsageError
from hanpan.source.walk import is_walked

_MOST = 5_000  # folders that are looked into
_TYPES = (".js", ".mjs", ".cjs", ".ts", ".mts")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A generator: files in the root of its sites, and where their posts usually are."""

    name: str
    files: tuple[str, ...]
    folders: tuple[str, ...]


def _scripts(name: str) -> tuple[str, ...]:
    return tuple(f"{name}{ending}" for ending in _TYPES)


# the surest first: many sites of the others have a config.toml or a package of Next as well
_KINDS = (
    _Kind("a Hugo site", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default",
        "archetypes"), ("content/posts", "content/post", "content/blog", "content")),
    _Kind("a Docusaurus site", _scripts("docusaurus.config"), ("blog", "docs")),
    _Kind("an Astro site", _scripts("astro.config"),
        ("src/content/blog", "src/content/posts", "src/content", "src/pages")),
    _Kind("a Gatsby site", _scripts("gatsby-config"),
        ("content/blog", "content/posts", "content", "src/posts", "src/pages")),
    _Kind("a VitePress site", (".vitepress", "docs/.vitepress"), ("posts", "docs")),
    _Kind("an Eleventy site", (".eleventy.js", *_scripts("eleventy.config")),
        ("content/blog", "src/posts", "content", "src")),
    _Kind("a Nuxt site", _scripts("nuxt.config"), ("content/blog", "content/posts", "content")),
    _Kind("a Next.js site", _scripts("next.config"),
        ("data/blog", "content/posts", "content", "src/posts", "pages")),
    _Kind("a MkDocs site", ("mkdocs.yml", "mkdocs.yaml"), ("docs/blog/posts", "docs")),
    _Kind("a Zola site", ("config.toml",), ("content/blog", "content/posts", "content")),
    _Kind("a Pelican site", ("pelicanconf.py",), ("content",)),
    _Kind("an Obsidian vault", (".obsidian",), ()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OtherSite:
    """A site of another generator: what it is called, the folder of its posts, how many there are.

    The folder is relative to the root, with /; it is `.` where all of it are posts.
    """

    name: str
    folder: str
    posts: int


def other_site(root: Path, out: Path) -> OtherSite | None:
    """Return the site of another generator at `root`, None where there is none with posts."""
    kind = next((kind for kind in _KINDS if any(_is_there(root / f) for f in kind.files)), None)
    counts = _posts_by_folder(root, out) if kind else {}
    if not kind or not counts:
        return None
    usual = (folder for folder in kind.folders if _posts_below(counts, folder))
    top = Counter[str]()
    for folder, count in counts.items():
        top[folder.partition("/")[0]] += count
    where = next(usual, None) or ("." if not kind.folders else top.most_common(1)[0][0])
    return OtherSite(kind.name, where, _posts_below(counts, where))


def check_other_site(root: Path, out: Path) -> None:
    """Raise UsageError where another generator's site is at `root`: it names what to build."""
    kind = other_site(root, out)
    if not kind:
        return
    shown, number = os.path.relpath(root / kind.folder), kind.posts
    files = f"{number:,} Markdown file{'' if number == 1 else 's'}"
    message = f"no posts found: this is {kind.name}, which has {files} in {shown}"
    remedy = f"Run `hanpan build {shlex.quote(shown)}`, or add the folder to `[source] posts`."
    raise UsageError(Problem("no-posts", "error", message, remedy=remedy))


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _posts_below(counts: dict[str, int], folder: str) -> int:
    """Return how many Markdown files are in a folder and those below it."""
    return sum(
        count
        for name, count in counts.items()
        if folder in (".", name) or name.startswith(f"{folder}/")
    )


def _posts_by_folder(root: Path, out: Path) -> dict[str, int]:
    """Return how many Markdown files each folder below `root` has, READMEs not counted."""
    counts: dict[str, int] = {}
    for name, folders, names in islice(os.walk(root), _MOST):
        here = Path(name)
        folders[:] = sorted(f for f in folders if f[0] != "_" and is_walked(here / f, out))
        number = sum(n.lower().endswith(POST_ENDINGS) and n.lower() != "readme.md" for n in names)
        if number:
            counts[here.relative_to(root).as_posix()] = number
    return counts
