"""A pandoc that stays alive: its start takes twice as long as reading an ordinary post."""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from functools import partial

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
_CPU = 600  # seconds: one whose hanpan was killed must not run for ever


class PandocProcess:
    """A running pandoc, for the process that started it."""

    def __init__(self, binary: str, memory: int) -> None:
        """Start it, with at most `memory` bytes. Raises OSError."""
        self.memory = memory
        self.owner = os.getpid()
        self._left = _POSTS
        self._process = subprocess.Popen(
            [binary, "lua", "+RTS", f"-M{memory}", "-RTS", "-e", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the build's to handle
            # elsewhere it ends when it finds its pipe closed, after the post that it reads
            preexec_fn=partial(ask_for_death(), os.getpid()) if sys.platform == "linux" else None,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
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
        return alive and self._left > 0 and self.owner == os.getpid()

    def html(self, reader: str, markdown: str, timeout: float) -> str:
        """Return the HTML of a post.

        Raises TimeoutExpired (seconds) and OSError, after both of which it is not usable, and
        ValueError with pandoc's message.
        """
        data = markdown.encode("utf-8")
        self._left -= 1
        try:
            head, body = self._ask(f"{reader} {len(data)}\n".encode() + data, timeout)
        except BaseException:
            self.end()
            raise
        if head != b"ok":
            raise ValueError(body.decode("utf-8", "replace"))
        return body.decode("utf-8")

    def _ask(self, request: bytes, timeout: float) -> tuple[bytes, bytes]:
        """Write a request and read its answer, whichever of the two pipes is ready."""
        until = time.monotonic() + timeout
        answer = bytearray()
        unsent = memoryview(request)
        with selectors.DefaultSelector() as selector:
            selector.register(self._in, selectors.EVENT_WRITE)
            selector.register(self._out, selectors.EVENT_READ)
            while True:
                left = until - time.monotonic()
                ready = selector.select(left) if left > 0 else []
                if not ready:
                    raise subprocess.TimeoutExpired("pandoc", timeout)
                for key, _ in ready:
                    if key.fd == self._in:
                        unsent = unsent[os.write(self._in, unsent) :]
                        if not unsent:
                            selector.unregister(self._in)
                        continue
                    piece = os.read(self._out, 1 << 20)
                    if not piece:
                        raise OSError(f"it exited with {self._process.wait()}")
                    answer += piece
                    match = _parse_answer(answer)
                    if match:
                        return match

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.owner != os.getpid():
            return  # it belongs to the process that this one was forked from
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


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
