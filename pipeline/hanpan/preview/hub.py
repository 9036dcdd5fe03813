"""Hub: events about builds for the open pages (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

_SILENCE = 15.0  # seconds; then a comment is sent, which shows whether the page has gone


class Hub:
    """The open pages; each new one receives the last state first."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._last = _event({"state": "idle"})
        self._closed = False

    def tell(self, **message: object) -> None:
        """Send a message to every open page; its `state` is building, built or failed."""
        self._last = _event(message)
        for page in self._pages:
            page.put_nowait(self._last)

    def close(self) -> None:
        """End all streams, so that the server need not wait for pages to leave."""
        self._closed = True
        for page in self._pages:
            page.put_nowait(None)

    async def listen(self) -> AsyncIterator[str]:
        """Yield events for one page until it leaves, or the server ends."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield self._last
            while not self._closed:
                try:
                    event = await asyncio.wait_for(page.get(), _SILENCE)
                except TimeoutError:
                    event = ": still here\n\n"
                if event is None:
                    return
                yield event
        finally:
            self._pages.discard(page)


def _event(message: dict[str, object]) -> str:
    return f"data: {json.dumps(message, ensure_ascii=False)}\n\n"
