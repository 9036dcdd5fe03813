"""`hanpan publish` from a post's file to each platform's server and back: payloads as built."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hanpan.site.crosspost import platform_files
from tests.publish.sending import hanpan_here
from tests.publish.targets import TARGETS
from tests.support.blog import add_post, make_blog
from tests.support.command import built
from tests.support.servers.image_host import picture
from tests.support.servers.serving import serving

NAMES = sorted(set(TARGETS) & set(platform_files()))
SETTINGS = f"""title = "시험"
[crosspost]
platforms = {json.dumps([*NAMES, "zenn"])}
[crosspost.zenn]
folder = "../zenn"
"""
POST = """---
title: 한글 시험
tags: [korean, "C++"]
canonical_url: https://blog.example/hangul/
---

첫 문단이다. **굵은** 글씨가 있다.

![파란 그림](/assets/p.png)

- 하나
- 둘
"""


@pytest.fixture(scope="module")
def built_for_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A post with its payloads for every platform; to be copied."""
    folder = make_blog(tmp_path_factory.mktemp("all") / "blog", posts=0)
    (folder / "site.toml").write_text(SETTINGS, "utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "p.png").write_bytes(picture((40, 30), "#3050c0"))
    add_post(folder, "2026-03-01-hangul-test.md", POST)
    built(folder, "posts", "--edition", "crosspost")
    return folder


@pytest.fixture
def blog(tmp_path: Path, built_for_all: Path) -> Path:
    """A copy of the blog, beside a folder for Zenn."""
    (tmp_path / "zenn").mkdir()
    return shutil.copytree(built_for_all, tmp_path / "blog")


def change(blog: Path, text: str) -> None:
    """Change the post, and build it."""
    (blog / "posts" / "2026-03-01-hangul-test.md").write_text(text, "utf-8")
    built(blog, "posts", "--edition", "crosspost")


def published(blog: Path, name: str, env: dict[str, str], *arguments: str) -> dict[str, Any]:
    ran = hanpan_here("publish", name, "posts", "--json", *arguments, cwd=blog, env=env)
    (done,) = json.loads(ran.out)
    assert ran.code == (done["action"] == "failed"), ran.err
    return dict(done)


def test_a_post_goes_to_every_platform_once(blog: Path) -> None:
    with contextlib.ExitStack() as stack:
        servers = {name: stack.enter_context(serving(TARGETS[name].server())) for name in NAMES}
        env: dict[str, str] = {}
        for name, server in servers.items():
            env |= TARGETS[name].settings(server.url)
        for name, server in servers.items():
            done = published(blog, name, env)
            assert (done["action"], done["status"]) == ("created", "draft"), (name, done)
            assert "첫 문단이다" in TARGETS[name].texts(server)[0]
            messages = [problem["message"] for problem in done["problems"]]
            assert bool(messages) != TARGETS[name].uploads  # that the picture has no address
            written = len(server.writes)
            assert published(blog, name, env)["action"] == "unchanged", name
            assert len(server.writes) == written
        change(blog, POST.replace("첫 문단", "고친 문단"))
        for name, server in servers.items():
            target = TARGETS[name]
            assert published(blog, name, env, "--publish")["action"] == "updated", name
            assert target.statuses(server) == ["published"] and "고친" in target.texts(server)[0]
            if target.uploads:
                assert "upload.invalid" not in target.texts(server)[0]
    for path in [*blog.rglob("*.lock"), *blog.rglob("*.json"), *blog.rglob("*.md")]:
        text = path.read_text("utf-8")
        for name in NAMES:
            assert not any(secret in text for secret in TARGETS[name].secrets), path


def test_the_difference_is_shown_and_nothing_is_sent(blog: Path) -> None:
    with serving(TARGETS["devto"].server()) as server:
        env = TARGETS["devto"].settings(server.url)
        published(blog, "devto", env)
        change(blog, POST.replace("첫 문단", "고친 문단"))
        shown = published(blog, "devto", env, "--diff")["difference"]
        assert "\n-첫 문단" in shown and "\n+고친 문단" in shown
        assert len(server.writes) == 1
        server.edit("다른 곳에서 고쳤다.")
        done = published(blog, "devto", env)
        assert done["action"] == "failed" and "+다른 곳에서" in done["difference"]
        assert [p["rule"] for p in done["problems"]] == ["publish-edited"]


DATES: dict[str, Callable[[Any], str]] = {
    "blogger": lambda server: next(iter(server.posts.values()))["published"],
    "ghost": lambda server: next(iter(server.posts.values()))["published_at"],
    "hashnode": lambda server: next(iter(server.drafts.values()))["publishedAt"],
}


@pytest.mark.parametrize("name", DATES)
def test_an_old_post_keeps_its_date_and_one_from_the_future_does_not(name: str, blog: Path) -> None:
    for year, is_old in (("2019", True), ("2099", False)):
        change(blog, POST.replace("---\n", f"---\ndate: {year}-05-06 07:08:09\n", 1))
        with serving(TARGETS[name].server()) as server:
            env = TARGETS[name].settings(server.url)
            asked = json.dumps(published(blog, name, env, "--dry-run")["request"]["body"])
            assert published(blog, name, env)["action"] == "created"
            if is_old:
                assert datetime.fromisoformat(DATES[name](server)).year == int(year)
                assert f"{year}-05-0" in asked
            else:
                assert year not in asked
            # an update leaves the date to whoever changed it there
            change(blog, POST.replace("---\n", "---\ndate: 2018-01-02\n", 1) + "\n끝.\n")
            assert published(blog, name, env)["action"] == "updated"
            assert "2018" not in json.dumps(server.writes[-1].json)
            (blog / "crosspost.lock").unlink()


def test_an_old_article_of_zenn_keeps_its_date(blog: Path) -> None:
    def front(*arguments: str) -> str:
        assert published(blog, "zenn", {}, *arguments)["action"] in ("created", "updated")
        (article,) = (blog.parent / "zenn/articles").iterdir()
        return article.read_text("utf-8").split("---\n")[1]

    change(blog, POST.replace("---\n", "---\ndate: 2019-05-06 07:08:09 +0000\n", 1))
    assert "published: false\npublished_at: 2019-05-06 16:08\n" in front()
    assert "published: true\npublished_at: 2019-05-06 16:08\n" in front("--publish")
    change(blog, POST.replace("---\n", "---\ndate: 2018-01-02\n", 1) + "\n끝.\n")
    assert "published: true\npublished_at: 2019-05-06 16:08\n" in front()


def test_a_series_of_hashnode_is_found_by_its_name(blog: Path) -> None:
    change(blog, POST.replace("---\n", "---\nseries: 한글 조판\n", 1))
    with serving(TARGETS["hashnode"].server()) as server:
        env = TARGETS["hashnode"].settings(server.url)
        server.series = {f"other{n}": f"다른 연재 {n}" for n in range(25)}
        done = published(blog, "hashnode", env)
        assert "no series `한글 조판`" in done["problems"][0]["message"]
        (draft,) = server.drafts.values()
        assert "seriesId" not in draft
        server.series["series26"] = "한글 조판"
        change(blog, POST.replace("---\n", "---\nseries: 한글 조판\n", 1) + "\n끝.\n")
        assert published(blog, "hashnode", env)["problems"] == []
        (draft,) = server.drafts.values()
        assert draft["seriesId"] == "series26"


def test_a_forem_that_asks_how_much_ai_wrote_gets_the_answer(blog: Path) -> None:
    with serving(TARGETS["devto"].server()) as server:
        env = TARGETS["devto"].settings(server.url)
        server.asks_of_ai = True
        (problem, *_) = published(blog, "devto", env)["problems"]
        assert "ai_disclosure_level: no_ai" in problem["remedy"] and not server.articles
        answers = {}
        for level in ("some_ai", "no_ai"):
            change(blog, POST.replace("---\n", f"---\nai_disclosure_level: {level}\n", 1))
            answers[level] = published(blog, "devto", env)["action"]
            assert server.articles[1]["ai_disclosure_level"] == level
        assert answers == {"some_ai": "created", "no_ai": "updated"}


def test_a_dry_run_needs_no_key_and_no_server(blog: Path) -> None:
    for name in NAMES:
        request = published(blog, name, {}, "--dry-run")["request"]
        assert request["method"] == "POST"
        (folder,) = (blog / "out").glob(f"*/crosspost/{name}")
        written = json.loads((folder / "request.json").read_text("utf-8"))
        secrets = [re.findall(r"\$\{\w+\}", str(r["headers"])) for r in (request, written)]
        assert secrets[0] == secrets[1] != [], name  # one name, in files and for the command
        assert "첫 문단이다" in json.dumps(request["body"], ensure_ascii=False)


def test_zenn_gets_a_file_and_a_picture(blog: Path) -> None:
    assert published(blog, "zenn", {})["action"] == "created"
    zenn = blog.parent / "zenn"
    (article,) = (zenn / "articles").iterdir()
    text = article.read_text("utf-8")
    (image,) = (zenn / "images").iterdir()
    assert f"](/images/{image.name})" in text and "upload.invalid" not in text
    assert published(blog, "zenn", {})["action"] == "unchanged"
    article.write_text(text.replace("첫 문단", "남이 고친 문단"), "utf-8")
    change(blog, POST + "\n끝.\n")
    done = published(blog, "zenn", {})
    assert done["action"] == "failed" and "남이 고친" in done["difference"]
