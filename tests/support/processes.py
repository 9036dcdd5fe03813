"""Processes as Linux shows them: who started whom, what they have open, whether they still run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120  # seconds until a test gives up: events are waited for, and not a time


def name_of(process: int) -> str:
    """Return the name of a process's program; "" where it has ended, or waits to be fetched."""
    try:
        name, _, rest = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")
    except OSError:
        return ""
    return "" if rest.split()[0] in "ZX" else name.partition("(")[2]


def below(process: int) -> dict[int, str]:
    """Return the processes that a process has started, and that those have, with their names."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text("utf-8")
            except OSError:
                continue
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    family, size = {process}, 0
    while len(family) > size:
        size = len(family)
        family |= {child for child, parent in parents.items() if parent in family}
    return {one: name for one in family - {process} if (name := name_of(one))}


def open_files(process: int) -> set[str]:
    """Return the paths of what a process has open."""
    files = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        try:
            files.add(os.readlink(link))
        except OSError:
            continue
    return files


def once(is_so: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.02)
