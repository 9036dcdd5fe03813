"""Listing: all posts of an author on a server that cannot be asked for one by its canonical URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from hanpan.publish.client import RemotePost
from hanpan.publish.payload import Payload


class RemoteListing:
    """The posts as they are there: asked for once a run, and anew while a request is in doubt."""

    def __init__(self, ask: Callable[[], Iterable[RemotePost]]) -> None:
        self._ask = ask
        self._known: dict[str, RemotePost] | None = None  # by id
        self._in_doubt = False

    def all(self) -> dict[str, RemotePost]:
        """Return all posts by id."""
        if self._known is None or self._in_doubt:
            self._known = {one.id: one for one in self._ask()}
        return self._known

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Send a request that changes posts: what it did is in doubt until it is answered."""
        self._in_doubt = True
        yield
        self._in_doubt = False

    def keep(self, remote: RemotePost) -> RemotePost:
        """Take a post in as a request has left it."""
        if self._known is not None:
            self._known[remote.id] = remote
        return remote

    def like(self, payload: Payload) -> RemotePost | None:
        """Return the post of the same title; of several, the one that links to the original.

        A link alone proves nothing: other posts lead there too.
        """
        found = [one for one in self.all().values() if one.fields["title"] == payload.title]
        wanted = payload.canonical_url
        linking = (one for one in found if wanted and wanted in one.fields["body"])
        return next(linking, found[0] if found else None)
