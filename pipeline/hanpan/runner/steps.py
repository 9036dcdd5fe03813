"""The steps as workers run them: read a post into a Document, render that into an edition."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from hanpan import budget
from hanpan.assets.remote import Locked, RemoteCache
from hanpan.document import Document
from hanpan.editions import SLOW_TO_LOAD, Rendered, book_renderer, prepare, render_page, renderer
from hanpan.files import PREDECESSOR, Files, sha256, write_atomic
from hanpan.library.pages import PagePlan
from hanpan.problems import (
    BuildError,
    HanpanError,
    PlacedProblem,
    Problem,
    apply_severities,
)
from hanpan.roots import RefusedFile, Root
from hanpan.runner.limits import own_memory, stopped, unexpected
from hanpan.runner.line_numbers import with_lines
from hanpan.runner.outline import Outline, open_book
from hanpan.runner.trace import Trace
from hanpan.site import Site
from hanpan.source_lines import SourceLines, lists_as_json

DOCUMENT = "document:"  # the key of what an edition is made of
MOST_OF_COPY = 200_000_000  # bytes of a PDF or EPUB that the site offers
LINES = "lines:"  # the key of where its elements stand: read to tell the place of a problem alone
READ = "document"  # the step that reads a post; the others are named as their edition
PAGE = "page"  # ... but for those of pages that show several posts


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a build works; the same for all steps of one site."""

    out: Path
    state: Path  # out/.hanpan, or a temporary folder where nothing may be written
    cache: Path  # of the site's remote files
    offline: bool
    write: bool  # False for `hanpan check`
    carries: bool = False  # whether results carry artifacts, which are written elsewhere


@dataclass(frozen=True, slots=True)
class EditionInput:
    """What an edition receives: a document by its hash, or a book; what its predecessor left."""

    document: str = ""
    outline: Outline | None = None
    left: str = ""  # hash of what the edition before this one has left
    lines: str = ""  # hash of the SourceLines, a dependency only where a problem names one
    page: PagePlan | None = None

    def reads(self) -> dict[str, str]:
        """Return the dependencies by key, as a trace remembers them."""
        if self.page:
            return self.page.reads()
        made_of = self.outline.reads() if self.outline else {DOCUMENT: self.document}
        return {**made_of, PREDECESSOR: self.left}

    def values(self) -> dict[str, str]:
        """Return the current values of the keys that a trace may have read."""
        return {**self.reads(), LINES: self.lines}


@dataclass(frozen=True, slots=True)
class Task:
    """One step of one post or book, to be run by any worker."""

    post: str  # key of the post in traces
    step: str
    source: str  # path relative to the site's root
    slug: str
    site: Site
    workspace: Workspace
    lock: tuple[tuple[str, Locked], ...]
    tools: str
    input: EditionInput = EditionInput()  # nothing, for a step that reads
    only_prepare: bool = False  # load what the step needs while there is nothing else to do
    seconds: float = 0.0  # of the processor that it may take; 0: as many as it needs

    @property
    def chapters(self) -> int:
        """Return the number of chapters of a book, 0 for a post."""
        parts = self.input.outline.parts if self.input.outline else ()
        return sum(len(part) for _, part in parts)


@dataclass(frozen=True, slots=True)
class StepResult:
    """The result of a step: a trace to keep, or the problems that stopped it.

    `gave_up`: it would take too long or too much memory again. `is_lost`: its process has ended.
    `reads` is what a step that was stopped had read, `contents` the artifacts that it carries, by
    hash.
    """

    trace: Trace | None
    problems: tuple[Problem, ...]
    memory: int  # bytes that the worker has of its own
    seconds: float = 0.0  # of the processor
    gave_up: bool = False
    is_lost: bool = False
    reads: Mapping[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)


def preparation(ready: Iterable[Task], editions: Sequence[str]) -> Task | None:
    """Return the step that takes longest to load, for an idle worker to prepare.

    It comes once a post is read; where none is to be, there may be no more work for a worker.
    """
    slowest = [edition for edition in SLOW_TO_LOAD if edition in editions]
    reading = next((task for task in ready if task.step == READ), None)
    return replace(reading, step=slowest[0]) if slowest and reading else None


def run(task: Task) -> StepResult:
    """Run a step within its limits. Errors become problems: a bad post never stops the others."""
    os.environ["HANPAN_CACHE"] = str(task.workspace.state)
    cache = RemoteCache(
        task.site.remote, task.workspace.cache, dict(task.lock), offline=task.workspace.offline
    )
    files = Files(task.site, cache, predecessor=lambda: _predecessor_output(task))
    if task.only_prepare:
        with contextlib.suppress(Exception):  # the step itself reports what is wrong
            prepare(task.step, files)
        return StepResult(None, (), 0)
    try:
        budget.begin(task.seconds, _attempt)
        result = _attempt(task, files)
        used = budget.end()
    except (budget.TimeUp, MemoryError) as error:
        used = budget.end()
        problem = stopped(task.step, task.source, task.seconds, error)
        result = StepResult(None, (problem,), 0, gave_up=True, reads=files.reads)
    return replace(result, seconds=used, memory=own_memory())


def _attempt(task: Task, files: Files) -> StepResult:
    try:
        contents: dict[str, bytes] = {}
        trace = _read(task, files) if task.step == READ else _render(task, files, contents)
        return StepResult(trace, trace.problems, 0, contents=contents)
    except HanpanError as error:
        keys = error.keys if isinstance(error, BuildError) else ()
        problem = _with_place(error.problem, task, keys)
        return StepResult(None, (problem,), 0, gave_up=error.is_costly, reads=files.reads)
    except MemoryError:
        raise
    except Exception as error:
        return StepResult(None, (unexpected(task.step, task.source, error),), 0, reads=files.reads)


def _read(task: Task, files: Files) -> Trace:
    from hanpan.reading import read

    try:
        reading = read(task.source, task.slug, files)
    except RefusedFile as error:
        if not f"{task.source}/".startswith(f"{error.problem.path}/"):  # a layout, a platform
            raise
        message = f"the post cannot be read: {error}"
        problem = replace(error.problem, rule="post-unreadable", message=message, path=task.source)
        raise BuildError(problem) from None
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        reason = "the file does not exist" if is_missing else _reason(error)
        message = f"the post cannot be read: {reason}"
        remedy = "Put the file into the site's folder, and check its permissions."
        raise BuildError(Problem("post-unreadable", "error", message, remedy=remedy)) from None
    digest = _keep(task, reading.document.as_json().encode())
    lines = _keep(task, reading.lines.as_json().encode())
    problems = _apply_severities((*reading.problems, *files.refused.values()), files)
    reads = {**files.reads, "slug:": task.slug}
    address, links = reading.address, reading.links
    canonical = reading.document.meta.canonical_url
    return Trace(reads, {}, task.tools, digest, {}, problems, address, links, canonical, lines)


def _render(task: Task, files: Files, contents: dict[str, bytes]) -> Trace:
    """Render an edition, and write its artifacts, or add them to `contents`."""
    inputs = task.input
    if inputs.page:
        rendered = render_page(
            inputs.page,
            lambda digest: _read_kept(_kept_path(task, digest)),
            _copies_of(task),
            files,
        )
        problems: tuple[Problem, ...] = ()
    elif inputs.outline:
        book, problems = open_book(
            inputs.outline, lambda digest: _document(_kept_path(task, digest)), files
        )
        rendered = book_renderer(task.step)(book, files)
    else:
        rendered = renderer(task.step)(_document(_kept_path(task, inputs.document)), files)
        problems = ()
    own = {key: value for key, value in inputs.reads().items() if key != PREDECESSOR}
    if rendered.placed:
        own[LINES] = inputs.lines
    placed = _in_place(rendered.placed, task)
    lists = ""
    if any(artifact.lines for artifact in rendered.artifacts):
        rendered = with_lines(rendered, _lines(task))
        named = {artifact.path: artifact.lines for artifact in rendered.artifacts if artifact.lines}
        lists = _keep(task, lists_as_json(named).encode())
    writes = {artifact.path: sha256(artifact.data) for artifact in rendered.artifacts}
    if task.workspace.carries:
        contents |= {writes[artifact.path]: artifact.data for artifact in rendered.artifacts}
    elif task.workspace.write:
        _write_artifacts(rendered, task.workspace)
    problems = (*problems, *rendered.problems, *placed, *files.refused.values())
    problems = _apply_severities(problems, files)  # which reads the rules
    return Trace(
        {**own, **files.reads},
        writes,
        task.tools,
        _keep(task, rendered.left) if rendered.left else "",
        rendered.products,
        problems,
        lines=inputs.lines if lists else "",
        line_lists=lists,
        facts=rendered.facts,
    )


def _copies_of(task: Task) -> Callable[[str], bytes]:
    """Return what reads another step's artifact by its path below out/."""
    return lambda path: Root(task.workspace.out, links=False).read(path, MOST_OF_COPY)


def _in_place(placed: Sequence[PlacedProblem], task: Task) -> tuple[Problem, ...]:
    """Return an edition's problems with their lines; those of books' chapters have none."""
    lines = _lines(task) if placed and task.input.lines else SourceLines({})
    problems = []
    for one in placed:
        known = lines.of_elements(() if one.element is None else (one.element,))
        problems.append(replace(one.problem, line=known[0] if known else None, approximate=True))
    return tuple(problems)


def _predecessor_output(task: Task) -> bytes:
    return _read_kept(_kept_path(task, task.input.left)) if task.input.left else b""


def _lines(task: Task) -> SourceLines:
    return SourceLines.from_json(_read_kept(_kept_path(task, task.input.lines)).decode())


def _read_kept(path: Path) -> bytes:
    """Return what a step has left for others. Raises BuildError where it is not what was left."""
    data = path.read_bytes()
    if sha256(data) != path.stem:
        message = f"out/.hanpan/documents/{path.name} is damaged"
        raise BuildError(Problem("state-damaged", "error", message, remedy="Build again."))
    return data


def _keep(task: Task, data: bytes) -> str:
    """Keep an output of a step for other steps; return its hash."""
    digest = sha256(data)
    write_atomic(_kept_path(task, digest), data, task.workspace.state / "tmp")
    return digest


def _kept_path(task: Task, digest: str) -> Path:
    """Return where a document, or another output of a step, is kept."""
    return task.workspace.state / "documents" / f"{digest}.json"


def _apply_severities(problems: tuple[Problem, ...], files: Files) -> tuple[Problem, ...]:
    """Return the problems with the site's severities; without problems, its rules are not read.

    Problems that stop a step are raised instead, and stay errors.
    """
    return apply_severities(problems, files.severities()) if problems else ()


@lru_cache(maxsize=8)
def _document(path: Path) -> Document:
    return Document.from_json(_read_kept(path).decode())


def _write_artifacts(rendered: Rendered, workspace: Workspace) -> None:
    out = Root(workspace.out, links=False)
    for artifact in rendered.artifacts:
        try:
            target = out.place(artifact.path, make=True)
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError("it is a folder")
            write_atomic(target, artifact.data, workspace.state / "tmp")
        except OSError as error:
            message = f"out/{artifact.path} cannot be written: {_reason(error)}"
            remedy = "Free disk space, or check the folder's permissions."
            if isinstance(error, RefusedFile):
                message = f"{error.problem.path} cannot be written to: {error}"
                remedy = error.problem.remedy
            problem = Problem("artifact-unwritable", "error", message, remedy=remedy)
            raise BuildError(problem) from None


def _reason(error: OSError) -> str:
    return error.strerror.lower() if error.strerror else str(error)


def _with_place(problem: Problem, task: Task, keys: tuple[str, ...] = ()) -> Problem:
    """Return a problem with the post's path, and the line of the first of `keys` that it has."""
    if keys and task.input.lines:
        problem = replace(problem, line=_lines(task).of_key(*keys))
    return problem if problem.path else problem.at(task.source)
