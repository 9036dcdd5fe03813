"""Zenn: articles and pictures in a Git folder."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hanpan.publish.client import PUBLISHED, PublishError, Visibility
from hanpan.publish.outcome import EditedThere, SendOptions
from tests.publish.targets import BODY, Desk, write_payload

SLUG = "hangul-test-of-posts"
NEW = BODY.replace("첫", "고친")


class Blog:
    """A Git folder, and the desk of a site that publishes into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git = folder / "zenn"
        subprocess.run(["git", "init", "-q", str(self.git)], check=True)
        self.desk = Desk(folder, "zenn", {"folder": str(self.git)})
        self.article = self.git / "articles" / f"{SLUG}.md"

    def run(self, options: SendOptions = SendOptions(), **fields: Any) -> Any:  # noqa: B008 frozen
        return self.desk.run(write_payload(self.folder / "payload", "zenn", **fields), options)


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path)


def test_an_article_and_its_picture_are_written(blog: Blog) -> None:
    done = blog.run()
    text = blog.article.read_text("utf-8")
    assert (done.action, done.remote.status) == ("created", "draft")
    assert text.startswith('---\ntitle: "한글 시험"\nemoji: "📝"\npublished: false\n---\n')
    (picture,) = (blog.git / "images").iterdir()
    assert f"![그림](/images/{picture.name})" in text
    assert not (blog.git / ".git" / "index").exists()  # to commit is the author's step


def test_nothing_changed_writes_nothing(blog: Blog) -> None:
    blog.run()
    before = blog.article.stat().st_mtime_ns, blog.article.stat().st_ino
    assert blog.run().action == "unchanged"
    assert (blog.article.stat().st_mtime_ns, blog.article.stat().st_ino) == before


def test_an_article_is_shown_hidden_and_stays_so(blog: Blog) -> None:
    blog.run(SendOptions(PUBLISHED))
    assert "published: true\n" in blog.article.read_text("utf-8")
    assert blog.run(body=NEW).action == "updated"
    text = blog.article.read_text("utf-8")
    assert "published: true\n" in text and "고친 문단" in text


def test_an_article_is_scheduled_in_the_time_of_tokyo(blog: Blog) -> None:
    at = datetime(2099, 1, 1, 15, 30, tzinfo=UTC)
    assert blog.run(SendOptions(Visibility("scheduled", at))).remote.status == "scheduled"
    text = blog.article.read_text("utf-8")
    assert "published: true\npublished_at: 2099-01-02 00:30\n" in text
    at += timedelta(days=1)
    blog.run(SendOptions(Visibility("scheduled", at)))
    assert blog.article.read_text("utf-8").count("published_at") == 1


def test_what_was_edited_there_is_not_overwritten(blog: Blog) -> None:
    blog.run()
    edited = blog.article.read_text("utf-8").replace("첫 문단이다", "손으로 고쳤다")
    blog.article.write_text(edited, "utf-8")
    with pytest.raises(EditedThere) as stopped:
        blog.run(body=NEW)
    assert "+손으로 고쳤다." in stopped.value.difference
    assert blog.article.read_text("utf-8") == edited
    assert blog.run(SendOptions(force=True), body=NEW).action == "updated"


def test_to_publish_by_hand_is_no_edit(blog: Blog) -> None:
    blog.run()
    text = blog.article.read_text("utf-8").replace("published: false", "published: true")
    blog.article.write_text(text, "utf-8")
    assert blog.run(body=NEW).action == "updated"
    assert "published: true\n" in blog.article.read_text("utf-8")


def test_somebody_elses_article_of_the_name_is_left_alone(blog: Blog) -> None:
    blog.article.parent.mkdir()
    blog.article.write_text("---\ntitle: x\npublished: true\n---\n\n다른 글\n", "utf-8")
    with pytest.raises(EditedThere, match="already exists"):
        blog.run()
    assert "다른 글" in blog.article.read_text("utf-8")


def test_a_picture_that_zenn_would_refuse(blog: Blog) -> None:
    payload = write_payload(blog.folder / "payload", "zenn")
    payload.pictures[0].path.write_bytes(b"\0" * 3_000_001)
    with pytest.raises(PublishError, match=r"\(3\.0 MB\)") as refused:
        blog.desk.run(payload)
    assert "3 MB" in refused.value.problem.remedy
    assert not blog.article.exists()


@pytest.mark.parametrize("place", ["articles", "images", f"articles/{SLUG}.md"])
def test_no_link_of_the_git_folder_is_followed(blog: Blog, place: str) -> None:
    """Whoever wrote the repository chose what is behind it."""
    outside = blog.folder / "outside"
    outside.mkdir()
    goal = outside / "secret.md"
    goal.write_text("---\ntitle: x\n---\n\nsecret\n", "utf-8")
    link = blog.git / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(goal if place.endswith(".md") else outside)
    with pytest.raises(PublishError, match="is a link") as refused:
        blog.run(SendOptions(force=True))
    assert "secret" not in str(refused.value.problem).replace("secret.md", "")
    assert [path.name for path in outside.iterdir()] == [
        "secret.md"
    ] and "secret" in goal.read_text()


@pytest.mark.parametrize("slug", ["../../x", "..", "a/b", "", "a.b", "${HOME}", "a\nb"])
def test_a_slug_is_a_name_in_the_folder(blog: Blog, slug: str) -> None:
    payload = write_payload(blog.folder / "payload", "zenn")
    body = {**payload.body, "slug": slug}
    with pytest.raises(PublishError, match="is no slug"):
        blog.desk.run(replace(payload, body=body))
    assert not list(blog.folder.rglob("x.md"))


def test_a_pipe_in_place_of_an_article_is_refused(blog: Blog) -> None:
    blog.article.parent.mkdir()
    os.mkfifo(blog.article)
    with pytest.raises(PublishError, match="a named pipe"):
        blog.run()
