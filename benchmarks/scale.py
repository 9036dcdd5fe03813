"""Many posts: what one costs, what the parent holds, and nothing to do: `make bench ARGS=scale`.

Pages of short posts, for a build with every edition is its PDFs. HANPAN_BENCH_POSTS says how many
there are: the aims (issue 15) are those of 10,000. Seconds are those of processors.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measures import costs, line
from tests.support.blog import POST, add_post, make_blog

POSTS = int(os.environ.get("HANPAN_BENCH_POSTS", "2000"))
FEW = 100
A_POST = 1.1  # of what one of a hundred costs
PARENT = 300  # MB
NOTHING = 3.0  # times the import of lxml, with a thousand posts


def many(folder: Path, times: int) -> str:
    """Seconds a post of many and of a hundred, memory of the parent, and a build with no work."""
    few, thousand, all_posts = (_blog(folder / str(n), n) for n in (FEW, 1000, POSTS))
    of_few = statistics.median(_build(few, f"out{turn}")[0] for turn in range(times)) / FEW
    seconds, megabytes = _build(all_posts, "out")
    of_many = seconds / POSTS
    _build(thousand, "out")
    idle = statistics.median(_build(thousand, "out")[0] for _ in range(times))
    lxml = [sys.executable, "-c", "import lxml.etree"]
    loading = statistics.median(costs(lxml)[1] for _ in range(times * 3))
    cost, same = f"a page of {POSTS} posts", "1000 posts, nothing changed"
    rows = (
        line(cost, f"one of {FEW}", of_many, of_few, of_many / of_few, A_POST),
        f"| the parent of {POSTS} posts | {megabytes:.0f} MB | {PARENT} MB | "
        f"{megabytes / PARENT:.2f} | <= 1.00 |",
        line(same, "import lxml.etree", idle, loading, idle / loading, NOTHING),
    )
    return "\n".join(rows)


def _blog(folder: Path, count: int) -> Path:
    make_blog(folder, posts=0)
    for number in range(count):
        add_post(folder, f"2026-03-01-글-{number}.md", POST.format(title=f"글 {number}"))
    return folder


def _build(blog: Path, out: str) -> tuple[float, float]:
    """Return the seconds of processors that a build takes, and the most that its parent holds."""
    command = [sys.executable, "-m", "hanpan", "build", "--edition", "html", "--out", out]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        command, cwd=blog, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0
    while process.poll() is None:
        most = max(most, _peak(process.pid))
        time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"bench: the build of {blog.name} posts ended in {process.returncode}")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, most / 1e6


def _peak(pid: int) -> int:
    """Return the most memory that a process has held, in bytes; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) * 1024 for row in lines if row.startswith("VmHWM:")), 0)
