"""What is watched: the folders of the sites, without out/ and folders of packages."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from watchfiles import Change, awatch

from hanpan.plan.options import Options
from hanpan.plan.sites import Sites
from hanpan.roots import real
from hanpan.site import find_root
from hanpan.source.walk import is_walked

_STEP = 50  # ms without a change after which a save counts as complete
_MOST = 400  # ms; a long series of changes is reported in parts


def roots(options: Options) -> tuple[Path, ...]:
    """Return the folders with posts, layouts, pictures and settings."""
    if not options.sources:
        sites = {Sites(options.site).default_root()}
    else:
        places = [real(source) for source in options.sources]
        folders = [place if os.path.isdir(place) else place.parent for place in places]
        sites = {find_root(folder) or folder for folder in folders}
    return tuple(
        sorted(root for root in sites if not any(other in sites for other in root.parents))
    )


async def watch(options: Options, changed: Callable[[], None]) -> None:
    """Call `changed` at first, and whenever files below the roots were saved, until cancelled.

    A root is watched without its subfolders, and the folders in it that are walked with theirs: the
    system's watchers have no exceptions, and .venv or node_modules have more folders than a blog.
    """
    async with asyncio.TaskGroup() as tasks:
        for root in roots(options):
            tasks.create_task(_watch_root(root, real(options.out), changed))


async def _watch_root(root: Path, out: Path, changed: Callable[[], None]) -> None:
    looked = asyncio.Event()  # the root itself changed
    async with asyncio.TaskGroup() as tasks:
        await _start(tasks, _watch(root, [root], out, looked.set, recursive=False))
        folders: list[Path] = []
        deep: asyncio.Task[None] | None = None
        while True:
            looked.clear()
            if (now := _folders(root, out)) != folders:
                if deep:
                    deep.cancel()
                folders = now
                deep = await _start(tasks, _watch(root, folders, out, changed, recursive=True))
            changed()  # also for what was saved before the watchers were set
            await looked.wait()


async def _start(
    tasks: asyncio.TaskGroup, watching: Coroutine[Any, Any, None]
) -> asyncio.Task[None]:
    """Start a task of _watch; its watchers are set when this returns.

    They are set before it first waits, which one turn of the event loop leads to.
    """
    task = tasks.create_task(watching)
    await asyncio.sleep(0)
    return task


async def _watch(
    root: Path, folders: list[Path], out: Path, changed: Callable[[], None], *, recursive: bool
) -> None:
    """Call `changed` at each change; where the system has no watchers left, by looking again."""

    def is_ours(change: Change, path: str) -> bool:
        place = Path(path)
        parents = (parent for parent in place.parents if parent.is_relative_to(root))
        return not place.name.startswith(".") and all(
            folder == root or is_walked(folder, out) for folder in (place, *parents)
        )

    for is_polled in (None, True):  # None: as WATCHFILES_FORCE_POLLING says
        with suppress(OSError, RuntimeError):
            async for _ in awatch(
                *folders, watch_filter=is_ours, debounce=_MOST, step=_STEP,
                recursive=recursive, force_polling=is_polled, ignore_permission_denied=True,
            ):  # fmt: skip
                changed()
            return


def _folders(root: Path, out: Path) -> list[Path]:
    """Return the folders in a root that are watched with their subfolders."""
    with suppress(OSError):
        folders = sorted(Path(item.path) for item in os.scandir(root) if item.is_dir())
        return [folder for folder in folders if is_walked(folder, out)]
    return []
