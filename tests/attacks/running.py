"""Running a command within bounds: what it printed, what it cost, what it left behind."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROGRAM = Path(__file__).with_name("bounded.py")
HEAP = 6_000_000_000  # bytes that any one process may ask for: the machine must survive
FILE = 2_000_000_000  # bytes of the largest file that one may write
_MARGIN = 60.0  # seconds beyond the limit until the program that keeps it is given up


@dataclass(frozen=True)
class Bounds:
    """What a command may cost; more than that is a finding."""

    cpu: float = 20.0  # seconds of the processor, of all its processes
    memory: int = 1_600_000_000  # bytes, of its largest process
    wall: float = 240.0  # seconds; generous, for machines that are busy
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
    left: tuple[str, ...] = ()  # names of processes that were still there

    @property
    def printed(self) -> str:
        return self.out + self.err


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], bounds: Bounds) -> Ended:
    """Run a command to its end or its limit."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        limits = map(str, (report, bounds.wall, HEAP, bounds.file))
        with Path(folder, "out").open("wb") as o, Path(folder, "err").open("wb") as e:
            subprocess.run(
                [sys.executable, "-I", "-S", str(_PROGRAM), *limits, *command],
                cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=o, stderr=e,
                timeout=bounds.wall + _MARGIN, check=True,
            )  # fmt: skip
        cost = json.loads(report.read_text("utf-8"))
        out, err = (_text(Path(folder, name)) for name in ("out", "err"))
    left = tuple(cost["left"])
    return Ended(tuple(command), cost["code"], out, err, cost["cpu"], cost["memory"], left)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
