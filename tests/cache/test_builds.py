"""Builds that share a cache: the same bytes as without one, whatever has happened to it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanpan.builds import build
from hanpan.cache.entries import seal, unseal
from hanpan.plan.options import Options
from hanpan.problems import UsageError
from hanpan.runner.progress import Progress
from hanpan.site import load_site
from tests.support.blog import add_post, make_blog, tree_of
from tests.support.command import Ran, built, hanpan, started
from tests.support.processes import below, name_of, once, open_files
from tests.support.servers.image_host import ImageHost
from tests.support.servers.serving import serving

PAGES = ("--edition", "html")
UNCACHED = {"run": 0, "fresh": 4, "adopted": 4}  # all that is fresh comes from the cache


@pytest.fixture(scope="module")
def host() -> Iterator[ImageHost]:
    with serving(ImageHost()) as server:
        yield server


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, host: ImageHost) -> Path:
    """Return a folder with a blog that was built, and the cache that it filled."""
    folder = tmp_path_factory.mktemp("origin")
    blog = make_blog(folder / "blog", posts=1, settings="[remote]\nallow_private = true\n")
    add_post(blog, "2026-03-02-그림.md", f"---\ntitle: 그림\n---\n\n![점]({host.url('/a.png')})\n")
    result = built(blog, *PAGES, "--cache", folder / "store")
    assert result["steps"] == {"run": 4, "fresh": 0}
    return folder


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """Return the blog as somebody else clones it, beside a copy of its cache."""
    for name in ("posts", "site.toml", "assets.lock"):
        copy = shutil.copytree if (origin / "blog" / name).is_dir() else shutil.copy
        (tmp_path / "blog").mkdir(exist_ok=True)
        copy(origin / "blog" / name, tmp_path / "blog" / name)
    shutil.copytree(origin / "store", tmp_path / "store")
    return tmp_path / "blog"


def steps(blog: Path, *arguments: str, **more: Any) -> dict[str, int]:
    """Build the pages of a blog through the cache beside it; return how many steps ran."""
    result = built(blog, *PAGES, "--cache", blog.parent / "store", *arguments, **more)
    found: dict[str, int] = result["steps"]
    return found


def entries(blog: Path, kind: str) -> list[Path]:
    return sorted((blog.parent / "store" / "v1" / kind).rglob("?" * 64))


def run(blog: Path, *arguments: str | Path, **more: Any) -> Ran:
    return hanpan("build", *PAGES, *arguments, cwd=blog, **more)


def rules(ran: Ran) -> list[str]:
    return re.findall(r"\[(cache-[a-z]+)\]", ran.err)


def test_a_fresh_clone_runs_no_step_without_the_network(
    origin: Path, clone: Path, host: ImageHost
) -> None:
    host.asked.clear()
    assert steps(clone, "--offline") == UNCACHED
    assert tree_of(clone / "out") == tree_of(origin / "blog" / "out")
    assert built(clone, *PAGES, "--offline", "--cache", "none")["steps"] == {"run": 0, "fresh": 4}
    assert not host.asked
    ours, theirs = (
        json.loads((blog / "out" / "build.json").read_text()) for blog in (clone, origin / "blog")
    )
    assert ours["posts"] == theirs["posts"] and ours["tools"] == theirs["tools"]
    fetched = next((clone / ".hanpan" / "remote" / "content").iterdir())
    assert fetched.read_bytes() == host.pages["/a.png"]


def test_one_edit_runs_the_steps_of_one_post(clone: Path) -> None:
    post = clone / "posts" / "2026-03-01-글-1.md"
    post.write_text(post.read_text("utf-8").replace("하나", "둘셋"), "utf-8")
    assert steps(clone) == {"run": 2, "fresh": 2, "adopted": 2}
    assert "둘셋" in (clone / "out" / "글-1" / "글-1.html").read_text("utf-8")
    shutil.rmtree(clone / "out")
    ran = run(clone, "--cache", clone.parent / "store")
    assert "0 steps run, 4 fresh (4 taken over)" in ran.out, (
        "who comes after finds that post as well"
    )


def test_other_settings_are_another_result_and_each_is_kept(origin: Path, clone: Path) -> None:
    toml = clone / "site.toml"
    before = toml.read_text("utf-8")
    toml.write_text(before + "[html]\ntoc_minimum = 1\n", "utf-8")
    assert steps(clone) == {"run": 2, "fresh": 2, "adopted": 2}, "readings do not depend on [html]"
    changed = tree_of(clone / "out")
    toml.write_text(before, "utf-8")
    assert steps(clone) == {"run": 0, "fresh": 4, "adopted": 2}
    assert tree_of(clone / "out") == tree_of(origin / "blog" / "out") != changed
    toml.write_text(before + "[html]\ntoc_minimum = 1\n", "utf-8")
    assert steps(clone) == {"run": 0, "fresh": 4, "adopted": 2}
    assert tree_of(clone / "out") == changed


def test_what_is_not_locked_is_not_taken_on_the_word_of_a_cache(
    clone: Path, host: ImageHost
) -> None:
    (clone / "assets.lock").unlink()
    host.asked.clear()
    result = steps(clone)
    assert result == {"run": 1, "fresh": 3, "adopted": 3}, (
        "the post is read; its page is made of that document"
    )
    assert host.asked["/a.png"] == 1


def test_a_result_without_its_picture_is_none_where_there_is_a_network(
    tmp_path: Path, host: ImageHost
) -> None:
    settings = "[remote]\nallow_private = true\n"
    blog = make_blog(tmp_path / "blog", posts=0, settings=settings)
    add_post(blog, "2026-03-02-그림.md", f"---\ntitle: 그림\n---\n\n![점]({host.url('/a.png')})\n")
    run(blog, "--offline", "--cache", tmp_path / "store")
    without = tree_of(blog / "out")
    shutil.rmtree(blog / "out")
    assert steps(blog, "--offline") == {"run": 0, "fresh": 2, "adopted": 2}
    assert tree_of(blog / "out") == without
    shutil.rmtree(blog / "out")
    assert steps(blog) == {"run": 2, "fresh": 0}
    assert tree_of(blog / "out") != without


def test_lines_that_moved_are_filled_in(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1, settings='[crosspost]\nplatforms = ["velog"]\n')
    post = blog / "posts" / "2026-03-01-글-1.md"
    text = post.read_text("utf-8") + "\n![없는 그림](none.png)\n"
    post.write_text(text, "utf-8")
    payload = ("--edition", "crosspost", "--cache", tmp_path / "store")
    built(blog, *payload)
    post.write_text(text.replace("\n## 소제목", "\n\n\n## 소제목"), "utf-8")
    built(blog, *payload)
    moved = tree_of(blog / "out")
    shutil.rmtree(blog / "out")
    assert built(blog, *payload)["steps"] == {"run": 0, "fresh": 2, "adopted": 2}
    assert tree_of(blog / "out") == moved


def test_entries_that_are_torn_or_wrong_cost_their_posts_and_are_reported(
    origin: Path, clone: Path
) -> None:
    one, two = entries(clone, "packs")
    one.write_bytes(one.read_bytes()[:-20])
    two.write_bytes(seal(f"v1/packs/{two.parent.name}/{two.name}", b"{}\n"))
    ran = run(clone, "--cache", clone.parent / "store")
    assert ran.code == 0 and "4 steps run" in ran.out
    assert rules(ran) == ["cache-entry"] and "2 entries" in ran.err
    assert tree_of(clone / "out") == tree_of(origin / "blog" / "out")
    shutil.rmtree(clone / "out")
    assert steps(clone) == UNCACHED, "what was built has taken their place"


def test_a_trace_that_names_files_of_others_is_not_followed(origin: Path, clone: Path) -> None:
    for path in entries(clone, "index"):
        name = f"v1/index/{path.parent.name}/{path.name}"
        content = unseal(name, path.read_bytes(), 10**6).decode()
        path.write_bytes(seal(name, re.sub(r'"(글-1|그림)/', '"../', content).encode()))
    ran = run(clone, "--cache", clone.parent / "store")
    assert "4 steps run" in ran.out and rules(ran) == ["cache-entry"]
    assert tree_of(clone / "out") == tree_of(origin / "blog" / "out")
    assert {path.name for path in clone.parent.iterdir()} == {"blog", "store"}


def test_with_a_key_nothing_is_taken_that_is_not_signed(clone: Path) -> None:
    key = {"HANPAN_CACHE_KEY": "a long secret"}
    ran = run(clone, "--cache", clone.parent / "store", env=key)
    assert "4 steps run" in ran.out and rules(ran) == ["cache-entry"] and "not signed" in ran.err
    assert "secret" not in ran.err + ran.out
    shutil.rmtree(clone / "out")
    assert steps(clone, env=key) == UNCACHED
    stored = b"".join(
        path.read_bytes() for kind in ("index", "packs") for path in entries(clone, kind)
    )
    assert b"secret" not in stored


def test_a_cache_that_is_read_only_stays_as_it_is(clone: Path) -> None:
    post = clone / "posts" / "2026-03-01-글-1.md"
    post.write_text(post.read_text("utf-8") + "\n더.\n", "utf-8")
    store = clone.parent / "store"
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*")}
    assert steps(clone, env={"HANPAN_CACHE_READ_ONLY": "1"}) == {"run": 2, "fresh": 2, "adopted": 2}
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*")} == before


def test_a_book_is_shared(tmp_path: Path) -> None:
    book = '[[book]]\nname = "모음"\ntitle = "모음"\n'
    blog = make_blog(tmp_path / "blog", posts=2, settings=book)
    command = ("book", "--edition", "epub", "--cache", tmp_path / "store")
    assert "3 steps run" in hanpan(*command, cwd=blog).out
    built_first = tree_of(blog / "out")
    shutil.rmtree(blog / "out")
    ran = hanpan(*command, cwd=blog)
    assert "0 steps run, 3 fresh" in ran.out, ran.err
    assert tree_of(blog / "out") == built_first


def test_what_a_preview_builds_is_not_left_there(clone: Path) -> None:
    post = clone / "posts" / "2026-03-01-글-1.md"
    post.write_text(post.read_text("utf-8") + "\n반만 쓴 문장\n", "utf-8")
    before = entries(clone, "index")
    store = str(clone.parent / "store")
    asked = Options((clone / "posts",), ("html",), clone / "out", cache=store, shares=False, jobs=1)
    assert build(asked, Progress()).summary["steps"] == {"run": 2, "fresh": 2, "adopted": 2}
    assert entries(clone, "index") == before


def test_force_runs_every_step_and_stores_it(clone: Path) -> None:
    for path in entries(clone, "index"):
        path.unlink()
    assert steps(clone, "posts/2026-03-01-글-1.md", "--force") == {"run": 2, "fresh": 0}
    assert len(entries(clone, "index")) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_process_of_a_cache_holds_nothing_of_the_build_and_ends_with_it(
    clone: Path, systems: Path
) -> None:
    post = "posts/2026-03-01-글-1.md"
    options = (*PAGES, "-j1", "--cache", "hanging://x")
    running = started("build", post, *options, cwd=clone, first=systems)

    def held() -> list[str]:
        paths = [path for process in below(running.pid) for path in open_files(process)]
        return [path for path in paths if f"{clone}/out/.hanpan" in path]

    once(lambda: below(running.pid) and not held())
    family = below(running.pid)
    os.kill(running.pid, signal.SIGKILL)
    running.wait(60)
    once(lambda: not any(map(name_of, family)))


def test_two_builds_fill_one_cache_at_once(clone: Path) -> None:
    store = clone.parent / "store"
    shutil.rmtree(store)
    shutil.copytree(clone, clone.parent / "blog2")
    blogs = clone, clone.parent / "blog2"
    running = [started("build", *PAGES, "-j1", "--cache", store, cwd=blog) for blog in blogs]
    assert [one.wait(120) for one in running] == [0, 0]
    assert tree_of(blogs[0] / "out") == tree_of(blogs[1] / "out")
    shutil.rmtree(clone / "out")
    assert steps(clone) == UNCACHED


def test_a_kill_leaves_a_cache_that_is_whole(clone: Path) -> None:
    store = clone.parent / "store"
    shutil.rmtree(store)
    running = started("build", *PAGES, "-j1", "--cache", store, cwd=clone)
    once(lambda: store.exists())
    os.kill(running.pid, signal.SIGKILL)
    running.wait(60)
    ran = hanpan("cache", "verify", "--cache", store, cwd=clone)
    assert ran.code == 0, ran.out + ran.err
    shutil.rmtree(clone / "out")
    assert steps(clone)["run"] in (0, 2, 4)
    shutil.rmtree(clone / "out")
    assert steps(clone) == UNCACHED


def test_settings_name_a_folder_of_the_site_alone(clone: Path) -> None:
    toml = clone / "site.toml"
    text = toml.read_text("utf-8")
    toml.write_text(text + '[cache]\nurl = ".hanpan/cache"\n', "utf-8")
    assert run(clone).code == 0
    assert len(list((clone / ".hanpan" / "cache" / "v1" / "index").rglob("?" * 64))) == 2
    toml.write_text(text + '[cache]\nurl = "s3://bucket/cache"\n', "utf-8")
    ran = run(clone)
    assert ran.code == 2 and "site.toml:" in ran.err and "--cache" in ran.err
    for url in ("/tmp/cache", "cache", ".hanpan", ".hanpan/../x", "~/x", ".hanpan/a\\u0000b"):
        toml.write_text(text + f'[cache]\nurl = "{url}"\n', "utf-8")
        with pytest.raises(UsageError, match="not a folder"):
            load_site(clone)


def test_a_cache_of_settings_is_not_followed_behind_a_link(clone: Path) -> None:
    (clone / ".hanpan").mkdir(exist_ok=True)
    (clone / ".hanpan" / "cache").symlink_to(clone.parent / "store")
    (clone / "site.toml").open("a").write('[cache]\nurl = ".hanpan/cache"\n')
    ran = run(clone)
    assert ran.code == 2 and "it is a link" in ran.err


# file systems of fsspec, as who uses a cache may bring one
SYSTEMS = """
import time
import fsspec
from fsspec.implementations.local import LocalFileSystem

class Broken(LocalFileSystem):
    protocol = "broken"
    def cat_file(self, path, start=None, end=None, **kwargs):
        raise OSError(113, "secret of the server")
    pipe_file = cat_file

class Hanging(LocalFileSystem):
    protocol = "hanging"
    def cat_file(self, path, start=None, end=None, **kwargs):
        time.sleep(600)

class Slow(LocalFileSystem):
    protocol = "slow"
    def cat_file(self, path, start=None, end=None, **kwargs):
        time.sleep(0.05)
        with open(path, "rb") as file:
            return file.read(end)

for system in (Broken, Hanging, Slow):
    fsspec.register_implementation(system.protocol, system)
"""


@pytest.fixture
def systems(tmp_path: Path) -> Path:
    program = tmp_path / "systems.py"
    program.write_text(SYSTEMS, "utf-8")
    return program


def test_a_store_that_fails_is_reported_once_and_the_build_goes_on(
    origin: Path, clone: Path, systems: Path
) -> None:
    ran = run(clone, "--cache", "broken://user:word@host/x?token=word", first=systems)
    assert ran.code == 0 and "4 steps run" in ran.out
    assert rules(ran) == ["cache-unreachable"]
    assert "broken://host/x" in ran.err and "OSError (no route to host)" in ran.err
    assert "word" not in ran.err and "secret" not in ran.err
    assert tree_of(clone / "out") == tree_of(origin / "blog" / "out")


def test_a_store_that_hangs_is_left(clone: Path, systems: Path) -> None:
    (clone / "site.toml").open("a").write("[cache]\ntimeout = 0.5\n")
    post = "posts/2026-03-01-글-1.md"
    ran = run(clone, post, "--cache", "hanging://x", first=systems, timeout=60)
    assert ran.code == 0 and "2 steps run" in ran.out
    assert rules(ran) == ["cache-unreachable"] and "within 0.5 s" in ran.err


def test_a_store_with_latency_is_used(origin: Path, clone: Path, systems: Path) -> None:
    ran = run(clone, "--cache", f"slow://{clone.parent / 'store'}", first=systems)
    assert ran.code == 0 and "0 steps run, 4 fresh" in ran.out and not rules(ran)
    assert tree_of(clone / "out") == tree_of(origin / "blog" / "out")


def test_what_is_not_installed_is_said(clone: Path) -> None:
    ran = run(clone, "posts/2026-03-01-글-1.md", "--cache", "gs://bucket/x")
    assert ran.code == 0 and "2 steps run" in ran.out
    assert rules(ran) == ["cache-unreachable"] and "gcsfs" in ran.err


def test_offline_asks_no_server(clone: Path, systems: Path) -> None:
    post = "posts/2026-03-01-글-1.md"
    ran = run(clone, post, "--offline", "--cache", "broken://x", first=systems)
    assert rules(ran) == []
