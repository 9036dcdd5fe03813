"""Fetching: what `Files` asks for remote files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

FAILED = "failed"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A remote file: its bytes, and the media type that the server gave."""

    data: bytes
    media_type: str


class Fetcher(Protocol):
    """What `Files` asks for remote files; assets/remote.py is the real one."""

    def fetch(self, url: str) -> Fetched:
        """Return the file, from the cache if it is there; raise OSError with the reason."""

    def fingerprint(self, url: str) -> str:
        """Return the cached file's hash, FAILED, or UNKNOWN (never asked, or time to ask again)."""


class NoNetwork:
    """For steps that read local files and layouts only."""

    def fetch(self, url: str) -> Fetched:
        """Raise OSError."""
        raise OSError(f"{url} is not fetched here: no network access")

    def fingerprint(self, url: str) -> str:
        """Return UNKNOWN."""
        return UNKNOWN
