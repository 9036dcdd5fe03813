"""The state: what is kept comes back; what is damaged, of another schema or unused, goes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hanpan.document import SiteLink
from hanpan.plan.names import KnownPost
from hanpan.problems import Problem
from hanpan.runner.database import SCHEMA
from hanpan.runner.state import State
from hanpan.runner.trace import Trace

PAGE = 4096  # bytes; SQLite's own

TRACE = Trace(
    {"file:posts/a.md": "one"},
    {"a/a.html": "two"},
    "tools",
    output="three",
    products={"html": "a/a.html"},
    problems=(
        Problem("image-missing", "warning", "그림이 없다", "posts/a.md", 3, "Add it.", True),
    ),
    address="/a/",
    links=(SiteLink("/b/", 7, False),),
    canonical="https://blog.example/a/",
)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(State(tmp_path / ".hanpan")) as opened:
        yield opened


def opened_again(state: State) -> State:
    """Return the state as the next build finds it."""
    state.close()
    return State(state.folder)


def test_traces_posts_and_digests_come_back(state: State) -> None:
    known = KnownPost("posts/a.md", ".", "a")
    state.keep("posts/a.md", "html", TRACE)
    state.keep_posts({"posts/a.md": known})
    state.keep_digests({"/a": ("sign", "digest")})
    state.keep_digests({"/a": ("other", "changed"), "/b": ("sign", "digest")})
    with closing(opened_again(state)) as again:
        assert again.traces() == {("posts/a.md", "html"): TRACE}
        assert again.posts() == {"posts/a.md": known}
        digests = {path: known for path, known in again.digests().items() if path}
        assert digests == {"/a": ("other", "changed"), "/b": ("sign", "digest")}


def test_hashes_of_files_are_those_of_one_start_of_the_machine(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loss of power may leave a file that has its size and times, and not its content."""
    state.keep_digests({"/a": ("sign", "digest")})
    monkeypatch.setattr("hanpan.runner.state._boot_id", lambda: "another")
    with closing(opened_again(state)) as again:
        assert again.digests() == {}
        again.keep_digests({"/b": ("sign", "digest")})
    with closing(State(state.folder)) as again:
        assert again.digests().keys() - {""} == {"/b"}


def test_a_post_is_forgotten_with_all_its_steps_and_no_other(state: State) -> None:
    for post in ("a", "b"):
        state.keep(post, "document", TRACE)
        state.keep(post, "html", TRACE)
        state.keep_posts({post: KnownPost(post, ".", post)})
    state.forget("a")
    assert state.traces().keys() == {("b", "document"), ("b", "html")}
    assert state.posts().keys() == {"b"}


def test_versions_of_tools_are_kept_for_their_sign_alone(state: State) -> None:
    assert state.tools("one") is None
    state.keep_tools("one", {"lxml": "1"})
    assert state.tools("one") == {"lxml": "1"}
    state.keep_tools("two", {"lxml": "2"})
    assert state.tools("one") is None
    assert state.tools("two") == {"lxml": "2"}


def many_traces() -> dict[tuple[str, str], Trace]:
    """Return traces that fill several pages, some of them more than one."""
    return {
        (f"posts/{number:02}.md", step): replace(TRACE, address=f"/{number}/" * 60 * number)
        for number in range(7)
        for step in ("document", "html")
    }


def harmed(data: bytes, page: int, harm: str) -> bytes:
    """Return a file of which one page is not what it was."""
    start, end = page * PAGE, (page + 1) * PAGE
    if harm == "cut":
        return data[: start + PAGE // 3]
    instead = {
        "zeros": bytes(PAGE),
        "random": Random(page).randbytes(PAGE),
        "another": data[:start][-PAGE:] or data[-PAGE:],
        "a bit": bytes([*data[start : end - 9], data[end - 9] ^ 1, *data[end - 8 : end]]),
    }
    return data[:start] + instead[harm] + data[end:]


@pytest.mark.parametrize("harm", ["zeros", "random", "another", "a bit", "cut"])
def test_a_page_that_is_damaged_never_passes_for_content(tmp_path: Path, harm: str) -> None:
    traces = many_traces()
    with closing(State(tmp_path)) as state:
        for key, trace in traces.items():
            state.keep(*key, trace)
        state.keep_posts({post: KnownPost(post, ".", "slug") for post, _ in traces})
        state.keep_digests({f"/out/{number}": ("sign", "digest") for number in range(50)})
    data = (tmp_path / "state.db").read_bytes()
    assert len(data) > 8 * PAGE
    for page in range(len(data) // PAGE):
        (tmp_path / "state.db").write_bytes(harmed(data, page, harm))
        with closing(State(tmp_path)) as state:
            known = state.traces()
            assert known.items() <= traces.items()
            is_reported = [problem.rule for problem in state.problems] == ["state-damaged"]
            # rows that are gone with a page whose place another one took are built again
            assert is_reported or known == traces or harm == "another"
            state.keep("new", "html", TRACE)
        with closing(State(tmp_path)) as again:
            assert again.problems == []  # reported once
            assert again.traces() == known | {("new", "html"): TRACE}


def another_schema(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("create table traces (post, step, text, checksum, more)")
        db.execute(f"pragma user_version={SCHEMA}")


def a_trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("create trigger t after insert on posts begin delete from traces; end")


def a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma user_version=1000")


def no_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update traces set text = 5")


def no_unicode(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update traces set text = cast(x'ff' as text)")


def no_unicode_in_a_statement(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE traces", b"CREATE T\xf2BLE traces"))


def a_folder(path: Path) -> None:
    path.unlink()
    (path / "more").mkdir(parents=True)


def a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def a_folder_for_the_log(path: Path) -> None:
    path.with_name("state.db-wal").mkdir()


def a_log_of_another(path: Path) -> None:
    path.with_name("state.db-wal").write_bytes(b"7\x7f\x06\x82" + bytes(9000))
    path.with_name("state.db-shm").write_bytes(b"?" * 32768)


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "harm",
    [another_schema, a_trigger, a_newer_version, no_text, no_unicode, no_unicode_in_a_statement,
     a_folder, a_link, a_folder_for_the_log, nothing],
)  # fmt: skip
def test_a_database_that_cannot_be_used_is_replaced_and_that_is_reported_once(
    state: State, harm: Callable[[Path], None]
) -> None:
    state.keep("a", "html", TRACE)
    state.close()
    harm(state.folder / "state.db")
    reported: list[Problem] = []
    with closing(State(state.folder, reported.append)) as again:
        assert again.traces() == {}
        again.keep("a", "html", TRACE)
    assert [(p.rule, p.severity) for p in reported] == [("state-damaged", "warning")]
    with closing(State(state.folder, reported.append)) as again:
        assert again.traces() == {("a", "html"): TRACE}
    assert len(reported) == 1


def test_a_log_that_is_not_its_own_does_no_harm(state: State) -> None:
    state.keep("a", "html", TRACE)
    state.close()
    a_log_of_another(state.folder / "state.db")
    with closing(State(state.folder)) as again:
        assert again.traces() == {("a", "html"): TRACE} and again.problems == []


def test_a_database_of_an_earlier_version_is_replaced_without_a_word(state: State) -> None:
    state.keep("a", "html", TRACE)
    state.close()
    with closing(sqlite3.connect(state.folder / "state.db")) as db:
        db.execute(f"pragma user_version={SCHEMA - 1}")
    with closing(State(state.folder)) as again:
        assert again.traces() == {} and again.problems == []


def test_damage_during_a_build_costs_nothing_that_is_known(state: State) -> None:
    state.keep("a", "html", TRACE)
    with closing(sqlite3.connect(state.folder / "state.db")) as other:
        other.execute("pragma wal_checkpoint(truncate)")
    data = (state.folder / "state.db").read_bytes()
    (state.folder / "state.db").write_bytes(data[:PAGE] + b"?" * (len(data) - PAGE))
    state.keep("b", "html", replace(TRACE, output="x" * 9000))
    assert [problem.rule for problem in state.problems] == ["state-damaged"]
    with closing(opened_again(state)) as again:
        assert again.traces().keys() == {("a", "html"), ("b", "html")}


VALUES: list[Any] = [None, True, 5, 1.5, "text", [], ["a"], {}, {"a": 1}, [[]]]


@pytest.mark.parametrize("name", [None, *asdict(TRACE), "problems.0", "links.0", "unknown"])
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_trace_of_other_types_is_refused_or_means_what_it_says(
    name: str | None, value: object
) -> None:
    """What comes back may be used as a trace is: its paths, hashes and problems are texts."""
    data = json.loads(TRACE.as_json())
    if name is None:
        data = value
    elif name.endswith(".0"):
        data[name.removesuffix(".0")][0] = value
    else:
        data[name] = value
    try:
        trace = Trace.from_json(json.dumps(data))
    except ValueError:
        return
    for table in (trace.reads, trace.writes, trace.products):
        assert all(isinstance(text, str) for text in (*table, *table.values()))
    assert all(isinstance(text, str) for text in (trace.output, trace.address, *trace.left()))
    assert Trace.from_json(trace.as_json()) == trace


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "1" * 5000, '{"writes": {"\\u0000": "x"}}', "\ud800", "null"]
)
def test_what_is_no_json_is_no_trace(text: str) -> None:
    with pytest.raises(ValueError):
        Trace.from_json(text)


@pytest.mark.parametrize("path", ["a\0.html", "\ud800.html"])
def test_a_trace_names_no_path_that_a_file_cannot_have(path: str) -> None:
    with pytest.raises(ValueError):
        Trace.from_json(json.dumps(asdict(replace(TRACE, writes={path: "hash"}))))


def test_what_was_half_written_goes(state: State) -> None:
    part = state.temporary / ".hanpan-x.part"
    part.write_bytes(b"half")
    state.clear_temporary()
    assert not part.exists() and state.temporary.is_dir()


def test_documents_that_no_trace_names_go_and_the_others_stay(state: State) -> None:
    for digest in ("used", "unused"):
        state.document_path(digest).parent.mkdir(exist_ok=True)
        state.document_path(digest).write_text("{}")
    state.drop_documents({"used"})
    assert state.document_path("used").exists()
    assert not state.document_path("unused").exists()


def test_a_trace_names_what_it_has_left() -> None:
    assert TRACE.left() == {"three"}
    assert Trace({}, {}, "").left() == set()
