"""Running hanpan as a person does, by its command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.support import warm

ROOT = Path(__file__).resolve().parents[2]


# runs a program, then hanpan in the same process
_AFTER = (
    "import runpy, sys; runpy.run_path(sys.argv.pop(1));"
    "runpy.run_module('hanpan', run_name='__main__', alter_sys=True)"
)
Started = subprocess.Popen[bytes] | warm.Running


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """Return this environment with the checkout importable, and with `more`."""
    ours = {
        "PYTHONPATH": str(ROOT / "pipeline"),
        "CI": "true",
        "GITHUB_ACTIONS": "",
        "HANPAN_LANG": "en",
    }
    return {**os.environ, **ours, **more}


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of hanpan from this checkout."""
    return [sys.executable, "-m", "hanpan", *map(str, arguments)]


def hanpan(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    timeout: float = 300,
    jobs: int = 1,
    first: Path | None = None,
) -> Ran:
    """Run hanpan in a folder, in a process in which a program `first` runs; wait for its end.

    A build has one worker, for each that starts loads the same again; `jobs=0` is one a processor.
    """
    asked = any(str(argument).startswith(("-j", "--jobs")) for argument in arguments)
    if arguments[:1] in (("build",), ("book",), ("check",)) and not asked:
        arguments = (*arguments, "--jobs", str(jobs))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = started(*arguments, cwd=cwd, env=env, out=out, err=err, first=first)
        try:
            code = running.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise
        return Ran(code, _text(out), _text(err))


def started(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    out: IO[bytes] | None = None,
    err: IO[bytes] | None = None,
    first: Path | None = None,
) -> Started:
    """Start hanpan in a folder, in a session of its own; what it prints goes to files, or away."""
    with Path(os.devnull).open("wb") as nothing:
        out, err = out or nothing, err or nothing
        if warm.can_run(env):
            return warm.Running(
                [*map(str, arguments)],
                cwd,
                environment(**(env or {})),
                out.fileno(),
                err.fileno(),
                first=first,
            )
        before = [sys.executable, "-c", _AFTER, str(first)] if first else command()
        return subprocess.Popen(
            [*before, *map(str, arguments)],
            cwd=cwd,
            env=environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
            preexec_fn=warm.heed_signals,
        )


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8")


def built(cwd: Path, *arguments: str | Path, **more: Any) -> dict[str, Any]:
    """Run `hanpan build --json`; return its object. The build must end in 0."""
    ran = hanpan("build", "--json", *arguments, cwd=cwd, **more)
    assert ran.code == 0, ran.err + ran.out
    found: dict[str, Any] = json.loads(ran.out)
    return found


def edition_of(folder: Path, sources: Iterable[Path], edition: str) -> list[Path]:
    """Build one edition of posts into a folder; return its files."""
    folder.mkdir(exist_ok=True)
    built(folder, *sources, "--edition", edition, "--out", folder, "--offline")
    return sorted(folder.rglob(f"*.{edition}"))
