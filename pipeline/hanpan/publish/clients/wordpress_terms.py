"""WordPress's terms: the ids of tags and categories by name, created where there are none.

Names are HTML, as terms.json has them.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from hanpan.publish.answers.answer import Answer
from hanpan.publish.client import RequestRefused


class Ask(Protocol):
    """Sends requests below `/wp/v2`."""

    def __call__(
        self, method: str, path: str, query: Mapping[str, str] | None = None, **more: Any
    ) -> Answer:
        """Send a request; raise PublishError."""


class Terms:
    """The terms of one site, each looked up once a run."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[tuple[str, str], int | None] = {}  # (kind, name) -> id

    def ids(
        self, wanted: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, list[int]], tuple[str, ...]]:
        """Return ids by kind (`tags`, `categories`), and a note for each that cannot be created.

        Authors may create tags, but not categories.
        """
        terms: dict[str, list[int]] = {}
        notes = []
        for kind, names in wanted.items():
            by_name = {name: self._id(kind, name) for name in names}
            notes += [_note(kind, name) for name, id in by_name.items() if id is None]
            ids = [id for id in by_name.values() if id is not None]
            if ids or not names:  # with none left, WordPress takes its default category
                terms[kind] = ids
        return terms, tuple(notes)

    def _id(self, kind: str, name: str) -> int | None:
        if (kind, name) not in self._known:
            id = self._search(kind, name)
            self._known[kind, name] = self._create(kind, name) if id is None else id
        return self._known[kind, name]

    def _search(self, kind: str, name: str) -> int | None:
        answer = self._ask("GET", f"/{kind}", {"search": name, "per_page": "100"})
        for term in answer.data:
            if html.unescape(term["name"]).casefold() == html.unescape(name).casefold():
                return int(term["id"])
        return None

    def _create(self, kind: str, name: str) -> int | None:
        # Twice is harmless: the second time WordPress answers `term_exists`, with the id.
        try:
            answer = self._ask("POST", f"/{kind}", json={"name": name}, repeatable=True)
        except RequestRefused as refused:
            if refused.code == "term_exists":
                return int(refused.data["data"]["term_id"])
            if refused.status == 403:
                return None
            raise
        return int(answer.data["id"])


def _note(kind: str, name: str) -> str:
    shown = html.unescape(name)
    return f"{kind}: `{shown}` does not exist and this account may not create it; it was left out"
