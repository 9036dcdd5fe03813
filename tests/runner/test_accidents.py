"""Accidents: what came about because something died or memory ran out is not kept as fresh."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hanpan.files import Digests
from hanpan.pandoc import convert as pandoc
from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.runner.staleness import Staleness
from hanpan.runner.state import State
from hanpan.runner.steps import READ, Task, Workspace, run
from hanpan.runner.trace import Trace
from tests.support.blog import make_blog
from tests.support.command import ROOT, environment

DEADLY = """#!/bin/sh
read line
kill -SEGV $$
"""


def test_a_reading_that_an_accident_changed_runs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    options = Options(sources=(blog,), out=blog / "out")
    (post,) = make_plan(options, Sites(None), {}).posts
    with closing(State(blog / "out" / ".hanpan")) as state:
        workspace = Workspace(blog / "out", state.folder, blog, offline=True, write=True)
        task = Task(post.key, READ, post.file.relative, post.slug, post.site, workspace, (), "now")

        def reason(trace: Trace) -> str:
            staleness = Staleness(options, state, Digests(), "now")
            return staleness.reason(post, READ, trace, {"slug:": post.slug})

        original = pandoc.binary()
        deaths: list[int] = []

        def binary() -> str:
            """Return a pandoc that dies, for those that would read what pandoc reads best."""
            deaths.append(1)
            return original if len(deaths) > 2 else str(deadly)

        deadly = tmp_path / "deadly"
        deadly.write_text(DEADLY)
        deadly.chmod(0o755)
        pandoc.stop()
        monkeypatch.setattr(pandoc, "binary", binary)
        by_accident = run(task).trace
        pandoc.stop()
        assert by_accident and by_accident.problems[0].rule == "pandoc-fallback"
        assert reason(by_accident) == "pandoc died (SIGSEGV) when it was built"
        kept = Trace.from_json(by_accident.as_json())
        assert reason(kept) == reason(by_accident)
        again = run(task).trace
        assert again and not again.problems and reason(again) == ""


# A picture that is none too large, for a process that has hardly any memory left.
PICTURE = """
import io, resource, sys
from PIL import Image
from hanpan.assets.images import NotAPicture, identify, web_picture
file = io.BytesIO()
Image.new("P", (5000, 5000)).save(file, "PNG")
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + 5_000_000, size + 5_000_000))
try:
    identify(file.getvalue())
except NotAPicture as error:
    print(error.reason)
except MemoryError:
    print("no memory")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory as Linux does")
def test_a_picture_for_which_there_is_no_memory_is_no_broken_one() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PICTURE], env=environment(), cwd=ROOT, capture_output=True, text=True
    )
    assert ran.stdout == "no memory\n", ran.stderr


def test_a_formula_for_which_there_is_no_memory_is_not_left_undrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from hanpan.formulas import drawing
    from hanpan.transforms.maths_svg import _draw

    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(drawing, "draw", no_memory)
    with pytest.raises(MemoryError):
        _draw("<math><mi>x</mi></math>", "")
