"""The state: what is kept comes back; what is damaged, of another schema or unused, goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hanpan.document import SiteLink
from hanpan.plan.posts import KnownPost
from hanpan.problems import Problem
from hanpan.runner.state import State, Trace

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
        assert again.digests() == {"/a": ("other", "changed"), "/b": ("sign", "digest")}


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


@pytest.mark.parametrize("harm", ["damaged", "another schema"])
def test_a_database_that_cannot_be_used_is_replaced(state: State, harm: str) -> None:
    state.keep("a", "html", TRACE)
    state.close()
    path = state.folder / "state.db"
    if harm == "damaged":
        path.write_bytes(b"no database" * 1000)
    else:
        with closing(sqlite3.connect(path)) as db:
            db.execute("pragma user_version=1")
    with closing(State(state.folder)) as again:
        assert again.traces() == {}
        again.keep("a", "html", TRACE)
        assert again.traces() == {("a", "html"): TRACE}


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
