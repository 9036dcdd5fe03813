"""Ctrl-C, by real signals: 130 and one line from the first module that loads to the last moment.

The moments are imports, forks and exits, which a run comes to however busy the machine is.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.blog import make_blog
from tests.support.command import environment

LINE = "stopped; the next build continues from here"
# Runs hanpan as `python -m hanpan` does, and sends it SIGINT at a moment.
SPY = """
import atexit, os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored in the background
moment, number, *sys.argv[1:] = sys.argv[1:]

def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)

class Destroyed:
    def __del__(self):
        interrupt()

class Spy:
    seen, kept = 0, [Destroyed()]
    def find_spec(self, name, path=None, target=None):
        if name == "hanpan.cli" or Spy.seen:
            Spy.seen += 1
        if moment == "exit" and Spy.seen == 1:
            atexit.register(interrupt)
        if moment == "import" and Spy.seen == int(number):
            interrupt()
        if moment == "destructor" and name == "hanpan.builds":
            self.kept.clear()
        if moment == "twice" and name == "hanpan.builds":
            import hanpan.cli
            write = hanpan.cli.print_line
            hanpan.cli.print_line = lambda *line: (write(*line), interrupt())
            interrupt()

sys.meta_path.insert(0, Spy())
if moment == "fork":
    os.register_at_fork(after_in_child=interrupt)
if moment == "end":
    atexit.register(interrupt)  # before hanpan's own: it comes after that
if moment == "ignored":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    moment = "import"
runpy.run_module("hanpan", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_blog(tmp_path_factory.mktemp("interrupted") / "blog", posts=1)


def interrupted(
    blog: Path, moment: str, number: int, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SPY, moment, str(number), *arguments],
        cwd=blog,
        env=environment(),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


BUILD = ("build", "--edition", "html", "--jobs", "1")


@pytest.mark.parametrize("number", [1, 2, 30, 90, 180])
def test_while_modules_load(blog: Path, number: int) -> None:
    ran = interrupted(blog, "import", number, *BUILD)
    assert (ran.returncode, ran.stderr) == (130, f"{LINE}\n")


@pytest.mark.parametrize("moment", ["destructor", "exit", "twice"])
def test_at_other_moments(blog: Path, moment: str) -> None:
    ran = interrupted(blog, moment, 0, *BUILD)
    assert (ran.returncode, ran.stderr) == (130, f"{LINE}\n"), ran.stderr


def test_at_the_very_end_there_is_nothing_left_to_stop(blog: Path) -> None:
    ran = interrupted(blog, "end", 0, "--version")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_worker_never_hears_of_it(blog: Path) -> None:
    (blog / "posts" / "2026-09-09-b.md").write_text("---\ntitle: 나\n---\n\n나\n", "utf-8")
    ran = interrupted(blog, "fork", 0, *BUILD)
    assert ran.returncode == 0 and "Traceback" not in ran.stderr, ran.stderr


def test_where_it_is_ignored_it_stays_ignored(blog: Path) -> None:
    """As nohup and shell scripts ask for."""
    assert interrupted(blog, "ignored", 30, "--version").returncode == 0
