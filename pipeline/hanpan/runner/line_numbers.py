"""Line numbers in artifacts: filled in when written, and again when lines alone have moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hanpan.editions import Rendered
from hanpan.files import sha256, write_atomic
from hanpan.roots import Root
from hanpan.runner.state import State
from hanpan.runner.trace import Trace
from hanpan.source_lines import SourceLines, fill_in, lists_as_json, lists_from_json

# raised by JSON of others
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def with_lines(rendered: Rendered, lines: SourceLines) -> Rendered:
    """Return the rendered artifacts with the line numbers that they name."""
    artifacts = []
    for artifact in rendered.artifacts:
        data, lists = fill_in(artifact.data, artifact.lines, lines)
        artifacts.append(replace(artifact, data=data, lines=lists))
    return replace(rendered, artifacts=tuple(artifacts))


def renumber(trace: Trace, lines: str, state: State, out: Path) -> Trace:
    """Write the line numbers with the hash `lines` into fresh artifacts; return their trace.

    No step runs: except for these numbers, the artifacts stay as they were written.
    Raises OSError or one of UNREADABLE where what was left for this is not what was left.
    """
    now = SourceLines.from_json(state.document_path(lines).read_text("utf-8"))
    lists = lists_from_json(state.document_path(trace.line_lists).read_text("utf-8"))
    writes, own = dict(trace.writes), Root(out, links=False)
    for path, items in lists.items():
        if path not in writes:
            raise ValueError(f"`{path}` is not the step's")
        before = own.read(path)
        data, lists[path] = fill_in(before, items, now)
        if data != before:
            write_atomic(own.place(path), data, state.temporary)
            writes[path] = sha256(data)
    text = lists_as_json(lists).encode()
    write_atomic(state.document_path(sha256(text)), text, state.temporary)
    return replace(trace, writes=writes, lines=lines, line_lists=sha256(text))
