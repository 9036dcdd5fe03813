"""A target of the fuzzer: what examples are made of, and the laws that they are held to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st


class Broken(AssertionError):
    """A law that an example breaks."""


def law(holds: object, message: str) -> None:
    """Raise Broken where a law does not hold."""
    if not holds:
        raise Broken(message)


@dataclass(frozen=True)
class Target:
    """What is fuzzed. `prepare` lays out a folder, and returns what `judge` wants beside examples.

    An example may take `seconds` of the processor.
    """

    examples: Callable[[], st.SearchStrategy[Any]]
    prepare: Callable[[Path], Any]
    judge: Callable[[Any, Any], None]
    seconds: float
