"""The build of books: read the posts of a choice, then build the book's editions."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hanpan.books.choice import Candidate, ChoiceError, choose
from hanpan.files import Files, NoNetwork
from hanpan.plan.options import Options
from hanpan.plan.places import key_of
from hanpan.plan.posts import Plan, PlannedPost
from hanpan.plan.sites import Sites
from hanpan.problems import HanpanError, Problem, UsageError
from hanpan.roots import SETTINGS, RefusedFile, Root, real
from hanpan.runner.builder import Builder
from hanpan.runner.outline import BY_CHOICE, OF_SITE, OpenBook, Outline, PlannedChapter
from hanpan.runner.steps import READ
from hanpan.runner.trace import Trace
from hanpan.site import Clock, Identity
from hanpan.site.books import BookPlan, BookSettings
from hanpan.site.checks import BOOK, PART
from hanpan.site.toml_lines import line_of, line_of_item, line_of_value
from hanpan.source.slugs import slugify
from hanpan.source.walk import PostFile


@dataclass(frozen=True, slots=True)
class BookRequest:
    """Which books the command line asks for: names of [[book]]s, or a series, category or tag."""

    names: tuple[str, ...] = ()
    series: str = ""
    category: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class _WantedBook:
    key: str  # in traces
    plan: BookPlan
    parts: tuple[tuple[str, list[str]], ...]  # titles, and posts by their keys


class Books:
    """The books of one build, and the posts that they need."""

    def __init__(self, request: BookRequest, options: Options, sites: Sites) -> None:
        self.out = real(options.out)
        self.site = sites.at(sites.default_root())
        self.editions = options.editions
        self._toml = options.site or self.site.root / "site.toml"
        self._plans = tuple(self._plans_of(request))
        self._wanted: list[_WantedBook] = []

    def keep_chosen(self, plan: Plan) -> Plan:
        """Reduce a plan of all posts to those that the books need, and return it.

        Raises UsageError, with the line of site.toml, if the settings of a book cannot be met.
        """
        known = {candidate.path: (candidate, post) for candidate, post in _candidates(plan)}
        candidates = [candidate for candidate, _ in known.values()]
        for key, book in self._plans:
            self._check_files(book)
            try:
                parts = choose(book, candidates)
            except ChoiceError as error:
                raise self._with_line(error, book) from None
            chosen = ((part.title, [known[path][1].key for path in part.paths]) for part in parts)
            self._wanted.append(_WantedBook(key, book, tuple(chosen)))
        keys = {key for book in self._wanted for _, part in book.parts for key in part}
        plan.posts = [post for post in plan.posts if post.key in keys]
        paths = {os.path.relpath(self.out / key) for key in keys}
        of_names = ("slug-clash", "slug-duplicate")
        plan.problems = [p for p in plan.problems if p.rule not in of_names or p.path in paths]
        return plan

    def open(self, builder: Builder) -> list[OpenBook]:
        """Return the books whose chapters have all been read; report the others."""
        opened = []
        traces = {post: trace for (post, step), trace in builder.traces.items() if step == READ}
        for wanted in self._wanted:
            keys = [key for _, part in wanted.parts for key in part]
            missing = [key for key in keys if key not in traces or not traces[key].output]
            if missing:
                message = (
                    f"the book `{wanted.plan.settings.name}` is not built: a post is unreadable"
                )
                path = os.path.relpath(self.out / missing[0])
                problem = Problem("book-chapter", "error", message, path, None, "Fix the post.")
                builder.plan.problems.append(problem)
            else:
                opened.append(
                    OpenBook(self._stand_in(wanted), self._outline(wanted, traces), self.editions)
                )
        return opened

    def _outline(self, wanted: _WantedBook, traces: Mapping[str, Trace]) -> Outline:
        parts = [
            (title, tuple(self._planned_chapter(key, traces[key]) for key in keys))
            for title, keys in wanted.parts
        ]
        return Outline(wanted.plan, tuple(parts))

    def _planned_chapter(self, key: str, trace: Trace) -> PlannedChapter:
        path = Path(os.path.relpath(self.out / key, self.site.root)).as_posix()
        return PlannedChapter(path, trace.address, trace.output)

    def drop_gone(self, builder: Builder) -> None:
        """Remove the books that are no longer in site.toml."""
        named = {self._key(OF_SITE, book.settings.name) for book in self.site.books}
        ours = self._key(OF_SITE, "")
        for key, step in sorted(builder.traces):
            if key.startswith(ours) and key not in named:
                builder.remove(set(builder.traces.pop((key, step)).writes))
                builder.state.forget(key)

    def _plans_of(self, request: BookRequest) -> Iterator[tuple[str, BookPlan]]:
        """Yield the key and plan of each book that is asked for."""
        choices = [
            (request.series, BookSettings(series=request.series)),
            (request.category, BookSettings(categories=(request.category,))),
            (request.tag, BookSettings(tags=(request.tag,))),
        ]
        of_choice = [(value, settings) for value, settings in choices if value]
        for value, settings in of_choice:
            name = slugify(value)
            yield self._key(BY_CHOICE, name), BookPlan(replace(settings, name=name, title=value))
        if of_choice and not request.names:
            return
        books = {book.settings.name: book for book in self.site.books}
        if not books:
            remedy = "Add a [[book]] to site.toml, or use --series, --category or --tag."
            raise UsageError(Problem("usage", "error", "the site has no books", remedy=remedy))
        for name in request.names or books:
            if name not in books:
                known = ", ".join(books)
                remedy = f"Use one of: {known}; or --series, --category or --tag."
                raise UsageError(Problem("usage", "error", f"unknown book `{name}`", remedy=remedy))
            yield self._key(OF_SITE, name), books[name]

    def _key(self, kind: str, name: str) -> str:
        return f"{kind}:{key_of(self.site.root, self.out)}:{name}"

    def _stand_in(self, wanted: _WantedBook) -> PlannedPost:
        """Return what takes the place of a post for a book: its settings file."""
        file = PostFile(self.site.root / self._toml.name, self.site.root, named=True)
        return PlannedPost(wanted.key, file, self.site, wanted.plan.settings.name)

    def _check_files(self, book: BookPlan) -> None:
        """Raise UsageError if a file that the book names does not exist."""
        settings, root = book.settings, Root(self.site.root)
        named = [("front", path) for path in settings.front] + [
            ("back", path) for path in settings.back
        ]
        for key, path in [*named, *([("cover", settings.cover)] if settings.cover else [])]:
            reason = _reason_not_to_read(root, path)
            if reason:
                raise self._with_line(ChoiceError(*reason, key, path), book)

    def _with_line(self, error: ChoiceError, book: BookPlan) -> UsageError:
        """Return an error with the line of site.toml that caused it."""
        if book not in self.site.books:
            return UsageError(error.problem)
        content = Root(self._toml.parent).read(self._toml.name, SETTINGS)
        text = content.decode("utf-8-sig", errors="replace")
        table, start = BOOK, line_of_item(text, BOOK, self.site.books.index(book))
        if error.part is not None:
            table, start = PART, line_of_item(text, PART, error.part, start)
        line = line_of(text, table, error.key, start) if error.key else None
        line = line_of_value(text, error.value, line) if line and error.value else line
        return UsageError(
            replace(error.problem, path=os.path.relpath(self._toml), line=line or start)
        )


def _reason_not_to_read(root: Root, path: str) -> tuple[str, str] | None:
    """Return why a file of the site cannot be read, and a remedy."""
    try:
        root.find(path)
    except RefusedFile as error:
        return error.problem.message, error.problem.remedy
    except OSError:
        return f"the file `{path}` does not exist", "Give its path relative to the site's root."
    return None


def _candidates(plan: Plan) -> Iterator[tuple[Candidate, PlannedPost]]:
    for post in (*plan.posts, *plan.clashing):
        with contextlib.suppress(OSError, HanpanError):  # reading it reports what is wrong
            yield _candidate(post), post


def _candidate(post: PlannedPost) -> Candidate:
    """Return what a choice knows about a post: only its front matter is read."""
    from hanpan.reading import read_source  # heavy: builds of posts do not need it
    from hanpan.source.front_matter.meta import read_meta

    files = Files(post.site, NoNetwork())
    source = read_source(post.file.relative, files)
    meta, _ = read_meta(source, files.settings(Identity), files.settings(Clock), "", "")
    return Candidate(
        path=source.path,
        title=meta.title,
        date=meta.published_at,
        categories=meta.categories,
        tags=meta.tags,
        series=meta.series,
        is_page=post.file.is_page,
        series_order=meta.series_order,
    )
