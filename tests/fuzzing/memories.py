"""Databases and ledgers at random: what hanpan wrote, mutated, is refused or means what it says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hanpan.assets.remote import Locked, lock_text, read_lock
from hanpan.cache.address import CacheAddress
from hanpan.cache.entries import BadEntry, seal
from hanpan.cache.stores.contract import INDEX, entry_name
from hanpan.cache.stores.folder import FolderStore
from hanpan.cache.work import look_up
from hanpan.document import SiteLink
from hanpan.files import sha256
from hanpan.plan.names import KnownPost
from hanpan.preview.listing import Listing, read_listing
from hanpan.problems import HanpanError, Problem
from hanpan.publish.last_sent import LastSentStore
from hanpan.publish.ledger_text import LedgerEntry, parse_ledger, write_ledger
from hanpan.publish.payload import Uploaded
from hanpan.runner.packs import Owner, Pack, check_origin, pack, place, unpack
from hanpan.runner.state import State
from hanpan.runner.steps import Workspace
from hanpan.runner.trace import Trace
from tests.fuzzing.mutations import mutated
from tests.fuzzing.target import law

_KEY = ("posts/a.md", "devto", "https://blog.example")
_TRACE = Trace(
    {"file:posts/a.md": "one", "settings:html": "two"},
    {"a/a.html": "three"},
    "tools",
    output="0" * 64,
    products={"html": "a/a.html"},
    problems=(
        Problem("image-missing", "warning", "그림이 없다", "posts/a.md", 3, "Add it.", True),
    ),
    address="/a/",
    links=(SiteLink("/b/", 7, False),),
    canonical="https://blog.example/a/",
)
_ENTRY = LedgerEntry(
    id="7", url="https://blog.example/a", slug="a", status="draft", sent="1" * 64, given="2" * 64,
    images={"3" * 64: Uploaded("9", "https://blog.example/a.png")},
)  # fmt: skip
_PAGE = b"<p>page</p>"
_SHARED = Trace(
    {"file:posts/a.md": "1" * 64, "slug:": "a"},
    {"a/a.html": sha256(_PAGE)},
    "tools",
    output=sha256(b"{}"),
    products={"html": "a/a.html"},
)
_OWNER = Owner("../posts/a.md", "a", "tools")
_SUMMARY = {
    "posts": [{"source": "posts/a.md", "slug": "a", "document": "0" * 64, "title": "글",
               "date": "2026-03-01T00:00:00+09:00", "lang": "ko", "artifacts": {"html": "a/a.html"},
               "problems": []}],
    "books": [{"name": "b", "artifacts": {}, "problems": []}],
    "problems": [],
}  # fmt: skip
_VALUES = ("null", "true", "5", "-1", "1e999", '""', '"가"', "[]", "{}", '["a"]', '{"a": 1}',
           "[[]]",
           '"\\ud800"', '"\\u0000"', '"\\u001b[2J"', '"../../x"', '"/etc/passwd"', "1979-05-27",
           "[" * 3_000, '{"a":' * 3_000, "9" * 5_000, '"${HOME}"', "NaN", "")  # fmt: skip


class Memory:
    """A folder with a database that is sound, to begin each example with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.traces = {
            (f"posts/{number}.md", step): _TRACE
            for number in range(9)
            for step in ("document", "html", "epub")
        }
        with closing(State(folder / "sound")) as state:
            for key, trace in self.traces.items():
                state.keep(*key, trace)
            state.keep_posts({post: KnownPost(post, ".", "a") for post, _ in self.traces})
            state.keep_digests({f"/out/{number}": ("sign", "digest") for number in range(40)})
            state.keep_tools("sign", {"lxml": "6"})
        self.database = (folder / "sound" / "state.db").read_bytes()
        self.state = folder / "state"


def _sound() -> dict[str, bytes]:
    """Return sound texts by kind."""
    lock = {"https://a.example/a.png": Locked("4" * 64, 10, "image/png")}
    texts = {
        "trace": _TRACE.as_json(),
        "ledger": write_ledger({_KEY: _ENTRY, ("posts/b.md", *_KEY[1:]): _ENTRY}),
        "lock": lock_text(lock),
        "sent": json.dumps({"sent": {"body": "글"}, "given": {"body": "글"}}),
        "listing": json.dumps(_SUMMARY),
        "index": json.dumps(
            {"variants": [{"pack": "5" * 64, "traces": {"html": json.loads(_SHARED.as_json())}}]}
        ),
    }
    results = Pack({"html": _SHARED}, {sha256(data): data for data in (_PAGE, b"{}")})
    return {kind: text.encode() for kind, text in texts.items()} | {"pack": pack(results)}


def examples() -> st.SearchStrategy[tuple[str, bytes]]:
    """Return kinds of memory, and bytes."""
    kinds = [
        st.tuples(st.just(kind), st.one_of(mutated([text]), _with_other_values(text)))
        for kind, text in _sound().items()
    ]
    # of a database, what is changed: it is larger than what is worth drawing
    changes = mutated([bytes(range(256)) * 8]).map(lambda data: ("database", data))
    return st.one_of(*kinds, changes)


def _with_other_values(text: bytes) -> st.SearchStrategy[bytes]:
    """Return a text of which some values or keys are others."""
    parts = text.decode().split('"')

    def changed(choice: list[tuple[int, str, bool]]) -> bytes:
        pieces = list(parts)
        for at, value, is_whole in choice:
            place = at % len(pieces)
            pieces[place] = value.strip('"') if is_whole else f'{pieces[place]}" {value} "'
        return '"'.join(pieces).encode("utf-8", "surrogatepass")

    one = st.tuples(st.integers(0, 200), st.sampled_from(_VALUES), st.booleans())
    return st.lists(one, min_size=1, max_size=3).map(changed)


def judge(memory: Memory, example: tuple[str, bytes]) -> None:
    """Read a memory as its kind is read."""
    kind, data = example
    _JUDGES[kind](memory, data)


def _judge_database(memory: Memory, data: bytes) -> None:
    """Write bytes over the database, at a place that they say themselves."""
    shutil.rmtree(memory.state, ignore_errors=True)
    memory.state.mkdir()
    at = int.from_bytes(data[:4], "little") % len(memory.database)
    harmed = memory.database[:at] + data[4:] + memory.database[at + len(data[4:]) :]
    if data[:1] in b"abcdefgh":
        harmed = harmed[:at]
    (memory.state / "state.db").write_bytes(harmed)
    with closing(State(memory.state)) as state:
        known = state.traces()
        law(known.items() <= memory.traces.items(), "damage passes for a trace")
        lost = known != memory.traces
        law(not lost or state.problems, "traces are lost, and nobody is told")
        state.keep("new", "html", _TRACE)
    with closing(State(memory.state)) as again:
        law(not again.problems, "it is reported once more")
        law(again.traces() == known | {("new", "html"): _TRACE}, "the next build finds another")


def _judge_trace(memory: Memory, data: bytes) -> None:
    try:
        trace = Trace.from_json(data.decode("utf-8", "surrogateescape"))
    except ValueError:
        return
    for table in (trace.reads, trace.writes, trace.products):
        law(all(isinstance(text, str) for text in (*table, *table.values())), "no texts")
    law(Trace.from_json(trace.as_json()) == trace, "read again, it is another")
    json.dumps([problem.as_json() for problem in trace.problems]).encode()


def _judge_ledger(memory: Memory, data: bytes) -> None:
    path = memory.folder / "crosspost.lock"
    path.write_bytes(data)
    try:
        entries = parse_ledger(path)
    except HanpanError as error:
        lines = data.count(b"\n") + 2
        law(error.problem.message and (error.problem.line or 1) <= lines, "no place")
        return
    for key, entry in entries.items():
        law(all(isinstance(part, str) for part in key), "a key is no text")
        fields = [getattr(entry, name) for name in LedgerEntry.__slots__ if name != "images"]
        law(all(isinstance(value, str) for value in fields), "a field is no text")
    path.write_text(write_ledger(entries), "utf-8")
    law(parse_ledger(path) == entries, "written and read, it is another")


def _judge_lock(memory: Memory, data: bytes) -> None:
    path = memory.folder / "assets.lock"
    path.write_bytes(data)
    try:
        entries = read_lock(path)
    except (ValueError, HanpanError):
        return
    law(all(isinstance(entry.sha256, str) for entry in entries.values()), "a hash is no text")
    path.write_text(lock_text(entries), "utf-8")
    law(read_lock(path) == entries, "written and read, it is another")


def _judge_sent(memory: Memory, data: bytes) -> None:
    folder = memory.folder / "publish"
    folder.mkdir(exist_ok=True)
    (folder / f"{sha256(' '.join(_KEY).encode())[:32]}.json").write_bytes(data)
    last = LastSentStore(folder).load(_KEY)
    for fields in (last.sent, last.given):
        law(all(isinstance(t, str) for t in (*fields, *fields.values())), "no texts")


def _judge_index(memory: Memory, data: bytes) -> None:
    """Look up what somebody has put into a cache."""
    store = FolderStore(CacheAddress(str(memory.folder / "store")))
    name = entry_name(INDEX, "6" * 64)
    store.write(name, seal(name, data))
    try:
        variants = look_up(store, "6" * 64, _OWNER)
    except BadEntry:
        return
    for variant in variants:
        law(all(map(_is_own, variant.traces.values())), "it names files of others")


def _judge_pack(memory: Memory, data: bytes) -> None:
    """Place what somebody has put into a cache; nothing is written but the post's own files."""
    folder = memory.folder / "placed"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("out", "state/tmp", "remote"):
        (folder / name).mkdir(parents=True)
    workspace = Workspace(folder / "out", folder / "state", folder / "remote", True, True)
    before = set(memory.folder.rglob("*"))
    try:
        results = unpack(data)
        check_origin(results.traces, _OWNER)
        place(results, results.traces, workspace)
    except (ValueError, OSError):
        pass
    written = {path.relative_to(folder) for path in set(memory.folder.rglob("*")) - before}
    own = (Path("out/a"), Path("state/documents"), Path("remote/content"))
    law(all(any(map(path.is_relative_to, own)) for path in written), "it writes elsewhere")


def _is_own(trace: Trace) -> bool:
    return all(path.startswith("a/") for path in (*trace.writes, *trace.products.values()))


def _judge_listing(memory: Memory, data: bytes) -> None:
    out = memory.folder / "out"
    out.mkdir(exist_ok=True)
    (out / "build.json").write_bytes(data)
    listing = read_listing(out, Listing())
    for post in listing.posts:
        texts: list[Any] = [post.slug, post.source, post.title, post.date, post.lang]
        texts += [*post.editions, *post.editions.values(), *post.payloads.values()]
        law(all(isinstance(text, str) for text in texts), f"no texts: {post}")


_JUDGES: dict[str, Callable[[Memory, bytes], None]] = {
    "database": _judge_database,
    "trace": _judge_trace,
    "ledger": _judge_ledger,
    "lock": _judge_lock,
    "sent": _judge_sent,
    "listing": _judge_listing,
    "index": _judge_index,
    "pack": _judge_pack,
}
