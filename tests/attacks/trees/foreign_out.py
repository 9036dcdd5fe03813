"""An out/ of others: links in the place of what hanpan writes, and a memory that names files."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.attacks.scene import Scene

PLACES = (  # below the site, of what is written
    "out/.hanpan", "out/.hanpan/tmp", "out/.hanpan/documents", "out/.hanpan/lock",
    "out/.hanpan/state.db", "out/.hanpan/state.db-wal", "out/.hanpan/state.db-shm",
    "out/.hanpan/state.db-journal", "out/.hanpan/state.db-new", "out/.hanpan/fontconfig",
    "out/.hanpan/sites", "out/글", "out/글/글.html", "out/글/글.epub", "out/글/crosspost",
    "out/글/crosspost/devto", "out/글/crosspost/devto/body.md", "out/build.json", "out/index.html",
    "out/crosspost.html", ".hanpan", ".hanpan/remote", ".hanpan/remote/content",
    ".hanpan/remote/index", ".hanpan/remote/failed", ".hanpan/remote/hosts", ".hanpan/publish",
    "assets.lock", "crosspost.lock",
)  # fmt: skip


def _replace(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)


def _to_a_folder(scene: Scene, path: Path) -> None:
    path.symlink_to(scene.outside)


def _to_a_file(scene: Scene, path: Path) -> None:
    path.symlink_to(scene.outside / "precious.txt")


def _to_nothing(scene: Scene, path: Path) -> None:
    path.symlink_to(scene.outside / "new")


def _into_the_site(scene: Scene, path: Path) -> None:
    path.symlink_to(scene.site / "posts")


def _pipe(scene: Scene, path: Path) -> None:
    os.mkfifo(path)


def _folder(scene: Scene, path: Path) -> None:
    (path / "more").mkdir(parents=True)


def _file(scene: Scene, path: Path) -> None:
    path.write_bytes(b"\x00\xff not what was here")


def _device(scene: Scene, path: Path) -> None:
    path.symlink_to("/dev/full")


def _hard_link(scene: Scene, path: Path) -> None:
    os.link(scene.outside / "precious.txt", path)


HARMS: dict[str, Callable[[Scene, Path], None]] = {
    "to-folder": _to_a_folder,
    "to-file": _to_a_file,
    "to-nothing": _to_nothing,
    "to-site": _into_the_site,
    "pipe": _pipe,
    "folder": _folder,
    "file": _file,
    "device": _device,
    "hard-link": _hard_link,
}


def harm(scene: Scene, place: str, name: str) -> None:
    """Put something else in the place of what hanpan writes."""
    path = scene.site / place
    if path.parent.is_dir() or not path.parent.exists():
        _replace(path)
        HARMS[name](scene, path)


def bad_paths(scene: Scene) -> list[str]:
    """Return paths of which none may be written, removed or read."""
    outside = scene.outside.as_posix()
    return [
        "../../outside/precious.txt", f"{outside}/precious.txt", f"/{outside}/precious.txt",
        "글/../../../outside/precious.txt", "../posts/2026-03-01-글.md", "../site.toml", "..", ".",
        "", "/", "글", "글/", "./글/글.html", ".hanpan/state.db", ".hanpan", "link/precious.txt",
        "글//글.html", "a\nb", "\x1b[2J", "build.json", "~/x", "a" * 5000,
        "/dev/full", "/proc/self/mem",
    ]  # fmt: skip


def rewrite(scene: Scene, table: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    """Change every row of a table of the memory, with checksums that are right."""
    from hanpan.runner.database import TABLES, checksum

    columns, _ = TABLES[table]
    with closing(sqlite3.connect(scene.out / ".hanpan" / "state.db")) as db, db:
        rows = db.execute(f"select {', '.join(columns)} from {table}").fetchall()
        db.execute(f"delete from {table}")
        for row in rows:
            changed = change(tuple(map(str, row)))
            sums = () if table == "digests" else (checksum(*changed),)
            values = (*changed, *sums)
            marks = ", ".join("?" * len(values))
            db.execute(f"insert or replace into {table} values ({marks})", values)
