"""The steps as workers run them: read a post into a Document, render that into an edition."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from hanpan.assets.remote import Locked, RemoteCache
from hanpan.document import Document
from hanpan.editions import Rendered, book_renderer, prepare, renderer
from hanpan.files import PREDECESSOR, Digests, Files, sha256, write_atomic
from hanpan.problems import BuildError, HanpanError, Problem, apply_severities
from hanpan.runner.line_numbers import with_lines
from hanpan.runner.outline import Outline, open_book
from hanpan.runner.state import Trace
from hanpan.site import Site
from hanpan.source_lines import SourceLines, lists_as_json

DOCUMENT = "document:"  # the key of what an edition is made of
READ = "document"  # the step that reads a post; the others are named as their edition
_digests = Digests()  # of this worker: fonts are hashed once, not once a step


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a build works; the same for all steps of one site."""

    out: Path
    state: Path  # out/.hanpan, or a temporary folder where nothing may be written
    cache: Path  # of the site's remote files
    offline: bool
    write: bool  # False for `hanpan check`


@dataclass(frozen=True, slots=True)
class EditionInput:
    """What an edition is handed: a document by its hash, or a book; and what was left for it."""

    document: str = ""
    outline: Outline | None = None
    left: str = ""  # hash of what the edition has left that this one follows
    lines: str = ""  # hash of the SourceLines, which are no dependency: reports alone name them

    def reads(self) -> dict[str, str]:
        """Return it by key, as a trace remembers it."""
        made_of = self.outline.reads() if self.outline else {DOCUMENT: self.document}
        return {**made_of, PREDECESSOR: self.left}


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

    @property
    def chapters(self) -> int:
        """Return the number of chapters of a book, 0 for a post."""
        parts = self.input.outline.parts if self.input.outline else ()
        return sum(len(part) for _, part in parts)


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step gave: a trace to keep, or the problems that kept it from an end."""

    trace: Trace | None
    problems: tuple[Problem, ...]
    memory: int  # peak resident memory of the worker, bytes


def run(task: Task) -> StepResult:
    """Run a step. Errors become problems: one bad post never stops the others."""
    os.environ["HANPAN_CACHE"] = str(task.workspace.state)
    cache = RemoteCache(
        task.site.remote, task.workspace.cache, dict(task.lock), offline=task.workspace.offline
    )
    files = Files(task.site, cache, _digests, lambda: _left(task))
    try:
        if task.only_prepare:
            with contextlib.suppress(Exception):  # the step itself will say what is wrong
                prepare(task.step, files)
            return StepResult(None, (), peak_memory())
        trace = _read(task, files) if task.step == READ else _render(task, files)
        return StepResult(trace, trace.problems, peak_memory())
    except BuildError as error:
        return StepResult(None, (_placed(error.problem, task, error.keys),), peak_memory())
    except HanpanError as error:
        return StepResult(None, (_placed(error.problem, task),), peak_memory())
    except MemoryError:
        problem = Problem("no-memory", "error", f"{task.step}: memory ran out", task.source)
        return StepResult(None, (problem,), peak_memory())
    except Exception as error:
        return StepResult(None, (_unexpected(task, error),), peak_memory())


def peak_memory() -> int:
    """Return the largest resident memory this process has had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _read(task: Task, files: Files) -> Trace:
    from hanpan.reading import read

    try:
        reading = read(task.source, task.slug, files)
    except OSError as error:
        said = "it is not there" if isinstance(error, FileNotFoundError) else _reason(error)
        remedy = "Put the file below the site's folder, and mend its rights."
        raise BuildError(
            Problem("post-unreadable", "error", f"the post cannot be read: {said}", remedy=remedy)
        ) from None
    digest = _keep(task, reading.document.as_json().encode())
    lines = _keep(task, reading.lines.as_json().encode())
    problems = _judged(reading.problems, files)
    reads = {**files.reads, "slug:": task.slug}
    address, links = reading.address, reading.links
    canonical = reading.document.meta.canonical_url
    return Trace(reads, {}, task.tools, digest, {}, problems, address, links, canonical, lines)


def _render(task: Task, files: Files) -> Trace:
    given = task.input
    if given.outline:
        book, found = open_book(given.outline, lambda digest: _document(_kept(task, digest)), files)
        rendered = book_renderer(task.step)(book, files)
    else:
        rendered = renderer(task.step)(_document(_kept(task, given.document)), files)
        found = ()
    own = {key: value for key, value in given.reads().items() if key != PREDECESSOR}
    lists = ""
    if any(artifact.lines for artifact in rendered.artifacts):
        rendered = with_lines(rendered, _lines(task))
        named = {artifact.path: artifact.lines for artifact in rendered.artifacts if artifact.lines}
        lists = _keep(task, lists_as_json(named).encode())
    writes = {artifact.path: sha256(artifact.data) for artifact in rendered.artifacts}
    if task.workspace.write:
        _write(rendered, task.workspace)
    return Trace(
        {**own, **files.reads},
        writes,
        task.tools,
        _keep(task, rendered.left) if rendered.left else "",
        rendered.products,
        _judged((*found, *rendered.problems), files),
        lines=given.lines if lists else "",
        line_lists=lists,
    )


def _left(task: Task) -> bytes:
    return _kept(task, task.input.left).read_bytes() if task.input.left else b""


def _lines(task: Task) -> SourceLines:
    return SourceLines.from_json(_kept(task, task.input.lines).read_text("utf-8"))


def _keep(task: Task, data: bytes) -> str:
    """Keep what a step leaves for others; return its hash."""
    digest = sha256(data)
    write_atomic(_kept(task, digest), data, task.workspace.state / "tmp")
    return digest


def _kept(task: Task, digest: str) -> Path:
    """Return where a step leaves a document, or something else, for the steps after it."""
    return task.workspace.state / "documents" / f"{digest}.json"


def _judged(problems: tuple[Problem, ...], files: Files) -> tuple[Problem, ...]:
    """Return the problems as the site judges them; without any, its rules are not looked at.

    What keeps a step from its end is raised, and stays an error.
    """
    return apply_severities(problems, files.severities()) if problems else ()


@lru_cache(maxsize=8)
def _document(path: Path) -> Document:
    return Document.from_json(path.read_text("utf-8"))


def _write(rendered: Rendered, workspace: Workspace) -> None:
    for artifact in rendered.artifacts:
        target = workspace.out / artifact.path
        try:
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError("it is a folder")
            write_atomic(target, artifact.data, workspace.state / "tmp")
        except OSError as error:
            said = f"out/{artifact.path} cannot be written: {_reason(error)}"
            remedy = "Make room on the disk, or mend the folder's rights."
            raise BuildError(Problem("artifact-unwritable", "error", said, remedy=remedy)) from None


def _reason(error: OSError) -> str:
    return error.strerror.lower() if error.strerror else str(error)


def _placed(problem: Problem, task: Task, keys: tuple[str, ...] = ()) -> Problem:
    """Return a problem with the post's path, and the line of the first of `keys` that it has."""
    if keys and task.input.lines:
        problem = replace(problem, line=_lines(task).of_key(*keys))
    return problem if problem.path else problem.at(task.source)


def _unexpected(task: Task, error: Exception) -> Problem:
    """Say where hanpan itself went wrong, so that it can be reported."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
    message = f"{task.step}: {type(error).__name__}: {error} (in {place})"
    remedy = "This is a fault of hanpan; the post's other editions are built."
    if isinstance(error, OSError):
        remedy = "Mend the file or its folder, then build again."
    return Problem("step-failed", "error", message, task.source, None, remedy)
