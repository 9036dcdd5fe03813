"""WordPress's terms: the ids of tags and categories by name, made where there are none."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from hanpan.publish.client import RequestRefused
from hanpan.publish.http import Answer


class Ask(Protocol):
    """Asks the API below `/wp/v2`."""

    def __call__(
        self, method: str, path: str, query: Mapping[str, str] | None = None, **more: Any
    ) -> Answer:
        """Send a request; raise PublishError."""


class Terms:
    """The terms of one site, each asked for once a run."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[tuple[str, str], int | None] = {}  # (kind, name) -> id

    def ids(
        self, wanted: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, list[int]], tuple[str, ...]]:
        """Return ids by kind (`tags`, `categories`), and a note for each that cannot be made.

        Authors may make tags, and no categories.
        """
        found: dict[str, list[int]] = {}
        notes = []
        for kind, names in wanted.items():
            ids = {name: self._id(kind, name) for name in names}
            notes += [_note(kind, name) for name, id in ids.items() if id is None]
            given = [id for id in ids.values() if id is not None]
            if given or not names:  # with none left WordPress chooses: its default category
                found[kind] = given
        return found, tuple(notes)

    def _id(self, kind: str, name: str) -> int | None:
        if (kind, name) not in self._known:
            found = self._search(kind, name)
            self._known[kind, name] = self._make(kind, name) if found is None else found
        return self._known[kind, name]

    def _search(self, kind: str, name: str) -> int | None:
        answer = self._ask("GET", f"/{kind}", {"search": name, "per_page": "100"})
        for term in answer.data:
            if html.unescape(term["name"]).casefold() == name.casefold():
                return int(term["id"])
        return None

    def _make(self, kind: str, name: str) -> int | None:
        # Twice is harmless: the second time WordPress says `term_exists`, and which one it is.
        try:
            made = self._ask("POST", f"/{kind}", json={"name": name}, repeatable=True)
        except RequestRefused as refused:
            if refused.code == "term_exists":
                return int(refused.data["data"]["term_id"])
            if refused.status == 403:
                return None
            raise
        return int(made.data["id"])


def _note(kind: str, name: str) -> str:
    return f"`{name}` of {kind} is not there, and this account may not make it: it was left out"
