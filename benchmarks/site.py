"""The site of many posts: cold, and after one edit: `make bench ARGS=site`.

The posts are those of the corpus (real posts of some fifty blogs, on average with one picture that
is at hand, half of them with code, a tenth with formulas), in copies that differ, as one blog.
Each copy has pictures of its own, so that none is made once for several posts; without a corpus the
posts are our own. HANPAN_BENCH_POSTS says how many there are; the aims (issue 17) are for 1,000.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measures import ROOT, costs, line
from tests.support.others_posts import CORPUS, posts_of

POSTS = int(os.environ.get("HANPAN_BENCH_POSTS", "1000"))
COLD, EDIT = 60.0, 2.0  # seconds of the clock, on two processors
_TEXT = "\n\n이 글의 판 {} 에 덧붙인 문단이다.\n"
_SETTINGS = 'title = "많은 글"\nurl = "https://blog.example"\n'
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_ROOTS = ("static", "source", "public")  # of generators: what is below them is below the address


def site_of_many(folder: Path, times: int) -> str:
    """Seconds of a site made cold, and of one whose post has one paragraph more."""
    posts = blog_of_many(folder, POSTS)
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


def blog_of_many(folder: Path, count: int) -> list[Path]:
    """Write a blog of so many posts; return their files, each with a name of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(_SETTINGS, "utf-8")
    posts: list[Path] = []
    copy = 0
    while len(posts) < count:
        for blog in _blogs():
            posts += _copy(blog, folder, copy)
        copy += 1
    for surplus in posts[count:]:
        surplus.unlink()
    return posts[:count]


def _blogs() -> Iterator[Path]:
    blogs = sorted(path for path in CORPUS.iterdir() if path.is_dir()) if CORPUS.is_dir() else []
    yield from blogs or [ROOT / "posts"]


def _copy(blog: Path, folder: Path, copy: int) -> Iterator[Path]:
    """Copy a blog's posts and pictures into the one blog; what posts name must be where it was.

    Addresses of pictures from the root are those of the copy.
    """
    names = {}
    for path in sorted(blog.rglob("*")):
        if not path.is_file() or path.suffix.lower() not in _PICTURES:
            continue
        parts = path.relative_to(blog).parts
        below = Path(*(parts[1:] if parts[0] in _ROOTS else parts))
        target = folder / f"p{copy}" / below
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            # a comment behind the end, which no reader of pictures looks at
            target.write_bytes(path.read_bytes() + f"<!-- {copy} -->".encode())
        names[f"/{below.as_posix()}"] = f"/p{copy}/{below.as_posix()}"
    for path in posts_of(blog):
        text = path.read_text("utf-8", errors="replace")
        for old, new in names.items():
            text = text.replace(old, new)
        target = folder / "_posts" / str(copy) / blog.name / f"{path.stem}-{copy}{path.suffix}"
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text + _TEXT.format(copy), "utf-8")
        for beside in path.parent.iterdir():  # the pictures of a bundle
            if beside.suffix.lower() in _PICTURES:
                shutil.copyfile(beside, target.parent / beside.name)
        yield target


def _build(folder: Path, posts: Sequence[Path]) -> tuple[float, float]:
    """Return the seconds that a build takes by the clock, and of processors."""
    names = [str(post.relative_to(folder)) for post in posts]
    options = ["--edition", "site", "--offline", "--future", "--out", "out"]
    return costs([sys.executable, "-m", "hanpan", "build", *options, *names], folder=folder)
