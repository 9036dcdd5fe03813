"""Left out: the posts that a walk does not build, because the author's site does not show them.

Names are judged for every file; what is left out by its name is no post at all, and has no slug.
Of the rest, only posts that may say something of it have their front matter parsed: a plan of
10,000 posts takes seconds.
"""

from __future__ import annotations

import codecs
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hanpan.plan.options import Options
from hanpan.plan.sites import Sites
from hanpan.roots import FRONT_MATTER, SETTINGS, TEXT, Root
from hanpan.site import HEXO, HUGO, JEKYLL, OBSIDIAN, Site
from hanpan.source.comments import without_comments
from hanpan.source.entries import Entries
from hanpan.source.front_matter.collections import label_of
from hanpan.source.front_matter.dates import (
    EXPIRY_KEYS,
    FUTURE,
    SCHEDULE_KEYS,
    expiry_date,
    publication_date,
    source_date,
)
from hanpan.source.slugs import name_of, split_date
from hanpan.source.walk import PostFile

_BARE = "nothing but front matter: its layout makes the page"
_HEAD = 4 * FRONT_MATTER  # bytes: what is read of a post here
_MARKS = (b"publish", b"draft")  # in the front matter of all posts that hide themselves
_INDEX = re.compile(r"index(?:\.[\w-]+)?\.(?:md|markdown|html)\Z")  # of a bundle of Hugo's
_ENDS = re.compile("|".join(EXPIRY_KEYS).encode(), re.IGNORECASE)
_HIDING_KEYS = frozenset({"published", "publish", "draft", *SCHEDULE_KEYS})
# a key with a date, and what is behind it: on its line, or on the next
_DATE = re.compile(
    rb"^[ \t\"']*(?:" + "|".join(SCHEDULE_KEYS).encode() + rb")[ \t\"']*[:=]\s*([^\r\n]*)",
    re.MULTILINE | re.IGNORECASE,  # as Hugo reads them
)
_END = {b"-": re.compile(rb"\n-{3,}[ \t]*\r?\n"), b"+": re.compile(rb"\n\+{3}[ \t]*\r?\n")}
_DAY = re.compile(rb"[\"']?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


class LeftOut:
    """Why posts of some sites are left out of a build."""

    def __init__(self, options: Options, sites: Sites) -> None:
        self._options = options
        self._sites = sites
        self._rooms: dict[Path, _Room] = {}
        self._by_name: dict[PostFile, str] = {}

    def by_name(self, file: PostFile) -> str:
        """Return why a file is no post of its site, by its name; "" where it is one."""
        if file.named or file.is_page:
            return ""
        if file not in self._by_name:  # a post is asked again as a neighbour
            entries = self._room(file).entries
            self._by_name[file] = entries.reason(file.relative, file.named_folders)
        return self._by_name[file]

    def by_content(self, file: PostFile) -> str:
        """Return why a post is not built: a draft, unpublished, or not yet; "" where it is."""
        if file.named:
            return ""
        room = self._room(file)
        if file.is_draft and not (self._options.drafts or room.site.publication.drafts):
            return "a draft (--drafts builds it)"
        try:
            data = room.root.read(file.relative, TEXT)[:_HEAD]
        except OSError:  # unreadable, or a link to nothing: its own step reports that
            return ""
        is_readme = file.path.stem.lower() == "readme"
        if is_readme and not room.site.generator and not data.lstrip().startswith((b"---", b"+++")):
            return "a README without front matter"
        if file.is_page:
            own = room.reason_of_own_page(file.relative, data)
            return own or room.reason(file.relative, data, self._options)
        own = room.reason_of_document(file.relative, data)
        if room.site.generator == OBSIDIAN and room.is_ignored(file.relative):
            return "a template or a drawing of the vault"
        if room.site.generator == HUGO:
            own = room.reason_of_page(file.relative, data)
            own = own or room.reason_of_section(file.relative, self._options)
        return own or room.reason(file.relative, data, self._options)

    def _room(self, file: PostFile) -> _Room:
        if file.root not in self._rooms:
            self._rooms[file.root] = _Room(self._sites.at(file.root))
        return self._rooms[file.root]


class _Room:
    """What is known of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.root = Root(site.root)
        self.entries = Entries(site)
        self._hides_expired = site.generator not in (JEKYLL, HEXO) and not site.publication.expired
        self._epoch = source_date()
        self._now = self._epoch or datetime.now(UTC)
        self._config = self._read_config()
        self._bundles: dict[str, str] = {}
        self._cascades: dict[str, dict[str, object]] = {}
        self._sections: dict[str, str] = {}  # why a section's page is not built, by its path

    def _read_config(self) -> str:
        """Return the text of _config.yml if its defaults may hide posts, else ""."""
        if self.site.generator != JEKYLL:
            return ""
        try:
            data = self.root.read("_config.yml", SETTINGS)
        except OSError:
            return ""
        has_any = b"defaults" in data and any(key.encode() in data for key in _HIDING_KEYS)
        if not has_any:
            return ""
        from hanpan.source.characters import decode

        return decode("_config.yml", data)[0]

    def reason(self, path: str, data: bytes, options: Options) -> str:
        """Return why the post at `path`, whose bytes begin with `data`, is not built."""
        is_asked = options.future or os.environ.get(FUTURE) == "1"
        publication = self.site.publication
        is_of_any_date = (label_of(path) or "posts") in publication.any_date
        is_any_time = is_asked or bool(self.site.sources.future) or is_of_any_date
        by_defaults = self._config and self._given(path)
        is_shown = options.drafts or publication.unpublished
        front = _front_matter(data).lower() if self.site.generator == HUGO else data
        may_hide = not is_shown and any(mark in front for mark in _MARKS)
        may_wait = not is_any_time and self._may_wait(path, data)
        may_end = not is_asked and self._hides_expired and bool(_ENDS.search(data))
        if not (may_hide or may_wait or may_end or by_defaults):
            return ""
        from hanpan.source.front_matter.defaults import with_defaults
        from hanpan.source.front_matter.hugo import with_hugo_keys
        from hanpan.source.front_matter.parse import parse_head, unpublished_by

        own = parse_head(path, data)
        own = with_hugo_keys(own) if self.site.generator == HUGO else own
        post = with_defaults(own, self._config) if by_defaults else own
        hidden = "" if is_shown else unpublished_by(post)
        if publication.drafts and hidden.startswith("draft"):
            hidden = ""
        if hidden:
            by = "" if unpublished_by(own) else " in `defaults` of _config.yml"
            return f"{hidden}{by}"
        moment = None if is_any_time else publication_date(post, self.site.clock)
        if moment and moment > self._now:
            after = "after SOURCE_DATE_EPOCH" if self._epoch else "in the future"
            return f"its date is {after} (--future builds it)"
        end = expiry_date(post, self.site.clock) if may_end else None
        if end and end <= self._now:
            return f"it expired on {end.date().isoformat()} (--future builds it)"
        return ""

    def reason_of_document(self, path: str, data: bytes) -> str:
        """Return why a file of a collection is not built: it is no document, or an empty one."""
        if not any(path.startswith(f"{folder}/") for folder in self.site.collections):
            return ""
        if not data.removeprefix(codecs.BOM_UTF8).startswith(b"---"):
            return "no front matter, which Jekyll requires in collections"
        from hanpan.source.front_matter.parse import parse_head

        return _BARE if _is_bare(parse_head(path, data).body) else ""

    def reason_of_own_page(self, path: str, data: bytes) -> str:
        """Return why a page of Jekyll's or Hexo's is not built: its layout makes all of it."""
        from hanpan.source.front_matter.parse import parse_head

        page = parse_head(path, data)
        if _is_bare(page.body):
            return _BARE
        if self.site.generator == JEKYLL and "paginator." in page.body:
            return "a list in several pages, which a plugin makes"
        return ""

    def is_ignored(self, path: str) -> bool:
        """Tell whether the generator's own settings say that a file is no post."""
        return any(re.search(pattern, path) for pattern in self.site.publication.ignored)

    def reason_of_page(self, path: str, data: bytes) -> str:
        """Return why a file of Hugo's is no page: it is part of a bundle, or shows no text."""
        from hanpan.source.front_matter.parse import parse_head

        folder, _, name = path.rpartition("/")
        if self.is_ignored(path):
            return "excluded by `ignoreFiles` in the site's settings"
        stem = name.partition(".")[0]
        is_index = stem == "index" and self._has_language(name)
        bundle = self._bundle(folder.rpartition("/")[0] if is_index else folder)
        if bundle:
            return f"part of the bundle {bundle}"
        if stem == "_index":
            return _BARE if _is_bare(parse_head(path, data).body) else ""
        given = self._cascade(folder)
        if given or b"headless" in data or b"render" in data:
            front = {key.lower(): value for key, value in parse_head(path, data).front.items()}
            options = front.get("build") or front.get("_build")
            options = options or given.get("build") or given.get("_build") or {}
            render = options.get("render") if isinstance(options, dict) else None
            if front.get("headless") is True or str(render).lower() in ("never", "false"):
                return "its front matter says that it is shown within other pages alone"
            if given.get("draft") is True and front.get("draft") is None:
                return "draft: true in `cascade` of a section"
        return ""

    def reason_of_section(self, path: str, options: Options) -> str:
        """Return why Hugo shows no page below a section: its own `_index.md` is not shown."""
        folder, _, name = path.rpartition("/")
        middle = name.partition(".")[2]  # `en.md`: the section's page in the same language
        content = self.site.publication.content
        while folder.startswith(f"{content}/"):
            index = f"{folder}/_index.{middle}"
            if index not in self._sections:
                has_index = f"_index.{middle}" in self.root.names(folder)
                data = self.root.read(index, TEXT)[:_HEAD] if has_index else b""
                self._sections[index] = self.reason(index, data, options) if has_index else ""
            if self._sections[index] and index != path:
                return f"the section {folder} is left out: {self._sections[index]}"
            folder = folder.rpartition("/")[0]
        return ""

    def _has_language(self, name: str) -> bool:
        """Tell whether what a name has between its dots is a language of the site, or nothing."""
        middle = name.partition(".")[2].rpartition(".")[0].lower()
        languages = {code.lower() for code, _ in self.site.publication.languages}
        return not middle or not languages or middle in languages

    def _cascade(self, folder: str) -> dict[str, object]:
        """Return what sections at or above `folder` say of all pages below them."""
        from hanpan.source.front_matter.parse import parse_head

        if folder not in self._cascades:
            content = self.site.publication.content
            is_content = folder == content or folder.startswith(f"{content}/")
            given = self._cascade(folder.rpartition("/")[0]) if is_content and folder else {}
            for name in self.root.names(folder) if is_content else ():
                if name.startswith("_index."):
                    data = self.root.read(f"{folder}/{name}", TEXT)[:_HEAD]
                    front = parse_head(name, data).front if b"cascade" in data else {}
                    own = front.get("cascade")
                    given = {**given, **own} if isinstance(own, dict) else given
            self._cascades[folder] = given
        return self._cascades[folder]

    def _bundle(self, folder: str) -> str:
        """Return the nearest folder at or above `folder` that is a page of its own, "" for none."""
        if folder not in self._bundles:
            above = folder.rpartition("/")[0]
            content = self.site.publication.content
            is_content = folder.startswith(f"{content}/") if content else bool(folder)
            names = self.root.names(folder) if is_content else ()
            is_bundle = any(_INDEX.match(name) for name in names)
            self._bundles[folder] = (
                folder if is_bundle else self._bundle(above) if is_content else ""
            )
        return self._bundles[folder]

    def _given(self, path: str) -> bool:
        """Tell whether the defaults of _config.yml say of a post whether it is hidden."""
        from hanpan.source.front_matter.defaults import given_keys

        return not _HIDING_KEYS.isdisjoint(given_keys(path, self._config))

    def _may_wait(self, path: str, data: bytes) -> bool:
        """Tell whether a post may have a date to come: one since yesterday, or one that is odd."""
        day = self._now.date() - timedelta(days=1)  # time zones are less than a day apart
        name, _ = split_date(name_of(path))
        if name >= day.isoformat():
            return True
        for value in _DATE.findall(_front_matter(data)):
            match = _DAY.match(value)
            if value and not (match and tuple(map(int, match.groups())) < day.timetuple()[:3]):
                return True
        return False


def _front_matter(data: bytes) -> bytes:
    """Return at least the front matter of a post."""
    text = data.lstrip()
    end = _END.get(text[:1], _END[b"-"]).search(text, 3)
    return text[: end.start() + 1] if end else text


def _is_bare(body: str) -> bool:
    """Tell whether a page has no text: nothing, or only comments, in which themes explain it."""
    return not without_comments(body).strip()
