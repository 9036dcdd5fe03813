"""Damage below out/.hanpan: what was hit is built again, that is said once, and nothing differs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hanpan.problems import HanpanError
from hanpan.runner.cleaning import clean
from tests.support.blog import make_blog, tree_of
from tests.support.command import Ran, built, hanpan

EDITIONS = ("-e", "html", "-e", "crosspost")


def documents(state: Path) -> list[Path]:
    """Return what steps have left for others: documents, and the lines of their posts."""
    return sorted((state / "documents").iterdir())


def empty(state: Path) -> None:
    for path in documents(state):
        path.write_bytes(b"")


def cut(state: Path) -> None:
    for path in documents(state):
        path.write_bytes(path.read_bytes()[:-1])


def swapped(state: Path) -> None:
    first, *others = documents(state)
    before = first.read_bytes()
    for path, other in zip((first, *others), others, strict=False):
        path.write_bytes(other.read_bytes())
    others[-1].write_bytes(before)


def of_another_post(state: Path) -> None:
    with closing(sqlite3.connect(state / "state.db")) as db, db:
        (text,) = db.execute("select text from traces where step = 'html'").fetchone()
        db.execute("update traces set text = ? where step = 'html'", (text,))


def no_json(state: Path) -> None:
    with closing(sqlite3.connect(state / "state.db")) as db, db:
        db.execute("update traces set text = substr(text, 2)")


def no_readings(state: Path) -> None:
    with closing(sqlite3.connect(state / "state.db")) as db, db:
        db.execute("update traces set text = '[]' where step = 'document'")


def no_database(state: Path) -> None:
    (state / "state.db").write_bytes(b"no database" * 1000)


HARMS = (empty, cut, swapped, of_another_post, no_json, no_readings, no_database)


@pytest.mark.endurance
def test_what_was_damaged_is_built_again_and_told_once(tmp_path: Path) -> None:
    blog = make_blog(tmp_path)
    built(blog, *EDITIONS)
    whole = tree_of(blog / "out")
    for harm in HARMS:
        harm(blog / "out" / ".hanpan")
        ran = hanpan("build", *EDITIONS, cwd=blog)
        assert ran.code == 0 and "Traceback" not in ran.err, harm.__name__
        assert ran.err.count("warning: ") == ran.err.count("[state-damaged]") == 1, harm.__name__
        assert "0 steps run" not in ran.out
        assert tree_of(blog / "out") == whole, harm.__name__
        assert fresh(hanpan("build", *EDITIONS, cwd=blog))


def fresh(ran: Ran) -> bool:
    return ran.code == 0 and ran.err == "" and "0 steps run" in ran.out


def test_a_build_of_one_post_leaves_the_damage_of_others_to_theirs(tmp_path: Path) -> None:
    blog = make_blog(tmp_path)
    built(blog, *EDITIONS)
    no_readings(blog / "out" / ".hanpan")
    first = hanpan("build", "posts/2026-03-01-글-1.md", *EDITIONS, cwd=blog)
    assert first.code == 0 and "state-damaged" in first.err
    second = hanpan("build", *EDITIONS, cwd=blog)
    assert second.code == 0 and second.err == "" and "1 step run" in second.out
    assert fresh(hanpan("build", *EDITIONS, cwd=blog))


@pytest.mark.parametrize("harm", [no_json, no_database])
def test_what_hanpan_wrote_is_not_removed_where_that_is_not_known(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    blog = make_blog(tmp_path, posts=1)
    built(blog, "-e", "html")
    whole = tree_of(blog / "out")
    harm(blog / "out" / ".hanpan")
    with pytest.raises(HanpanError, match="what hanpan wrote"):
        clean(blog / "out")
    assert tree_of(blog / "out") == whole
    built(blog, "-e", "html")
    assert clean(blog / "out") > 1
    assert not (blog / "out").exists()
