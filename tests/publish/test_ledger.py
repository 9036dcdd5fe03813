"""The ledger: a text that comes back as it was, merges, and is held by one run at a time."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.problems import HanpanError
from hanpan.publish.ledger import Key, LedgerEntry, ledger_text, open_ledger, read_ledger
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


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(st.tuples(TEXT, st.just("wordpress"), TEXT), TEXT, max_size=4))
def test_what_is_written_is_read(urls: dict[Key, str]) -> None:
    entries = {key: replace(ENTRY, url=url) for key, url in urls.items()}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "crosspost.lock"
        path.write_bytes(ledger_text(entries).encode())
        assert read_ledger(path) == entries


def test_a_key_is_a_line_and_the_order_is_fixed() -> None:
    entries = {key("posts/b.md"): ENTRY, key("posts/a.md"): replace(ENTRY, intent="d" * 64)}
    text = ledger_text(entries)
    assert text == ledger_text(dict(reversed(entries.items())))
    blocks = text.split("\n\n")[1:]
    assert blocks[0].startswith('["posts/a.md".wordpress."https://blog.example"]\n')
    names = [line.split(" = ")[0] for line in blocks[0].splitlines()[1:]]
    assert names == [*sorted(names[:-1]), f"images.{'c' * 64}"]


def test_two_peoples_posts_merge(tmp_path: Path) -> None:
    before = {key(f"posts/{name}.md"): ENTRY for name in "adg"}
    ours = {**before, key("posts/b.md"): ENTRY}
    theirs = {**before, key("posts/e.md"): ENTRY, key("posts/a.md"): replace(ENTRY, status="x")}
    for name, entries in (("base", before), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(ledger_text(entries), "utf-8")
    merge = ["git", "merge-file", "ours", "base", "theirs"]
    assert subprocess.run(merge, cwd=tmp_path).returncode == 0
    assert read_ledger(tmp_path / "ours") == {**ours, **theirs}


def test_a_merge_that_failed_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "crosspost.lock"
    path.write_text("# head\n<<<<<<< ours\n", "utf-8")
    with pytest.raises(HanpanError) as error:
        read_ledger(path)
    assert error.value.problem.location() == "crosspost.lock:2"
    path.write_text('["a".wordpress."b"]\nnews = "1"\n', "utf-8")
    with pytest.raises(HanpanError, match="cannot be read"):
        read_ledger(path)


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
    text = ledger_text({key("posts/a.md"): LedgerEntry(id="1")})
    assert [line for line in text.splitlines() if " = " in line] == ['id = "1"']
