"""What the same builds take on several Pythons: `python -m benchmarks.pythons BLOG COMMAND...`.

Each command starts a Python that has hanpan, such as `.venv/bin/python` or `chroot sid
venv/bin/python`; the first is what the others are compared with. BLOG is a folder of posts that all
of them see under that name. Seconds are those of processors, and builds take turns, for machines
are noisy.
"""

from __future__ import annotations

import argparse
import shlex
import statistics
import subprocess
import sys

from benchmarks.measures import costs

VERSION = (
    "import ctypes.util as u, platform, ctypes;"
    "v = ctypes.CDLL(u.find_library('pango-1.0') or 'libpango-1.0.so.0').pango_version_string;"
    "v.restype = ctypes.c_char_p; print(platform.python_version(), 'Pango', v().decode())"
)
BUILDS = {
    "HTML": ["--edition", "html"],
    "EPUB": ["--edition", "epub"],
    "PDF": ["--edition", "pdf"],
    "14 payloads": ["--edition", "crosspost"],
    "nothing changed": [],
}


def main() -> None:
    """Build with each Python in turn and print a table of medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("blog", help="a folder of posts")
    parser.add_argument("commands", nargs="+", metavar="COMMAND", help="what starts a Python")
    parser.add_argument("--times", type=int, default=3, help="how often each build is taken")
    arguments = parser.parse_args()
    pythons = [shlex.split(command) for command in arguments.commands]
    print("| seconds of processors | " + " | ".join(map(_version, pythons)) + " |")
    print("| --- |" + " --- |" * len(pythons))
    for name, flags in BUILDS.items():
        taken: list[list[float]] = [[] for _ in pythons]
        for turn in range(arguments.times):
            for number, (python, seconds) in enumerate(zip(pythons, taken, strict=True)):
                out = f"{arguments.blog}/.out-{number}"
                seconds.append(_build(python, arguments.blog, out, flags, turn))
        ratios = [
            statistics.median(a / b for a, b in zip(one, taken[0], strict=True)) for one in taken
        ]
        cells = [
            f"{statistics.median(one):.1f} ({ratio:.2f})"
            for one, ratio in zip(taken, ratios, strict=True)
        ]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def _build(python: list[str], blog: str, out: str, flags: list[str], turn: int) -> float:
    """Return the seconds of a build into an empty folder; without flags, into one that is whole."""
    command = [*python, "-m", "hanpan", "build", blog, *flags, "--offline", "--out", out]
    if flags:
        empty = f"import shutil; shutil.rmtree({out!r}, ignore_errors=True)"
        subprocess.run([*python, "-c", empty], check=True)
    elif not turn:
        costs(command, allowed=(0, 1))
    return costs(command, allowed=(0, 1))[1]


def _version(python: list[str]) -> str:
    done = subprocess.run([*python, "-c", VERSION], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{shlex.join(python)} does not start: {done.stderr[-500:]}")
    return f"Python {done.stdout.strip()}"


if __name__ == "__main__":
    main()
