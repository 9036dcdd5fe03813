"""State: what builds remember in out/.hanpan/: traces of steps, hashes of files, documents."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hanpan.document import SiteLink
from hanpan.plan.posts import KnownPost
from hanpan.problems import Problem

SCHEMA = 4


@dataclass(frozen=True, slots=True)
class Trace:
    """What a step read and what it wrote.

    `reads` and `writes` map keys and paths below out/ to hashes; `tools` is the hash of the code
    and packages it ran with. `output` is the hash of what it leaves for other steps: of a reading
    step the document, of which also `address` is where the site shows it, `canonical` where its
    original is, and `links` those that lead to the site. `lines` is the hash of the SourceLines: of
    a reading step its own, of an edition those that its artifacts name; where that is, the
    LineLists whose hash is `line_lists` say.
    """

    reads: dict[str, str]
    writes: dict[str, str]
    tools: str
    output: str = ""
    products: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    address: str = ""
    links: tuple[SiteLink, ...] = ()
    canonical: str = ""
    lines: str = ""
    line_lists: str = ""

    def left(self) -> set[str]:
        """Return the hashes of what the step left in the folder of documents."""
        return {self.output, self.lines, self.line_lists} - {""}

    def as_json(self) -> str:
        """Return the trace as text."""
        problems = [asdict(problem) for problem in self.problems]
        data = {name: getattr(self, name) for name in self.__slots__} | {"problems": problems}
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Trace:
        """Read what `as_json` returned."""
        data = json.loads(text)
        data["problems"] = tuple(Problem.from_json(problem) for problem in data["problems"])
        data["links"] = tuple(SiteLink(*link) for link in data["links"])
        return cls(**data)


class State:
    """What is remembered of one out/ folder: the main process alone writes it, result by result."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.temporary = folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self._db = _open(folder / "state.db")

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def clear_temporary(self) -> None:
        """Remove what a killed build has left half-written."""
        for path in self.temporary.iterdir():
            with contextlib.suppress(OSError):
                path.unlink()

    def traces(self) -> dict[tuple[str, str], Trace]:
        """Return every trace by (post, step)."""
        rows = self._db.execute("select post, step, text from traces")
        return {(post, step): Trace.from_json(text) for post, step, text in rows}

    def keep(self, post: str, step: str, trace: Trace) -> None:
        """Remember a step that has run."""
        with self._db:
            self._db.execute(
                "insert or replace into traces values (?, ?, ?)", (post, step, trace.as_json())
            )

    def forget(self, post: str) -> None:
        """Forget a post."""
        with self._db:
            self._db.execute("delete from traces where post = ?", (post,))
            self._db.execute("delete from posts where post = ?", (post,))

    def posts(self) -> dict[str, KnownPost]:
        """Return what is remembered of every post ever built into this folder."""
        rows = self._db.execute("select post, path, root, slug from posts")
        return {post: KnownPost(path, root, slug) for post, path, root, slug in rows}

    def keep_posts(self, posts: dict[str, KnownPost]) -> None:
        """Remember posts and their slugs."""
        rows = [(post, known.path, known.root, known.slug) for post, known in posts.items()]
        with self._db:
            self._db.executemany("insert or replace into posts values (?, ?, ?, ?)", rows)

    def digests(self) -> dict[str, tuple[str, str]]:
        """Return the hashes of files by path, each with the sign of the file it was taken from."""
        rows = self._db.execute("select path, sign, digest from digests")
        return {path: (sign, digest) for path, sign, digest in rows}

    def keep_digests(self, fresh: dict[str, tuple[str, str]]) -> None:
        """Remember hashes of files."""
        with self._db:
            self._db.executemany(
                "insert or replace into digests values (?, ?, ?)",
                [(path, sign, digest) for path, (sign, digest) in fresh.items()],
            )

    def tools(self, sign: str) -> dict[str, str] | None:
        """Return the versions kept under a sign; None if they were kept under another."""
        row = self._db.execute("select versions from tools where sign = ?", (sign,)).fetchone()
        return dict(json.loads(row[0])) if row else None

    def keep_tools(self, sign: str, versions: dict[str, str]) -> None:
        """Keep the versions of tools under a sign, instead of the ones before."""
        with self._db:
            self._db.execute("delete from tools")
            self._db.execute("insert into tools values (?, ?)", (sign, json.dumps(versions)))

    def document_path(self, digest: str) -> Path:
        """Return the path of a document, or of another output of a step, by its hash."""
        return self.folder / "documents" / f"{digest}.json"

    def drop_documents(self, used: set[str]) -> None:
        """Remove documents that no trace names."""
        folder = self.folder / "documents"
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.stem not in used:
                with contextlib.suppress(OSError):
                    path.unlink()


def _open(path: Path) -> sqlite3.Connection:
    """Open the database; replace one that is damaged or has another schema."""
    for _ in range(2):
        try:
            db = sqlite3.connect(path)
            db.execute("pragma journal_mode=wal")
            db.execute("pragma synchronous=off")
            (version,) = db.execute("pragma user_version").fetchone()
            if version == SCHEMA:
                return db
            if not version:
                return _create(db)
            db.close()
        except sqlite3.DatabaseError:
            pass
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            (path.parent / name).unlink(missing_ok=True)
    return _create(sqlite3.connect(path))


def _create(db: sqlite3.Connection) -> sqlite3.Connection:
    with db:
        db.execute("create table if not exists traces (post, step, text, primary key (post, step))")
        db.execute("create table if not exists posts (post primary key, path, root, slug)")
        db.execute("create table if not exists digests (path primary key, sign, digest)")
        db.execute("create table if not exists tools (sign primary key, versions)")
        db.execute(f"pragma user_version={SCHEMA}")
    return db
