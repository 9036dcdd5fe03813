"""Progress: what a build reports while it runs, post by post."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.builds import build
from hanpan.plan.options import Options
from hanpan.runner.progress import Progress
from hanpan.runner.steps import READ
from tests.support.blog import make_blog

# the key of a post is its path seen from out/
POSTS = {"../posts/2026-03-01-글-1.md": "글-1", "../posts/2026-03-02-글-2.md": "글-2"}


def events_of(blog: Path, *editions: str) -> list[tuple[str, str]]:
    """Build a blog; return what began and ended, in order: (post, step), (post, "finished")."""
    events: list[tuple[str, str]] = []

    def finish(post: str) -> None:
        folder = blog / "out" / POSTS[post]
        names = (f"{POSTS[post]}.{edition}" for edition in editions)
        is_whole = all((folder / name).exists() for name in names)
        events.append((post, "finished" if is_whole else "finished too early"))

    progress = Progress(
        finished=finish,
        stale=lambda post, step, reason: events.append((post, step)),
    )
    options = Options(sources=(blog / "posts",), editions=editions, out=blog / "out", offline=True)
    outcome = build(options, progress)
    assert outcome.summary["steps"]["run"] == len(events) - len(POSTS)
    return events


def test_each_post_is_finished_once_and_after_its_last_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = make_blog(tmp_path, posts=2)
    monkeypatch.chdir(blog)
    steps = [READ, "pdf", "html"]
    for editions, expected in (
        (("html", "pdf"), [*steps, "finished"]),
        (("html", "pdf"), ["finished"]),  # nothing is stale
        (("html", "epub"), ["epub", "finished"]),
    ):
        events = events_of(blog, *editions)
        for post in POSTS:
            assert [name for key, name in events if key == post] == expected
