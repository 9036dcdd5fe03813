"""A long build on a cluster whose workers and scheduler are killed: nothing is lost, or made twice.

HANPAN_ENDURANCE_POSTS says how many posts are built, HANPAN_ENDURANCE_EDITIONS which editions of
them and HANPAN_ENDURANCE_BYTES how long a post may be; a figure for each kill is printed with -s.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support.blog import POST, add_post, make_blog, tree_of
from tests.support.command import hanpan, started
from tests.support.others_posts import CORPUS, posts_of
from tests.support.servers.dask_cluster import PACKAGES, VARIABLES, Cluster, dask_cluster

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.slow,
    pytest.mark.skipif(not PACKAGES.is_dir(), reason="make setup installs Dask for tests"),
]
POSTS = int(os.environ.get("HANPAN_ENDURANCE_POSTS", "60"))
KILLS = 20
WORKERS = 4
EDITIONS = os.environ.get("HANPAN_ENDURANCE_EDITIONS", "html epub pdf crosspost").split()
LONGEST = int(os.environ.get("HANPAN_ENDURANCE_BYTES", "1000000"))
STEPS = 1 + len(EDITIONS)
HOURS = 3600 * (1 + POSTS // 2000)


def many_posts(folder: Path) -> list[Path]:
    """Return posts of other blogs where there are any, with edits of them; else of our own."""
    if not CORPUS.is_dir():
        make_blog(folder, posts=0)
        for number in range(POSTS):
            add_post(folder, f"2026-03-01-글-{number}.md", POST.format(title=f"글 {number}"))
        return sorted((folder / "posts").iterdir())
    shutil.copytree(CORPUS, folder, ignore=shutil.ignore_patterns(".git"))
    # what a step may take says more of the machine than of the cluster
    for site in {folder, *(path.parent for path in folder.rglob("_config.yml"))}:
        (site / "site.toml").write_text("[limits]\nseconds = 3600\n", "utf-8")
    originals = [post for post in posts_of(folder) if post.stat().st_size <= LONGEST]
    posts = list(originals)
    while len(posts) < POSTS:
        original = originals[len(posts) % len(originals)]
        copy = original.with_name(f"{original.stem}-고침{len(posts)}{original.suffix}")
        copy.write_bytes(original.read_bytes() + f"\n\n고친 문단 {len(posts)}.\n".encode())
        posts.append(copy)
    return posts[:POSTS]


def built_steps(profile: Path) -> Counter[tuple[str, str]]:
    """Return how often a build has kept the result of each step."""
    events: list[dict[str, Any]] = json.loads(profile.read_text("utf-8"))["traceEvents"]
    slices = [event["args"] | event for event in events if event["ph"] == "X"]
    return Counter((one["post"], one["name"]) for one in slices if "post" in one)


def posts_that_failed(profile: Path) -> set[str]:
    """Return the posts of which the build before had reported a step."""
    events: list[dict[str, Any]] = json.loads(profile.read_text("utf-8"))["traceEvents"]
    return {one["args"]["post"] for one in events if one.get("args", {}).get("why") == "it failed"}


def told(out: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((out / "build.json").read_text("utf-8"))
    del result["seconds"], result["steps"]
    return result


def kill_while_it_runs(
    cluster: Cluster, build: Any, out: Path, kills: int, goal: int, chance: random.Random
) -> int:
    """Kill a worker each time that some more posts are there; return how many were killed."""
    killed, begin, there = 0, time.monotonic(), len(list(out.glob("*/*.html")))
    while build.poll() is None and killed < kills:
        time.sleep(0.2)
        done = len(list(out.glob("*/*.html")))
        if done >= there + (goal - there) * (killed + 1) / (kills + 1):
            worker = cluster.workers.pop(chance.randrange(len(cluster.workers)))
            worker.kill()
            worker.wait()
            cluster.add()
            killed += 1
            print(f"{time.monotonic() - begin:.0f} s: {done} posts, worker {killed} killed")
    return killed


def test_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    posts, out, here = many_posts(tmp_path / "blogs"), tmp_path / "out", tmp_path / "here"
    (tmp_path / "cluster").mkdir()
    (tmp_path / "second").mkdir()
    on: tuple[str | Path, ...] = ("--profile",)
    chance, half = random.Random(15), KILLS // 2
    editions = [word for name in EDITIONS for word in ("--edition", name)]
    command: tuple[str | Path, ...] = ("build", *posts, *editions, "--offline", "--out", out)
    with dask_cluster(tmp_path / "cluster", WORKERS) as cluster:
        profile = (*on, tmp_path / "first.json", "--cluster", cluster.address)
        with (tmp_path / "first.log").open("wb") as log:
            first = started(*command, *profile, cwd=tmp_path, env=VARIABLES, err=log)
            killed = kill_while_it_runs(cluster, first, out, half, len(posts) // 2, chance)
            cluster.scheduler.kill()
            assert first.wait(300) == 1
    assert "is lost" in (tmp_path / "first.log").read_text("utf-8")
    kept = len(list(out.glob("*/*.html")))
    assert killed == half and 0 < kept < len(posts)
    with dask_cluster(tmp_path / "second", WORKERS) as cluster:
        profile = (*on, tmp_path / "second.json", "--cluster", cluster.address)
        with (tmp_path / "second.log").open("wb") as log:
            second = started(*command, *profile, cwd=tmp_path, env=VARIABLES, err=log)
            killed += kill_while_it_runs(cluster, second, out, half, len(posts), chance)
            code = second.wait(HOURS)
    assert killed == KILLS
    steps = json.loads((out / "build.json").read_text("utf-8"))["steps"]
    assert steps["run"] + steps["fresh"] == STEPS * len(posts)
    runs = built_steps(tmp_path / "first.json") + built_steps(tmp_path / "second.json")
    # a step may have lost two workers by chance: it was reported, and built by the next build
    unlucky = posts_that_failed(tmp_path / "second.json")
    assert len(unlucky) <= KILLS // 4
    assert {count for step, count in runs.items() if step[0] not in unlucky} == {1}
    if "worker-lost" in (out / "build.json").read_text("utf-8"):
        code = hanpan(*command, cwd=tmp_path, jobs=0, timeout=HOURS).code
    else:
        assert len(runs) == STEPS * len(posts)
    print(f"{kept} posts were there when the scheduler was killed; {steps}")
    alone = hanpan(*command[:-1], here, cwd=tmp_path, jobs=0, timeout=HOURS)
    assert alone.code == code
    ours, theirs = tree_of(out), tree_of(here)
    assert [path for path in {**ours, **theirs} if ours.get(path) != theirs.get(path)] == []
    assert told(out) == told(here)


CERTIFICATES = """
from pathlib import Path
from distributed import Security
made = Security.temporary()
Path("ca.pem").write_text(made.tls_ca_file)
Path("cert.pem").write_text(made.tls_client_cert)
Path("key.pem").write_text(made.tls_client_key)
"""


def test_with_tls_only_those_with_a_certificate_are_heard(tmp_path: Path) -> None:
    blog, folder = make_blog(tmp_path / "blog", posts=1), tmp_path / "cluster"
    folder.mkdir()
    command = [sys.executable, "-c", CERTIFICATES]
    subprocess.run(command, cwd=folder, env={**os.environ, **VARIABLES}, check=True)
    names = {"ca-file": "ca.pem", "cert": "cert.pem", "key": "key.pem"}
    flags = [part for name, file in names.items() for part in (f"--tls-{name}", str(folder / file))]
    tls, soon = "DASK_DISTRIBUTED__COMM__TLS__", "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"
    known = {
        f"{tls}CA_FILE": str(folder / "ca.pem"),
        f"{tls}CLIENT__CERT": str(folder / "cert.pem"),
        f"{tls}CLIENT__KEY": str(folder / "key.pem"),
    }
    with dask_cluster(folder, 1, "tls", flags) as cluster:
        assert cluster.address.startswith("tls://")
        build = ("build", "--edition", "html", "--cluster", cluster.address)
        plain = ("build", "--edition", "html", "--cluster", cluster.address.replace("tls", "tcp"))
        for arguments in (build, plain):
            ran = hanpan(*arguments, cwd=blog, env={**VARIABLES, soon: "3s"})
            assert ran.code == 1 and "cannot be reached" in ran.err and "Traceback" not in ran.err
        ran = hanpan(*build, cwd=blog, env={**VARIABLES, **known})
        assert ran.code == 0 and "2 steps run" in ran.out, ran.err
