"""The site of many posts: cold, and after one edit: `make bench ARGS=site`.

The posts are those of the corpus in copies that differ, each blog with its own settings and
pictures. HANPAN_BENCH_POSTS says how many there are; the aims (issue 17) are those of 1,000.
"""

from __future__ import annotations

import os
import shutil
import stat
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures import costs, line
from tests.support.others_posts import CORPUS, posts_of

POSTS = int(os.environ.get("HANPAN_BENCH_POSTS", "1000"))
COLD, EDIT = 60.0, 2.0  # seconds of the clock, on two processors
_TEXT = "\n\n이 글의 판 {} 에 덧붙인 문단이다.\n"


def site_of_many(folder: Path, times: int) -> str:
    """Seconds of a site made cold, and of one whose post has one paragraph more."""
    posts = _copies(folder / "blogs")
    (folder / "site.toml").write_text('title = "많은 글"\nurl = "https://blog.example"\n', "utf-8")
    cold = _build(folder, posts)
    edits, written = [], set[int]()
    for turn in range(times):
        post = posts[len(posts) // 2]
        post.write_text(post.read_text("utf-8") + _TEXT.format(f"고침 {turn}"), "utf-8")
        begun = time.time()
        edits.append(_build(folder, posts))
        files = (path for path in (folder / "out/site").rglob("*") if path.is_file())
        written.add(sum(path.stat().st_mtime >= begun for path in files))
    edit = [statistics.median(part) for part in zip(*edits, strict=True)]
    name = f"the site of {len(posts)} posts"
    files_written = "/".join(map(str, sorted(written)))
    return "\n".join(
        (
            line(f"{name}, cold; {cold[1]:.0f} s of processors", "aim", cold[0], COLD,
                 cold[0] / COLD, 1.0),
            line(f"one of them edited, {files_written} files; {edit[1]:.2f} s of processors", "aim",
                 edit[0], EDIT, edit[0] / EDIT, 1.0),
        )
    )  # fmt: skip


def _copies(folder: Path) -> list[Path]:
    """Return as many posts as are asked for: copies of the corpus, each with a line of its own."""
    posts: list[Path] = []
    copy = 0
    while len(posts) < POSTS:
        target = folder / str(copy)
        shutil.copytree(CORPUS, target)
        for path in (target, *target.rglob("*")):  # the corpus may be read only
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
        for post in posts_of(target):
            with post.open("a", encoding="utf-8") as text:
                text.write(_TEXT.format(copy))
            # one name in out/ for each
            posts.append(post.rename(post.with_stem(f"{post.stem}-{copy}")))
        copy += 1
    return posts[:POSTS]


def _build(folder: Path, posts: Sequence[Path]) -> tuple[float, float]:
    """Return the seconds that a build takes by the clock, and of processors."""
    names = [str(post.relative_to(folder)) for post in posts]
    options = ["--edition", "site", "--offline", "--future", "--out", "out"]
    return costs([sys.executable, "-m", "hanpan", "build", *options, *names], folder=folder)
