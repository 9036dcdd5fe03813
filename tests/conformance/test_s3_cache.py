"""The shared cache in an S3 store (moto's server) on loopback: slow, busy, silent, and killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.blog import make_blog, tree_of
from tests.support.command import Ran, hanpan, started
from tests.support.processes import once
from tests.support.servers.object_store import BUCKET, PACKAGES, Proxy, object_store, packages
from tests.support.servers.serving import QuietHandler, serving

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not PACKAGES.is_dir(), reason="make conformance installs moto and s3fs"),
]
POSTS = 12
URL = f"s3://{BUCKET}/blog"
PAGES = ("--edition", "html", "--cache", URL)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with object_store(tmp_path_factory.mktemp("store")) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, store: Proxy) -> Path:
    """Return a blog that was built, and has filled the cache."""
    blog = make_blog(tmp_path_factory.mktemp("origin"), posts=POSTS)
    ran = run(blog, store)
    assert ran.code == 0 and f"{2 * POSTS} steps run" in ran.out and not rules(ran)
    assert store.asked["PUT"] == 2 * POSTS
    return blog


@pytest.fixture
def clone(origin: Path, tmp_path: Path, store: Proxy) -> Path:
    """Return the blog as somebody else clones it, and a store that is well."""
    store.latency, store.busy_each, store.is_silent = 0.0, 0, False
    store.forget()
    return make_blog(tmp_path / "blog", posts=POSTS)


def variables(store: Proxy) -> dict[str, str]:
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "a-secret-of-aws"}
    region = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": store.url}
    return {**keys, **region, "PYTHONPATH": packages()}


def run(blog: Path, store: Proxy) -> Ran:
    return hanpan("build", *PAGES, cwd=blog, env=variables(store))


def rules(ran: Ran) -> list[str]:
    return re.findall(r"\[(cache-[a-z]+)\]", ran.err)


def is_copied(ran: Ran, origin: Path, clone: Path) -> bool:
    """Tell whether a build has run no step, and has the files of the first one."""
    assert ran.code == 0 and f"0 steps run, {2 * POSTS} fresh" in ran.out, ran.out + ran.err
    return not rules(ran) and tree_of(clone / "out") == tree_of(origin / "out")


def test_a_fresh_clone_takes_two_requests_a_post_which_overlap(
    origin: Path, clone: Path, store: Proxy
) -> None:
    store.latency = 0.1
    assert is_copied(run(clone, store), origin, clone)
    assert store.asked == {"GET": 2 * POSTS}
    assert store.most >= POSTS / 2, "requests wait for the store together"


def test_a_busy_store_is_asked_again(origin: Path, clone: Path, store: Proxy) -> None:
    store.busy_each = 3
    assert is_copied(run(clone, store), origin, clone)
    assert store.asked["GET"] > 2 * POSTS


def test_a_store_that_is_always_busy_is_left(origin: Path, clone: Path, store: Proxy) -> None:
    store.busy_each = 1
    ran = run(clone, store)
    assert ran.code == 0 and f"{2 * POSTS} steps run" in ran.out
    assert rules(ran) == ["cache-unreachable"] and "secret" not in ran.err
    assert tree_of(clone / "out") == tree_of(origin / "out")


def test_a_silent_store_is_left(origin: Path, clone: Path, store: Proxy) -> None:
    store.is_silent = True
    (clone / "site.toml").open("a").write("[cache]\ntimeout = 3.0\n")
    ran = run(clone, store)
    assert ran.code == 0 and rules(ran) == ["cache-unreachable"] and "within 3 s" in ran.err
    assert tree_of(clone / "out") == tree_of(origin / "out")


def test_a_kill_in_the_middle_leaves_a_store_that_is_whole(
    origin: Path, clone: Path, store: Proxy
) -> None:
    (clone / "site.toml").open("a").write("[html]\ntoc_minimum = 1\n")
    store.latency = 0.3
    build = started("build", *PAGES, cwd=clone, env=variables(store))
    once(lambda: store.asked["PUT"] >= 3)
    os.kill(build.pid, signal.SIGKILL)
    build.wait(60)
    store.latency = 0.0
    ran = hanpan("cache", "verify", "--cache", URL, "--json", cwd=clone, env=variables(store))
    assert ran.code == 0 and json.loads(ran.out) == []
    shutil.rmtree(clone / "out")
    assert run(clone, store).code == 0
    changed = tree_of(clone / "out")
    shutil.rmtree(clone / "out")
    assert f"0 steps run, {2 * POSTS} fresh" in run(clone, store).out
    assert tree_of(clone / "out") == changed != tree_of(origin / "out")


def test_a_store_that_is_away_is_left(origin: Path, clone: Path, store: Proxy) -> None:
    away = {**variables(store), "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    ran = hanpan("build", *PAGES, cwd=clone, env=away)
    assert ran.code == 0 and rules(ran) == ["cache-unreachable"]
    assert tree_of(clone / "out") == tree_of(origin / "out")


def test_commands_work_on_a_bucket(clone: Path, origin: Path, store: Proxy) -> None:
    where = {"cwd": clone, "env": variables(store)}
    ran = hanpan("cache", "info", "--cache", URL, "--json", **where)  # type: ignore[arg-type]
    assert json.loads(ran.out)["posts"] == POSTS
    ran = hanpan("cache", "prune", "--cache", URL, "--size", "0", **where)  # type: ignore[arg-type]
    assert ran.code == 0, ran.err
    ran = hanpan("cache", "info", "--cache", URL, **where)  # type: ignore[arg-type]
    assert "0 posts, 0.0 MB" in ran.out


def test_a_folder_on_the_web_is_read(origin: Path, clone: Path, store: Proxy) -> None:
    folder = clone.parent / "served"
    pages = ("--edition", "html", "--cache")
    assert hanpan("build", *pages, folder, cwd=clone, env=variables(store)).code == 0
    shutil.rmtree(clone / "out")
    handler = partial(_Served, directory=str(folder))
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        web = f"http://127.0.0.1:{server.server_port}/"
        assert is_copied(
            hanpan("build", *pages, web, cwd=clone, env=variables(store)), origin, clone
        )
        post = clone / "posts" / "2026-03-01-글-1.md"
        post.write_text(post.read_text("utf-8") + "\n더.\n", "utf-8")
        ran = hanpan("build", *pages, web, cwd=clone, env=variables(store))
        assert "2 steps run" in ran.out and not rules(ran)


class _Served(QuietHandler, SimpleHTTPRequestHandler):
    """Serves files, and can do nothing else."""
