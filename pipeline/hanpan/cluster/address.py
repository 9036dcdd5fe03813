"""Address: which cluster a build uses, and what is said where there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from hanpan.messages.installation import extra_command
from hanpan.problems import BuildError, Problem, UsageError

EXTRA = "cluster"  # what is installed to have one
_MOST = 1_000  # workers of this machine
_HERE = re.compile(r"local:([0-9]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+]*://\S+")


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """A scheduler's address, or the file in which it has written that; or workers to start here."""

    url: str = ""
    file: Path | None = None
    workers: int = 0

    @property
    def shown(self) -> str:
        """Return how messages call it."""
        return f"local:{self.workers}" if self.workers else self.url or str(self.file)


def cluster_address(asked: str) -> ClusterAddress:
    """Return what --cluster names. Raises UsageError where that is no cluster, or Dask is missing.

    It is a scheduler's address, the file that `dask scheduler --scheduler-file` writes, or local:N.
    """
    here = _HERE.fullmatch(asked)
    if here and 1 <= int(here[1]) <= _MOST:
        address = ClusterAddress(workers=int(here[1]))
    elif _ELSEWHERE.fullmatch(asked):
        address = ClusterAddress(asked)
    elif asked.endswith(".json"):
        address = ClusterAddress(file=Path(asked))
        if not Path(asked).is_file():
            raise UsageError(_no_cluster(f"the scheduler's file {asked} does not exist"))
    else:
        raise UsageError(_no_cluster(f"`{asked}` is no cluster"))
    if not find_spec("distributed"):
        message = "a cluster needs Dask, which is not installed"
        remedy = f"Install it with `{extra_command(EXTRA)}`."
        raise UsageError(Problem("cluster", "error", message, remedy=remedy))
    return address


def _no_cluster(message: str) -> Problem:
    remedy = "Use a scheduler's address (tcp://host:8786, tls://host:8786), its file, or local:4."
    return Problem("cluster", "error", message, remedy=remedy)


def cluster_lost(message: str, remedy: str) -> BuildError:
    """Return the error of a build that cannot go on: what has come home is kept."""
    kept = "What came home is kept: the next build goes on from there."
    return BuildError(Problem("cluster-lost", "error", message, remedy=f"{remedy} {kept}"))
