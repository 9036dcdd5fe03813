"""The door: what it remembers, what it refuses, and what counts as a change."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from hanpan.files import ABSENT, Digests, Fetched, Files, sha256
from hanpan.site import Pdf, load_site


class Nothing:
    """A fetcher that has nothing."""

    def fetch(self, url: str) -> Fetched:
        raise OSError("no network")

    def fingerprint(self, url: str) -> str:
        return "failed"


def door(root: Path) -> Files:
    return Files(load_site(root), Nothing())


def test_reads_are_remembered_with_their_hash_and_so_is_absence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"one")
    files = door(tmp_path)
    assert files.read("a.png") == b"one"
    with pytest.raises(FileNotFoundError):
        files.read("b.png")
    with pytest.raises(OSError, match="no network"):
        files.fetch("https://a.example/x.png")
    assert files.reads == {
        "file:a.png": sha256(b"one"),
        "file:b.png": ABSENT,
        "remote:https://a.example/x.png": "failed",
    }
    (tmp_path / "b.png").write_bytes(b"two")
    assert files.fingerprint("file:b.png") == sha256(b"two")


@pytest.mark.parametrize(
    "path", ["../outside.txt", "/etc/passwd", "link/secret.txt", "a/../../outside.txt"]
)
def test_nothing_outside_the_site_is_read(tmp_path: Path, path: str) -> None:
    root = tmp_path / "site"
    (root / "a").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link").symlink_to(tmp_path)
    files = door(root)
    with pytest.raises((PermissionError, FileNotFoundError)):
        files.read(path)
    assert files.fingerprint(f"file:{path}") == ABSENT


def test_the_sites_own_layout_comes_before_ours(tmp_path: Path) -> None:
    files = door(tmp_path)
    ours = files.layout("styles/tokens.css")
    before = files.reads["layout:styles/tokens.css"]
    (tmp_path / "layouts" / "styles").mkdir(parents=True)
    (tmp_path / "layouts" / "styles" / "tokens.css").write_bytes(b":root{}")
    assert files.fingerprint("layout:styles/tokens.css") == sha256(b":root{}") != before
    assert files.layout("styles/tokens.css") == ours  # what a step has found, it keeps to
    assert door(tmp_path).layout("styles/tokens.css") == b":root{}" != ours
    with pytest.raises(FileNotFoundError):
        files.layout("../site.toml")


def test_a_table_of_settings_changes_only_with_its_own_values(tmp_path: Path) -> None:
    def fingerprint(text: str) -> str:
        (tmp_path / "site.toml").write_text(text)
        files = door(tmp_path)
        files.settings(Pdf)
        return files.reads["settings:pdf"]

    assert fingerprint('[pdf]\npage = "A4"\n') == fingerprint('title = "x"\n')
    assert fingerprint('[pdf]\npage = "A5"\n') != fingerprint('title = "x"\n')


def test_touching_is_no_change_and_an_edit_with_the_old_time_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one")
    digests = Digests()
    first = digests.digest(path)
    times = path.stat()
    os.utime(path, ns=(1, 1))
    assert digests.digest(path) == first
    path.write_bytes(b"two")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert digests.digest(path) == sha256(b"two")
    path.unlink()
    assert digests.digest(path) == ABSENT


def test_an_unchanged_file_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one")
    changed_at, known = path.stat().st_ctime, dict(Digests().known)
    digests = Digests(known)
    monkeypatch.setattr(time, "time_ns", lambda: int((changed_at + 5) * 1e9))
    digests.digest(path)
    sign = known[str(path)][0]
    known[str(path)] = (sign, "remembered")
    assert digests.digest(path) == "remembered"


@pytest.mark.parametrize("seconds", [-100, 0.1, 1.5, 5])
def test_a_file_that_may_change_once_more_at_the_same_time_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """Two edits within a tick of the disk's clock have the same times, and may have one size."""
    path = tmp_path / "a.md"
    path.write_bytes(b"one")
    changed_at = path.stat().st_ctime
    monkeypatch.setattr(time, "time_ns", lambda: int((changed_at + seconds) * 1e9))
    digests = Digests()
    assert digests.digest(path) == sha256(b"one")
    assert bool(digests.known) == bool(digests.fresh) == (not 0 <= seconds < 2)


def test_a_folder_may_hold_a_name_that_is_no_text(tmp_path: Path) -> None:
    """It was a bug that stopped every post beside such a file."""
    (tmp_path / "site.toml").write_text("")
    files = Files(load_site(tmp_path), Nothing())
    before = files.fingerprint("folder:.")
    (tmp_path / os.fsdecode(b"\xff.png")).touch()
    assert files.names(".") == ("site.toml", "\udcff.png")
    assert files.fingerprint("folder:.") == files.reads["folder:."] != before


@pytest.mark.parametrize(
    "key",
    [
        "file:a\0b.png",
        "folder:a\0b",
        "layout:a\0b",
        "bogus:a",
        "",
        ":",
        "settings:a",
        "settings:root",
    ],
)
def test_a_key_that_names_nothing_has_a_fingerprint(tmp_path: Path, key: str) -> None:
    """`![](a%00b.png)` is a read that the next build compares."""
    (tmp_path / "site.toml").write_text("")
    assert Files(load_site(tmp_path), Nothing()).fingerprint(key) == ABSENT


def test_what_is_refused_is_stale_only_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / "data.yml").write_bytes(b"0123456789")
    os.mkfifo(tmp_path / "pipe")
    files = door(tmp_path)
    for name, limit in (("data.yml", 9), ("pipe", 9)):
        with pytest.raises(PermissionError):
            files.read(name, limit)
        assert files.reads[f"file:{name}"] == door(tmp_path).fingerprint(f"file:{name}")
    assert files.refused.keys() == {"data.yml", "pipe"}
    before = files.reads["file:data.yml"]
    (tmp_path / "data.yml").write_bytes(b"012345678")
    assert door(tmp_path).fingerprint("file:data.yml") != before
