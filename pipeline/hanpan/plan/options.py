"""Options: what a command asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    sources: tuple[Path, ...] = ()
    editions: tuple[str, ...] = ()
    out: Path = Path("out")
    site: Path | None = None
    jobs: int = 0  # 0: as many as there are processors
    offline: bool = False
    drafts: bool = False
    future: bool = False  # posts with a date to come, whatever the site says
    write: bool = True
    cache: str | None = None  # --cache; None: as the environment or the site says
    shard: tuple[int, int] = (1, 1)  # which part of the posts, of how many
    cluster: str = ""  # --cluster; "": processes of this machine
    shares: bool = True  # whether a cache is given what is built
    force: bool = False  # run every step, also those that were given up
