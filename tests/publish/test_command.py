"""`hanpan publish` as a person types it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanpan.site.crosspost import platform_files
from tests.publish.press import Fault, Press
from tests.publish.sending import NO_ADDRESS, hanpan_here
from tests.support.blog import add_post
from tests.support.command import Started, hanpan, started
from tests.support.servers.serving import serving

FIRST, SECOND = "posts/2026-03-01-글-1.md", "posts/2026-03-02-글-2.md"


@pytest.fixture
def press() -> Iterator[Press]:
    with serving(Press()) as press:
        yield press


def test_one_bad_post_does_not_stop_the_others(blog: Path, press: Press) -> None:
    add_post(blog, "2026-03-03-글-3.md", "---\ntitle: [\n---\n")
    answer = {"message": "Invalid parameter(s): title", "data": {"params": {"title": "Too long."}}}
    press.faults = [Fault("POST", "/posts", 400, body=answer)]
    ran = hanpan("publish", "wordpress", "posts", cwd=blog, env=press.environment)
    assert ran.code == 1
    assert f"{FIRST}: error: the server refused the request (400)" in ran.err
    assert "title: Too long" in ran.err
    assert f"{SECOND}: created (draft) {press.url}/?p=" in ran.out
    assert len(press.posts) >= 1 and "Traceback" not in ran.err


def test_json_has_every_post(blog: Path, press: Press) -> None:
    arguments = ("publish", "wordpress", FIRST, SECOND, "--json")
    ran = hanpan_here(*arguments, cwd=blog, env=press.environment)
    done = json.loads(ran.out)
    assert [post["source"] for post in done] == [FIRST, SECOND]
    assert {post["action"] for post in done} == {"created"} and done[0]["target"] == press.url
    assert [post["id"] for post in done] == list(press.posts)


def test_a_dry_run_asks_nothing_and_needs_no_password(blog: Path, press: Press) -> None:
    ran = hanpan_here("publish", "wordpress", FIRST, "--dry-run", cwd=blog)
    assert ran.code == 0 and press.log == []
    assert "POST ${WORDPRESS_URL}/wp-json/wp/v2/posts" in ran.out
    assert '"title": "글 1"' in ran.out and "한글" in ran.out
    assert not (blog / "crosspost.lock").exists()


def test_a_diff_shows_both_sides_and_sends_nothing(blog: Path, press: Press) -> None:
    hanpan("publish", "wordpress", FIRST, cwd=blog, env=press.environment)
    press.edit(next(iter(press.posts)), title="거기서 고친 제목")
    path = blog / FIRST
    path.write_text(path.read_text("utf-8") + "\n더한 문단\n", "utf-8")
    press.log.clear()
    ran = hanpan("publish", "wordpress", FIRST, "--diff", cwd=blog, env=press.environment)
    assert ran.code == 0 and press.writes() == []
    assert "--- body, last sent" in ran.out and "+<p>더한 문단</p>" in ran.out
    assert "-거기서 고친 제목" in ran.out and "+글 1" in ran.out


def test_posts_that_are_not_to_be_sent_are_told(blog: Path, press: Press) -> None:
    path = blog / FIRST
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("tags:", "crosspost: {wordpress: {publish: false}}\ntags:", 1), "utf-8"
    )
    add_post(blog, "2026-03-03-글-3.md", "---\ntitle: 셋\npublished: false\n---\n\n글\n")
    ran = hanpan("publish", "wordpress", "posts", cwd=blog, env=press.environment)
    assert ran.code == 0 and len(press.posts) == 1
    assert ran.out.count("skipped") == 2 and "publish: false" in ran.err


def test_a_payload_with_errors_is_not_sent(blog: Path, press: Press) -> None:
    bundled = platform_files()["wordpress"].read_text("utf-8")
    (blog / "platforms").mkdir()
    own = bundled.replace("[body]\n", "[body]\nmax_bytes = 10\n", 1)
    (blog / "platforms" / "wordpress.toml").write_text(own, "utf-8")
    ran = hanpan("publish", "wordpress", FIRST, cwd=blog, env=press.environment)
    assert ran.code == 1 and press.writes() == [], ran.out + ran.err
    assert "cannot be sent" in ran.err and "report.md" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("publish", "tistory", FIRST), "it has no API"),
        (("publish", "nowhere", FIRST), "unknown platform `nowhere`"),
        (("publish", "devto", FIRST), "no payloads are built for"),
        (("publish", "wordpress", FIRST), "WORDPRESS_URL"),
        (
            ("publish", "wordpress", FIRST, "--schedule", "tomorrow"),
            "`tomorrow` is not a valid time",
        ),
        (("publish", "wordpress", "none.md"), "none.md"),
        (("publish", "wordpress"), "POST"),
        (("publish", "wordpress", FIRST, "--publish", "--schedule", "2030-01-01"), "not allowed"),
    ],
)
def test_wrong_calls_end_in_2(blog: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = hanpan_here(*arguments, cwd=blog)
    assert ran.code == 2 and words in ran.err and "Traceback" not in ran.err


def test_a_password_that_is_not_taken_is_tried_once(blog: Path, press: Press) -> None:
    env = {**press.environment, "WORDPRESS_APPLICATION_PASSWORD": "wrong"}
    ran = hanpan_here("publish", "wordpress", "posts", cwd=blog, env=env)
    assert ran.code == 1 and ran.err.count("You are not logged in") == 2
    assert len(press.log) == 1


def test_the_address_may_stand_in_site_toml(blog: Path, press: Press) -> None:
    (blog / "site.toml").write_text(
        f'{NO_ADDRESS}[crosspost.wordpress]\nurl = "{press.url}/"\n', "utf-8"
    )
    env = {key: value for key, value in press.environment.items() if key != "WORDPRESS_URL"}
    ran = hanpan("publish", "wordpress", FIRST, cwd=blog, env=env)
    assert ran.code == 0, ran.err
    assert f'wordpress."{press.url}"]' in (blog / "crosspost.lock").read_text("utf-8")


def test_a_site_without_site_toml_is_never_written_to(blog: Path, press: Press) -> None:
    (blog / "site.toml").unlink()
    (blog / "_config.yml").write_text("title: 시험\n", "utf-8")
    for action in ("created", "unchanged"):
        ran = hanpan(
            "publish", "wordpress", FIRST, "--out", "../out", cwd=blog, env=press.environment
        )
        assert ran.code == 0 and f"{FIRST}: {action}" in ran.out, ran.err
    assert not (blog / "crosspost.lock").exists() and not (blog / ".hanpan").exists()
    assert len(list((blog.parent / "out").rglob("crosspost.lock"))) == 1


def test_a_schedule_is_of_the_sites_time_zone(blog: Path, press: Press) -> None:
    when = ("--schedule", "2099-01-01T09:00")
    ran = hanpan_here("publish", "wordpress", FIRST, *when, cwd=blog, env=press.environment)
    assert ran.code == 0, ran.err
    ((post),) = press.posts.values()
    assert post["date"] == "2099-01-01T09:00:00+09:00"
    again = hanpan_here("publish", "wordpress", FIRST, *when, cwd=blog, env=press.environment)
    assert "unchanged (scheduled)" in again.out


@pytest.mark.parametrize(
    ("path", "when"), [("/posts", "before"), ("/posts", "after"), ("/media", "after")]
)
def test_killed_in_the_middle_of_a_request(blog: Path, press: Press, path: str, when: str) -> None:
    """The server kills the run at the first request that writes there, as kill -9 does."""
    running: list[Started] = []

    def watch(moment: str) -> None:
        if running and moment == when and press.log[-1] == ("POST", path):
            os.kill(running.pop().pid, signal.SIGKILL)

    press.watch = watch
    process = started("publish", "wordpress", FIRST, SECOND, cwd=blog, env=press.environment)
    running.append(process)
    assert process.wait(60) == -signal.SIGKILL
    ran = hanpan("publish", "wordpress", FIRST, SECOND, cwd=blog, env=press.environment)
    assert ran.code == 0, ran.err
    assert sorted(post["title"] for post in press.posts.values()) == ["글 1", "글 2"]
    assert len(press.media) == 2
    press.log.clear()
    ran = hanpan("publish", "wordpress", FIRST, SECOND, cwd=blog, env=press.environment)
    assert ran.out.count("unchanged") == 2 and press.writes() == []
