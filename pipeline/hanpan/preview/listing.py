"""Listing: the contents of out/ from build.json, with the title and date of each post."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from hanpan.document import Document
from hanpan.editions import PAYLOADS
from hanpan.problems import SEVERITIES, Problem
from hanpan.roots import Root


class Named(NamedTuple):
    """What the list says of a document, and the words that find it beside its title."""

    title: str = ""
    date: str = ""
    lang: str = ""
    words: str = ""


_PAYLOADS = f"{PAYLOADS}/"  # prefix of the names of payloads in build.json


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post: `artifacts` as build.json has them, name -> path below out/."""

    slug: str
    source: str
    title: str
    date: str  # ISO 8601 with offset; "" where it was never read
    lang: str  # BCP 47
    words: str  # tags and categories
    artifacts: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def editions(self) -> dict[str, str]:
        """Return the reader's editions: name -> path below out/."""
        return {name: path for name, path in self.artifacts.items() if "/" not in name}

    @property
    def payloads(self) -> dict[str, str]:
        """Return the payloads: platform -> folder below out/."""
        return {
            name.removeprefix(_PAYLOADS): path
            for name, path in self.artifacts.items()
            if name.startswith(_PAYLOADS)
        }

    @property
    def is_broken(self) -> bool:
        """Tell whether some of it could not be rebuilt, so that older output is shown."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything in out/: posts with the newest first, books, and problems that no post owns."""

    posts: tuple[ListedPost, ...] = ()
    books: tuple[tuple[str, dict[str, str]], ...] = ()  # name, artifacts
    problems: tuple[Problem, ...] = ()
    documents: dict[str, Named] = field(default_factory=dict)  # by hash

    def post(self, slug: str) -> ListedPost | None:
        """Return the post of that slug."""
        return next((post for post in self.posts if post.slug == slug), None)


# Raised by reading a file that is being replaced, was damaged, or comes from another version.
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def read_listing(out: Path, before: Listing) -> Listing:
    """Return the contents of build.json; `before` where it cannot be read.

    Titles of documents that `before` knew are not read again.
    """
    try:
        return _listing(json.loads(Root.own(out).read("build.json")), out, before)
    except UNREADABLE:
        return before


def _listing(summary: dict[str, Any], out: Path, before: Listing) -> Listing:
    built = [post for post in summary["posts"] if post["slug"]]
    known = {post["document"]: _read_name(out, post["document"], before) for post in built}
    posts = [_listed_post(post, known[post["document"]]) for post in built]
    return Listing(
        tuple(sorted(posts, key=lambda post: (post.date, post.slug), reverse=True)),
        tuple((book["name"], book["artifacts"]) for book in summary["books"]),
        _problems(summary["problems"])
        + _problems(p for b in summary["books"] for p in b["problems"]),
        known,
    )


def _read_name(out: Path, document: str, before: Listing) -> Named:
    if document in before.documents:
        return before.documents[document]
    try:
        data = Root.own(out).read(f".hanpan/documents/{document}.json")
    except OSError:
        return Named()
    meta = Document.from_json(data.decode("utf-8")).meta
    words = " ".join((*meta.tags, *meta.categories, meta.series)).strip()
    return Named(meta.title, meta.date, meta.lang, words)


def _listed_post(post: dict[str, Any], named: Named) -> ListedPost:
    return ListedPost(
        post["slug"],
        post["source"],
        named.title or post["slug"],
        named.date,
        named.lang,
        named.words,
        post["artifacts"],
        _problems(post["problems"]),
    )


def _problems(items: Any) -> tuple[Problem, ...]:
    """Return problems of build.json, each once, errors first."""
    problems = dict.fromkeys(Problem.from_json(problem) for problem in items)
    return tuple(sorted(problems, key=lambda problem: -SEVERITIES.index(problem.severity)))
