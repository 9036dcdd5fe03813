"""A real WordPress takes posts that other people wrote: words and pictures come back equal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanpan.publish.difference import words
from hanpan.publish.payload import load_payload
from tests.publish import wordpress
from tests.publish.wordpress import WordPress
from tests.support.command import hanpan
from tests.support.others_posts import CORPUS, entries, posts_of

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.corpus,
    pytest.mark.skipif(bool(wordpress.missing()), reason=wordpress.missing() or "-"),
]
POSTS = 30


@pytest.fixture(params=["admin", "writer"])
def user(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WordPress]:
    with wordpress.running(tmp_path / "wordpress") as running:
        yield running


def publish(folder: Path, server: WordPress, user: str, posts: list[Path]) -> list[dict[str, Any]]:
    options = ("--json", "--offline", "--out", str(folder / "out"))
    env = server.environment(user)
    ran = hanpan("publish", "wordpress", *options, *posts, cwd=folder, env=env, timeout=1200)
    assert "Traceback" not in ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_thirty_posts_of_the_corpus_come_back_equal(
    tmp_path: Path, server: WordPress, user: str
) -> None:
    every = posts_of(CORPUS)
    posts = every[:: max(1, len(every) // POSTS)][:POSTS]
    done = publish(tmp_path, server, user, posts)
    created = [post for post in done if post["action"] == "created"]
    # lint may keep a post back, with its reason
    assert {post["action"] for post in done} <= {"created", "failed", "skipped"}
    refused = [p for post in done if post["action"] == "failed" for p in post["problems"]]
    assert {problem["rule"] for problem in refused} <= {"publish-payload"}
    assert len(created) >= POSTS * 0.9
    there = {post["ID"]: post for post in server.posts()}
    places = {entry["source"]: entry["artifacts"] for entry in entries(tmp_path / "out")}
    unequal = []
    for post in created:
        payload = load_payload(tmp_path / "out" / places[post["source"]]["crosspost/wordpress"])
        found = there[post["id"]]
        sent = words({"title": payload.title, "body": payload.body["content"]})
        if words({"title": found["post_title"], "body": found["post_content"]}) != sent:
            unequal.append(post["source"])
        pictures = r"<img [^>]*src="
        assert len(re.findall(pictures, found["post_content"])) == len(
            re.findall(pictures, payload.body["content"])
        )
    assert unequal == []
    before = server.writes()
    again = publish(tmp_path, server, user, posts)
    assert {post["action"] for post in again} <= {"unchanged", "failed", "skipped"}
    assert server.writes() == before and len(server.posts()) == len(there)
