"""Packs: results of a post's steps as bytes, and bytes as results: for caches and other machines.

A pack is a line of JSON, and after it the contents that the line lists:

    {"traces": {"pdf": {...}}, "blobs": [["e3b0...", 48213], ...]}
    <bytes of the first><bytes of the second>...

Contents are known by their hash: artifacts, what steps left for others, fetched files. Nothing of a
pack is believed before `unpack` and `check_origin` have looked at it; `place` writes nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hanpan.editions import EDITIONS
from hanpan.files import ACCIDENT, FAILED, sha256, write_atomic
from hanpan.roots import Root
from hanpan.runner.outline import is_book
from hanpan.runner.steps import READ, Workspace
from hanpan.runner.trace import BOOKS, SITE, Trace

MOST = 100_000_000  # bytes of a pack; larger results are built again
MOST_NAMES = 20_000  # that the traces of a pack may read and write, all together
REMOTE = "remote:"  # the kind of keys whose content comes from elsewhere
_HASH = re.compile(r"[0-9a-f]{64}")


class NotShareable(Exception):
    """Results that cannot be handed on: too large, or a file is not what its trace says."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose results they are: a post or book by its key in traces, its slug, the tools."""

    key: str
    slug: str
    tools: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Results of steps: their traces by step, and contents by hash."""

    traces: dict[str, Trace]
    blobs: dict[str, bytes]


def is_shareable(trace: Trace, *, offline: bool) -> bool:
    """Tell whether a result is what every build would come to, and nothing that failed here.

    What could not be fetched is so in every build without the network, and in no other.
    """
    if trace.given_up or any(key.startswith(ACCIDENT) for key in trace.reads):
        return False
    fetched = (value for key, value in trace.reads.items() if key.startswith(REMOTE))
    return all(_HASH.fullmatch(value) or (offline and value == FAILED) for value in fetched)


def gather(traces: Mapping[str, Trace], workspace: Workspace) -> Pack:
    """Return the results that are in the folders of a build.

    Raises NotShareable, OSError.
    """
    out, state, cache = _folders(workspace)
    blobs: dict[str, bytes] = {}
    room = MOST

    def add(root: Root, name: str, digest: str) -> None:
        nonlocal room
        if digest not in blobs:
            data = root.read(name, room)  # RefusedFile, an OSError, where it is larger
            if sha256(data) != digest:
                raise NotShareable(f"{name} is not what was written")
            blobs[digest] = data
            room -= len(data)

    for trace in traces.values():
        for path, digest in trace.writes.items():
            add(out, path, digest)
        for digest in trace.left():
            add(state, f"documents/{digest}.json", digest)
        for digest in _fetched(trace):
            add(cache, f"content/{digest}", digest)
    return Pack(dict(traces), blobs)


def pack(results: Pack) -> bytes:
    """Return results as bytes: equal results give equal bytes. Raises NotShareable."""
    blobs = sorted(results.blobs.items())
    head = {
        "traces": {step: json.loads(trace.as_json()) for step, trace in results.traces.items()},
        "blobs": [(digest, len(data)) for digest, data in blobs],
    }
    line = json.dumps(head, ensure_ascii=False).encode()
    if sum(len(data) for _, data in blobs) + len(line) >= MOST:
        raise NotShareable(f"it has more than {MOST:,} bytes")
    return b"".join([line, b"\n", *(data for _, data in blobs)])


def unpack(data: bytes) -> Pack:
    """Read what `pack` returned, each content checked by its hash.

    Raises ValueError for anything else.
    """
    end = data.find(b"\n")
    try:
        head = json.loads(data[:end])
        traces = traces_from_json(head["traces"])
        listed = [(str(digest), int(size)) for digest, size in head["blobs"]]
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"it is no pack: {error}") from None
    blobs = {}
    start = end + 1
    for digest, size in listed:
        content = data[start : start + size] if size >= 0 else b""
        if sha256(content) != digest:
            raise ValueError("a content is not what its hash says")
        blobs[digest] = content
        start += size
    return Pack(traces, blobs)


def traces_from_json(table: Mapping[str, object]) -> dict[str, Trace]:
    """Return traces by step. Raises ValueError, AttributeError where they are none."""
    return {step: Trace.from_json(json.dumps(trace)) for step, trace in table.items()}


def check_origin(traces: Mapping[str, Trace], owner: Owner) -> None:
    """Raise ValueError unless traces are of steps of `owner`, and name its own files alone."""
    own: tuple[str, ...] = (f"{owner.slug}/", f"{SITE}/media/{owner.slug}/")
    if is_book(owner.key):
        own = (f"{BOOKS}/{owner.slug}/",)
    names = 0
    for step, trace in traces.items():
        if step != READ and step not in EDITIONS:
            raise ValueError("it has a step that there is not")
        trace.check_paths(owner.key)
        paths = [*trace.writes, *trace.products.values()]
        if not all(f"{path}/".startswith(own) for path in paths):
            raise ValueError("it names files of another post")
        if trace.tools != owner.tools or not is_shareable(trace, offline=True):
            raise ValueError("it has a result that is not to be shared")
        if not all(map(_HASH.fullmatch, (*trace.writes.values(), *trace.left()))):
            raise ValueError("it has a hash that is none")
        names += len(trace.reads) + len(paths)
    if names > MOST_NAMES:
        raise ValueError("it names too many files")


def place(
    results: Pack, steps: Iterable[str], workspace: Workspace, *, fetched: bool = True
) -> None:
    """Write the results of some steps to where a build would have written them.

    Remote files are among them if `fetched`. Raises ValueError where a content is missing, and then
    has written nothing; OSError.
    """
    out, state, cache = _folders(workspace)
    temporary = workspace.state / "tmp"
    wanted: list[tuple[Root, str, str]] = []
    for trace in (results.traces[step] for step in steps):
        if fetched:
            wanted += [(cache, f"content/{digest}", digest) for digest in _fetched(trace)]
        wanted += [(state, f"documents/{digest}.json", digest) for digest in trace.left()]
        wanted += [(out, path, digest) for path, digest in trace.writes.items()]
    if any(digest not in results.blobs for _, _, digest in wanted):
        raise ValueError("it lacks a content")
    folders: dict[tuple[Root, str], Path] = {}  # each looked at once, as it is for one artifact
    for root, path, digest in wanted:
        folder, _, name = path.rpartition("/")
        if (root, folder) not in folders:
            folders[root, folder] = root.place(path, make=True).parent
        target = folders[root, folder] / name
        if root is not cache or not target.exists():
            write_atomic(target, results.blobs[digest], temporary)


def _fetched(trace: Trace) -> list[str]:
    """Return the hashes of the remote files that a step has read."""
    fetched = [digest for key, digest in trace.reads.items() if key.startswith(REMOTE)]
    return [digest for digest in fetched if digest != FAILED]


def _folders(workspace: Workspace) -> tuple[Root, Root, Root]:
    """Return the folders of artifacts, of what steps left, and of fetched files."""
    cache = Root.own(workspace.cache)
    return Root(workspace.out, links=False), Root.own(workspace.state), cache
