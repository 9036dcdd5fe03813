"""Builds: one at a time, in a process of its own; a save during a build starts one more.

The process stays, so that modules are loaded once. It forks workers, which a process with threads
and an event loop should not do.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pickle
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from hanpan.editions import BY_DEFAULT, FOLLOWS, SLOW_TO_LOAD
from hanpan.orphans import without_interrupts
from hanpan.plan.options import Options
from hanpan.preview.hub import Hub
from hanpan.problems import Problem

_LINE = 1 << 20  # bytes; the longest answer of the process


class Builds:
    """The builds of one preview. `problem` is why the last one failed."""

    def __init__(self, options: Options, hub: Hub, built: Callable[[], Awaitable[None]]) -> None:
        self._options = options
        self._hub = hub
        self._built = built  # is awaited when out/ may have changed
        self._wanted = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self.problem: Problem | None = None

    def want(self) -> None:
        """Request a build: now, or when the running one has ended."""
        self._wanted.set()

    async def run(self) -> None:
        """Build whenever it is requested, until cancelled."""
        try:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                await self._build()
        finally:
            await self._end()

    async def _build(self) -> None:
        """Bring out/ up to date: editions that load quickly first, so that they appear at once."""
        wanted = self._options.editions or BY_DEFAULT
        # what follows a slow one takes something of it, and would be made twice
        slow = tuple(
            name for name in wanted if not {name, FOLLOWS.get(name)}.isdisjoint(SLOW_TO_LOAD)
        )
        quick = tuple(name for name in wanted if name not in slow)
        for editions in filter(None, (quick, slow)):
            self._hub.tell(state="building", done=0, posts=0)
            self.problem = await self._ask(replace(self._options, editions=editions))
            await self._built()
            self._hub.tell(state="failed" if self.problem else "built")
            if self.problem or self._wanted.is_set():
                return

    async def _ask(self, options: Options) -> Problem | None:
        """Let the process build; return the problem that stopped it."""
        process = self._process = self._process or await _start()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(pickle.dumps(options))
            await process.stdin.drain()
            while line := await process.stdout.readline():
                message: dict[str, Any] = json.loads(line)
                if "problem" in message:
                    return Problem.from_json(message["problem"]) if message["problem"] else None
                self._hub.tell(state="building", **message)
        except OSError:
            pass
        self._process = None
        code = await process.wait()
        return Problem(
            "preview-build",
            "error",
            f"the build process has ended (exit code {code})",
            remedy="Save a post to build again; `hanpan build` shows where it stops.",
        )

    async def _end(self) -> None:
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()  # files are written atomically, and its workers end with it
            await self._process.wait()


async def _start() -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    module = "hanpan.preview.building"
    with without_interrupts():
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, str(os.getpid()), stdin=pipe, stdout=pipe, limit=_LINE
        )
