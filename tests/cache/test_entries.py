"""Entries and packs: what goes in comes out; what is torn, wrong, hostile or unsigned does not."""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.cache.compression import compress, decompress
from hanpan.cache.entries import BadEntry, seal, unseal
from hanpan.files import sha256
from hanpan.problems import Problem
from hanpan.runner.packs import Owner, Pack, check_origin, pack, place, unpack
from hanpan.runner.steps import Workspace
from hanpan.runner.trace import Trace

NAME = "v1/index/ab/" + "ab" * 32
OWNER = Owner("../posts/글.md", "글", "tools")
PAGE = b"<p>page</p>"
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def trace_of(*paths: str, content: bytes = PAGE, **more: object) -> Trace:
    writes = dict.fromkeys(paths, sha256(content))
    reads = {"file:posts/글.md": sha256(b"post")}
    return replace(Trace(reads, writes, "tools"), **more)  # type: ignore[arg-type]


@given(st.binary(max_size=2_000), st.binary(max_size=40))
def test_an_entry_comes_out_as_it_went_in(content: bytes, key: bytes) -> None:
    assert unseal(NAME, seal(NAME, content, key), len(content), key) == content


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_an_entry_of_which_a_byte_is_another_is_bad(content: bytes, at: int, byte: int) -> None:
    entry = seal(NAME, content)
    at %= len(entry)
    changed = entry[:at] + bytes([byte]) + entry[at + 1 :]
    try:
        read = unseal(NAME, changed, 1_000)
    except BadEntry:
        return
    assert read == content  # of its signature, which nobody asks for


@given(st.binary(max_size=300))
def test_any_bytes_are_harmless(data: bytes) -> None:
    with pytest.raises(BadEntry):
        unseal(NAME, data, 1_000)
    with pytest.raises(BadEntry):
        unseal(NAME, b"hanpan 1 zlib " + sha256(data).encode() + b" -\n" + data, 1)
    with pytest.raises(ValueError):
        unpack(data)


@pytest.mark.parametrize("length", [0, 1, 60, 80, 100])
def test_a_torn_entry_is_bad(length: int) -> None:
    with pytest.raises(BadEntry):
        unseal(NAME, seal(NAME, bytes(range(200)))[:length], 1_000)


@pytest.mark.parametrize("package", ["zstandard", ""])
def test_a_bomb_is_not_decompressed(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not package:
        monkeypatch.setitem(sys.modules, "zstandard", None)
    entry = seal(NAME, bytes(50_000_000))
    assert len(entry) < 300_000
    with pytest.raises(BadEntry, match="longer than 1,000 bytes"):
        unseal(NAME, entry, 1_000)


def test_entries_are_read_without_what_wrote_others(monkeypatch: pytest.MonkeyPatch) -> None:
    small, plain = seal(NAME, b"a"), ("zlib", zlib.compress(b"a"))
    assert small.startswith(b"hanpan 1 zstd ")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert compress(b"a")[0] == "zlib"
    assert decompress(*plain, 1) == b"a"
    with pytest.raises(BadEntry, match="zstd"):
        unseal(NAME, small, 1)


def test_a_window_of_gigabytes_is_refused() -> None:
    # RFC 8878, 3.1.1.1: a frame without its size, whose window is 2 GB
    frame = bytes.fromhex("28b52ffd00a8010000")
    with pytest.raises(ValueError):
        decompress("zstd", frame, 1_000)


@pytest.mark.parametrize("key", [b"", b"another"])
def test_with_a_key_only_what_is_signed_with_it_is_read(key: bytes) -> None:
    entry = seal(NAME, b"content", key)
    with pytest.raises(BadEntry, match="not signed"):
        unseal(NAME, entry, 100, b"key")
    assert unseal(NAME, entry, 100) == b"content", "without a key, nobody asks who signed"


def test_a_signed_entry_is_none_under_another_name() -> None:
    entry = seal(NAME, b"content", b"key")
    with pytest.raises(BadEntry, match="not signed"):
        unseal(NAME.replace("ab", "cd"), entry, 100, b"key")


@given(st.dictionaries(st.sampled_from(["document", "html", "pdf"]), texts), st.binary())
def test_a_pack_comes_out_as_it_went_in(messages: dict[str, str], content: bytes) -> None:
    traces = {
        step: trace_of("글/글.html", content=content, problems=(Problem("x", "info", text),))
        for step, text in messages.items()
    }
    results = Pack(traces, {sha256(content): content, sha256(b"more"): b"more"})
    assert unpack(pack(results)) == results


@pytest.mark.parametrize(
    "path",
    [
        "../글.html",
        "글/../../x",
        "/etc/cron.d/x",
        "글/a\0b",
        ".hanpan/state.db",
        "다른글/다른글.html",
        "books/글/글.pdf",
        "index.html",
        "글",
    ],
)
def test_files_of_others_are_not_written(tmp_path: Path, path: str) -> None:
    for trace in (trace_of(path), trace_of("글/글.html", products={"html": path})):
        with pytest.raises(ValueError):
            check_origin({"html": unpacked(trace)}, OWNER)
    assert list(tmp_path.iterdir()) == []


def unpacked(trace: Trace) -> Trace:
    """Return a trace as a pack of somebody else brings it."""
    head = json.dumps({"traces": {"html": json.loads(trace.as_json())}, "blobs": []})
    return unpack(head.encode() + b"\n").traces["html"]


@pytest.mark.parametrize(
    "trace",
    [
        trace_of("글/글.html", tools="other tools"),
        trace_of("글/글.html", given_up=True),
        trace_of("글/글.html", reads={"accident:pandoc died": "pandoc died"}),
        trace_of("글/글.html", reads={"remote:https://a.example/b.png": "unknown"}),
        trace_of("글/글.html", writes={"글/글.html": "../../../etc/passwd"}),
        trace_of("글/글.html", output="../../../../etc/passwd"),
        trace_of("글/글.html", line_lists="0" * 63),
        trace_of("글/글.html", reads={f"file:{number}": "" for number in range(20_001)}),
    ],
    ids=lambda trace: "",
)
def test_results_that_nobody_shares_are_not_taken(trace: Trace) -> None:
    with pytest.raises(ValueError):
        check_origin({"html": trace}, OWNER)


def test_a_step_that_there_is_not_is_not_taken() -> None:
    with pytest.raises(ValueError, match="step"):
        check_origin({"../../x": trace_of("글/글.html")}, OWNER)


def test_nothing_is_written_behind_a_link(tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    for folder in (out, outside, tmp_path / "state", tmp_path / "remote"):
        folder.mkdir()
    (out / "글").symlink_to(outside)
    workspace = Workspace(out, tmp_path / "state", tmp_path / "remote", True, True)
    results = Pack({"html": trace_of("글/글.html")}, {sha256(PAGE): PAGE})
    with pytest.raises(PermissionError, match="link"):
        place(results, ["html"], workspace)
    assert list(outside.iterdir()) == []
    (out / "글").unlink()
    (tmp_path / "state" / "tmp").mkdir()
    place(results, ["html"], workspace)
    assert (out / "글" / "글.html").read_bytes() == PAGE
    with pytest.raises(ValueError, match="lacks"):
        place(Pack(results.traces, {}), ["html"], workspace)
