"""Scheduler: Dask, as far as a build needs it: who works there, and functions sent to one of them.

Dask calls back in threads of its own; what it says waits in a queue, and a pipe becomes readable.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import shutil
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread
from typing import Any

from hanpan.cluster.address import EXTRA, ClusterAddress, cluster_lost
from hanpan.cluster.orders import TOPIC
from hanpan.messages.installation import extra_command
from hanpan.orphans import without_interrupts
from hanpan.problems import BuildError, Problem
from hanpan.roots import Root

RESOURCE = "hanpan"  # of a worker: how many batches it runs at once, where it says so
# how workers watch themselves takes 3% of a processor each; nobody looks at it here
_QUIET = {"distributed.worker.profile.enabled": False,
          "distributed.admin.system-monitor.interval": "10s"}  # fmt: skip
_PAUSE = 1.0  # seconds between questions who works there
_SILENT = 60.0  # seconds after which a scheduler that does not answer is lost
_LEAVE = 3  # seconds that leaving may take


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of a function that was sent: its value, or an error; by the number of its call."""

    number: int
    value: Any = None
    error: BaseException | None = None

    @property
    def reason(self) -> str:
        """Return what went wrong, for a message."""
        error = self.error
        return f"{type(error).__name__}: {error}" if error else "it returned nothing"


class Scheduler:
    """The connection of one build."""

    def __init__(self, address: ClusterAddress, build: str, folder: Path) -> None:
        """Connect. Raises BuildError where nobody answers.

        `folder` is for workers that are started here; what a killed build has left is removed.
        """
        self.address = address
        self.begun: dict[str, int] = {}  # by the name of a batch: which order has begun
        self._build = build
        self._cluster: Any = None
        self._folder = Root.own(folder).path
        self._returned: queue.SimpleQueue[Returned] = queue.SimpleQueue()
        self._futures: dict[int, Any] = {}
        self._number = 0
        self._heard = time.monotonic()
        self._workers: dict[str, int] = {}
        self._has_resources = False
        self._failure: BuildError | None = None
        self._stopped = Event()
        reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        os.set_blocking(reader, False)
        self.pipe = Connection(reader)
        logging.disable()  # what Dask says of lost connections, until the process ends
        self._client: Any = None
        # threads and processes that Dask starts from this thread leave Ctrl-C to the build
        with without_interrupts():
            connecting = Thread(target=self._begin, daemon=True)
            connecting.start()
        connecting.join()
        if self._failure:
            raise self._failure

    def _begin(self) -> None:
        try:
            self._client = self._connect()
            self._client.subscribe_topic(TOPIC, self._note_begin)
            Thread(target=self._watch, daemon=True).start()
        except BuildError as error:
            self._failure = error

    def _connect(self) -> Any:
        """Return a client of Dask. Raises BuildError."""
        target = self.address.url
        try:
            from distributed import Client, LocalCluster, Security

            class Connected(Client):  # type: ignore[misc]
                def __del__(self) -> None:
                    """Do nothing: one that never connected would wait, and print how it failed."""

            if self.address.workers:
                # anybody on this machine may connect to a port: only who has this key is heard
                security = Security.temporary()
                shutil.rmtree(self._folder, ignore_errors=True)
                os.makedirs(self._folder)
                self._cluster = target = LocalCluster(
                    n_workers=self.address.workers, threads_per_worker=1, processes=True,
                    memory_limit=0, dashboard_address=None, security=security,
                    silence_logs=logging.CRITICAL, local_directory=self._folder,
                    config=_QUIET,
                )  # fmt: skip
            named = {"scheduler_file": str(self.address.file)} if self.address.file else {}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                client = Connected(
                    None if named else target,
                    set_as_default=False, name="hanpan", **named,
                )  # fmt: skip
            self._look(client)
            return client
        except ImportError as error:
            remedy = f"Install it with `{extra_command(EXTRA)}`."
            message = f"a cluster needs {error.name}, which is not installed"
            raise BuildError(Problem("cluster", "error", message, remedy=remedy)) from None
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            self._close_cluster()
            reason = " ".join(str(error).split()) or type(error).__name__
            message = f"the cluster {self.address.shown} cannot be reached: {reason}"
            remedy = (
                "Start its scheduler, or correct the address; "
                "for tls:// Dask's own settings name the certificates."
            )
            raise BuildError(Problem("cluster", "error", message, remedy=remedy)) from None

    @property
    def workers(self) -> dict[str, int]:
        """Return the workers that are there, and how many batches each runs at once."""
        return self._workers

    @property
    def is_lost(self) -> bool:
        """Tell whether the connection is gone."""
        return bool(self._client.status != "running")

    def check(self) -> None:
        """Raise BuildError where the scheduler is lost."""
        if self.is_lost:
            raise cluster_lost(f"the scheduler {self.address.shown} is lost", "Start it again.")
        if time.monotonic() - self._heard > _SILENT:
            message = f"the scheduler {self.address.shown} has not answered for {_SILENT:.0f} s"
            raise cluster_lost(message, "Look at its log.")

    def send(self, function: Callable[..., Any], argument: object, worker: str) -> int:
        """Have a worker run a function; return the number of the call. Raises BuildError."""
        self.check()
        self._number += 1
        number = self._number
        resources = {RESOURCE: 1} if self._has_resources else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that an argument is large
            try:
                future = self._client.submit(
                    function, argument, key=f"{function.__name__}-{self._client.id}-{number}",
                    workers=[worker], resources=resources, pure=False, retries=0,
                )  # fmt: skip
            except Exception:  # it is closed at this moment
                self.check()
                raise
        self._futures[number] = future
        self._client.loop.add_callback(self._follow, number, future)
        return number

    def drop(self, number: int) -> None:
        """Forget a call: whoever runs it is gone, or what it returns is not wanted."""
        future = self._futures.pop(number, None)
        if future is not None:
            self._client.loop.add_callback(self._cancel, future)

    def returned(self) -> list[Returned]:
        """Return what has come back, and empty the pipe."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self.pipe.fileno(), 4096):
                pass
        came = []
        while not self._returned.empty():
            one = self._returned.get()
            if self._futures.pop(one.number, None) is not None:
                came.append(one)
        return came

    def close(self, function: Callable[[str], object]) -> None:
        """Tell the workers by a function that the build has ended, and leave."""
        self._stopped.set()
        client = self._client

        def tell() -> None:
            with contextlib.suppress(Exception):  # they forget it by themselves, after a while
                client.run(function, self._build, on_error="ignore")

        if client.status == "running" and not self._cluster and self._workers:
            telling = Thread(target=tell, daemon=True)
            telling.start()
            telling.join(_LEAVE)
        with contextlib.suppress(Exception):
            client.close(timeout=_LEAVE)
        self._close_cluster()

    def _close_cluster(self) -> None:
        if self._cluster is not None:
            with contextlib.suppress(Exception):
                self._cluster.close(timeout=_LEAVE)
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _follow(self, number: int, future: Any) -> None:
        """Wait for what a call returns, in Dask's thread; if its worker is lost, for ever."""
        try:
            returned = Returned(number, await self._client.gather(future, asynchronous=True))
        except BaseException as error:  # of the call; or it is cancelled
            returned = Returned(number, error=error)
        self._returned.put(returned)
        self.wake()

    async def _cancel(self, future: Any) -> None:
        with contextlib.suppress(Exception):  # the scheduler is gone as well
            await self._client.cancel([future], asynchronous=True)

    def _note_begin(self, event: tuple[float, tuple[str, int]]) -> None:
        _, (name, number) = event
        if name.startswith(self._build):
            self.begun[name] = number

    def wake(self) -> None:
        """Make the pipe readable; any thread may call this."""
        with contextlib.suppress(OSError):  # full, and so readable
            os.write(self._writer, b".")

    def _watch(self) -> None:
        while not self._stopped.wait(_PAUSE):
            before = self._workers
            try:
                self._look(self._client)
            except Exception:
                if self._client.status != "running":
                    self.wake()
                    return
            if self._workers.keys() != before.keys():
                self.wake()

    def _look(self, client: Any) -> None:
        """Ask who works there."""
        known = client.scheduler_info(n_workers=-1)["workers"]
        resources = {one: about.get("resources", {}).get(RESOURCE) for one, about in known.items()}
        self._has_resources = any(resources.values())
        self._workers = {
            one: int(resources[one] or 0) if self._has_resources else about["nthreads"]
            for one, about in known.items()
            if resources[one] or not self._has_resources
        }
        self._heard = time.monotonic()
