"""Sharing: what a build asks of a cache of results that others use as well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Protocol

from hanpan.plan.posts import PlannedPost
from hanpan.runner.steps import EditionInput


@dataclass(frozen=True, slots=True)
class Wanted:
    """The editions that are wanted of a post, or of a book.

    `inputs` is what they are made of, where that is known: of a book, and of a post that was read.
    """

    post: PlannedPost
    editions: tuple[str, ...]
    inputs: EditionInput | None = None


class ResultCache(Protocol):
    """A cache of results, as a build uses it; cache/shared_results.py is the real one.

    It is open within a `with` block, at whose end it has stored what it was offered.
    """

    @property
    def is_asked(self) -> bool:
        """Whether anything that was asked has no answer yet."""

    @property
    def pipe(self) -> Connection | None:
        """What is readable when an answer comes, if anything is."""

    def ask(self, wanted: Wanted) -> bool:
        """Ask for what is stale; return whether there will be an answer.

        Once for a post, and once more when it had to be read.
        """

    def answered(self) -> Iterable[Wanted]:
        """Return what has its answer: results that were there are in out/ and in traces."""

    def offer(self, post: PlannedPost) -> None:
        """Hand on the results of a post's steps."""

    def __enter__(self) -> ResultCache: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class NoCache:
    """For builds that share nothing."""

    is_asked = False
    pipe = None

    def ask(self, wanted: Wanted) -> bool:
        """Return that there will be no answer."""
        return False

    def answered(self) -> Iterable[Wanted]:
        """Return nothing."""
        return ()

    def offer(self, post: PlannedPost) -> None:
        """Do nothing."""

    def __enter__(self) -> NoCache:
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""
