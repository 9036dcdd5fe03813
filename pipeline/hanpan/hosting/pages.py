"""Pages: what readers open of out/, as a folder that a host serves as it is.

Payloads, reports and what hanpan remembers name drafts, accounts and paths, and stay behind; so do
the lines of the list of posts that are for the author (layouts/html/index.html).
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hanpan.editions import EDITIONS
from hanpan.files import write_atomic
from hanpan.hosting.placing import Content, Placed, place_files
from hanpan.problems import BuildError, Problem, UsageError, system_reason
from hanpan.roots import RefusedFile, Root, real
from hanpan.runner.trace import INDEX_PAGE, Trace

# tells GitHub Pages to serve files as they are; its lines are the files that hanpan has written
LIST = ".nojekyll"
_NEIGHBOURS = frozenset((".git", "CNAME", LIST))  # what a checkout of pages has from the start
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_LOCAL = re.compile(rb'(?m)^.*<(?:p|div) class="local.*\n?')


def write_pages(out: Path, traces: Mapping[tuple[str, str], Trace], folder: Path) -> Placed:
    """Copy what readers may see of `out`, whose traces are given, into a folder.

    A new folder appears whole. In one that `write_pages` has written before, other files stay.
    Raises BuildError where out/ is incomplete, UsageError where the folder is another's.
    """
    names = public_files(traces)
    if INDEX_PAGE not in names:
        message = f"{out} has no {INDEX_PAGE}"
        raise BuildError(Problem("pages", "error", message, remedy="Build first: `hanpan build`."))
    source = Root(real(out), links=False)
    contents = {name: _content(source, name) for name in names}
    place = real(folder)
    if place == real(out) or real(out).is_relative_to(place) or place.is_relative_to(real(out)):
        message = f"{folder} and {out} must be folders of their own"
        raise UsageError(Problem("pages", "error", message, remedy="Name another folder."))
    try:
        if os.path.lexists(place):
            return _update(place, contents, folder)
        return _create(place, contents)
    except RefusedFile:
        raise
    except OSError as error:
        message = f"{folder} cannot be written to: {system_reason(error)}"
        remedy = "Name another folder."
        raise BuildError(Problem("pages", "error", message, remedy=remedy)) from None


def public_files(traces: Mapping[tuple[str, str], Trace]) -> list[str]:
    """Return the files of out/ that readers may see, by what was written."""
    return sorted(
        path
        for (post, step), trace in traces.items()
        if not post or (step in EDITIONS and EDITIONS[step].is_for_readers)
        for path in trace.writes
    )


def _content(source: Root, name: str) -> Content:
    def content() -> bytes:
        try:
            data = source.read(name)
        except FileNotFoundError:
            message = f"{name} is missing in {os.path.relpath(source.path)}"
            remedy = "Build again: `hanpan build`."
            raise BuildError(Problem("pages", "error", message, remedy=remedy)) from None
        return _LOCAL.sub(b"", data) if name == INDEX_PAGE else data

    return content


def _create(place: Path, contents: Mapping[str, Content]) -> Placed:
    """Write a folder that does not exist: under another name first."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
    try:
        placed = place_files(new, contents, {})
        _write_list(new, placed, "")
        new.chmod(0o755)
        new.rename(place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return placed


def _update(place: Path, contents: Mapping[str, Content], shown: Path) -> Placed:
    """Bring a folder up to date that was written before, or is empty."""
    root = Root(place, links=False)
    names = set(root.names("."))
    text = root.read(LIST).decode(errors="replace") if LIST in names else ""
    earlier = {match[2]: match[1] for match in map(_LINE.fullmatch, text.splitlines()) if match}
    if not earlier and names - _NEIGHBOURS:
        message = f"{shown} has files that `hanpan pages` has not written"
        remedy = "Name a new folder, or remove this one."
        raise UsageError(Problem("pages", "error", message, remedy=remedy))
    for content in contents.values():
        content()  # what is missing ends it before anything is written
    placed = place_files(place, contents, earlier)
    _write_list(place, placed, text)
    if placed.foreign:
        message = f"{shown}/{placed.foreign[0]} has been changed since it was written"
        remedy = "Remove it, or name a new folder."
        raise UsageError(Problem("pages", "error", message, remedy=remedy))
    return placed


def _write_list(place: Path, placed: Placed, before: str) -> None:
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(placed.files.items()))
    if lines != before:
        write_atomic(Root(place, links=False).place(LIST), lines.encode())
