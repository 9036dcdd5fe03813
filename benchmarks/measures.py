"""What is measured, and how a measurement is said: a line of a table, with its ratio and bound."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = (ROOT.parent / "shared").resolve()


def seconds(
    command: list[str],
    environment: dict[str, str] | None = None,
    allowed: tuple[int, ...] = (0,),
    folder: Path = ROOT,
) -> float:
    """Run a command and return how long it took; a failure that is not allowed ends the bench."""
    start = time.monotonic()
    done = subprocess.run(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    taken = time.monotonic() - start
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(command[:4])} ... ended in {done.returncode}\n{done.stderr[-2000:]}")
    return taken


def costs(
    command: list[str], allowed: tuple[int, ...] = (0,), folder: Path = ROOT
) -> tuple[float, float]:
    """Run a command and return its seconds, and those of processors that it and its own took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = seconds(command, allowed=allowed, folder=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, used


def row(
    ours_name: str, theirs_name: str, ours: Callable[[int], float],
    theirs: Callable[[int], float], times: int, bound: float,
) -> str:  # fmt: skip
    """Take a pair in turn and return its line of the table."""
    pairs = [(ours(turn), theirs(turn)) for turn in range(times)]
    ratio = statistics.median(a / b for a, b in pairs)
    first = statistics.median(a for a, _ in pairs)
    second = statistics.median(b for _, b in pairs)
    return line(ours_name, theirs_name, first, second, ratio, bound)


def line(
    ours_name: str, theirs_name: str, ours: float, theirs: float, ratio: float, bound: float
) -> str:
    """Return a line of the table."""
    return (
        f"| {ours_name} | {ours:.2f} s | {theirs_name}: {theirs:.2f} s | {ratio:.3f} | "
        f"<= {bound:.2f} |"
    )


def sample_post() -> Path:
    """Return the post that began the project, where it is at hand, else one of our own."""
    seed = sorted((SHARED / "seed").glob("*.md")) if SHARED.is_dir() else []
    return seed[0] if seed else sorted((ROOT / "posts").glob("*.md"))[0]


def corpus(count: int) -> list[Path]:
    """Return up to `count` real posts; where there are none, our own again and again."""
    folder = SHARED / "corpus"
    posts = sorted(folder.rglob("*.md")) if folder.is_dir() else []
    if posts:
        step = max(1, len(posts) // count)
        return posts[::step][:count]
    copies = Path(tempfile.mkdtemp(prefix="hanpan-posts-"))
    for number in range(count):
        source = sorted((ROOT / "posts").glob("*.md"))[number % 3]
        shutil.copy(source, copies / f"2026-01-01-{number}-{source.name}")
    return sorted(copies.glob("*.md"))


def clone(folder: Path, count: int) -> list[Path]:
    """Copy posts with all that is beside them, again and again until there are enough."""
    originals = corpus(count)
    root = Path(os.path.commonpath(originals))
    posts: list[Path] = []
    while len(posts) < count:
        copy = folder / f"copy{len(posts)}"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".git"))
        posts += [copy / post.relative_to(root) for post in originals]
    return posts[:count]
