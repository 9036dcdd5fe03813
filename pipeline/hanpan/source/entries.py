"""Entries: which files of a walk a site publishes, as far as their names tell.

Jekyll's are judged by its EntryFilter and PostReader (lib/jekyll/entry_filter.rb and
readers/post_reader.rb of 4.3), Hexo's by its processor of posts (lib/plugins/processor).
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cached_property

from hanpan.media_types import HTML_ENDINGS
from hanpan.site import HEXO, HUGO, JEKYLL, OBSIDIAN, Site
from hanpan.source.slugs import is_export
from hanpan.source.walk import MAGIC_FOLDERS, OTHER_TEXTS

_EXCLUDED = (
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
    "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
)  # fmt: skip  # Jekyll's DEFAULT_EXCLUDES
_HIDDEN = {JEKYLL: "._#~", HUGO: "."}  # first characters of names
_HIDDEN_ELSEWHERE = "._"
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-[^/]*\.[^.]+\Z")  # DATE_FILENAME_MATCHER
_MAGIC_SIGN = re.compile(r"[*?\[\\]")


class Entries:
    """The files of a site, of which some are left out of a walk."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._hidden = _HIDDEN.get(site.generator, _HIDDEN_ELSEWHERE)
        folders = (*site.sources.posts, *site.collections)
        self._folders = [name.strip("/").split("/") for name in folders]

    def reason(self, path: str, named: int = 0) -> str:
        """Return why a walk leaves out the file at `path`, relative to the site's root; or "".

        `named` is how many folders of it the command line names: they are not judged.
        """
        parts = path.split("/")
        base = self._base(parts)
        if self._site.generator == HUGO and not base and not named:
            folders = " or ".join(f"{name}/" for name in self._site.sources.posts)
            return f"not in {folders}, where Hugo's pages are"
        for start, end in _levels(base, len(parts)):
            if end > named:
                start = max(start, named)
                reason = self._reason(parts, start, end, named)
                if reason:
                    return reason
        is_post = base and parts[base - 1] == "_posts" and self._site.generator == JEKYLL
        if is_post and not _DATED.match(parts[-1]):
            return "no date in the file's name, which Jekyll requires in _posts"
        ending = next((end for end in OTHER_TEXTS if path.lower().endswith(end)), "")
        if ending in HTML_ENDINGS and base and self._site.publication.asset_folders:
            return "a file of a post, as `post_asset_folder` in _config.yml has it"
        if ending in HTML_ENDINGS and self._site.generator in (JEKYLL, HEXO):
            return ""
        if ending and not (is_export(path) and self._site.generator in ("", OBSIDIAN)):
            return f"{ending} is neither Markdown nor HTML"
        return ""

    def _reason(self, parts: list[str], start: int, end: int, named: int) -> str:
        """Return why one entry of a folder is left out: the parts from `start` to `end`."""
        entry, path = "/".join(parts[start:end]), "/".join(parts[:end])
        if self._holds(self._include, entry) or self._holds(self._include, parts[end - 1]):
            return ""
        if self._holds(self._exclude, path, is_folder=end < len(parts)) and not (
            named and self._holds(self._exclude, "/".join(parts[:named]), is_folder=True)
        ):
            return "excluded by `exclude` in the site's settings"
        inner = parts[start:end] if self._site.generator != JEKYLL else [entry, parts[end - 1]]
        for name in inner:
            if name[0] in self._hidden:
                return f"hidden: its name, or that of its folder, begins with `{name[0]}`"
        return ""

    def _base(self, parts: list[str]) -> int:
        """Return how many folders of a path lead to the folder of posts that it is in; 0 for none.

        Below that, Jekyll knows no folders: the rest of the path is one entry.
        """
        for at, part in enumerate(parts[:-1], 1):
            if part in MAGIC_FOLDERS:
                return at
        folders = [len(f) for f in self._folders if parts[: len(f)] == f and len(parts) > len(f)]
        return max(folders, default=0)

    def _holds(self, patterns: list[Pattern], path: str, *, is_folder: bool = False) -> bool:
        return any(pattern.holds(path, is_folder=is_folder) for pattern in patterns)

    @cached_property
    def _include(self) -> list[Pattern]:
        return [Pattern(text) for text in self._site.sources.include]

    @cached_property
    def _exclude(self) -> list[Pattern]:
        own = self._site.sources
        defaults = _EXCLUDED if self._site.generator == JEKYLL else ()
        return [Pattern(text) for text in (*own.exclude, *defaults) if text not in own.include]


class Pattern:
    """A pattern of `exclude` or `include`: Ruby's File.fnmatch?, or the beginning of a path."""

    def __init__(self, text: str) -> None:
        self._start = text.strip().lstrip("/")
        has_signs = _MAGIC_SIGN.search(self._start)
        # `*` and `**` go past slashes, as without File::FNM_PATHNAME; `[^a]` is Python's `[!a]`
        glob = re.sub(r"\*{2,}", "*", self._start).replace("[^", "[!")
        self._regex = re.compile(translate(glob)) if has_signs else None

    def holds(self, path: str, *, is_folder: bool = False) -> bool:
        """Tell whether the pattern takes in the file or folder at `path`."""
        if not self._start:
            return False
        if path.startswith(self._start) or (is_folder and f"{path}/" == self._start):
            return True
        return bool(self._regex and self._regex.match(path))


def _levels(base: int, count: int) -> list[tuple[int, int]]:
    """Return the entries that Jekyll judges on its way to a file, as spans of its parts."""
    above = base - 1 if base else count
    levels = [(at, at + 1) for at in range(above)]
    return [*levels, (base, count)] if base else levels
