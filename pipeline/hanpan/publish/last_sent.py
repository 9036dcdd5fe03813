"""Last sent: the fields that were last sent and returned, to show what has changed since.

The files are in .hanpan/publish/ and are not committed; without them the ledger's hashes still tell
*that* something differs.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hanpan.files import sha256, write_atomic
from hanpan.publish.ledger_text import Key
from hanpan.roots import Root

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LastSent:
    """The last request for a post: what was sent, and what the server returned."""

    sent: Fields = field(default_factory=dict)
    given: Fields = field(default_factory=dict)  # empty until the server has answered


class LastSentStore:
    """What was last sent: a folder with one file for each post and target."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, key: Key) -> LastSent:
        """Return what was last sent of a post; an empty LastSent where that is not known."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            value = json.loads(Root.own(self.folder).read(_name(key)))
            if isinstance(value, dict):
                return LastSent(_texts(value.get("sent")), _texts(value.get("given")))
        return LastSent()

    def save(self, key: Key, last: LastSent) -> None:
        """Write down a request."""
        value = {"sent": dict(last.sent), "given": dict(last.given)}
        data = json.dumps(value, ensure_ascii=False).encode()
        write_atomic(Root.own(self.folder).place(_name(key), make=True), data)


def _name(key: Key) -> str:
    return f"{sha256(' '.join(key).encode())[:32]}.json"


def _texts(value: object) -> Fields:
    """Return the texts of an object: a file that somebody else wrote may hold anything."""
    items = value.items() if isinstance(value, dict) else ()
    return {name: text for name, text in items if isinstance(text, str)}
