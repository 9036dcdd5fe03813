"""Roots: no link leads out, only regular files are read, and none beyond its size."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from hanpan.roots import RefusedFile, Root, TooLarge


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with a file and a folder, beside a file that is none of its own."""
    (tmp_path / "site" / "posts").mkdir(parents=True)
    (tmp_path / "site" / "posts" / "a.md").write_text("own")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.md").write_text("secret")
    return tmp_path / "site"


def outwards(site: Path) -> dict[str, str]:
    """Lay links that lead out; return what each name is refused under."""
    (site / "file.md").symlink_to(site.parent / "secret" / "a.md")
    (site / "folder").symlink_to("../secret")
    (site / "root").symlink_to("/")
    (site / "second").symlink_to("folder")
    (site / "environ").symlink_to("/proc/self/environ")
    (site / "handle").symlink_to("/dev/fd/0")
    (site / "self").symlink_to("/proc/self")
    secret = str(site.parent / "secret" / "a.md")
    return {
        "file.md": "file.md",
        "folder/a.md": "folder",
        f"root{secret}": "root",
        "second/a.md": "second",
        "environ": "environ",
        "handle": "handle",
        "self/environ": "self",
        "../secret/a.md": "../secret/a.md",
        "posts/../../secret/a.md": "posts/../../secret/a.md",
        secret: secret,
    }


def test_nothing_outside_is_read_and_the_link_is_named(site: Path) -> None:
    root = Root(site)
    for name, path in outwards(site).items():
        with pytest.raises(RefusedFile) as caught:
            root.read(name)
        assert (caught.value.problem.path, caught.value.problem.rule) == (path, "file-unreadable")
        assert "outside" in str(caught.value) and caught.value.problem.remedy
        with pytest.raises(RefusedFile):
            root.find(name)
    for folder in ("folder", "second", "root", "..", "/"):
        with pytest.raises(RefusedFile):
            root.names(folder)


def test_links_that_stay_inside_are_followed_and_so_is_one_to_the_site(site: Path) -> None:
    (site / "content").symlink_to("posts")
    (site / "chain.md").symlink_to("content/a.md")
    (site / "whole.md").symlink_to(site / "posts" / "a.md")
    (site.parent / "blog").symlink_to("site")
    for root in (Root(site), Root(site.parent / "blog")):
        for name in ("content/a.md", "chain.md", "whole.md", "posts/../posts/a.md", "./posts/a.md"):
            assert root.read(name) == b"own"
            assert root.find(name) == str(site / "posts" / "a.md")
        assert root.names("content") == ("a.md",)
        assert "posts" in root.names(".")


def test_what_is_no_regular_file_is_neither_read_nor_waited_for(site: Path) -> None:
    os.mkfifo(site / "pipe")
    (site / "link to the pipe").symlink_to("pipe")
    (site / "loop").symlink_to("loop")
    (site / "one").symlink_to("two")
    (site / "two").symlink_to("one")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(site / "socket"))
    kinds = {"pipe": "pipe", "link to the pipe": "pipe", "socket": "socket"}
    kinds |= {"loop": "nowhere", "one": "nowhere", "two": "nowhere"}
    for name, kind in kinds.items():
        with pytest.raises(RefusedFile, match=kind):
            Root(site).read(name)


@pytest.mark.parametrize("last", ["file", "folder", "outside"])
def test_a_chain_of_links_that_no_system_follows_is_not_followed(site: Path, last: str) -> None:
    goals = {"file": "posts/a.md", "folder": "posts", "outside": "../secret/a.md"}
    (site / "link 1500").symlink_to(goals[last])
    for number in range(1500):
        (site / f"link {number}").symlink_to(f"link {number + 1}")
    (site / "round").symlink_to("round")
    for name in ("link 0", "link 0/a.md", "round/a.md"):
        with pytest.raises(RefusedFile, match="nowhere"):
            Root(site).read(name)
        with pytest.raises(OSError):
            Root(site).find(name)
    with pytest.raises(OSError):
        Root(site).names("link 0")
    with pytest.raises(OSError):
        Root(site / "link 0").read("a.md")
    with pytest.raises(OSError):
        Root.own(site / "link 0").place("a.md", make=True)


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="a system without /proc")
def test_the_kernels_files_are_none_even_where_all_is_inside() -> None:
    for root, name in (("/", "proc/self/environ"), ("/proc/self", "environ"), ("/dev", "zero")):
        with pytest.raises(RefusedFile, match="kernel"):
            Root(root).read(name)


def test_a_file_is_read_up_to_its_limit_and_not_opened_beyond(site: Path) -> None:
    (site / "ten").write_bytes(b"0123456789")
    assert Root(site).read("ten", 10) == b"0123456789"
    with pytest.raises(TooLarge) as caught:
        Root(site).read("ten", 9)
    assert caught.value.size == 10
    os.truncate(site / "ten", 10**12)  # a file of holes
    with pytest.raises(TooLarge):
        Root(site).read("ten")


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_what_takes_a_files_place_after_the_check_is_not_read(
    site: Path, swapped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Root.find

    def find_and_swap(self: Root, name: str, limit: int) -> str:
        path = find(self, name, limit)
        if swapped == "file":
            (site / "posts" / "a.md").unlink()
            (site / "posts" / "a.md").symlink_to("../../secret/a.md")
        else:
            (site / "posts").rename(site / "before")
            (site / "posts").symlink_to("../secret")
        return path

    monkeypatch.setattr(Root, "find", find_and_swap)
    with pytest.raises(OSError):
        Root(site).read("posts/a.md")


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Root.find

    def find_and_swap(self: Root, name: str, limit: int) -> str:
        path = find(self, name, limit)
        os.unlink(path)
        os.mkfifo(path)
        return path

    monkeypatch.setattr(Root, "find", find_and_swap)
    with pytest.raises(RefusedFile, match="pipe"):
        Root(site).read("posts/a.md")


def test_a_file_that_grows_while_it_is_read_is_cut_off(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Root.find

    def find_and_append(self: Root, name: str, limit: int) -> str:
        path = find(self, name, limit)
        with open(path, "ab") as file:
            file.write(b"x" * 100_000)
        return path

    monkeypatch.setattr(Root, "find", find_and_append)
    assert len(Root(site).read("posts/a.md", 200_000)) == 100_003
    with pytest.raises(TooLarge):
        Root(site).read("posts/a.md", 100_010)


def test_missing_files_and_folders_are_missing(site: Path) -> None:
    for name in ("none", "posts", "posts/a.md/none", "none/none", "."):
        with pytest.raises(FileNotFoundError):
            Root(site).read(name)
    with pytest.raises(FileNotFoundError):
        Root(site).names("posts/a.md")


def test_places_to_write_are_below_no_link(site: Path) -> None:
    root = Root(site, links=False)
    (site / "out").symlink_to("posts")
    assert root.place("posts/b.html") == site / "posts" / "b.html"
    assert root.place("new/deep/b.html", make=True).parent.is_dir()
    for name in ("out/b.html", "../b.html", "/b.html", "posts/../b.html", "", "posts//b", "a\0b"):
        with pytest.raises(RefusedFile):
            root.place(name, make=True)
    with pytest.raises(NotADirectoryError):
        root.place("posts/a.md/b.html", make=True)
    with pytest.raises(RefusedFile):
        root.read("out/a.md")
