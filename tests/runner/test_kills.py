"""Kills: what a build has started ends with it, holds nothing of it, and writes nothing later."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hanpan.plan.sites import Sites
from hanpan.runner.pool import Pool
from hanpan.runner.state import State
from hanpan.runner.steps import READ, Task, Workspace
from tests.support.blog import add_post, make_blog, tree_of
from tests.support.command import ROOT, built, environment, started
from tests.support.processes import below, name_of, once, open_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

# pandoc takes minutes for quotations within quotations
ENDLESS = "---\ntitle: 겹겹\n---\n\n" + "\n".join("> " * depth + "가" for depth in range(1, 190))


def endless_blog(folder: Path) -> Path:
    blog = make_blog(folder, posts=0)
    add_post(blog, "2026-03-01-겹겹.md", ENDLESS)
    return blog


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_all_that_a_build_has_started_ends_with_it(tmp_path: Path, name: str) -> None:
    blog = endless_blog(tmp_path)
    build = started("build", "--jobs", "2", cwd=blog)
    once(lambda: "pandoc" in below(build.pid).values())
    family = below(build.pid)
    for process in family:
        of_build = [path for path in open_files(process) if f"{blog}/out/.hanpan" in path]
        assert of_build == [], "the lock and the database are the build's own"
    os.kill(build.pid, signal.Signals[name])
    build.wait(60)
    once(lambda: not any(map(name_of, family)))
    with (blog / "out" / ".hanpan" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert not (blog / "out" / ".hanpan" / "documents").exists()
    assert tree_of(blog / "out") == {}


def test_the_process_that_builds_for_a_preview_ends_with_it(tmp_path: Path) -> None:
    blog = endless_blog(tmp_path)
    preview = started("preview", "--port", "0", cwd=blog)
    once(lambda: "pandoc" in below(preview.pid).values())
    family = below(preview.pid)
    os.kill(preview.pid, signal.SIGKILL)
    preview.wait(60)
    once(lambda: not any(map(name_of, family)))
    assert not (blog / "out" / ".hanpan" / "documents").exists()


def test_a_pandoc_ends_with_the_worker_that_was_stopped(tmp_path: Path) -> None:
    blog = endless_blog(tmp_path)
    out, source = blog / "out", "posts/2026-03-01-겹겹.md"
    State(out / ".hanpan").close()
    workspace = Workspace(out, out / ".hanpan", blog / ".hanpan", offline=True, write=True)
    reading = Task(source, READ, source, "겹겹", Sites(None).at(blog), workspace, (), "tools")
    before = below(os.getpid())  # other tests have a pandoc, too

    def pandocs() -> list[int]:
        running = below(os.getpid()).items()
        return [one for one, name in running if name == "pandoc" and one not in before]

    # without a share of the processor's time a step is stopped by the clock, busy as it is
    with Pool(1, memory=1 << 40, grant=lambda _: 0.0) as pool:
        pool.submit([reading])
        once(pandocs)
        (pandoc,) = pandocs()
        pool.seconds = 0.0
        ((_, result),) = pool.results(timeout=0.1)
        assert "was stopped" in result.problems[0].message
        once(lambda: not name_of(pandoc))


# What an orphan does: it waits until its parent has ended, and writes then.
ORPHAN = """
import os, sys, time
from pathlib import Path
from hanpan import orphans
from hanpan.files import write_atomic
parent = os.getppid()
{begin}
print(os.getpid(), flush=True)
while os.getppid() == parent:
    time.sleep(0.01)
{then}
write_atomic(Path("written"), b"")
"""
PARENT = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[1]]).wait()
"""


@pytest.mark.parametrize(
    ("begin", "then"),
    [
        # where a thread looks after the parent: macOS
        ("sys.platform = 'other'; orphans.end_with(parent)", "time.sleep(600)"),
        ("sys.platform = 'other'; orphans._watch = int; orphans.end_with(parent)", ""),
        ("orphans.end_with(parent)", "time.sleep(600)"),
        ("", ""),
    ],
    ids=["looked after", "before a file is renamed", "killed by Linux", "nobody's"],
)
def test_an_orphan_ends_before_it_writes(tmp_path: Path, begin: str, then: str) -> None:
    code = ORPHAN.format(begin=begin, then=then)
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, code],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True,
    ) as parent:  # fmt: skip
        assert parent.stdout
        orphan = int(parent.stdout.readline())
        parent.kill()
    once(lambda: not name_of(orphan))
    assert (tmp_path / "written").exists() == (not begin)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == [] or begin


def test_a_process_whose_parent_had_ended_before_it_asked_ends(tmp_path: Path) -> None:
    code = "from hanpan import orphans\norphans.end_with(1 << 22)\nprint('alive')"
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(), cwd=ROOT, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout) == (1, "")


def test_what_a_pandoc_leaves_when_it_is_killed_goes_with_the_next_build(tmp_path: Path) -> None:
    blog = endless_blog(tmp_path)
    temporary = blog / "out" / ".hanpan" / "tmp"
    build = started("build", "--jobs", "1", cwd=blog)
    once(lambda: "pandoc" in below(build.pid).values() and list(temporary.iterdir()))
    os.kill(build.pid, signal.SIGKILL)
    build.wait(60)
    assert [path.name for path in temporary.iterdir() if path.name.startswith("pandoc-")]
    (blog / "posts" / "2026-03-01-겹겹.md").write_text("글", "utf-8")
    built(blog, "-e", "html")
    assert list(temporary.iterdir()) == []


def test_a_build_that_waits_goes_on_when_the_other_one_is_killed(tmp_path: Path) -> None:
    blog = endless_blog(tmp_path)
    post = add_post(blog, "2026-03-02-다른.md", "---\ntitle: 다른 글\n---\n글\n")
    first = started("build", "posts/2026-03-01-겹겹.md", "--jobs", "1", cwd=blog)
    once(lambda: "pandoc" in below(first.pid).values())
    with (tmp_path / "said").open("w+b") as said:
        second = started("build", post, "-e", "html", cwd=blog, err=said)
        once(lambda: b"another build is running" in (tmp_path / "said").read_bytes())
        os.kill(first.pid, signal.SIGKILL)
        assert second.wait(120) == 0
    first.wait(60)
    assert list((blog / "out").glob("*/*.html"))
