"""Requests: what a build has asked its cache for, and how long it waits for an answer."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

from hanpan.cache.address import CacheAddress
from hanpan.cache.process import Answered, CacheProcess, Offer, Request
from hanpan.problems import Problem
from hanpan.runner.sharing import Wanted
from hanpan.runner.trace import Trace

_WINDOW = 64  # requests that are open at a time: the time of each runs from when it is sent
_UPLOADS = 10  # times the longest answer: as long may what was offered take when all is built
_PATIENCE = 3  # answers in a row that say that the store is out of reach


@dataclass(slots=True)
class OpenRequest:
    """A request without an answer, and what it is for."""

    wanted: Wanted
    request: Request
    chosen: Mapping[str, Trace] | None = None  # traces whose results are being fetched
    sent: float = 0.0

    @property
    def is_offer(self) -> bool:
        """Tell whether nobody waits for its answer."""
        return isinstance(self.request, Offer)


class Requests:
    """The requests of one build, to a process that starts with the first.

    When the store is out of reach, or an answer takes longer than the address allows, the process
    is ended, which is said once; `is_over` from then on.
    """

    def __init__(
        self, address: CacheAddress, key: bytes, report: Callable[[Problem], None]
    ) -> None:
        self.is_over = False
        self._address = address
        self._key = key
        self._report = report
        self._process: CacheProcess | None = None
        self._waiting: deque[OpenRequest] = deque()
        self._open: dict[int, OpenRequest] = {}
        self._number = self._failures = self._bad = 0
        self._failure = self._badness = ""  # the last of each
        self._remedy = "Check its address, the network and your permissions there."
        self._heard = 0.0  # when the last answer came

    @property
    def pipe(self) -> Connection | None:
        """What is readable when an answer comes."""
        return self._process.pipe if self._process else None

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return any(not one.is_offer for one in (*self._open.values(), *self._waiting))

    def submit(self, one: OpenRequest) -> None:
        """Send a request as soon as there is room for it; a post that has begun goes first."""
        if one.chosen:
            self._waiting.appendleft(one)
        else:
            self._waiting.append(one)
        self._send()

    def answers(self) -> Iterator[tuple[OpenRequest, Answered]]:
        """Yield what has its answer. When the store is left, all that is open has an empty one."""
        try:
            answers = self._process.receive() if self._process else []
        except (EOFError, OSError):
            yield from self._leave("its process has ended")
            return
        for number, answer in answers:
            self._heard = time.monotonic()
            self._note(answer)
            yield self._open.pop(number), answer
        if self._failures >= _PATIENCE:
            yield from self._leave(self._failure)
        elif any(map(self._is_late, self._open.values())):
            yield from self._leave(f"it did not answer within {self._address.timeout:g} s")
        else:
            self._send()

    def finish(self) -> None:
        """Wait until what was offered is stored, and say what was wrong with the store."""
        begin = time.monotonic()
        while self._open or self._waiting:
            wait([self.pipe] if self.pipe else [], 1.0)
            if time.monotonic() - begin > _UPLOADS * self._address.timeout:
                self._failure = "it stores results too slowly"
                break
            deque(self.answers(), 0)
        if self._failure and not self.is_over:
            self._tell(self._failure)
        if self._bad:
            entries = "1 entry" if self._bad == 1 else f"{self._bad} entries"
            message = f"the cache {self._address.shown} has {entries} that cannot be used"
            remedy = "Run `hanpan cache verify`, which lists them; their posts were built."
            message = f"{message}: {self._badness}"
            self._report(Problem("cache-entry", "warning", message, remedy=remedy))

    def end(self) -> None:
        """End the process; what is open has no answer."""
        self._open.clear()
        self._waiting.clear()
        if self._process:
            self._process.end()
            self._process = None

    def _send(self) -> None:
        while self._waiting and len(self._open) < _WINDOW and not self.is_over:
            if self._process is None:
                self._process = CacheProcess(self._address, self._key)
            one = self._waiting.popleft()
            one.sent = time.monotonic()
            self._number += 1
            self._open[self._number] = one
            try:
                self._process.send(self._number, one.request)
            except OSError:
                return  # it has ended: `answers` notices

    def _is_late(self, one: OpenRequest) -> bool:
        """Tell whether an answer takes too long; of offers, that none is stored any more."""
        since = max(one.sent, self._heard) if one.is_offer else one.sent
        return time.monotonic() - since > self._address.timeout

    def _note(self, answer: Answered) -> None:
        """Count answers that say that the store is out of reach, and entries that are bad."""
        self._failures = self._failures + 1 if answer.unreachable else 0
        self._failure = answer.unreachable or self._failure
        if answer.remedy:  # it will not be reached later
            self._failures = _PATIENCE
            self._remedy = answer.remedy
        if answer.damage:
            self._bad += 1
            self._badness = answer.damage

    def _leave(self, reason: str) -> Iterator[tuple[OpenRequest, Answered]]:
        """Go on without the store."""
        if not self.is_over:
            self._tell(reason)
        self.is_over = True
        left = (*self._open.values(), *self._waiting)
        self.end()
        for one in left:
            yield one, Answered()

    def _tell(self, reason: str) -> None:
        message = f"the build went on without the cache {self._address.shown}: {reason}"
        self._report(Problem("cache-unreachable", "warning", message, remedy=self._remedy))
