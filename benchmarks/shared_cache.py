"""A fresh clone with a warm cache, against the same clone without one: `make bench ARGS=cache`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.measures import clone, costs, line

WARM = 0.05  # of the cold build, by the clock and by the processor
STORING = 0.05  # that a cold build takes longer which stores all that it makes
POSTS = int(os.environ.get("HANPAN_BENCH_POSTS", "200"))


def shared_cache(folder: Path, times: int) -> str:
    """Posts of a fresh clone of which one has been edited; remote pictures are left out."""
    posts = clone(folder / "clone", POSTS)
    store = ["--cache", str(folder / "store")]
    cold = _build(posts, folder / "cold", "--cache", "none")
    storing = _build(posts, folder / "storing", *store)
    with posts[len(posts) // 2].open("a", encoding="utf-8") as post:
        post.write("\n\n고친 문단이다.\n")
    warm = [_build(posts, folder / f"warm{turn}", *store) for turn in range(times)]
    clock, processor = (sorted(one[part] for one in warm)[times // 2] for part in (0, 1))
    name = f"{len(posts)} posts, fresh clone, warm cache, one edit"
    rows = (
        (name, "the same, cold", clock, cold[0], WARM),
        ("the same, seconds of processors", "cold", processor, cold[1], WARM),
        ("cold, and all stored in a folder", "cold", storing[0], cold[0], 1 + STORING),
        ("the same, seconds of processors", "cold", storing[1], cold[1], 1 + STORING),
    )
    return "\n".join(line(what, other, a, b, a / b, bound) for what, other, a, b, bound in rows)


def _build(posts: list[Path], out: Path, *options: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "hanpan", "build", *map(str, posts), "--out", str(out)]
    return costs([*command, "--offline", *options], allowed=(0, 1))
