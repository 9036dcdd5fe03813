"""State: what builds remember in out/.hanpan/: traces of steps, hashes of files, documents."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hanpan.document import SiteLink
from hanpan.plan.posts import KnownPost
from hanpan.problems import Problem
from hanpan.runner.database import Damaged, Database, Row, checksum

_IN_USE = "out/.hanpan/state.db was damaged during the build, and has been written again"


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
        """Read what `as_json` returned. Raises ValueError for anything else."""
        try:
            data = json.loads(text)
            data["problems"] = tuple(Problem.from_json(problem) for problem in data["problems"])
            data["links"] = tuple(SiteLink(*link) for link in data["links"])
            trace = cls(**data)
            trace.check()
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"it is no trace: {error}") from None
        return trace

    def check(self) -> None:
        """Raise TypeError or ValueError where something of this is not what its type says.

        Texts must be text that can be written, and paths the names of files.
        """
        texts = [self.tools, self.output, self.address, self.canonical, self.lines]
        texts += [self.line_lists, *(link.address for link in self.links)]
        texts += [problem.message for problem in self.problems]
        for table in (self.reads, self.writes, self.products):
            texts += ["".join(table), "".join(table.values())]
        "".join(texts).encode()  # fails for half of a surrogate pair
        if any("\0" in path for path in (*self.writes, *self.products.values())):
            raise ValueError("a path has a null character")
        if not all(isinstance(link.line, int | None) for link in self.links):
            raise TypeError("a link has no line")


class State:
    """What is remembered of one out/ folder: the main process alone writes it, result by result.

    Damage costs what is damaged, or all of it, and is reported once: what is left is written anew.
    """

    def __init__(
        self, folder: Path, report: Callable[[Problem], None] = lambda problem: None
    ) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._report = report
        folder.mkdir(parents=True, exist_ok=True)
        self.temporary = folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self._traces: dict[tuple[str, str], Trace] = {}
        self._posts: dict[str, KnownPost] = {}
        self._digests: dict[str, tuple[str, str]] = {}
        self._tools: dict[str, dict[str, str]] = {}  # those of one sign
        self._path = folder / "state.db"
        try:
            self._database = Database(self._path)
            damaged = self._load()
        except Damaged:
            self._write_anew(
                "what hanpan remembers of earlier builds is damaged; everything is built again"
            )
        else:
            if damaged:
                self._write_anew(
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
            self._write_anew(_IN_USE)

    def posts(self) -> dict[str, KnownPost]:
        """Return what is remembered of every post ever built into this folder."""
        return dict(self._posts)

    def keep_posts(self, posts: dict[str, KnownPost]) -> None:
        """Remember posts and their slugs."""
        changed = {post: known for post, known in posts.items() if self._posts.get(post) != known}
        self._posts |= changed
        self._put("posts", _post_rows(changed))

    def digests(self) -> dict[str, tuple[str, str]]:
        """Return the hashes of files by path, each with the sign of the file it was taken from."""
        return dict(self._digests)

    def keep_digests(self, fresh: dict[str, tuple[str, str]]) -> None:
        """Remember hashes of files."""
        self._digests |= fresh
        self._put("digests", [(path, *known) for path, known in fresh.items()])

    def tools(self, sign: str) -> dict[str, str] | None:
        """Return the versions kept under a sign; None if they were kept under another."""
        return self._tools.get(sign)

    def keep_tools(self, sign: str, versions: dict[str, str]) -> None:
        """Keep the versions of tools under a sign, instead of the ones before."""
        self._tools = {sign: versions}
        self._put("tools", _tool_rows(self._tools), instead=True)

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
            self._traces[post, step] = Trace.from_json(text.decode())
        elif table == "posts":
            post, *known = row
            self._posts[post] = KnownPost(*known)
        else:
            sign, text = row
            self._tools[sign] = dict(json.loads(text))

    def _put(self, table: str, rows: Iterable[Row], *, instead: bool = False) -> None:
        try:
            self._database.put(table, rows, instead=instead)
        except Damaged:
            self._write_anew(_IN_USE)

    def _write_anew(self, message: str) -> None:
        """Replace the database by one with what is known in this moment."""
        with contextlib.suppress(AttributeError):  # it was not even opened
            self._database.close()
        self._database = Database.anew(self._path)
        traces = self._traces.items()
        self._database.put("traces", [(*key, trace.as_json()) for key, trace in traces])
        self._database.put("posts", _post_rows(self._posts))
        self._database.put("digests", [(path, *known) for path, known in self._digests.items()])
        self._database.put("tools", _tool_rows(self._tools))
        self.report_damage(message)


def _post_rows(posts: Mapping[str, KnownPost]) -> list[Row]:
    return [(post, known.path, known.root, known.slug) for post, known in posts.items()]


def _tool_rows(tools: Mapping[str, dict[str, str]]) -> list[Row]:
    return [(sign, json.dumps(versions)) for sign, versions in tools.items()]
