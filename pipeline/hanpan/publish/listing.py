"""Listing: all posts of an author, where the API cannot look one up by its canonical URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from hanpan.publish.client import RemotePost
from hanpan.publish.payload import Payload


class RemoteListing:
    """The posts as they are there: listed once a run, and again while a request is in doubt."""

    def __init__(
        self,
        read_all: Callable[[], Iterable[RemotePost]],
        *,
        title_text: Callable[[str], str] = str,
    ) -> None:
        """`title_text` returns what a title of the platform reads as, where that is no text."""
        self._read_all = read_all
        self._title_text = title_text
        self._known: dict[str, RemotePost] | None = None  # by id
        self._in_doubt = False

    def all(self) -> dict[str, RemotePost]:
        """Return all posts by id."""
        if self._known is None or self._in_doubt:
            self._known = {post.id: post for post in self._read_all()}
        return self._known

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Send a request that changes posts; until it is answered, the list is in doubt."""
        self._in_doubt = True
        yield
        self._in_doubt = False

    def keep(self, remote: RemotePost) -> RemotePost:
        """Store a post as a request has left it."""
        if self._known is not None:
            self._known[remote.id] = remote
        return remote

    def by_title(self, payload: Payload) -> RemotePost | None:
        """Return the post of the same title; of several, the one that links to the original.

        A link alone proves nothing: other posts may link to the original too.
        """
        posts = self.all().values()
        namesakes = [p for p in posts if self._title_text(p.fields["title"]) == payload.title]
        original = payload.canonical_url
        linking = (post for post in namesakes if original and original in post.fields["body"])
        return next(linking, namesakes[0] if namesakes else None)
