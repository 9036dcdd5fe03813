"""Variants: results of one post that somebody else has."""

from __future__ import annotations

from dataclasses import dataclass

from hanpan.runner.trace import Trace


@dataclass(frozen=True, slots=True)
class Variant:
    """Results that others have of a post: the traces of its steps, and where their contents are.

    `pack` is the hash of a pack in a store, or an output folder.
    """

    pack: str
    traces: dict[str, Trace]
