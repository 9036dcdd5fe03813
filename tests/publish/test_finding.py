"""A post is found among others: in long lists, and among namesakes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hanpan.crosspost.field_types import as_html
from hanpan.publish.outcome import EditedThere, SendOptions
from tests.publish.targets import ALL, BODY, CANONICAL, PLACE, TARGETS, Desk, write_payload
from tests.support.servers.serving import serving

LINKING = BODY.replace(PLACE, "https://blog.example/a.png") + f"\n[원문]({CANONICAL})\n"


def item(number: str, title: str, body: str) -> dict[str, Any]:
    """Return an item as Qiita has it."""
    return {"id": number, "title": title, "body": body, "tags": [], "private": True, "url": "u"}


def article(number: int, canonical: str) -> dict[str, Any]:
    """Return an article as dev.to has it."""
    return {
        "id": number, "title": f"글 {number}", "body_markdown": "글", "tags": [], "slug": "a",
        "published": False, "canonical_url": canonical, "url": f"https://dev.to/a/{number}",
    }  # fmt: skip


def test_of_two_posts_with_the_title_the_one_that_links_to_the_original(tmp_path: Path) -> None:
    with serving(TARGETS["qiita"].server()) as server:
        desk = Desk(tmp_path, "qiita", TARGETS["qiita"].settings(server.url))
        payload = write_payload(tmp_path / "p", "qiita", body=LINKING)
        first = desk.run(payload).remote
        server.items["f" * 20] = item("f" * 20, payload.title, "다른 글")
        desk.ledger.unlink()
        done = desk.run(payload)
        assert (done.action, done.remote.id) == ("found", first.id)


@pytest.mark.parametrize("platform", ["devto", "qiita"])
def test_a_post_on_the_second_page_of_a_list(tmp_path: Path, platform: str) -> None:
    with serving(TARGETS[platform].server()) as server:
        desk = Desk(tmp_path, platform, TARGETS[platform].settings(server.url))
        payload = write_payload(tmp_path / "p", platform)
        first = desk.run(payload).remote
        others: Any = server.articles if platform == "devto" else server.items
        for number in range(1000, 1100):
            other = article(number, f"https://blog.example/{number}/")
            key: Any = number if platform == "devto" else f"{number:020x}"
            others[key] = other if platform == "devto" else item(key, f"글 {number}", "글")
        desk.ledger.unlink()
        done = desk.run(payload)
        assert (done.action, done.remote.id) == ("found", first.id)


def test_a_namesake_in_ghost_with_another_original_is_another_post(tmp_path: Path) -> None:
    with serving(TARGETS["ghost"].server()) as server:
        desk = Desk(tmp_path, "ghost", TARGETS["ghost"].settings(server.url))
        desk.run(write_payload(tmp_path / "a", "ghost", slug="a", canonical_url=f"{CANONICAL}a/"))
        other = write_payload(tmp_path / "b", "ghost", slug="b", canonical_url=f"{CANONICAL}b/")
        desk.ledger.unlink()  # one of another machine: only the server knows the first post
        assert desk.run(other).action == "created"
        assert len(TARGETS["ghost"].texts(server)) == 2


def test_an_article_without_an_original_is_found_as_it_was_sent(tmp_path: Path) -> None:
    """Forem answers with the article's own address where no canonical URL was given."""
    with serving(TARGETS["devto"].server()) as server:
        desk = Desk(tmp_path, "devto", TARGETS["devto"].settings(server.url))
        payload = write_payload(tmp_path / "p", "devto", canonical_url="")
        desk.run(payload)
        desk.ledger.unlink()
        written = len(server.writes)
        assert desk.run(payload).action == "found" and len(server.writes) == written


def test_of_two_posts_with_the_title_in_ghost_the_one_with_the_slug(tmp_path: Path) -> None:
    with serving(TARGETS["ghost"].server()) as server:
        posts: dict[str, Any] = server.posts
        desk = Desk(tmp_path, "ghost", TARGETS["ghost"].settings(server.url))
        payload = write_payload(tmp_path / "p", "ghost", canonical_url="")
        first = desk.run(payload).remote
        ours = posts.pop(first.id)
        posts["older"] = {**ours, "id": "older", "slug": "another-slug"}
        posts[first.id] = ours
        desk.ledger.unlink()
        assert desk.run(payload).remote.id == first.id


def test_a_post_in_ghosts_old_format_is_another_text(tmp_path: Path) -> None:
    """A post that an older editor wrote has no Lexical document."""
    with serving(TARGETS["ghost"].server()) as server:
        desk = Desk(tmp_path, "ghost", TARGETS["ghost"].settings(server.url))
        payload = write_payload(tmp_path / "p", "ghost")
        id = desk.run(payload).remote.id
        server.posts[id]["lexical"] = None
        desk.ledger.unlink()
        with pytest.raises(EditedThere) as stopped:
            desk.run(payload)
        assert "첫 문단이다" in stopped.value.difference


def test_a_post_in_hashnode_whose_slug_was_changed_there(tmp_path: Path) -> None:
    with serving(TARGETS["hashnode"].server()) as server:
        desk = Desk(tmp_path, "hashnode", TARGETS["hashnode"].settings(server.url))
        payload = write_payload(tmp_path / "p", "hashnode")
        desk.run(payload)
        (draft,) = server.drafts.values()
        draft["slug"] = "another-slug"
        desk.ledger.unlink()
        assert desk.run(payload).action in ("found", "updated")
        assert len(TARGETS["hashnode"].texts(server)) == 1


@pytest.mark.parametrize("platform", ["blogger", "metaweblog", "wordpress"])
def test_a_title_that_is_html_there_is_found_by_what_it_reads(
    tmp_path: Path, platform: str
) -> None:
    """Also one that an older run has sent as it was: `R&D` without an escape."""
    title = "R&D와 글 > 둘"
    with serving(ALL[platform].server()) as server:
        desk = Desk(tmp_path, platform, ALL[platform].settings(server.url))
        payload = write_payload(tmp_path / "p", platform, title=title)
        payload = replace(payload, body={**payload.body, "title": as_html(title)})
        first = desk.run(payload).remote
        changed = payload if platform == "wordpress" else replace(payload, slug="another-slug")
        for there in (as_html(title), title):
            server.posts[first.id]["title"] = there
            desk.ledger.unlink()
            done = desk.run(changed, SendOptions(force=True))
            assert done.action in ("found", "updated") and done.remote.id == first.id
        assert len(server.posts) == 1
