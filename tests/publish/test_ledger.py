"""The ledger: a text that comes back as it was, merges, and is held by one run at a time."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.problems import HanpanError
from hanpan.publish.last_sent import LastSent, LastSentStore
from hanpan.publish.ledger import open_ledger
from hanpan.publish.ledger_text import Key, LedgerEntry, parse_ledger, write_ledger
from hanpan.publish.payload import Uploaded

ENTRY = LedgerEntry(
    id="12",
    url="https://blog.example/글/",
    slug="글",
    status="draft",
    sent="a" * 64,
    given="b" * 64,
    created="2026-11-22T10:00:00Z",
    updated="2026-11-22T10:00:00Z",
    images={"c" * 64: Uploaded("7", "https://blog.example/7.png")},
)


def key(source: str, target: str = "https://blog.example") -> Key:
    return source, "wordpress", target


HEAD = b'["posts/a.md".wordpress."https://blog.example"]\n'
PICTURE = f"images.{'c' * 64} = ".encode()
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(st.tuples(TEXT, st.just("wordpress"), TEXT), TEXT, max_size=4))
def test_what_is_written_is_read(urls: dict[Key, str]) -> None:
    entries = {key: replace(ENTRY, url=url) for key, url in urls.items()}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "crosspost.lock"
        path.write_bytes(write_ledger(entries).encode())
        assert parse_ledger(path) == entries


def test_a_key_is_a_line_and_the_order_is_fixed() -> None:
    entries = {key("posts/b.md"): ENTRY, key("posts/a.md"): replace(ENTRY, intent="d" * 64)}
    text = write_ledger(entries)
    assert text == write_ledger(dict(reversed(entries.items())))
    blocks = text.split("\n\n")[1:]
    assert blocks[0].startswith('["posts/a.md".wordpress."https://blog.example"]\n')
    names = [line.split(" = ")[0] for line in blocks[0].splitlines()[1:]]
    assert names == [*sorted(names[:-1]), f"images.{'c' * 64}"]


def test_two_peoples_posts_merge(tmp_path: Path) -> None:
    before = {key(f"posts/{name}.md"): ENTRY for name in "adg"}
    ours = {**before, key("posts/b.md"): ENTRY}
    theirs = {**before, key("posts/e.md"): ENTRY, key("posts/a.md"): replace(ENTRY, status="x")}
    for name, entries in (("base", before), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(write_ledger(entries), "utf-8")
    merge = ["git", "merge-file", "ours", "base", "theirs"]
    assert subprocess.run(merge, cwd=tmp_path).returncode == 0
    assert parse_ledger(tmp_path / "ours") == {**ours, **theirs}


def test_a_merge_that_failed_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "crosspost.lock"
    path.write_text("# head\n<<<<<<< ours\n", "utf-8")
    with pytest.raises(HanpanError) as error:
        parse_ledger(path)
    assert error.value.problem.location() == "crosspost.lock:2"
    path.write_text('["a".wordpress."b"]\nnews = "1"\n', "utf-8")
    with pytest.raises(HanpanError, match="cannot be read"):
        parse_ledger(path)


def test_another_run_waits_and_sees_what_was_kept(tmp_path: Path) -> None:
    path, folder = tmp_path / "crosspost.lock", tmp_path / ".hanpan"
    seen: list[LedgerEntry | None] = []

    def second() -> None:
        with open_ledger(path, folder) as ledger:
            seen.append(ledger.entry(key("posts/a.md")))

    other = threading.Thread(target=second)
    with open_ledger(path, folder) as ledger:
        other.start()
        other.join(0.2)
        assert other.is_alive()
        ledger.keep(key("posts/a.md"), ENTRY)
    other.join(5)
    assert seen == [ENTRY]
    assert sorted(p.name for p in tmp_path.rglob("*")) == [".hanpan", "crosspost.lock", "lock"]


def test_what_a_killed_run_has_left_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / ".hanpan"
    folder.mkdir()
    (folder / ".hanpan-x.part").write_text("half", "utf-8")
    (folder / "last.json").write_text("{}", "utf-8")
    with open_ledger(tmp_path / "crosspost.lock", folder):
        assert sorted(path.name for path in folder.iterdir()) == ["last.json", "lock"]


def test_empty_values_are_left_out() -> None:
    text = write_ledger({key("posts/a.md"): LedgerEntry(id="1")})
    assert [line for line in text.splitlines() if " = " in line] == ['id = "1"']


HOSTILE: dict[str, tuple[bytes, int, str]] = {
    "conflict markers": (b"# head\n<<<<<<< ours\n", 2, "a conflict marker of Git"),
    "markers within a block": (HEAD + b'id = "1"\n=======\nid = "2"\n', 3, "a conflict marker"),
    "a block twice": (HEAD + b'id = "1"\n\n' + HEAD + b'id = "2"\n', 4, "here twice"),
    "a key twice": (HEAD + b'id = "1"\nid = "2"\n', 3, "`id` is here twice"),
    "a torn line": (HEAD + b'id = "1', 2, "does not write"),
    "a key without a block": (b'id = "1"\n', 1, "does not write"),
    "not UTF-8": (HEAD + b"\xff", 2, "not UTF-8"),
    "half a character": (HEAD + b'url = "\\ud800"', 2, "can't encode"),
    "a wrong escape": (HEAD + b'url = "\\q"', 2, "escape"),
    "a number": (b"# x\n" + HEAD + b"id = 7\n", 3, "does not write `id = 7`"),
    "a list": (HEAD + b'url = ["x"]\n', 2, "does not write"),
    "a key of nobody": (HEAD + b'news = "1"\n', 2, "does not write"),
    "a path as id": (HEAD + b'id = "../../x"\n', 2, "`../../x` is no id"),
    "a variable as id": (HEAD + b'id = "${HOME}"\n', 2, "is no id"),
    "pictures that are none": (HEAD + b'images = "x"\n', 2, "does not write"),
    "a picture without a hash": (HEAD + b'images.x = ["1", "/a"]\n', 2, "not write"),
    "a picture that is script": (HEAD + PICTURE + b'["1", "data:1"]\n', 2, "no valid address"),
    "a picture twice": (HEAD + (PICTURE + b'["1", "/a"]\n') * 2, 3, "picture is here twice"),
    "a platform that is none": (b'["a"."b] c"."d"]\nid = "1"\n', 1, "does not write"),
    "deep lists": (b"a = " + b"[" * 100_000, 1, "does not write"),
    "deep tables": (b".".join([b"a"] * 100_000) + b" = 1", 1, "does not write"),  # 40 GB in tomllib
    "a long text": (HEAD + b'url = "' + b"x" * 9999 + b'"\n', 2, "is no url"),
    "zeros": (HEAD + b"\0" * 4096, 2, "does not write"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_ledger_is_judged_and_its_line_told(kind: str, tmp_path: Path) -> None:
    text, line, words = HOSTILE[kind]
    path = tmp_path / "crosspost.lock"
    path.write_bytes(text)
    with pytest.raises(HanpanError, match="cannot be read") as error:
        parse_ledger(path)
    problem = error.value.problem
    assert (problem.path, problem.line) == ("crosspost.lock", line)
    assert words in problem.message and len(problem.message) < 400
    assert "restore the file from Git" in problem.remedy


def test_what_is_no_ordinary_file_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "site" / "crosspost.lock"
    path.parent.mkdir()
    monkeypatch.setattr("hanpan.publish.ledger_text._LARGEST", 100)
    path.write_text("#" * 101, "utf-8")
    with pytest.raises(HanpanError, match="the limit is 100"):
        parse_ledger(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(HanpanError, match="a named pipe"):
        parse_ledger(path)
    path.unlink()
    path.symlink_to("/proc/self/environ")
    with pytest.raises(HanpanError, match="outside the site"):
        parse_ledger(path)


def test_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "crosspost.lock"
    path.write_bytes(write_ledger({key("posts/a.md"): ENTRY}).replace("\n", "\r\n").encode())
    assert parse_ledger(path) == {key("posts/a.md"): ENTRY}


@pytest.mark.parametrize(
    "text",
    ["[", '{"sent": 1, "given": [2]}', '{"sent": {"a": 1, "b": "c"}}', "[" * 200_000, "null"],
)
def test_what_was_last_sent_may_be_anything(tmp_path: Path, text: str) -> None:
    store = LastSentStore(tmp_path)
    store.save(key("posts/a.md"), LastSent({"title": "글"}))
    (path,) = tmp_path.iterdir()
    path.write_text(text, "utf-8")
    last = store.load(key("posts/a.md"))
    assert last == (LastSent({"b": "c"}) if "b" in text else LastSent())
