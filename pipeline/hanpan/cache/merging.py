"""Merging: the results of builds elsewhere, in output folders of their own, taken over by a build.

What a folder says is looked at as what a cache says: a result is taken over if what it was made of
is what is here. So it does not matter which build made which post, nor whether a folder has old
results beside new ones; what no folder has is built.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hanpan.assets.remote import lock_text, read_lock
from hanpan.cache.takeover import Takeover
from hanpan.cache.variants import Variant
from hanpan.files import write_atomic
from hanpan.problems import Problem, UsageError, system_reason
from hanpan.roots import Root, real
from hanpan.runner.builder import Builder
from hanpan.runner.packs import NotShareable, check_origin, gather, place
from hanpan.runner.sharing import NoCache, Wanted
from hanpan.runner.state import State
from hanpan.runner.steps import Workspace
from hanpan.runner.trace import Trace

_STATE, _LOG = "state.db", "state.db-wal"
_LOCKS = "sites/*/assets.lock"  # of sites without site.toml


@dataclass(frozen=True, slots=True)
class OtherOut:
    """The output folder of another build: what its traces say, by post and step."""

    folder: Path
    traces: dict[str, dict[str, Trace]]


def read_out(folder: Path, report: Callable[[Problem], None]) -> OtherOut:
    """Return what an output folder says; nothing is written into it. `report` is told of damage.

    Raises UsageError where it is none.
    """
    state = Root.own(real(folder) / ".hanpan")
    with tempfile.TemporaryDirectory(prefix="hanpan-merge-") as copy:
        try:
            (Path(copy) / _STATE).write_bytes(state.read(_STATE))
            with contextlib.suppress(FileNotFoundError):  # of a build that was killed
                (Path(copy) / _LOG).write_bytes(state.read(_LOG))
        except OSError as error:
            reason = system_reason(error)
            message = f"{folder} is no output folder of hanpan: {reason}"
            remedy = "Name the out/ folder of a build, with the hidden folder in it."
            raise UsageError(Problem("merge", "error", message, remedy=remedy)) from None
        with contextlib.closing(State(Path(copy), report)) as known:
            traces: dict[str, dict[str, Trace]] = {}
            for (post, step), trace in known.traces().items():
                traces.setdefault(post, {})[step] = trace
    return OtherOut(real(folder), traces)


def _take_locks(other: OtherOut, out: Path) -> None:
    """Add what a build elsewhere has fetched for sites without site.toml to their assets.lock."""
    state = other.folder / ".hanpan"
    for lock in sorted(state.glob(_LOCKS)):
        place = Root.own(real(out) / ".hanpan").place(lock.relative_to(state).as_posix(), make=True)
        with contextlib.suppress(ValueError, OSError):  # then it is fetched again
            entries = read_lock(lock) | read_lock(place)
            write_atomic(place, lock_text(entries).encode(), place.parent, durable=True)


class Merged(NoCache):
    """Results of other output folders, for one build."""

    def __init__(self, others: Sequence[OtherOut], builder: Builder) -> None:
        self._others = {str(other.folder): other for other in others}
        self._builder = builder
        self._takeover = Takeover(builder)

    def ask(self, wanted: Wanted) -> bool:
        """Take over what is stale here and was built elsewhere; what is left is built at once."""
        if not self._builder.options.force:
            key = wanted.post.key
            others = self._others.items()
            variants = [Variant(name, o.traces[key]) for name, o in others if key in o.traces]
            while variants and (kept := self._take_over(wanted, variants)):
                variants = kept
        return False

    def _take_over(self, wanted: Wanted, variants: list[Variant]) -> list[Variant]:
        """Take over what one folder has; return the folders that may have more."""
        variant, steps = self._takeover.variant(wanted, variants)
        if variant is None:
            return []
        traces = {step: variant.traces[step] for step in steps}
        workspace = self._builder.staleness.site(wanted.post.site).workspace
        theirs = _workspace_of(Path(variant.pack), workspace)
        with contextlib.suppress(NotShareable, ValueError, OSError):  # what is damaged is built
            check_origin(traces, self._takeover.owner(wanted.post))
            place(gather(traces, theirs), steps, workspace)
            self._takeover.adopt(wanted.post, traces)
        return [one for one in variants if one is not variant]


def _workspace_of(out: Path, ours: Workspace) -> Workspace:
    """Return where another build of the same site has written to."""
    is_below = ours.cache.is_relative_to(ours.out)
    cache = out / ours.cache.relative_to(ours.out) if is_below else ours.cache
    return replace(ours, out=out, state=out / ".hanpan", cache=cache)


def merge_into(builder: Builder, folders: Sequence[Path]) -> Merged:
    """Return the results of output folders for a build. Raises UsageError where one is none."""
    others = [read_out(folder, builder.progress.damage) for folder in folders]
    for other in others:
        _take_locks(other, builder.out)
    return Merged(others, builder)
