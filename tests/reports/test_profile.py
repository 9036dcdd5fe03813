"""Profile: the file of `--profile` says which worker ran which step, in Chrome's trace events."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan

Event = dict[str, Any]
STEPS = {"document", "html", "pdf", "epub"}
BUILD = ("build", *(word for step in sorted(STEPS - {"document"}) for word in ("-e", step)))


def events_of(path: Path, phase: str) -> list[Event]:
    events: list[Event] = json.loads(path.read_text("utf-8"))["traceEvents"]
    assert all({"name", "ph", "pid"} <= event.keys() for event in events)
    return [event for event in events if event["ph"] == phase]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog that was built with a profile, and once more when nothing had changed."""
    folder = make_blog(tmp_path_factory.mktemp("blog"))
    assert hanpan(*BUILD, "-j2", "--profile", "first.json", cwd=folder).code == 0
    assert hanpan(*BUILD, "--profile", "again.json", cwd=folder).code == 0
    return folder


def steps_of(blog: Path) -> dict[tuple[str, str], Event]:
    slices = events_of(blog / "first.json", "X")
    return {(one["args"]["post"], one["name"]): one for one in slices if one["cat"] == "step"}


def test_each_step_has_a_slice_and_says_why_it_ran(blog: Path) -> None:
    slices = [one for one in events_of(blog / "first.json", "X") if one["cat"] == "step"]
    steps = [(os.path.basename(one["args"]["post"]), one["name"]) for one in slices]
    posts = ("2026-03-01-글-1.md", "2026-03-02-글-2.md")
    assert sorted(steps) == sorted((post, step) for post in posts for step in STEPS)
    assert {one["args"]["why"] for one in slices} == {"it has not been built yet"}
    assert all(one["args"]["processor (s)"] > 0 for one in slices if one["name"] == "pdf")


@pytest.mark.parametrize("option", ["--profile", "--report"])
def test_a_post_is_not_overwritten(tmp_path: Path, option: str) -> None:
    folder = make_blog(tmp_path, posts=2)
    first, second = sorted((folder / "posts").iterdir())
    before = first.read_bytes()
    ran = hanpan("build", "-e", "html", option, first, second, cwd=folder)
    assert ran.code == 2
    assert "is a post, and would be overwritten" in ran.err
    assert first.read_bytes() == before


def test_nothing_is_loaded_for_work_that_does_not_come(tmp_path: Path) -> None:
    folder = make_blog(tmp_path, posts=1)
    assert hanpan("build", "-e", "html", cwd=folder).code == 0
    assert hanpan("build", "-e", "pdf", "-j2", "--profile", "pdf.json", cwd=folder).code == 0
    slices = events_of(folder / "pdf.json", "X")
    assert {one["name"] for one in slices if one["cat"] in ("step", "load")} == {"pdf"}


def test_steps_of_a_worker_do_not_overlap_and_wait_for_what_they_need(blog: Path) -> None:
    by_worker: dict[int, list[Event]] = {}
    for one in sorted(events_of(blog / "first.json", "X"), key=lambda one: int(one["ts"])):
        by_worker.setdefault(one["tid"], []).append(one)
    assert set(by_worker) <= {0, 1, 2} and {0, 1} <= set(by_worker)
    for slices in by_worker.values():
        for before, after in pairwise(slices):
            assert before["ts"] + before["dur"] <= after["ts"]
    steps = steps_of(blog)
    for (post, name), step in steps.items():
        if name != "document":
            needed = steps[post, "pdf" if name == "epub" else "document"]
            assert needed["ts"] + needed["dur"] <= step["ts"]


def test_arrows_lead_from_what_is_needed_to_what_needs_it(blog: Path) -> None:
    ends = {one["id"]: one for one in events_of(blog / "first.json", "f")}
    arrows = set()
    for start in events_of(blog / "first.json", "s"):
        pair = [
            name
            for event in (start, ends[start["id"]])
            for (_, name), one in steps_of(blog).items()
            if one["tid"] == event["tid"] and one["ts"] <= event["ts"] <= one["ts"] + one["dur"]
        ]
        arrows.add((pair[0], pair[-1]))
    assert arrows == {("document", "html"), ("document", "pdf"), ("pdf", "epub")}


def test_the_counts_of_steps_that_wait_and_run_end_at_none(blog: Path) -> None:
    counts = [one["args"] for one in events_of(blog / "first.json", "C")]
    assert max(one["running"] for one in counts) <= 2
    assert all(min(one.values()) >= 0 for one in counts)
    assert counts[-1] == {"waiting": 0, "running": 0}


def test_where_nothing_has_changed_only_the_build_itself_is_there(blog: Path) -> None:
    slices = events_of(blog / "again.json", "X")
    assert [one["name"] for one in slices] == ["plan", "steps", "report"]


def test_a_book_has_a_profile_as_well(blog: Path) -> None:
    ran = hanpan("book", "--tag", "한글", "-e", "epub", "--profile", "book.json", cwd=blog)
    assert ran.code == 0, ran.err
    assert "epub" in {one["name"] for one in events_of(blog / "book.json", "X")}


def test_a_profile_that_cannot_be_written_is_told_before_anything_is_built(tmp_path: Path) -> None:
    folder = make_blog(tmp_path, posts=0)
    add_post(folder, "2026-03-01-글.md", "---\ntitle: 글\n---\n\n글이다.\n")
    ran = hanpan("build", "-e", "html", "--profile", "없는/곳.json", cwd=folder)
    assert ran.code == 2
    assert "the profile 없는/곳.json cannot be written: no such file or directory" in ran.err
    assert not (folder / "out" / "build.json").exists()
