"""Killed at any step and run again, every client has one post; two runs at once make one, too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hanpan.publish.http import Http
from hanpan.publish.last_sent import LastSentStore
from hanpan.publish.ledger import Ledger
from tests.publish.press import Press
from tests.publish.targets import ALL, BODY, Desk, write_payload
from tests.publish.xmlrpc_server import XmlRpcBlog
from tests.support.command import hanpan, started
from tests.support.servers.serving import serving

pytestmark = pytest.mark.endurance

NEW = BODY.replace("첫 문단이다", "고친 문단이다")
FIRST, SECOND = "posts/2026-03-01-글-1.md", "posts/2026-03-02-글-2.md"


class Killed(BaseException):
    """The process dies here, as far as the engine can tell."""


def dies_at(point: int, run: Callable[[], Any]) -> bool:
    """Run until the given request or write; tell whether the run came that far."""
    left = point

    def dying(method: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **more: Any) -> Any:
            nonlocal left
            answer = method(*arguments, **more)
            left -= 1
            if left == 0:
                raise Killed
            return answer

        return step

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Http, "ask"), (Ledger, "keep"), (LastSentStore, "save")):
            patch.setattr(owner, name, dying(getattr(owner, name)))
        try:
            run()
        except Killed:
            return True
    return False


@pytest.mark.parametrize(
    ("name", "is_update"), [*((name, False) for name in sorted(ALL)), ("metaweblog", True)]
)
def test_after_each_request_and_each_write(name: str, is_update: bool, tmp_path: Path) -> None:
    point = 0
    died = True
    while died:
        point += 1
        folder = tmp_path / str(point)
        with serving(ALL[name].server()) as server:
            desk = Desk(folder, name, ALL[name].settings(server.url))
            body = {} if ALL[name].uploads else {"body": "글."}
            payload = write_payload(folder / "payload", name, **body)
            if is_update:
                desk.run(payload)
                payload = write_payload(folder / "payload", name, title="고친 제목", **body)
            died = dies_at(point, lambda d=desk, p=payload: d.run(p))  # type: ignore[misc]
            desk.run(payload)
            assert len(ALL[name].texts(server)) == 1, point
            assert desk.run(payload).action == "unchanged"
    assert point > (3 if is_update else 4)  # there was something to die at


@pytest.mark.parametrize("is_update", [False, True], ids=["create", "update"])
def test_zenn_before_each_file_that_is_written(is_update: bool, tmp_path: Path) -> None:
    """By kill -9 of a process, at each rename: files are whole, and one article is there."""
    point, status = 0, 1
    while status:
        folder, point = tmp_path / str(point), point + 1
        (folder / "zenn").mkdir(parents=True)
        desk = Desk(folder, "zenn", {"folder": str(folder / "zenn")})
        payload = write_payload(folder / "payload", "zenn")
        if is_update:
            desk.run(payload)
            payload = write_payload(folder / "payload", "zenn", body=NEW)
        status = killed_in_a_fork(point, lambda d=desk, p=payload: d.run(p))  # type: ignore[misc]
        assert status in (0, -signal.SIGKILL)
        desk.run(payload)
        (article,) = (folder / "zenn" / "articles").iterdir()
        assert ("고친" in article.read_text("utf-8")) == is_update
        assert len(list((folder / "zenn" / "images").iterdir())) == 1
        assert desk.run(payload).action == "unchanged"
        assert not list(folder.rglob(".hanpan-*.part"))
    assert point > 4


def killed_in_a_fork(point: int, run: Callable[[], Any]) -> int:
    """Run in a fork that is killed at its n-th rename; return how it ended."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    left, rename = point, os.replace

    def replace(*arguments: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        rename(*arguments)

    os.replace = replace  # type: ignore[assignment]
    try:
        run()
    finally:
        os._exit(0)


@pytest.fixture(params=["rest", "metaweblog"])
def wordpress(request: pytest.FixtureRequest, blog: Path) -> Iterator[Any]:
    """A server whose posts and pictures are counted, and the blog set up for it."""
    if request.param == "metaweblog":
        with (blog / "site.toml").open("a", encoding="utf-8") as settings:
            settings.write('[crosspost.wordpress]\nway = "metaweblog"\n')
    with serving(XmlRpcBlog() if request.param == "metaweblog" else Press()) as server:
        yield server


def settings_of(server: Any) -> dict[str, str]:
    name = "metaweblog" if isinstance(server, XmlRpcBlog) else "wordpress"
    return ALL[name].settings(server.url)


def pictures_of(server: Any) -> int:
    return len(server.pictures if isinstance(server, XmlRpcBlog) else server.media)


class Killer:
    """Kills a process at its n-th request, before the server does anything or after it did."""

    def __init__(self, number: int, moment: str) -> None:
        self.process: Any = None
        self.is_ready = threading.Event()
        self._left, self._moment = number, moment

    def __call__(self, moment: str) -> None:
        self._left -= moment == "before"
        if self._left == 0 and moment == self._moment:
            self._left = -1
            self.is_ready.wait(60)
            os.kill(self.process.pid, signal.SIGKILL)


def test_kill_9_at_one_request_after_the_other(blog: Path, wordpress: Any) -> None:
    """Each run goes on where the one before was killed: at its n-th request, before or after it."""
    environment = settings_of(wordpress)
    kills = 0
    for number in range(2, 8):
        wordpress.watch = killer = Killer(number, "before" if number % 2 else "after")
        killer.process = started("publish", "wordpress", FIRST, cwd=blog, env=environment)
        killer.is_ready.set()
        kills += killer.process.wait(120) == -signal.SIGKILL
    wordpress.watch = lambda moment: None
    assert kills >= 3
    ran = hanpan("publish", "wordpress", FIRST, SECOND, cwd=blog, env=environment)
    assert ran.code == 0, ran.err
    assert sorted(post["title"] for post in wordpress.posts.values()) == ["글 1", "글 2"]
    assert pictures_of(wordpress) == 2


def test_two_runs_at_once_make_one_post_each(blog: Path, wordpress: Any) -> None:
    """The second one is told, waits, and finds what the first one has sent."""
    second: list[Any] = []
    with (blog / "second.txt").open("wb") as told, (blog / "second.json").open("wb") as shown:

        def watch(moment: str) -> None:
            if not second:  # the first run has the ledger
                second.append(
                    started(
                        "publish", "wordpress", "posts", cwd=blog, env=settings_of(wordpress),
                        out=shown, err=told,
                    )
                )  # fmt: skip
                wait_for_a_line(blog / "second.txt")

        wordpress.watch = watch
        first = hanpan("publish", "wordpress", "posts", cwd=blog, env=settings_of(wordpress))
        assert first.code == 0 and first.out.count("created") == 2, first.err
        assert second[0].wait(120) == 0
    assert "sending posts of this site" in (blog / "second.txt").read_text("utf-8")
    assert (blog / "second.json").read_text("utf-8").count("unchanged") == 2
    assert len(wordpress.posts) == 2 and pictures_of(wordpress) == 2


def wait_for_a_line(path: Path) -> None:
    pause = threading.Event()
    for _ in range(2400):
        if path.stat().st_size:
            return
        pause.wait(0.05)
    raise AssertionError("the second run has not come to the ledger")


def test_an_answer_without_end_or_bottom_ends_one_post_of_several(
    blog: Path, wordpress: Any
) -> None:
    """200,000 brackets were a traceback that ended the run."""
    count = 0

    def lie(value: Any) -> Any:
        nonlocal count
        count += 1
        return b"[" * 200_000 if count == 2 else value

    wordpress.lie = lie
    ran = hanpan("publish", "wordpress", "posts", "--json", cwd=blog, env=settings_of(wordpress))
    assert ran.code == 1 and "Traceback" not in ran.err, ran.err
    done = {post["source"]: post for post in json.loads(ran.out)}
    assert done[FIRST]["action"] == "failed" and done[SECOND]["action"] == "created"
    wordpress.lie = lambda value: value
    assert hanpan("publish", "wordpress", "posts", cwd=blog, env=settings_of(wordpress)).code == 0
    assert len(wordpress.posts) == 2


@pytest.mark.parametrize("place", [".hanpan", ".hanpan/publish", ".hanpan/publish/lock"])
def test_no_link_below_the_site_is_followed(blog: Path, wordpress: Any, place: str) -> None:
    """A repository may hold one, which leads to whatever its author likes."""
    outside = blog.parent / "outside"
    outside.mkdir()
    (outside / "lock").write_text("keep", "utf-8")
    link = blog / place
    subprocess.run(["rm", "-rf", str(link)], check=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside / "lock" if place.endswith("lock") else outside)
    ran = hanpan("publish", "wordpress", FIRST, cwd=blog, env=settings_of(wordpress))
    assert ran.code != 0 and "Traceback" not in ran.err, ran.err
    assert "link" in ran.err and not wordpress.posts
    assert [path.name for path in outside.iterdir()] == ["lock"]
    assert (outside / "lock").read_text("utf-8") == "keep"


def test_nothing_is_sent_that_cannot_be_written_down(blog: Path, wordpress: Any) -> None:
    (blog / "crosspost.lock").mkdir()  # nobody can rename a file over a folder
    ran = hanpan("publish", "wordpress", FIRST, cwd=blog, env=settings_of(wordpress))
    assert ran.code == 1 and "Traceback" not in ran.err, ran.err
    assert "crosspost.lock cannot be used" in ran.err and not wordpress.posts
