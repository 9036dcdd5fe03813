"""MathJax in QuickJS, in this process: loaded once, with bounds of time, memory and depth.

`mathjax.js` is built by tools/mathjax/build.sh. QuickJS has no files and no network: what a formula
says can act on nothing but its own picture.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from hanpan import budget

_MEMORY = 512_000_000  # bytes; MathJax itself takes 40 MB
_STACK = 4_000_000  # bytes; of the 8 MB that a process has
_SECONDS = 5.0  # of the processor, for one formula; ordinary ones take 0.01


class NotAFormula(ValueError):
    """MathJax cannot read or draw a formula; the message says why."""


class MathJax:
    """MathJax and the memory that it runs in."""

    def __init__(self) -> None:
        """Load MathJax: about 0.25 s."""
        # Few posts have formulas. `quickjs`, which wraps this, starts a thread when imported.
        from _quickjs import Context

        self._context = Context()
        self._context.set_max_stack_size(_STACK)
        self._context.set_memory_limit(_MEMORY)
        self._context.eval((Path(__file__).parent / "mathjax.js").read_text("utf-8"))
        self._functions: dict[str, Any] = {}

    @property
    def memory(self) -> int:
        """Return how many bytes are in use."""
        self._context.gc()
        return int(self._context.memory()["memory_used_size"])

    def call(self, name: str, *arguments: str | bool) -> str:
        """Return what a function of mathjax.js returns. Raises NotAFormula."""
        from _quickjs import JSException, StackOverflow

        if name not in self._functions:
            self._functions[name] = self._context.get(name)
        budget.risk()
        self._context.set_time_limit(_SECONDS)
        try:
            answer = self._functions[name](*arguments)
        except (JSException, StackOverflow) as error:
            engine.cache_clear()  # what it was in the middle of may be in any state
            raise NotAFormula(str(error).strip().split("\n", 1)[0]) from None
        if isinstance(answer, str) and answer.startswith("!"):
            raise NotAFormula(answer[1:])
        return str(answer)


@lru_cache(maxsize=1)
def engine() -> MathJax:
    """Return the engine of this process."""
    return MathJax()
