"""The posts of a book, in their parts and order: chosen by metadata alone."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from hanpan.problems import HanpanError, Problem
from hanpan.site.books import BookPlan, BookSettings, Choice, PartSettings


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a choice knows of a post."""

    path: str  # relative to the site's root, with /
    title: str
    date: datetime
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    series_order: float | None = None


@dataclass(frozen=True, slots=True)
class ChosenPart:
    """A part of a book: paths of posts in order. The title is "" where a book has no parts."""

    title: str
    paths: tuple[str, ...]


class ChoiceError(HanpanError):
    """A choice that cannot be made: of `value` under `key`, in the [[book.part]] of a number."""

    def __init__(
        self, said: str, remedy: str, key: str = "", value: str = "", part: int | None = None
    ) -> None:
        super().__init__(Problem("book-choice", "error", said, remedy=remedy))
        self.key, self.value, self.part = key, value, part


def choose(plan: BookPlan, candidates: Sequence[Candidate]) -> tuple[ChosenPart, ...]:
    """Return the parts of a book. Raises ChoiceError where there is nothing to choose."""
    chosen = _chosen(plan.settings, candidates)
    if not plan.parts:
        return _by(plan.settings, chosen)
    taken: dict[str, str] = {}
    parts = []
    for number, part in enumerate(plan.parts):
        try:
            parts.append(_part(part, chosen, plan.settings, taken))
        except ChoiceError as error:
            error.part = number
            raise
    return tuple(parts)


def _part(
    part: PartSettings, chosen: Sequence[Candidate], book: BookSettings, taken: dict[str, str]
) -> ChosenPart:
    """Return a part, and note in `taken` which posts it has taken."""
    order = part.order or book.order
    found = _chosen(part, chosen, order)
    for post in found:
        if post.path in taken and post.path in map(_nfc, part.posts):
            said = f"the post `{post.path}` is in the part `{taken[post.path]}` already"
            raise ChoiceError(said, "Name it in one of the two.", "posts", post.path)
    left = [post for post in found if post.path not in taken]
    if not left:
        said = f"the part `{part.title}` has no posts: those it chooses are in others already"
        raise ChoiceError(said, "Put it before them, or leave it out.", "title", part.title)
    taken.update((post.path, part.title) for post in left)
    return ChosenPart(part.title, tuple(post.path for post in left))


def _by(said: BookSettings, chosen: Sequence[Candidate]) -> tuple[ChosenPart, ...]:
    """Return the posts in parts by year or category, in the order of each part's first post."""
    name: Callable[[Candidate], str] = {
        "year": lambda post: f"{post.date.year}",
        "category": lambda post: next(iter(post.categories), ""),
        "none": lambda post: "",
    }[said.part_by]
    parts: dict[str, list[str]] = {}
    for post in chosen:
        parts.setdefault(name(post), []).append(post.path)
    return tuple(ChosenPart(title, tuple(paths)) for title, paths in parts.items())


def _chosen(choice: Choice, posts: Sequence[Candidate], order: str = "") -> list[Candidate]:
    """Return what a choice takes of `posts`, in order; at least one."""
    found = _listed(choice.posts, posts) if choice.posts else list(posts)
    found = _named("categories", choice.categories, found, posts, lambda post: post.categories)
    found = _named("tags", choice.tags, found, posts, lambda post: post.tags)
    wanted = (choice.series,) if choice.series else ()
    found = _named("series", wanted, found, posts, lambda post: (post.series,))
    found = [post for post in found if not choice.since or _day(post) >= choice.since]
    found = [post for post in found if not choice.until or _day(post) <= choice.until]
    if not found:
        said = "no post is in all that is chosen" if posts else "there are no posts"
        raise ChoiceError(said, "Choose less narrowly.")
    order = choice.order or order
    if choice.posts and not order:
        return found
    if choice.series and not order:
        return sorted(found, key=_place_in_series)
    if order == "title":
        return sorted(found, key=lambda post: (post.title.casefold(), post.path))
    found.sort(key=lambda post: post.path, reverse=order == "newest")
    return sorted(found, key=lambda post: post.date, reverse=order == "newest")


def _listed(listed: Sequence[str], posts: Sequence[Candidate]) -> list[Candidate]:
    """Return the posts that paths and patterns name, in their order; each once."""
    by_path = {post.path: post for post in sorted(posts, key=lambda post: (post.date, post.path))}
    found: dict[str, Candidate] = {}
    for written in listed:
        path = _nfc(written)
        if path in by_path:
            if path in found:
                said = f"the post `{written}` is named twice"
                raise ChoiceError(said, "Name it once.", "posts", written)
            found[path] = by_path[path]
            continue
        matched = {name: post for name, post in by_path.items() if _matches(name, path)}
        if not matched:
            close = difflib.get_close_matches(path, by_path, n=1)
            remedy = f"Did you mean `{close[0]}`?" if close else "Write its path below the site."
            raise ChoiceError(f"`{written}` names no post", remedy, "posts", written)
        found.update((name, post) for name, post in matched.items() if name not in found)
    return list(found.values())


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a pattern names a post; one without a folder looks at the file's name."""
    name = path if "/" in pattern else PurePosixPath(path).name
    return fnmatchcase(name, pattern)


def _named(
    key: str,
    wanted: Sequence[str],
    found: list[Candidate],
    posts: Iterable[Candidate],
    names_of: Callable[[Candidate], tuple[str, ...]],
) -> list[Candidate]:
    """Return those of `found` that have one of the names; a name that no post has is an error."""
    if not wanted:
        return found
    known = {_key(name): name for post in posts for name in names_of(post) if name}
    for name in wanted:
        if _key(name) not in known:
            close = difflib.get_close_matches(_key(name), known, n=1)
            most = ", ".join(sorted(known.values())[:12]) or "none"
            remedy = f"Did you mean `{known[close[0]]}`?" if close else f"There are: {most}."
            raise ChoiceError(f"no post has `{name}` in its {key}", remedy, key, name)
    keys = {_key(name) for name in wanted}
    return [post for post in found if keys & {_key(name) for name in names_of(post)}]


def _place_in_series(post: Candidate) -> tuple[bool, float, datetime, str]:
    """Return what orders a series: its own numbers, then dates."""
    return (post.series_order is None, post.series_order or 0.0, post.date, post.path)


def _day(post: Candidate) -> str:
    return post.date.date().isoformat()


def _key(name: str) -> str:
    return _nfc(name).casefold()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).removeprefix("./")
