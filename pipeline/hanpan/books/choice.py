"""The posts of a book, in their parts and order: chosen by metadata alone."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from hanpan.problems import HanpanError, Problem
from hanpan.site.books import BookPlan, BookSettings, Choice, PartSettings


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a choice knows about a post."""

    path: str  # relative to the site's root, with /
    title: str
    date: datetime | None  # None for pages, which come before all posts
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    series_order: float | None = None
    is_page: bool = False  # in books that name it alone


@dataclass(frozen=True, slots=True)
class ChosenPart:
    """A part of a book: paths of posts in order. The title is "" for posts that are in no part."""

    title: str
    paths: tuple[str, ...]


class ChoiceError(HanpanError):
    """A choice that fails: because of `value` under `key`, in the [[book.part]] with a number."""

    def __init__(
        self, message: str, remedy: str, key: str = "", value: str = "", part: int | None = None
    ) -> None:
        super().__init__(Problem("book-choice", "error", message, remedy=remedy))
        self.key, self.value, self.part = key, value, part


def choose(plan: BookPlan, candidates: Sequence[Candidate]) -> tuple[ChosenPart, ...]:
    """Return the parts of a book. Raises ChoiceError if a choice yields no post."""
    chosen = _choose_posts(plan.settings, candidates)
    if not plan.parts:
        return _grouped_parts(plan.settings, chosen)
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
    """Return a part, and add its posts to `taken`."""
    order = part.order or book.order
    chosen_posts = _choose_posts(part, chosen, order)
    for post in chosen_posts:
        if post.path in taken and post.path in map(_nfc, part.posts):
            message = f"the post `{post.path}` is already in the part `{taken[post.path]}`"
            raise ChoiceError(message, "Keep it in one of the two parts.", "posts", post.path)
    left = [post for post in chosen_posts if post.path not in taken]
    if not left:
        message = f"the part `{part.title}` is empty: all its posts are already in other parts"
        raise ChoiceError(message, "Move it before them, or remove it.", "title", part.title)
    taken.update((post.path, part.title) for post in left)
    return ChosenPart(part.title, tuple(post.path for post in left))


def _grouped_parts(settings: BookSettings, chosen: Sequence[Candidate]) -> tuple[ChosenPart, ...]:
    """Return the posts in parts by year or category, in the order of each part's first post."""
    name: Callable[[Candidate], str] = {
        "year": lambda post: f"{post.date.year}" if post.date else "",
        "category": lambda post: next(iter(post.categories), ""),
        "none": lambda post: "",
    }[settings.part_by]
    parts: dict[str, list[str]] = {}
    for post in chosen:
        parts.setdefault(name(post), []).append(post.path)
    return tuple(ChosenPart(title, tuple(paths)) for title, paths in parts.items())


def _choose_posts(choice: Choice, posts: Sequence[Candidate], order: str = "") -> list[Candidate]:
    """Return the posts that match a choice, in order; at least one."""
    every = [post for post in posts if not post.is_page]
    chosen = _posts_by_path(choice.posts, posts) if choice.posts else every
    chosen = _posts_with_name(
        "categories", choice.categories, chosen, posts, lambda post: post.categories
    )
    chosen = _posts_with_name("tags", choice.tags, chosen, posts, lambda post: post.tags)
    wanted = (choice.series,) if choice.series else ()
    chosen = _posts_with_name("series", wanted, chosen, posts, lambda post: (post.series,))
    chosen = [post for post in chosen if not choice.since or _day(post) >= choice.since]
    chosen = [post for post in chosen if not choice.until or _day(post) <= choice.until]
    if not chosen:
        message = "no post matches all the criteria" if posts else "there are no posts"
        raise ChoiceError(message, "Use fewer criteria.")
    order = choice.order or order
    if choice.posts and not order:
        return chosen
    if choice.series and not order:
        return sorted(chosen, key=_series_order)
    if order == "title":
        return sorted(chosen, key=lambda post: (post.title.casefold(), post.path))
    chosen.sort(key=lambda post: post.path, reverse=order == "newest")
    return sorted(chosen, key=_moment, reverse=order == "newest")


def _posts_by_path(listed: Sequence[str], posts: Sequence[Candidate]) -> list[Candidate]:
    """Return the posts that paths and patterns name, in their order, each once."""
    by_path = {
        post.path: post for post in sorted(posts, key=lambda post: (_moment(post), post.path))
    }
    chosen: dict[str, Candidate] = {}
    for written in listed:
        path = _nfc(written)
        if path in by_path:
            if path in chosen:
                message = f"the post `{written}` is listed twice"
                raise ChoiceError(message, "List it once.", "posts", written)
            chosen[path] = by_path[path]
            continue
        matched = {
            name: post
            for name, post in by_path.items()
            if not post.is_page and _matches(name, path)
        }
        if not matched:
            close = difflib.get_close_matches(path, by_path, n=1)
            remedy = "Give its path relative to the site's root."
            if close:
                remedy = f"Did you mean `{close[0]}`?"
            raise ChoiceError(f"no post matches `{written}`", remedy, "posts", written)
        chosen.update((name, post) for name, post in matched.items() if name not in chosen)
    return list(chosen.values())


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a pattern matches a path; without a folder, it is compared with file names."""
    name = path if "/" in pattern else PurePosixPath(path).name
    return fnmatchcase(name, pattern)


def _posts_with_name(
    key: str,
    wanted: Sequence[str],
    candidates: list[Candidate],
    posts: Iterable[Candidate],
    names_of: Callable[[Candidate], tuple[str, ...]],
) -> list[Candidate]:
    """Return the candidates with one of the names; a name that no post has is an error."""
    if not wanted:
        return candidates
    known = {_key(name): name for post in posts for name in names_of(post) if name}
    for name in wanted:
        if _key(name) not in known:
            close = difflib.get_close_matches(_key(name), known, n=1)
            most = ", ".join(sorted(known.values())[:12]) or "none"
            remedy = f"Did you mean `{known[close[0]]}`?" if close else f"Use one of: {most}."
            raise ChoiceError(f"no post has `{name}` in its {key}", remedy, key, name)
    keys = {_key(name) for name in wanted}
    return [post for post in candidates if keys & {_key(name) for name in names_of(post)}]


def _series_order(post: Candidate) -> tuple[bool, float, datetime, str]:
    """Return the sort key of a series: its own numbers, then dates."""
    return (post.series_order is None, post.series_order or 0.0, _moment(post), post.path)


def _moment(post: Candidate) -> datetime:
    return post.date or datetime.min.replace(tzinfo=UTC)


def _day(post: Candidate) -> str:
    """Return the day of a post for comparisons; "" before all days where it has no date."""
    return post.date.date().isoformat() if post.date else ""


def _key(name: str) -> str:
    return _nfc(name).casefold()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).removeprefix("./")
