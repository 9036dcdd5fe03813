"""Stores, and what looks after them: a folder and memory keep the same contract."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanpan.cache.address import CacheAddress, cache_address
from hanpan.cache.agreement import steps_that_hold
from hanpan.cache.entries import BadEntry, seal
from hanpan.cache.stores.contract import INDEX, PACKS, Store, entry_name
from hanpan.cache.stores.opening import open_store
from hanpan.cache.upkeep import prune, size_of, unusable
from hanpan.cache.variants import Variant
from hanpan.cache.work import fetch, look_up, offer
from hanpan.files import sha256
from hanpan.problems import UsageError
from hanpan.runner.packs import MOST, NotShareable, Owner, Pack, pack
from hanpan.runner.steps import READ, Workspace
from hanpan.runner.trace import Trace
from hanpan.site import Site, load_site
from tests.support.blog import make_blog
from tests.support.command import hanpan

PAGE = b"<p>page</p>"
DIGEST = "ab" * 32
OWNER = Owner("../posts/글.md", "글", "tools")


@pytest.fixture(params=["folder", "memory"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield str(tmp_path / "store") if request.param == "folder" else f"memory://{tmp_path.name}"


@pytest.fixture
def store(address: str) -> Store:
    return open_store(CacheAddress(address))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return the folders of a build that has made one page of one document."""
    (tmp_path / "out" / "글").mkdir(parents=True)
    (tmp_path / "out" / "글" / "글.html").write_bytes(PAGE)
    (tmp_path / "state" / "documents").mkdir(parents=True)
    (tmp_path / "state" / "tmp").mkdir()
    (tmp_path / "state" / "documents" / f"{sha256(b'{}')}.json").write_bytes(b"{}")
    return Workspace(tmp_path / "out", tmp_path / "state", tmp_path / "remote", True, True)


def traces() -> dict[str, Trace]:
    reading = Trace({"file:posts/글.md": sha256(b"post")}, {}, "tools", sha256(b"{}"))
    page = Trace({"document:": sha256(b"{}")}, {"글/글.html": sha256(PAGE)}, "tools")
    return {READ: reading, "html": page}


def test_what_is_written_is_read_and_listed_until_it_is_removed(store: Store) -> None:
    name = entry_name(PACKS, DIGEST)
    with pytest.raises(FileNotFoundError):
        store.read(name, 10)
    assert list(store.entries()) == []
    store.write(name, b"old")
    store.write(name, b"content")
    assert store.read(name, 7) == b"content"
    with pytest.raises(BadEntry):
        store.read(name, 6)
    (entry,) = store.entries()
    assert (entry.name, entry.size, entry.kind) == (name, 7, PACKS)
    assert abs(entry.time - time.time()) < 86_400
    store.remove(name)
    store.remove(name)
    assert list(store.entries()) == []


def test_results_come_back_as_they_were_offered(store: Store, workspace: Workspace) -> None:
    offer(store, DIGEST, traces(), workspace, b"key")
    offer(store, DIGEST, traces(), workspace, b"key")
    (variant,) = look_up(store, DIGEST, OWNER, b"key")
    assert variant.traces == traces()
    for path in (*workspace.out.glob("글/*"), *workspace.state.glob("documents/*")):
        path.unlink()
    assert fetch(store, variant, [READ, "html"], OWNER, workspace, b"key")
    assert (workspace.out / "글" / "글.html").read_bytes() == PAGE
    assert workspace.state.joinpath("documents", f"{sha256(b'{}')}.json").read_bytes() == b"{}"
    assert size_of(store.entries()).posts == 1 and len(list(store.entries())) == 2


def test_packs_that_are_gone_or_another_post_s_are_none(store: Store, workspace: Workspace) -> None:
    offer(store, DIGEST, traces(), workspace)
    (variant,) = look_up(store, DIGEST, OWNER)
    with pytest.raises(BadEntry):
        fetch(store, variant, ["html"], Owner("../posts/다른.md", "다른", "tools"), workspace)
    with pytest.raises(BadEntry):
        look_up(store, DIGEST, Owner("../posts/다른.md", "다른", "tools"))
    others = Variant(variant.pack, {"html": Trace({}, {"글/글.html": sha256(b"")}, "tools")})
    with pytest.raises(BadEntry):
        fetch(store, others, ["html"], OWNER, workspace)
    store.remove(entry_name(PACKS, variant.pack))
    assert not fetch(store, variant, ["html"], OWNER, workspace)


def test_files_that_are_not_what_was_written_are_not_offered(
    store: Store, workspace: Workspace
) -> None:
    (workspace.out / "글" / "글.html").write_bytes(b"edited")
    with pytest.raises(NotShareable):
        offer(store, DIGEST, traces(), workspace)
    assert list(store.entries()) == []


def test_results_that_are_too_large_are_not_packed() -> None:
    with pytest.raises(NotShareable):
        pack(Pack({}, {"a": bytes(MOST)}))


def test_an_index_keeps_the_newest_variants_and_survives_damage(
    store: Store, workspace: Workspace
) -> None:
    store.write(entry_name(INDEX, DIGEST), b"torn")
    for number in range(6):
        known = traces()
        known["html"].reads["settings:html"] = str(number)
        offer(store, DIGEST, known, workspace)
    found = [
        variant.traces["html"].reads["settings:html"] for variant in look_up(store, DIGEST, OWNER)
    ]
    assert found == ["5", "4", "3", "2"]


def test_prune_takes_what_is_old_then_what_is_oldest(tmp_path: Path) -> None:
    store = open_store(CacheAddress(str(tmp_path)))
    names = [entry_name(PACKS, f"{number}{number}" * 32) for number in range(1, 6)]
    for age, name in enumerate(names):
        store.write(name, b"x" * 100)
        os.utime(tmp_path / name, (1_000 - age, 1_000 - age))
    (tmp_path / "v1" / "notes.txt").write_text("not ours")
    assert [entry.name for entry in prune(store, before=997)] == [names[4]]
    assert [entry.name for entry in prune(store, size=250)] == [names[3], names[2]]
    assert prune(store, size=250) == []
    store.read(names[1], 100)
    assert [entry.name for entry in prune(store, size=100)] == [names[0]], "reading is use"
    assert (tmp_path / "v1" / "notes.txt").exists()


def test_verify_names_what_no_build_would_use(store: Store, workspace: Workspace) -> None:
    offer(store, DIGEST, traces(), workspace, b"key")
    assert list(unusable(store)) == list(unusable(store, b"key")) == []
    assert len(list(unusable(store, b"another"))) == 2
    wrong = entry_name(PACKS, "cd" * 32)
    store.write(wrong, seal(wrong, b"{}\n"))
    torn = entry_name(INDEX, "ef" * 32)
    store.write(torn, seal(torn, b"{}")[:-1])
    assert {entry.name for entry in unusable(store)} == {wrong, torn}


def test_commands_say_prune_and_verify(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = open_store(CacheAddress(str(folder)))
    name = entry_name(INDEX, DIGEST)
    store.write(name, b"\x1b[2Jtorn")
    where = {"env": {"HANPAN_CACHE_URL": str(folder)}, "cwd": tmp_path}
    ran = hanpan("cache", "info", "--json", **where)  # type: ignore[arg-type]
    assert json.loads(ran.out) == {"url": str(folder), "posts": 1, "bytes": 8}
    ran = hanpan("cache", "verify", **where)  # type: ignore[arg-type]
    assert ran.code == 1 and f"{name}: it is no entry" in ran.out and "1 entry is bad" in ran.out
    ran = hanpan("cache", "prune", **where)  # type: ignore[arg-type]
    assert ran.code == 2 and "--age" in ran.err
    ran = hanpan("cache", "verify", "--remove", **where)  # type: ignore[arg-type]
    assert ran.code == 0 and "1 entry is bad, removed" in ran.out
    store.write(name, b"x")
    ran = hanpan("cache", "prune", "--size", "0K", **where)  # type: ignore[arg-type]
    assert ran.code == 0 and "1 entry removed" in ran.out
    assert hanpan("cache", "info", cwd=tmp_path).code == 2
    ran = hanpan("cache", "info", "--cache", "nothing://x", cwd=tmp_path)
    assert ran.code == 1 and "cannot be used" in ran.err


def test_the_command_line_goes_before_the_environment_and_that_before_the_site(
    tmp_path: Path,
) -> None:
    site = load_site(make_blog(tmp_path, settings='[cache]\nurl = ".hanpan/cache"\n', posts=0))
    variable = {"HANPAN_CACHE_URL": "s3://user:word@bucket/x?y=z", "HANPAN_CACHE_READ_ONLY": "1"}

    def chosen(asked: str | None, environment: dict[str, str]) -> CacheAddress | None:
        return cache_address(asked, [site], environment)

    own = chosen(None, {})
    assert own == CacheAddress(str(tmp_path.resolve() / ".hanpan/cache")) and own.is_folder
    bucket = chosen(None, variable)
    assert bucket and bucket.read_only and not bucket.is_near
    assert bucket.shown == "s3://bucket/x"
    named = chosen(f"file://{tmp_path}/store", variable)
    assert named and named.url == str(tmp_path.resolve() / "store")
    assert chosen("none", variable) is None and chosen("", variable) is None
    web = chosen("HTTPS://host/x", {})
    assert web and web.read_only
    with pytest.raises(UsageError):
        cache_address(None, [linked(tmp_path)], {})


def linked(folder: Path) -> Site:
    (folder / ".hanpan").symlink_to(folder.parent)
    return load_site(folder)


def test_an_edition_holds_if_what_it_is_made_of_does() -> None:
    reading = Trace({"file:a": "1"}, {}, "t", "document")
    pdf = Trace({"document:": "document"}, {}, "t", "pages")
    epub = Trace({"document:": "document", "edition before:": "pages"}, {}, "t")
    known = {READ: reading, "pdf": pdf, "epub": epub}

    def held(*wrong: str, without: str = "") -> set[str]:
        these = {step: trace for step, trace in known.items() if step != without}
        return steps_that_hold(
            these, "글", ["epub", "pdf"],
            lambda step, trace, inputs: step not in wrong and all(
                inputs.get(key, value) == value for key, value in trace.reads.items()
            ),
        )  # fmt: skip

    assert held() == {READ, "pdf", "epub"}
    assert held("pdf") == held(without="pdf") == {READ}, "an EPUB with pages, but no pages"
    assert held("epub") == {READ, "pdf"}
    assert held(READ) == held(without=READ) == set()
