"""Running a command within bounds: what it printed, what it cost, what it left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.attacks import bounded
from tests.support import warm

HANPAN = (sys.executable, "-m", "hanpan")
INSIDE = Path(__file__).with_name("inside")
HEAP = 6_000_000_000  # bytes that any one process may ask for: the machine must survive
_FAR = 3  # times what it may cost, a command is let run, to know how far beyond it is
FILE = 2_000_000_000  # bytes of the largest file that one may write


@dataclass(frozen=True)
class Bounds:
    """What a command may cost; more than that is a finding."""

    cpu: float = 20.0  # seconds of the processor, of all its processes
    memory: int = 1_600_000_000  # bytes, of its largest process
    sleep: float = 60.0  # seconds in which no process of it does anything, all together
    file: int = FILE


@dataclass(frozen=True)
class Ended:
    """A command that has ended. `code` is None where it was stopped at its limit."""

    command: tuple[str, ...]
    code: int | None
    out: str
    err: str
    cpu: float
    memory: int
    why: str = ""  # it was stopped: it did not end within something
    left: tuple[str, ...] = ()  # names of processes that were still there

    @property
    def printed(self) -> str:
        return self.out + self.err


def run(
    command: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    bounds: Bounds,
    tracer: Sequence[str] = (),
) -> Ended:
    """Run a command to its end, or to where its bounds stop it; no clock on the wall does."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        limits = {"report": str(report), "cpu": _FAR * bounds.cpu, "sleep": bounds.sleep,
                  "heap": HEAP, "file": bounds.file}  # fmt: skip
        with Path(folder, "out").open("wb") as o, Path(folder, "err").open("wb") as e:
            if tuple(command[:3]) == HANPAN and not os.environ.get("HANPAN_TESTS_COLD"):
                warm.Running(
                    list(command[3:]), cwd, dict(environment), o.fileno(), e.fileno(),
                    bounds=limits, tracer=tracer, first=first_of(environment),
                ).wait()  # fmt: skip
            else:
                subprocess.run(
                    [sys.executable, "-I", "-S", bounded.__file__, *map(str, limits.values()),
                     *tracer, *command],
                    cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=o, stderr=e,
                    check=True,
                )  # fmt: skip
        cost = json.loads(report.read_text("utf-8"))
        out, err = (_text(Path(folder, name)) for name in ("out", "err"))
    left = tuple(cost["left"])
    return Ended(
        tuple(command), cost["code"], out, err, cost["cpu"], cost["memory"], cost["why"], left
    )


def first_of(environment: Mapping[str, str]) -> Path | None:
    """Return the program that takes part in a command from inside; a new Python finds it itself."""
    return INSIDE / "sitecustomize.py" if "HANPAN_ATTACK" in environment else None


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
