"""The process that works for a cache beside a build, and what it is sent and answers.

A process and not threads of the build: what a cache holds is read where a limit of memory holds, a
store that hangs is left by ending it, and workers are forked from a process without threads. Its
own threads overlap the waits for a store.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from hanpan.cache.address import CacheAddress
from hanpan.cache.entries import BadEntry
from hanpan.cache.stores.contract import Store, StoreMissing
from hanpan.cache.stores.opening import open_store
from hanpan.cache.variants import Variant
from hanpan.cache.work import StoreUnreachable, fetch, look_up, offer
from hanpan.console import hide_logs, hide_warnings
from hanpan.environment import FORKS
from hanpan.orphans import end_with, without_interrupts
from hanpan.runner.limits import limit_memory
from hanpan.runner.packs import NotShareable, Owner
from hanpan.runner.steps import Workspace
from hanpan.runner.trace import Trace

_THREADS = 16  # that wait for a server; a folder is as fast as the processor
_THREADS_OF_FOLDER = 2


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask what is indexed under a digest."""

    digest: str
    owner: Owner


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask for results of a variant to be placed."""

    variant: Variant
    steps: tuple[str, ...]
    owner: Owner
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Offer:
    """Hand results on to the store."""

    digest: str
    traces: dict[str, Trace]
    workspace: Workspace


Request = LookUp | Fetch | Offer


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request: variants, or whether results are placed; or what went wrong."""

    variants: tuple[Variant, ...] = ()
    is_placed: bool = False
    damage: str = ""  # why an entry was not used
    unreachable: str = ""  # why the store was not reached
    remedy: str = ""  # what is to be installed first: it will not be reached later


class CacheProcess:
    """The process of one build: requests go out with a number, answers come with it."""

    def __init__(self, address: CacheAddress, key: bytes) -> None:
        context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
        self.pipe, theirs = context.Pipe()
        arguments = (theirs, os.getpid(), address, key)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        with without_interrupts():
            self._process.start()
        theirs.close()

    def send(self, number: int, request: Request) -> None:
        """Send a request. Raises OSError where the process has ended."""
        self.pipe.send((number, request))

    def receive(self) -> list[tuple[int, Answered]]:
        """Return the answers that are there. Raises EOFError or OSError where it has ended."""
        answers = []
        while self.pipe.poll():
            answers.append(self.pipe.recv())
        return answers

    def end(self) -> None:
        """End the process, whatever it is doing: what it writes is whole or not there."""
        self._process.kill()
        self._process.join(5)
        self.pipe.close()


class _Server:
    """The process's own side: opens the store for the first request, and answers each."""

    def __init__(self, address: CacheAddress, key: bytes) -> None:
        self._address = address
        self._key = key
        self._store: Store | None = None
        self._opening, self._placing = Lock(), Lock()

    def answer(self, request: Request) -> Answered:
        """Do what is asked for; whatever happens, there is an answer."""
        try:
            return self._answer(request)
        except StoreMissing as error:
            return Answered(unreachable="a package is missing", remedy=str(error))
        except StoreUnreachable as error:
            return Answered(unreachable=str(error))
        except BadEntry as error:
            return Answered(damage=str(error))
        except (NotShareable, OSError, MemoryError):  # the step itself reports what is wrong
            return Answered()

    def _answer(self, request: Request) -> Answered:
        store = self._open()
        match request:
            case LookUp():
                variants = look_up(store, request.digest, request.owner, self._key)
                return Answered(variants)
            case Fetch():
                one = request
                where = (one.owner, one.workspace, self._key, self._placing)
                return Answered(is_placed=fetch(store, one.variant, one.steps, *where))
            case Offer():
                offer(store, request.digest, request.traces, request.workspace, self._key)
        return Answered()

    def _open(self) -> Store:
        with self._opening:
            try:
                self._store = self._store or open_store(self._address)
            except StoreMissing:
                raise
            except Exception as error:  # an address that a file system does not understand
                raise StoreUnreachable(type(error).__name__) from None
            return self._store


def _serve(
    pipe: Connection,
    build: int,
    address: CacheAddress,
    key: bytes,
) -> None:
    """Answer requests until the build closes the pipe, or is killed."""
    end_with(build)
    hide_warnings()
    hide_logs()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build handles Ctrl-C
    if FORKS:  # elsewhere nothing is inherited
        _close_all_but(pipe.fileno())
    limit_memory(0)
    server, sending = _Server(address, key), Lock()
    threads = _THREADS_OF_FOLDER if address.is_folder else _THREADS
    wanted, offered = ThreadPoolExecutor(threads), ThreadPoolExecutor(max(1, threads // 4))

    def work(number: int, request: Request, answer: Callable[[Request], Answered]) -> None:
        result = answer(request)
        with sending, contextlib.suppress(OSError):
            pipe.send((number, result))

    with contextlib.suppress(EOFError, OSError):
        while True:
            number, request = pipe.recv()
            executor = offered if isinstance(request, Offer) else wanted
            executor.submit(work, number, request, server.answer)
    os._exit(0)


def _close_all_but(kept: int) -> None:
    """Close the files that a fork has inherited: the lock of out/, SQLite's, pipes of workers.

    A worker ends when its pipe is closed, and that is when nobody has it open.
    """
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) != kept:
            with contextlib.suppress(OSError):  # that of the list itself
                os.close(int(name))
