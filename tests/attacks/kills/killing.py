"""Killing: a command is started, and ends in the middle of what it does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.attacks.running import HANPAN, HEAP, first_of
from tests.attacks.scene import Found, Scene, inside
from tests.support import warm
from tests.support.processes import below, name_of

_PATIENCE = 60.0  # seconds in which all that a killed command has started must have ended
# `group`: all at once, as a terminal or CI does it; `parent`: it alone, the others must follow
_COLD = 0.2  # of the commands: they may be killed while they load; the others have loaded already
_LIMITED = f'ulimit -d {HEAP // 1024}; exec "$@"'
WHOM = ("group", "parent", "worker")
SIGNALS = (
    signal.SIGKILL,
    signal.SIGKILL,
    signal.SIGKILL,
    signal.SIGTERM,
    signal.SIGINT,
    signal.SIGHUP,
)


@dataclass(frozen=True)
class Kill:
    """What is done to a command: a signal after so many seconds, or a death from inside."""

    seconds: float = 0.0
    number: signal.Signals = signal.SIGKILL
    whom: str = "group"
    touch: int = 0  # it is killed when it touches a file for this time, instead

    def __str__(self) -> str:
        if self.touch:
            return f"{self.whom} at touch {self.touch}"
        return f"{self.number.name} to {self.whom} after {self.seconds:.2f} s"


def random_kill(scene: Scene, seconds: float) -> Kill:
    """Return a kill at a random point of a command that takes so many seconds."""
    whom = scene.random.choice(WHOM)
    if whom == "worker" or scene.random.random() < 0.5:
        return Kill(whom=whom, touch=scene.random.randrange(1, 90))
    number = scene.random.choice(SIGNALS)
    return Kill(scene.random.uniform(0, seconds), number, whom)


def start(scene: Scene, arguments: tuple[str, ...], kill: Kill, env: Mapping[str, str]) -> Running:
    """Start a command that is to be killed; what it prints goes to a file."""
    more = dict(env)
    if kill.touch:
        whom = "group" if kill.whom == "group" else "process"
        more |= inside({"die": kill.touch, "whom": whom})
    env = scene.environment(**more)
    log = scene.folder / "log"
    process: subprocess.Popen[bytes] | warm.Running
    with log.open("wb") as file:
        if scene.random.random() < _COLD:
            process = subprocess.Popen(
                ["/bin/sh", "-c", _LIMITED, "sh", *HANPAN, *arguments],
                cwd=scene.site, env=env, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True,
            )  # fmt: skip
        else:
            process = warm.Running(
                [*arguments], scene.site, env, file.fileno(), file.fileno(), first=first_of(env)
            )
    return Running(process, log)


class Running:
    """A command that runs, and all that it has started."""

    def __init__(self, process: subprocess.Popen[bytes] | warm.Running, log: Path) -> None:
        self._process = process
        self._log = log

    def poll(self) -> int | None:
        return self._process.poll()

    def strike(self, kill: Kill) -> None:
        """Send a signal now, and wait until nothing is left."""
        family = [self._process.pid, *below(self._process.pid)]
        with contextlib.suppress(ProcessLookupError):
            if kill.whom == "group":
                os.killpg(self._process.pid, kill.number)
            else:
                os.kill(self._process.pid, kill.number)
        self._wait(family)

    def end(self, kill: Kill) -> None:
        """Wait until it has ended, or strike it when its time has come."""
        until = time.monotonic() + (kill.seconds if not kill.touch else 4 * _PATIENCE)
        while self._process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        self.strike(kill)

    def text(self) -> str:
        return self._log.read_bytes().decode("utf-8", "replace")

    def _wait(self, family: list[int]) -> None:
        try:
            self._process.wait(_PATIENCE)
            end = time.monotonic() + _PATIENCE
            while left := [name for process in family[1:] if (name := name_of(process))]:
                if time.monotonic() > end:
                    raise Found(f"it was killed, and {', '.join(left)} still runs")
                time.sleep(0.01)
        except subprocess.TimeoutExpired:
            raise Found("it did not end when it was told to") from None
        finally:
            for process in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
