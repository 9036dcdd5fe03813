"""Deadline: the moment by which something must be over."""

from __future__ import annotations

import time


class Deadline:
    """A moment some seconds from now, or that of a longer undertaking if that comes first."""

    def __init__(self, seconds: float, within: Deadline | None = None) -> None:
        end = time.monotonic() + seconds
        self._end: float = min(end, within._end) if within else end

    @property
    def left(self) -> float:
        """Return the seconds that are left, 0 where it is over."""
        return max(0.0, self._end - time.monotonic())
