"""A cluster of Dask (.venv/cluster) on loopback: a scheduler, and workers that see no blog."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.command import ROOT
from tests.support.processes import once

PACKAGES = ROOT / ".venv" / "cluster"
PATH = os.pathsep.join((str(ROOT / "pipeline"), str(PACKAGES)))
VARIABLES = {
    "PYTHONPATH": PATH,
    # as docs/scale.md has it: else Dask looks at itself all the time
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
# root goes without the rights that let it read what is closed
_START = (
    "import runpy, sys; runpy.run_path(sys.argv.pop(1));"
    "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
)
_UNPRIVILEGED = ROOT / "tests" / "support" / "unprivileged.py"
Process = subprocess.Popen[bytes]


class Cluster:
    """A scheduler and its workers, as processes; each worker has one thread and a folder."""

    def __init__(self, folder: Path, protocol: str = "tcp", flags: Sequence[str] = ()) -> None:
        self.folder = folder
        self._flags = ("--protocol", protocol, *flags)
        self.workers: list[Process] = []
        self.folders: list[Path] = []  # of workers, as they were started
        self._count = 0
        self._file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(self._file), "--no-show",
        )  # fmt: skip
        # Dask makes the file, and writes it afterwards
        once(lambda: self._file.is_file() and self._file.stat().st_size > 0)
        self.address: str = json.loads(self._file.read_text("utf-8"))["address"]

    def add(self, count: int = 1, variables: Mapping[str, str] | None = None) -> None:
        """Start workers."""
        for _ in range(count):
            self._count += 1
            own = self.folder / f"worker-{self._count}"
            self.folders.append(own)
            worker = self._start(
                "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--local-directory", str(own), "--name", own.name, variables=variables,
            )  # fmt: skip
            self.workers.append(worker)

    def kill_workers(self) -> None:
        """Kill all workers, as a machine that breaks down does."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.workers.clear()

    def end(self) -> None:
        """Kill all that is left."""
        self.kill_workers()
        self.scheduler.kill()
        self.scheduler.wait()

    def _start(
        self, what: str, *arguments: str, variables: Mapping[str, str] | None = None
    ) -> Process:
        command = [
            sys.executable,
            "-c",
            _START,
            str(_UNPRIVILEGED),
            f"distributed.cli.dask_{what}",
        ]
        with (self.folder / f"{what}-{self._count}.log").open("wb") as log:
            return subprocess.Popen(
                [*command, *arguments, *self._flags],
                cwd=self.folder, env={**os.environ, **VARIABLES, **(variables or {})},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip


@contextmanager
def dask_cluster(
    folder: Path, workers: int, protocol: str = "tcp", flags: Sequence[str] = ()
) -> Iterator[Cluster]:
    """Run a cluster; `flags` are those that its scheduler and its workers are started with."""
    cluster = Cluster(folder, protocol, flags)
    try:
        cluster.add(workers)
        yield cluster
    finally:
        cluster.end()
