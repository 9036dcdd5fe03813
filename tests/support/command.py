"""Running hanpan as a person does, by its command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import warm

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """Return this environment with the checkout importable, and with `more`."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "CI": "true", **more}


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of hanpan from this checkout."""
    return [sys.executable, "-m", "hanpan", *map(str, arguments)]


def hanpan(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 300
) -> Ran:
    """Run hanpan in a folder and wait for its end."""
    if warm.can_run(env):
        return Ran(*warm.run([*map(str, arguments)], cwd, environment(**(env or {})), timeout))
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


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
