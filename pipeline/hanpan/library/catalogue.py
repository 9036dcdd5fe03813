"""Catalogue: from what is known of all posts, the pages of the site that shows them.

A page depends on what it says of posts, which is written into its plan, and on nothing else of
them: so an edit makes the post's own page again, and the lists that say what has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hanpan.library.addresses import PAGE, Claims, page_path, shown
from hanpan.library.ebooks import ebook_pages
from hanpan.library.groups import FOLDERS, Group, groups_of, linked
from hanpan.library.links import Targets
from hanpan.library.order import (
    BookEntry,
    Download,
    Entry,
    Neighbours,
    neighbours,
    oldest_first,
    undated,
)
from hanpan.library.pages import LIBRARY, OfferedFile, PagePlan, as_data
from hanpan.library.segments import segments_of
from hanpan.site import Library

_OWN = (
    PAGE, "404.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt", "llms.txt",
    "opds/catalog.xml", "opds/catalog.json", "search/index.html", "archive/index.html",
    "categories/index.html", "tags/index.html", "series/index.html",
    "manifest.webmanifest",
    "icon-32.png", "icon-180.png", "icon-192.png", "icon-512.png",
    "assets/-", "media/-",
)  # fmt: skip
_LISTED_IN_SERIES = 60  # parts: a longer series shows those around


@dataclass(slots=True)
class Catalogue:
    """The pages of one site while they are planned."""

    entries: Sequence[Entry]
    books: Sequence[BookEntry]
    settings: Library
    claims: Claims = field(default_factory=Claims)
    paths: dict[str, str] = field(default_factory=dict)  # of posts by key, below out/site
    moved: dict[str, str] = field(default_factory=dict)  # posts that another's path was taken from
    groups: dict[str, list[Group]] = field(default_factory=dict)
    targets: Targets = field(init=False)  # of links
    files: dict[str, list[dict[str, object]]] = field(default_factory=dict)  # beside posts, by key

    def pages(self) -> Iterator[PagePlan]:
        """Yield every page and file of the site."""
        for path in _OWN:
            self.claims.take(path)
        self._place_posts()
        self.groups = groups_of(self.entries, self.claims)
        self.targets = Targets(self.paths)
        self.targets.add_posts(oldest_first(self.entries))
        self.targets.add_pages(self._own_pages())
        yield from self._post_pages()
        newest = [e for e in reversed(oldest_first(self.entries)) if e.facts.is_dated]
        yield from self._list("index", "", newest or undated(self.entries), PAGE)
        for kind, groups in self.groups.items():
            for group in groups:
                yield from self._list(kind, group.name, group.posts, group.path)
            if kind != "years" and groups:
                yield self._terms(kind, groups)
        yield from self._whole(newest)
        yield from self._redirects()

    def _place_posts(self) -> None:
        """Give each post its path; where two have one, the later gets another."""
        for entry in oldest_first(self.entries):
            wanted = page_path(entry.facts.path or f"/{entry.slug}/")
            path = self.claims.take_like(wanted)
            self.paths[entry.key] = path
            if path != wanted:
                self.moved[entry.key] = path

    @property
    def menu(self) -> list[str]:
        """Return the kinds of archives that the site has."""
        return [kind for kind in ("categories", "tags", "series") if self.groups.get(kind)]

    def _post_pages(self) -> Iterator[PagePlan]:
        around = neighbours(self.entries)
        by_key = {entry.key: entry for entry in self.entries}
        archives = {
            (kind, group.name.casefold()): group.path
            for kind, groups in self.groups.items()
            for group in groups
        }
        for entry in self.entries:
            yield self._post_page(entry, around[entry.key], by_key, archives)

    def _own_pages(self) -> Iterator[str]:
        """Yield the pages of the site that are no posts, as far as authors may link to them."""
        yield from (PAGE, f"archive/{PAGE}")
        if self.settings.search:
            yield f"search/{PAGE}"
        yield from (f"{FOLDERS[kind]}/{PAGE}" for kind in self.menu)
        yield from (group.path for groups in self.groups.values() for group in groups)

    def _post_page(
        self,
        entry: Entry,
        around: Neighbours,
        by_key: Mapping[str, Entry],
        archives: Mapping[tuple[str, str], str],
    ) -> PagePlan:
        facts, path = entry.facts, self.paths[entry.key]
        copies, downloads = self._copies(entry.downloads, path, entry.slug)
        self.files[entry.key] = downloads
        return PagePlan(
            entry.key,
            "post",
            path,
            as_data(
                menu=self.menu,
                before=self._named(by_key.get(around.before)),
                after=self._named(by_key.get(around.after)),
                related=[self._item(by_key[key]) for key in around.related],
                series=self._series(entry.key, around.series, by_key),
                series_path=archives.get(("series", facts.series.casefold()), ""),
                translations=[
                    {"lang": lang, "path": self.paths[key]} for lang, key in around.translations
                ],
                links=self.targets.of(entry),
                categories=linked("categories", facts.categories, archives),
                tags=linked("tags", facts.tags, archives),
                downloads=downloads,
            ),
            (entry.leaf,),
            copies,
        )

    def _copies(
        self, downloads: Sequence[Download], page: str, slug: str
    ) -> tuple[tuple[OfferedFile, ...], list[dict[str, object]]]:
        """Return what is copied beside a page, and how the page names it."""
        copies: list[OfferedFile] = []
        listed: list[dict[str, object]] = []
        folder = page.rpartition("/")[0]
        for one in downloads:
            name = f"{slug}.{one.path.rpartition('.')[2]}"
            target = self.claims.take_like(f"{folder}/{name}" if folder else name)
            copies.append(OfferedFile(one.path, one.digest, target))
            listed.append(
                {"label": one.label, "path": target, "size": one.size, "type": one.media_type}
            )
        return tuple(copies), listed

    def _series(
        self, key: str, members: Sequence[str], by_key: Mapping[str, Entry]
    ) -> list[dict[str, object]]:
        place = members.index(key) if key in members else 0
        first = max(0, min(place - _LISTED_IN_SERIES // 2, len(members) - _LISTED_IN_SERIES))
        shown_members = members[first : first + _LISTED_IN_SERIES]
        return [
            {
                "number": number,
                "title": by_key[one].facts.title,
                "lang": by_key[one].facts.lang,
                "path": self.paths[one],
                "is_this": one == key,
            }
            for number, one in enumerate(shown_members, first + 1)
        ]

    def _named(self, entry: Entry | None) -> dict[str, str] | None:
        if entry is None:
            return None
        return {
            "title": entry.facts.title,
            "lang": entry.facts.lang,
            "path": self.paths[entry.key],
        }

    def _item(self, entry: Entry) -> dict[str, object]:
        """Return what lists say of a post."""
        facts = entry.facts
        picture = facts.thumbnail
        return {
            "title": facts.title,
            "lang": facts.lang,
            "path": self.paths[entry.key],
            "date": facts.date,
            "excerpt": facts.excerpt,
            "category": facts.categories[0] if facts.categories else "",
            "minutes": facts.minutes,
            "picture": [picture.path, picture.width, picture.height] if picture else None,
        }

    def _list(self, kind: str, name: str, posts: Sequence[Entry], path: str) -> Iterator[PagePlan]:
        """Yield the pages of a list."""
        size = self.settings.per_page if kind == "index" else max(self.settings.per_page, 100)
        count = max(1, -(-len(posts) // size))
        folder = path.removesuffix(PAGE)
        paths = [path]
        paths += [self.claims.take_like(f"{folder}page/{n}/{PAGE}") for n in range(2, count + 1)]
        key = f"{LIBRARY}{kind}/{name}" if name else f"{LIBRARY}{kind}"
        for number, place in enumerate(paths, 1):
            part = posts[size * (number - 1) : size * number]
            data = as_data(
                menu=self.menu,
                list=kind,
                name=name,
                count=len(posts),
                number=number,
                pages=paths,
                posts=[self._item(entry) for entry in part],
                books=[book.title for book in self.books] if kind == "index" else [],
            )
            yield PagePlan(f"{key}#{number}", "list", place, data)

    def _terms(self, kind: str, groups: Sequence[Group]) -> PagePlan:
        listed = [[group.name, group.path, len(group.posts)] for group in groups]
        path = f"{FOLDERS[kind]}/{PAGE}"
        data = as_data(menu=self.menu, list=kind, groups=listed)
        return PagePlan(f"{LIBRARY}{kind}", "terms", path, data)

    def _whole(self, newest: Sequence[Entry]) -> Iterator[PagePlan]:
        """Yield what there is once: archive, feeds, catalogues, what crawlers read, assets."""
        years = [
            [group.name, group.path, [self._item(entry) for entry in group.posts]]
            for group in self.groups["years"]
        ]
        without_date = undated([entry for entry in self.entries if not entry.facts.is_dated])
        listed = [self._item(entry) for entry in without_date]
        count = len(newest) + len(listed)
        archive = as_data(menu=self.menu, years=years, undated=listed, count=count)
        yield PagePlan(f"{LIBRARY}archive", "archive", f"archive/{PAGE}", archive)
        yield PagePlan(f"{LIBRARY}404", "missing", "404.html", as_data(menu=self.menu))
        recent = newest[: self.settings.feed_posts]
        posts = [self._feed_item(entry) for entry in recent]
        leaves = tuple(entry.leaf for entry in recent)
        yield PagePlan(f"{LIBRARY}feed", "feed", "feed.xml", as_data(posts=posts), leaves)
        changed = [[self.paths[e.key], e.facts.modified] for e in oldest_first(self.entries)]
        others = [g.path for groups in self.groups.values() for g in groups]
        lists = as_data(posts=changed, others=[PAGE, *others])
        yield PagePlan(f"{LIBRARY}sitemap", "sitemap", "sitemap.xml", lists)
        yield PagePlan(f"{LIBRARY}robots", "robots", "robots.txt", as_data())
        lines = [
            [e.facts.title, f"{self.paths[e.key]}.md", e.facts.excerpt]
            for e in (*newest, *without_date)
        ]
        yield PagePlan(f"{LIBRARY}llms", "llms", "llms.txt", as_data(posts=lines))
        yield from self._opds([*newest, *without_date])
        slices = sorted({name for entry in self.entries for name in entry.facts.slices})
        yield PagePlan(f"{LIBRARY}assets", "assets", "manifest.webmanifest", as_data(slices=slices))
        if self.settings.search:
            segments = list(segments_of(self.entries, self._item))
            data = as_data(menu=self.menu, segments=len(segments))
            yield PagePlan(f"{LIBRARY}search", "search", f"search/{PAGE}", data)
            yield from segments

    def _feed_item(self, entry: Entry) -> dict[str, object]:
        return {
            **self._credited(entry),
            "links": self.targets.of(entry),
            "canonical": entry.facts.canonical,
        }

    def _credited(self, entry: Entry) -> dict[str, object]:
        """Return what feeds and catalogues say of a post beside what lists do."""
        facts = entry.facts
        tags = [*facts.categories, *facts.tags]
        return {
            **self._item(entry),
            "modified": facts.modified,
            "author": facts.author,
            "tags": tags,
        }

    def _opds(self, newest: Sequence[Entry]) -> Iterator[PagePlan]:
        """Yield the catalogues of all EPUBs and PDFs; the posts' own are beside their pages."""
        books: list[dict[str, object]] = []
        copies: list[OfferedFile] = []
        for book in self.books:
            own, listed = self._copies(book.downloads, f"books/{PAGE}", book.name)
            copies += own
            books.append(
                {
                    "name": book.name,
                    "title": book.title,
                    "author": book.author,
                    "lang": book.lang,
                    "description": book.description,
                    "downloads": listed,
                }
            )
        posts: list[dict[str, object]] = [
            {**self._credited(entry), "card": entry.facts.card, "downloads": files}
            for entry in newest
            if (files := self.files.get(entry.key))
        ]
        yield from ebook_pages(books, posts, copies, self.claims)

    def _redirects(self) -> Iterator[PagePlan]:
        """Yield a page for each old address of a post, unless another page is there."""
        for entry in oldest_first(self.entries):
            for old in entry.facts.redirects:
                path = page_path(old)
                if self.claims.take(path):
                    data = as_data(to=self.paths[entry.key], title=entry.facts.title)
                    yield PagePlan(f"{LIBRARY}from/{path}", "redirect", path, data)


def problems_of(catalogue: Catalogue) -> Iterator[tuple[Entry, str]]:
    """Yield the posts whose address another has taken, and where they are shown instead."""
    by_key = {entry.key: entry for entry in catalogue.entries}
    for key, path in catalogue.moved.items():
        yield by_key[key], shown(path)
