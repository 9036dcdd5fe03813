"""State: what builds remember in out/.hanpan/: traces of steps, hashes of files, documents."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from hanpan.plan.names import KnownPost
from hanpan.problems import Problem
from hanpan.roots import Root
from hanpan.runner.database import Damaged, Database, Row, checksum
from hanpan.runner.trace import Trace, is_plain

_START = ""  # no path: the row of hashes whose sign is the start of the machine
_IN_USE = "out/.hanpan/state.db was damaged during the build, and has been written again"


class State:
    """What is remembered of one out/ folder: the main process alone writes it, result by result.

    Damage costs what is damaged, or all of it, and is reported once: what is left is written again.
    """

    def __init__(
        self, folder: Path, report: Callable[[Problem], None] = lambda problem: None
    ) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._report = report
        root = Root.own(folder)
        self.temporary = root.place("tmp/_", make=True).parent
        self._documents = Path(Root.own(folder / "documents").path)
        self._traces: dict[tuple[str, str], Trace] = {}
        self._posts: dict[str, KnownPost] = {}
        self._digests: dict[str, tuple[str, str]] = {}
        self._tools: dict[str, dict[str, str]] = {}  # those of one sign
        self._path = folder / "state.db"
        try:
            self._database = Database(self._path)
            damaged = self._load()
        except Damaged:
            self._rewrite(
                "what hanpan remembers of earlier builds was damaged; what is lost is built again"
            )
        else:
            if damaged:
                self._rewrite(
                    f"{damaged} records of earlier builds are damaged; their posts are built again"
                )

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def clear_temporary(self) -> None:
        """Remove what a killed build has left half-written."""
        for path in self.temporary.iterdir():
            with contextlib.suppress(OSError):
                path.unlink()

    def traces(self) -> dict[tuple[str, str], Trace]:
        """Return every trace by (post, step)."""
        return dict(self._traces)

    def keep(self, post: str, step: str, trace: Trace) -> None:
        """Remember a step that has run."""
        self._traces[post, step] = trace
        self._put("traces", [(post, step, trace.as_json())])

    def forget(self, post: str) -> None:
        """Forget a post."""
        self._posts.pop(post, None)
        self._traces = {key: trace for key, trace in self._traces.items() if key[0] != post}
        try:
            for table in ("traces", "posts"):
                self._database.drop(table, post)
        except Damaged:
            self._rewrite(_IN_USE)

    def posts(self) -> dict[str, KnownPost]:
        """Return what is remembered of every post ever built into this folder."""
        return dict(self._posts)

    def keep_posts(self, posts: dict[str, KnownPost]) -> None:
        """Remember posts and their slugs."""
        changed = {post: known for post, known in posts.items() if self._posts.get(post) != known}
        self._posts |= changed
        self._put("posts", _post_rows(changed))

    def digests(self) -> dict[str, tuple[str, str]]:
        """Return the hashes of files by path, each with the sign of the file it was taken from.

        None after a restart of the machine: a loss of power may leave a file without its content
        that has its size and times.
        """
        return dict(self._digests) if self._is_same_start() else {}

    def keep_digests(self, fresh: dict[str, tuple[str, str]]) -> None:
        """Remember hashes of files."""
        if fresh:
            instead = not self._is_same_start()
            fresh = fresh | {_START: (_boot_id(), "")}
            self._digests = fresh if instead else self._digests | fresh
            rows = [(path, *known) for path, known in fresh.items()]
            self._put("digests", rows, instead=instead)

    def _is_same_start(self) -> bool:
        return self._digests.get(_START, ("", ""))[0] == _boot_id()

    def tools(self, sign: str) -> dict[str, str] | None:
        """Return the versions kept under a sign; None if they were kept under another."""
        return self._tools.get(sign)

    def keep_tools(self, sign: str, versions: dict[str, str]) -> None:
        """Keep the versions of tools under a sign, instead of the ones before."""
        self._tools = {sign: versions}
        self._put("tools", _tool_rows(self._tools), instead=True)

    def document_path(self, digest: str) -> Path:
        """Return the path of a document, or of another output of a step, by its hash."""
        return self._documents / f"{digest}.json"

    def drop_documents(self, used: set[str]) -> None:
        """Remove documents that no trace names."""
        for path in self._documents.iterdir() if self._documents.is_dir() else ():
            if path.stem not in used:
                with contextlib.suppress(OSError):
                    path.unlink()

    def report_damage(self, message: str) -> None:
        """Tell the author once that something in the folder is not what was written."""
        remedy = "Nothing needs to be done; if it happens again, check the disk."
        problem = Problem("state-damaged", "warning", message, remedy=remedy)
        self.problems.append(problem)
        self._report(problem)

    def _load(self) -> int:
        """Read everything; return how many rows are damaged."""
        digests = self._database.rows("digests")
        self._digests = {path: (sign, digest) for path, sign, digest in digests}
        count = 0
        for table in ("traces", "posts", "tools"):
            for *row, kept in self._database.rows(table):
                count += 1
                with contextlib.suppress(ValueError, TypeError, AttributeError, RecursionError):
                    if checksum(*row) == kept:
                        self._load_row(table, row)
        return count - len(self._traces) - len(self._posts) - len(self._tools)

    def _load_row(self, table: str, row: list[Any]) -> None:
        if table == "traces":
            post, step, text = row
            trace = Trace.from_json(text.decode())
            trace.check_paths(post)
            self._traces[post, step] = trace
        elif table == "posts":
            post, path, root, slug = row
            if slug and not is_plain(slug):
                raise ValueError("the slug is no name of a folder")
            self._posts[post] = KnownPost(path, root, slug)
        else:
            sign, text = row
            self._tools[sign] = dict(json.loads(text))

    def _put(self, table: str, rows: Iterable[Row], *, instead: bool = False) -> None:
        try:
            self._database.put(table, rows, instead=instead)
        except Damaged:
            self._rewrite(_IN_USE)

    def _rewrite(self, message: str) -> None:
        """Replace the database by one with what is known in this moment."""
        with contextlib.suppress(AttributeError):  # it was not even opened
            self._database.close()
        self._database = Database.replaced(self._path)
        traces = self._traces.items()
        self._database.put("traces", [(*key, trace.as_json()) for key, trace in traces])
        self._database.put("posts", _post_rows(self._posts))
        self._database.put("digests", [(path, *known) for path, known in self._digests.items()])
        self._database.put("tools", _tool_rows(self._tools))
        self.report_damage(message)


def _boot_id() -> str:
    """Return what another start of the machine has otherwise; "" where the system has nothing."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return ""


def _post_rows(posts: Mapping[str, KnownPost]) -> list[Row]:
    return [(post, known.path, known.root, known.slug) for post, known in posts.items()]


def _tool_rows(tools: Mapping[str, dict[str, str]]) -> list[Row]:
    return [(sign, json.dumps(versions)) for sign, versions in tools.items()]
