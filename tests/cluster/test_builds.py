"""Builds on a cluster: the same bytes, whatever is lost on the way."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hanpan.assets.remote import Locked, lock_text, read_lock
from hanpan.files import sha256
from tests.support.blog import POST, add_post, make_blog, tree_of
from tests.support.command import ROOT, Ran, hanpan, started
from tests.support.processes import below, name_of, once
from tests.support.servers.dask_cluster import PACKAGES, PATH, VARIABLES, Cluster, dask_cluster
from tests.support.servers.image_host import ImageHost

pytestmark = pytest.mark.skipif(not PACKAGES.is_dir(), reason="make setup installs Dask for tests")
EDITIONS = ("--edition", "html,epub")
REMOTE = "https://pictures.example/먼.png"
LOOPS = "{% for a in range(50000) %}{% for b in range(50000) %}{% endfor %}{% endfor %}"
RICH = f"""---
title: 갖은 글
teaser: /assets/점.png
---
{{% include 알림.html text="안내" %}}

{{{{ site.data.사람.이름 }}}}

![점](/assets/점.png) ![이름이 다른 점](/assets/PLACE.PNG) ![없는 점](/assets/없다.png)
![먼 점]({REMOTE}) ![나가는 점](/밖/secret.png)

[[글 1]]
"""


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG")
    return data.getvalue()


def rich_blog(folder: Path) -> Path:
    """Lay out a blog whose posts need whatever a post may need."""
    blog = make_blog(folder, posts=3)
    add_post(blog, "2026-03-08-갖은-글.md", RICH)
    (blog / "_config.yml").write_text("title: 시험\n", "utf-8")
    files = {
        "_includes/알림.html": '<p class="notice">{{ include.text }}</p>',
        "_data/사람.yml": "이름: 홍길동\n",
        "layouts/html/post.html": (ROOT / "layouts" / "html" / "post.html").read_text("utf-8")
        + "<!-- 손본 틀 -->",
    }
    for name, text in files.items():
        (blog / name).parent.mkdir(parents=True, exist_ok=True)
        (blog / name).write_text(text, "utf-8")
    (blog / "assets").mkdir()
    (blog / "assets" / "점.png").write_bytes(picture("#0b6b5d"))
    (blog / "assets" / "Place.png").write_bytes(picture("#b00020"))
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(picture("#000000"))
    (blog / "밖").symlink_to(outside)
    data = picture("#123456")
    lock = lock_text({REMOTE: Locked(sha256(data), len(data), "image/png")})
    (blog / "assets.lock").write_text(lock, "utf-8")
    content = blog / ".hanpan" / "remote" / "content"
    content.mkdir(parents=True)
    (content / sha256(data)).write_bytes(data)
    return blog


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("cluster"), 2) as cluster:
        yield cluster


def on(cluster: Cluster, blog: Path, *arguments: str | Path) -> Ran:
    command = ("build", *EDITIONS, "--offline", "--cluster", cluster.address, *arguments)
    return hanpan(*command, cwd=blog, env=VARIABLES)


def sent_to(folder: Path, name: str) -> list[Path]:
    """Return the places where a worker has a file of a site."""
    return list(folder.glob(f"**/sites/*/{name}"))


def summary(out: Path) -> dict[str, Any]:
    """Return what build.json says, but for the time that it took."""
    result: dict[str, Any] = json.loads((out / "build.json").read_text("utf-8"))
    del result["seconds"]
    return result


def test_one_machine_four_workers_and_three_shards_give_the_same_bytes(
    tmp_path: Path, cluster: Cluster
) -> None:
    blog, out = rich_blog(tmp_path / "blog"), tmp_path / "out"  # a post lists the site's folder
    parts = [tmp_path / f"part-{part}" for part in ("1", "2", "3")]
    cluster.add(2)
    ran = hanpan("build", *EDITIONS, "--offline", "--out", out, cwd=blog)
    assert ran.code == 0, ran.err
    here, told = tree_of(out), summary(out)
    rules = {one["rule"] for post in told["posts"] for one in post["problems"]}
    assert rules == {"image-missing", "image-name", "file-unreadable"}
    shutil.rmtree(out)
    if os.geteuid() == 0:
        blog.chmod(0)  # for workers, and not for who builds
    try:
        ran = on(cluster, tmp_path, blog, "--out", out)
    finally:
        blog.chmod(0o700)
    assert ran.code == 0, ran.err
    assert tree_of(out) == here and summary(out) == told
    shutil.rmtree(out)
    for part in parts:
        shard = ("--shard", f"{part.name[-1]}/3", "--out", part)
        assert hanpan("build", *EDITIONS, "--offline", *shard, cwd=blog).code == 0
    ran = hanpan("merge", *EDITIONS, "--offline", *parts, "--out", out, cwd=blog)
    assert ran.code == 0 and "0 steps run" in ran.out, ran.err
    assert tree_of(out) == here
    assert "0 steps run" in on(cluster, blog, "--out", out).out


def test_a_lost_worker_costs_nothing(tmp_path: Path, cluster: Cluster) -> None:
    blog = make_blog(tmp_path, posts=12)
    build = started("build", *EDITIONS, "--cluster", cluster.address, cwd=blog, env=VARIABLES)
    once(lambda: list(blog.glob("out/*/*.html")))
    cluster.workers.pop().kill()
    cluster.add()
    assert build.wait(300) == 0
    result = summary(blog / "out")
    assert result["steps"]["run"] == 36 and not result["problems"]
    assert all(post["artifacts"].keys() >= {"html", "epub"} for post in result["posts"])
    elsewhere = make_blog(tmp_path / "elsewhere", posts=12)
    assert hanpan("build", *EDITIONS, cwd=elsewhere).code == 0
    assert tree_of(elsewhere / "out") == tree_of(blog / "out")


def test_remote_pictures_are_fetched_once_where_the_build_is(
    tmp_path: Path, cluster: Cluster, image_host: ImageHost
) -> None:
    blog = make_blog(tmp_path, posts=0, settings="[remote]\nallow_private = true\n")
    names = ("/cluster-1.png", "/cluster-2.png", "/cluster-missing.png")
    urls = [image_host.url(name) for name in names]
    for name, colour in zip(names[:2], ("#0b6b5d", "#b00020"), strict=True):
        image_host.serve(name, picture(colour))
    pictures = "\n\n".join(f"![그림]({url})" for url in urls)
    add_post(blog, "2026-03-01-그림.md", f"---\ntitle: 그림\n---\n\n{pictures}\n")
    ran = hanpan("build", *EDITIONS, "--cluster", cluster.address, cwd=blog, env=VARIABLES)
    assert ran.code == 0, ran.err
    (post,) = summary(blog / "out")["posts"]
    assert [one["rule"] for one in post["problems"]] == ["image-unreachable"]
    assert "404" in post["problems"][0]["message"]
    assert [image_host.asked[name] for name in names] == [1, 1, 1]
    assert read_lock(blog / "assets.lock").keys() == set(urls[:2])
    assert (blog / "out" / "그림" / "그림.html").read_text("utf-8").count(
        '<img src="data:image/'
    ) == 2


def test_a_step_that_loses_two_workers_is_reported_with_its_post_and_the_others_are_built(
    tmp_path: Path, cluster: Cluster
) -> None:
    blog = make_blog(tmp_path, posts=1, settings="[limits]\nseconds = 3600\n")
    (blog / "layouts" / "html").mkdir(parents=True)
    (blog / "layouts" / "html" / "post.html").write_text(LOOPS, "utf-8")
    cluster.kill_workers()
    cluster.add()
    err = tmp_path / "err"
    with err.open("wb") as log:
        arguments = ("--edition", "html", "--cluster", cluster.address)
        build = started("build", *arguments, cwd=blog, env=VARIABLES, err=log)
        for _ in range(2):
            once(partial(sent_to, cluster.folders[-1], "layouts/html/post.html"))
            cluster.kill_workers()
            cluster.add()
        assert build.wait(300) == 1
    text = err.read_text("utf-8")
    assert re.search(r"posts/2026-03-01-글-1.md: error: html: the step lost 2 workers", text), text
    (blog / "layouts" / "html" / "post.html").unlink()
    assert hanpan("build", "--edition", "html", cwd=blog).code == 0


def test_a_lost_scheduler_ends_the_build_and_the_next_one_goes_on(tmp_path: Path) -> None:
    blog, err = make_blog(tmp_path / "blog", posts=12), tmp_path / "err"
    with dask_cluster(tmp_path, 1) as cluster, err.open("wb") as log:
        arguments = (*EDITIONS, "--cluster", cluster.address)
        build = started("build", *arguments, cwd=blog, env=VARIABLES, err=log)
        once(lambda: list(blog.glob("out/*/*.html")))
        cluster.scheduler.kill()
        assert build.wait(300) == 1
    text = err.read_text("utf-8")
    assert f"error: the scheduler {cluster.address} is lost" in text, text
    assert "Traceback" not in text
    ran = hanpan("build", *EDITIONS, cwd=blog)
    assert ran.code == 0
    fresh = re.search(r"(\d+) steps run, (\d+) fresh", ran.out)
    assert fresh and int(fresh[2]) > 0 and int(fresh[1]) + int(fresh[2]) == 36


def test_a_worker_with_another_version_is_refused_and_others_go_on(
    tmp_path: Path, cluster: Cluster
) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "pipeline", other / "pipeline")
    (other / "layouts").symlink_to(ROOT / "layouts")
    code = other / "pipeline" / "hanpan" / "_version.py"
    code.write_text('__version__ = "0.0.1"')
    cluster.kill_workers()
    cluster.add(variables={"PYTHONPATH": f"{other / 'pipeline'}{os.pathsep}{PATH}"})
    blog = make_blog(tmp_path / "blog", posts=1)
    ran = on(cluster, blog)
    assert ran.code == 1 and "can be used" in ran.err, ran.err
    assert re.search(r"the worker tcp://\S+ is not used: hanpan is 0\.0\.1 there and", ran.err)
    cluster.add()
    ran = on(cluster, blog)
    assert ran.code == 0 and "[cluster-worker]" in ran.err and "3 steps run" in ran.out, ran.err
    cluster.kill_workers()
    cluster.add(2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_all_that_a_build_has_started_ends_with_it(tmp_path: Path, number: int) -> None:
    blog = make_blog(tmp_path, posts=1, settings="[limits]\nseconds = 3600\n")
    err = tmp_path / "err"
    (blog / "layouts" / "html").mkdir(parents=True)
    (blog / "layouts" / "html" / "post.html").write_text(LOOPS, "utf-8")
    with err.open("wb") as log:
        arguments = ("--edition", "html", "--cluster", "local:1")
        build = started("build", *arguments, cwd=blog, env=VARIABLES, err=log)
        once(lambda: list((blog / "out" / ".hanpan" / "documents").glob("*")))
        family = below(build.pid)
        assert family
        os.kill(build.pid, number)
        code = build.wait(120)
    once(lambda: not any(map(name_of, family)))
    if number == signal.SIGINT:
        assert code == 130
        assert err.read_text("utf-8") == "stopped; the next build continues from here\n"


def test_without_dask_the_error_says_what_installs_it(tmp_path: Path) -> None:
    ran = hanpan("build", "--cluster", "local:2", cwd=make_blog(tmp_path, posts=1))
    assert ran.code == 2
    assert "pip install --editable '.[cluster]'" in ran.err


@pytest.mark.parametrize("address", ["local:0", "local:x", "nowhere", "none.json", "tcp://"])
def test_an_address_that_is_none_is_told(tmp_path: Path, address: str) -> None:
    ran = hanpan("build", "--cluster", address, cwd=make_blog(tmp_path, posts=0))
    assert ran.code == 2 and "Use a scheduler's address" in ran.err
    assert not (tmp_path / "out" / "build.json").exists()


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path) -> None:
    soon = {**VARIABLES, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    blog = make_blog(tmp_path, posts=1)
    ran = hanpan("build", "--cluster", "tcp://127.0.0.1:9", cwd=blog, env=soon)
    assert ran.code == 1 and "the cluster tcp://127.0.0.1:9 cannot be reached" in ran.err
    assert POST not in ran.err and "Traceback" not in ran.err
