"""Memory: the fields that were last sent and given back, to show what differs since.

It lies below .hanpan/ and is not committed; without it the ledger's hashes still say *that*
something differs.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hanpan.files import sha256, write_atomic
from hanpan.publish.ledger import Key

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LastSent:
    """The last request of a post: what was sent, and what the server made of it."""

    sent: Fields = field(default_factory=dict)
    given: Fields = field(default_factory=dict)  # empty until the server has answered


class LastSentStore:
    """What was last sent, one file a post and target in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, key: Key) -> LastSent:
        """Return what is remembered of a post; an empty LastSent where nothing is."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            return LastSent(**json.loads(self._path(key).read_text("utf-8")))
        return LastSent()

    def save(self, key: Key, last: LastSent) -> None:
        """Remember a request."""
        said = {"sent": dict(last.sent), "given": dict(last.given)}
        data = json.dumps(said, ensure_ascii=False).encode()
        write_atomic(self._path(key), data)

    def _path(self, key: Key) -> Path:
        return self.folder / f"{sha256(' '.join(key).encode())[:32]}.json"
