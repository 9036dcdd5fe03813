"""The blog that hanpan is added to: read without asking anything."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hanpan.messages.site_language import site_language
from hanpan.plan.other_sites import other_site
from hanpan.problems import Problem, UsageError
from hanpan.roots import SETTINGS, TEXT, Root, real
from hanpan.site import Site, find_root, load_site
from hanpan.source.walk import post_folders, walk

_SAMPLE = 30  # posts that are looked at for their language
_HEAD = 20_000  # bytes of each
_LETTERS = (("ko", "[가-힣]"), ("ja", "[ぁ-ゖァ-ヺ]"), ("zh", "[一-鿿]"), ("en", "[A-Za-z]"))
_REMOTE = re.compile(r"\[remote \"origin\"\][^\[]*?url\s*=\s*(\S+)")
_GITHUB = re.compile(r"github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?\Z")
_CATEGORY = re.compile(
    r"(?m)^(?:category|categories)[ \t]*:[ \t]*(?:\[|\n[ \t]*-[ \t]*)?[ \t]*[\"']?([^\"',\[\]\n#]+)"
)


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog, and what is known of it.

    `posts` are folders below its root that site.toml has to name, none where the generator's
    settings or names say it. `repository` is the folder with .git at or above it. `url` and
    `category` are guesses: an address of GitHub Pages, what most posts are about.
    """

    root: Path
    site: Site
    repository: Path
    lang: str
    says_language: bool
    posts: tuple[str, ...] = ()
    url: str = ""
    category: str = ""
    is_on_gitlab: bool = False


def read_blog(folder: Path) -> Blog:
    """Return the blog that a folder belongs to. Raises UsageError where there are no posts."""
    here = real(folder)
    root = find_root(here / "_") or here
    site, out = load_site(root), root / "out"
    folders = post_folders(site, out)
    named: tuple[str, ...] = ()
    sample = [path for one in folders for path in islice(walk(one, out), _SAMPLE)]
    if not sample:
        other = other_site(root, out)
        named = (other.folder,) if other else (".",)
        sample = list(islice(walk(root / named[0], out), _SAMPLE))
    if not sample:
        message = f"there are no posts in {os.path.relpath(root)}"
        remedy = "Go to the folder of a blog, or write a first post: `hanpan new TITLE`."
        raise UsageError(Problem("init", "error", message, remedy=remedy))
    texts = [_head(path) for path in sample[:_SAMPLE]]
    named_language = site_language(root) if site.generator else ""
    written = _language(texts)
    if named_language.partition("-")[0].lower() == "en" != written:  # what many themes come with
        named_language = ""
    repository = _repository(root)
    remote = _remote(repository)
    return Blog(
        root,
        site,
        repository,
        named_language or written,
        bool(named_language),
        named,
        site.identity.url or _address(root, remote),
        _category(texts),
        "gitlab" in remote,
    )


def _head(path: Path) -> str:
    try:
        return Root(path.parent).read(path.name, TEXT)[:_HEAD].decode(errors="replace")
    except OSError:
        return ""


def _language(texts: list[str]) -> str:
    """Return the language of posts by their letters: some Hangul, kana or hanja decide."""
    text = "".join(texts)
    counts = {lang: len(re.findall(letters, text)) for lang, letters in _LETTERS}
    all_letters = sum(counts.values())
    # code is in Latin letters everywhere
    return next((lang for lang, count in counts.items() if count * 20 > all_letters), "ko")


def _category(texts: list[str]) -> str:
    """Return the category that most posts have, "" where hardly any has one."""
    matches = (_CATEGORY.search(text) for text in texts)
    counts = Counter(match[1].strip() for match in matches if match and match[1].strip())
    name, count = next(iter(counts.most_common(1)), ("", 0))
    return name if count > 1 else ""


def _repository(root: Path) -> Path:
    """Return the nearest folder at or above `root` that is a checkout; `root` without one."""
    above = (folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git"))
    return next(above, root)


def _remote(repository: Path) -> str:
    try:
        text = Root(repository).read(".git/config", SETTINGS).decode(errors="replace")
    except OSError:
        return ""
    match = _REMOTE.search(text)
    return match[1] if match else ""


def _address(root: Path, remote: str) -> str:
    """Return the site's probable address: of a CNAME, or of GitHub Pages for USER.github.io."""
    for folder in ("", "static/", "source/", "public/"):
        try:
            host = Root(root).read(f"{folder}CNAME", SETTINGS).decode().strip()
        except (OSError, ValueError):
            continue
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host):
            return f"https://{host}"
    match = _GITHUB.search(remote)
    name = match[2].lower() if match else ""
    return f"https://{name}" if match and name == f"{match[1].lower()}.github.io" else ""
