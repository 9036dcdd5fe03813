"""Cleaning: remove from out/ what hanpan wrote, by its own traces, and nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from hanpan.problems import HanpanError, Problem
from hanpan.roots import Root, real
from hanpan.runner.state import State


def clean(out: Path) -> int:
    """Remove artifacts and hanpan's own files from `out`; return the number of artifacts.

    Raises HanpanError where what hanpan wrote is not known any more.
    """
    out = real(out)
    try:
        os.lstat(out / ".hanpan" / "state.db")
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise _denied(out, error) from None
    try:
        return _clean(out)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, HanpanError):
            raise
        raise _denied(out, error) from None


def _clean(out: Path) -> int:
    state = State(out / ".hanpan")
    with contextlib.closing(state):
        paths = {path for trace in state.traces().values() for path in trace.writes}
    if state.problems:
        message = f"{out}/.hanpan is damaged: it does not say any more what hanpan wrote"
        remedy = "Build again, then clean; or remove the folder yourself."
        raise HanpanError(Problem("state-damaged", "error", message, remedy=remedy))
    removed, folders, own = 0, set[Path](), Root(out, links=False)
    for path in sorted([*paths, "build.json"]):
        with contextlib.suppress(OSError):
            place = own.place(path)
            place.unlink()
            removed += 1
            folders |= {folder for folder in place.parents if out in folder.parents}
    for folder in sorted(folders, reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
    shutil.rmtree(out / ".hanpan")
    with contextlib.suppress(OSError):
        out.rmdir()
    return removed


def _denied(out: Path, error: Exception) -> HanpanError:
    message = f"{out} cannot be cleaned: {error}"
    return HanpanError(Problem("out", "error", message, remedy="Check the folder's permissions."))
