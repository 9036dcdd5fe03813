"""What the search for lost words costs: its share of the time of cold editions (issue 14)."""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.measures import corpus, line, seconds
from hanpan import conservation
from hanpan.assets.remote import RemoteCache
from hanpan.crosspost import kept
from hanpan.editions import EDITIONS, renderer
from hanpan.editions.pdf.laid_out import contents
from hanpan.files import Digests, Files
from hanpan.reading import read
from hanpan.site import find_root, load_site

POSTS = 60
_LARGEST = 0.03
# the functions behind which all of it happens
_PARTS: tuple[tuple[Any, str], ...] = (
    (conservation, "report_losses"),
    (conservation, "take_inventory"),
    (conservation, "shown_in"),
    (conservation, "find_faults"),
    (conservation, "report_faults"),
    (kept, "faults_of_payload"),
    (contents, "contents_by_leaf"),
)


class _Clock:
    """The processor's time within some functions; one within another is counted once."""

    def __init__(self) -> None:
        self.seconds, self._depth = 0.0, 0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arguments: Any) -> Any:
            start = time.process_time()
            self._depth += 1
            try:
                return function(*arguments)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.process_time() - start

        return run


def conserved(folder: Path, times: int) -> str:
    """Return the row of the table: one run in one process, against a cold build."""
    digests, clock = Digests(), _Clock()
    renderers = {name: renderer(name) for name in EDITIONS}
    with ExitStack() as stack:
        for module, name in _PARTS:
            function = getattr(module, name)
            timed = clock.timed(function)
            for user in [one for key, one in sys.modules.items() if key.startswith("hanpan")]:
                if getattr(user, name, None) is function:
                    stack.enter_context(mock.patch.object(user, name, timed))
        gc.collect()
        gc.disable()  # as in the build's workers
        posts = corpus(POSTS)
        for post in posts:
            _build(post, folder, digests, renderers)
        gc.enable()
    whole = _cold_build(posts, folder)
    name = f"search for lost words, {len(posts)} posts"
    return line(name, "their cold build", clock.seconds, whole, clock.seconds / whole, _LARGEST)


def _cold_build(posts: list[Path], folder: Path) -> float:
    """Return the processor's time of the command and all that it starts."""
    command = [sys.executable, "-m", "hanpan", "build", "--offline", "-j1", *map(str, posts)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds([*command, "--out", str(folder / "out")], allowed=(0, 1))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _build(
    post: Path, folder: Path, digests: Digests, renderers: dict[str, Callable[..., Any]]
) -> None:
    root = (find_root(post) or post.parent).resolve()
    site = load_site(root)
    files = Files(site, RemoteCache(site.remote, folder / "cache", {}, offline=True), digests)
    document = read(post.resolve().relative_to(root).as_posix(), post.stem, files).document
    for render in renderers.values():
        render(document, files)
