"""What a cluster adds to the work: `make bench ARGS=cluster`.

A scheduler of Dask and two workers on loopback, with the build that plans, compares and writes, in
seconds of processors, against the same build on one machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measures import clone, costs, line
from tests.support.servers.dask_cluster import PACKAGES, VARIABLES, dask_cluster

ADDED = 0.05  # of the work
POSTS = int(os.environ.get("HANPAN_BENCH_POSTS", "200"))
_TICKS = os.sysconf("SC_CLK_TCK")


def cluster_overhead(folder: Path, times: int) -> str:
    """Posts on a cluster of two workers, against one machine; remote pictures are left out."""
    if not PACKAGES.is_dir():
        sys.exit("bench: run make test once, which installs Dask for tests")
    posts = clone(folder / "clone", POSTS)
    command = [sys.executable, "-m", "hanpan", "build", *map(str, posts), "--offline"]
    _, here = costs([*command, "--out", str(folder / "here")], allowed=(0, 1))
    with dask_cluster(folder, 2) as cluster:
        own = [process.pid for process in (cluster.scheduler, *cluster.workers)]
        before = [used_by(pid) for pid in own]
        environment = {**os.environ, **VARIABLES}
        arguments = ["--out", str(folder / "there"), "--cluster", cluster.address]
        process = subprocess.Popen(
            [*command, *arguments], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        after = [used_by(pid) for pid in own]
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("bench: the build on the cluster failed")
    there = sum(sum(b) - sum(a) for a, b in zip(before, after, strict=True))
    there += usage.ru_utime + usage.ru_stime
    name = f"{len(posts)} posts on a cluster, seconds of processors"
    return line(name, "one machine", there, here, there / here, 1 + ADDED)


def used_by(pid: int) -> tuple[float, float]:
    """Return the seconds of processors that a process has used, and those that it has started."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    user, system, users, systems = (int(field) / _TICKS for field in fields[11:15])
    return user + system, users + systems
