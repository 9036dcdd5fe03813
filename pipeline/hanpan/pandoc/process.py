"""A pandoc that stays alive: its start takes twice as long as reading an ordinary post."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial

from hanpan import budget
from hanpan.orphans import ask_for_death

# A request: the reader, the number of bytes, the Markdown. The answer: ok or no, the number of
# bytes, the HTML or the reason. The empty list sandboxes the reader: no file is ever included.
_SCRIPT = """
local as_html = pandoc.WriterOptions {
  wrap_text = 'wrap-none',
  -- else one long row gives every column of its table a width in percent
  columns = 100000,
  highlight_method = 'none',
  html_math_method = 'mathml',
}
while true do
  local head = io.read('l')
  if not head then break end
  local reader, size = head:match('^(%S+) (%d+)$')
  local markdown = io.read(tonumber(size)) or ''
  local done, said = pcall(function ()
    return pandoc.write(pandoc.read(markdown, reader, {columns = 100000}, {}), 'html5', as_html)
  end)
  said = tostring(said)
  io.write(done and 'ok ' or 'no ', #said, '\\n', said)
  io.flush()
end
"""
_POSTS = 500  # then a new process is started: what one has heaped up goes
_PATIENCE = 3  # times a post's limit, by the clock, in which it must have got on a little
_STEP = 0.02  # seconds of the processor that are getting on
# GHC's own words
_NO_MEMORY = re.compile(
    rb"(?:heap|stack) (?:exhausted|overflow)|memory allocation failed|out of memory", re.IGNORECASE
)
_LEAVE = 2.0  # seconds in which one that has nothing to do must have ended
_LOOK = 0.5  # seconds between looks at how busy it has been
_CPU = 600  # seconds: one whose hanpan was killed must not run for ever


class Accident(OSError):
    """pandoc died, or never had the time it may have: no fault of the post, as far as we know."""


class MemoryLimit(Exception):
    """pandoc needs more memory than it may have."""


class PandocProcess:
    """A running pandoc, for the process that started it."""

    def __init__(self, binary: str, memory: int) -> None:
        """Start it, with at most `memory` bytes. Raises OSError."""
        self.memory = memory
        self.owner = os.getpid()
        self.posts = 0  # that it has read
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115 as long as the process
        self._process = subprocess.Popen(
            [binary, "lua", "+RTS", f"-M{memory}", "-RTS", "-e", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._last_words,
            start_new_session=True,  # Ctrl-C is the build's to handle
            # elsewhere it ends when it finds its pipe closed, after the post that it reads
            preexec_fn=partial(ask_for_death(), os.getpid()) if sys.platform == "linux" else None,
            env=_environment(),
        )
        if sys.platform == "linux":  # elsewhere -M alone: it slows a greedy one down to the timeout
            with contextlib.suppress(OSError, ValueError):
                resource.prlimit(self._process.pid, resource.RLIMIT_CPU, (_CPU, _CPU))
                resource.prlimit(self._process.pid, resource.RLIMIT_DATA, (memory, memory))
        assert self._process.stdin and self._process.stdout
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    @property
    def is_usable(self) -> bool:
        """Tell whether this process may ask it for one more post."""
        alive = self._process.poll() is None
        return alive and self.posts < _POSTS and self.owner == os.getpid()

    def html(self, reader: str, markdown: str, timeout: float) -> str:
        """Return the HTML of a post.

        Raises TimeoutExpired for a post that takes more than `timeout` seconds of the processor,
        MemoryLimit, and Accident: it is not usable then. Raises ValueError with pandoc's message.
        """
        data = markdown.encode("utf-8")
        self.posts += 1
        try:
            head, body = self._ask(f"{reader} {len(data)}\n".encode() + data, timeout)
        except BaseException:
            self.end()
            raise
        if head != b"ok":
            if _NO_MEMORY.search(body):
                raise self._memory_limit()
            raise ValueError(body.decode("utf-8", "replace"))
        return body.decode("utf-8")

    def _ask(self, request: bytes, timeout: float) -> tuple[bytes, bytes]:
        """Write a request and read its answer, whichever of the two pipes is ready."""
        start = busy = self._processor_seconds()
        until, beyond = time.monotonic() + _PATIENCE * timeout, start + _STEP
        is_silent = False
        answer = bytearray()
        unsent = memoryview(request)
        with selectors.DefaultSelector() as selector:
            selector.register(self._in, selectors.EVENT_WRITE)
            selector.register(self._out, selectors.EVENT_READ)
            while True:
                before, busy = busy, max(busy, self._processor_seconds())
                budget.spend(busy - before)
                if busy >= beyond:
                    until, beyond = time.monotonic() + _PATIENCE * timeout, busy + _STEP
                elif is_silent and time.monotonic() > until:
                    raise Accident(f"got no time from a busy machine in {_PATIENCE * timeout:g} s")
                left = timeout - (busy - start)
                if left <= 0:
                    raise subprocess.TimeoutExpired("pandoc", timeout)
                ready = selector.select(min(left, _LOOK))
                is_silent = not ready
                for key, _ in ready:
                    if key.fd == self._in:
                        unsent = unsent[self._write(unsent) :]
                        if not unsent:
                            selector.unregister(self._in)
                        continue
                    piece = os.read(self._out, 1 << 20)
                    if not piece:
                        raise self._death()
                    answer += piece
                    match = _parse_answer(answer)
                    if match:
                        return match

    def _processor_seconds(self) -> float:
        """Return how long the process has been busy; elsewhere than on Linux, the time."""
        if sys.platform != "linux":
            return time.monotonic()
        return budget.used_by(self._process.pid)  # 0 where it has died: its pipe says so

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._in, data)
        except BrokenPipeError:
            raise self._death() from None

    def _death(self) -> Exception:
        """Return why the process has died."""
        code = self._process.wait()
        self._last_words.seek(0)
        if _NO_MEMORY.search(self._last_words.read()):
            return self._memory_limit()
        return Accident(f"died ({signal.Signals(-code).name if code < 0 else f'exit code {code}'})")

    def _memory_limit(self) -> MemoryLimit:
        return MemoryLimit(f"needed more than {self.memory // 1_000_000} MB of memory")

    def close(self) -> None:
        """Let the process, which has nothing to do, end: then it removes its temporary file."""
        if self.owner == os.getpid() and self._process.stdin:
            self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_LEAVE)
        self.end()

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.owner != os.getpid():
            return  # it belongs to the process that this one was forked from
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._last_words):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


def _environment() -> dict[str, str]:
    """Return pandoc's environment: what it leaves when it is killed, the next build removes."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    folder = os.path.join(environment.get("HANPAN_CACHE", ""), "tmp")
    return environment | ({"TMPDIR": folder} if os.path.isdir(folder) else {})


def _parse_answer(answer: bytearray) -> tuple[bytes, bytes] | None:
    """Return the two parts of an answer that has come to its end."""
    head, newline, _ = answer.partition(b"\n")
    if not newline:
        return None
    word, size = bytes(head).split()
    start = len(head) + 1
    if len(answer) < start + int(size):
        return None
    return word, bytes(answer[start : start + int(size)])
