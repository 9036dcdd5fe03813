"""What a platform refuses is told with its own reason, the field, and what to change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hanpan.problems import UsageError
from hanpan.publish import outcome
from hanpan.publish.client import (
    PUBLISHED,
    PublishError,
    RequestRefused,
    Unauthorized,
    Unsure,
    Visibility,
)
from hanpan.publish.outcome import SendOptions
from tests.publish import devto_server
from tests.publish.blogger_server import Blogger
from tests.publish.devto_server import Devto
from tests.publish.ghost_server import Ghost
from tests.publish.hashnode_server import Hashnode
from tests.publish.loopback import Answer, Kind, Loopback
from tests.publish.qiita_server import Qiita
from tests.publish.targets import TARGETS, Desk, write_payload
from tests.support.servers.serving import serving

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    # platform, what the payload says, the server's words, what to change
    ("devto", {"tags": ["a", "b", "c", "d", "e"]}, "exceed the maximum of 4 tags", "up to 4 tags"),
    ("devto", {"tags": ["c++"]}, "non-alphanumeric", "letters and digits"),
    ("devto", {"title": "가" * 129}, "maximum is 128 characters", "Shorten the title"),
    ("devto", {"body": "![x](data:image/png;base64,AA)"}, "Invalid markdown", "`data:` addresses"),
    ("ghost", {"title": "가" * 256}, "posts.title", "Shorten the title"),
    ("hashnode", {"tags": [f"t{n}" for n in range(16)]}, "at most 15 tags", "up to 15 tags"),
    ("hashnode", {"body": "가" * 40_000}, "entity too large", "Split the post"),
    ("qiita", {"tags": []}, "tags is invalid", "1 to 5 tags"),
    ("qiita", {"tags": [f"t{n}" for n in range(6)]}, "at most 5", "1 to 5 tags"),
    ("qiita", {"title": ""}, "title is missing", "Give a title"),
    ("blogger", {"tags": ["가" * 201]}, "labels", "fewer or shorter tags"),
]


@pytest.mark.parametrize(("platform", "fields", "words", "remedy"), CASES)
def test_the_reason_the_field_and_the_remedy(
    tmp_path: Path, platform: str, fields: dict[str, Any], words: str, remedy: str
) -> None:
    target = TARGETS[platform]
    with serving(target.server()) as server:
        desk = Desk(tmp_path, platform, target.settings(server.url))
        with pytest.raises(RequestRefused) as refused:
            desk.run(write_payload(tmp_path / "payload", platform, **fields))
        assert words in refused.value.problem.message
        assert remedy in refused.value.problem.remedy
        assert not target.texts(server)
        assert desk.run(write_payload(tmp_path / "payload", platform)).action == "created"


def run(folder: Path, platform: str, server: Loopback, **fields: Any) -> Any:
    desk = Desk(folder, platform, TARGETS[platform].settings(server.url))
    return desk.run(write_payload(folder / "payload", platform, **fields))


def test_a_canonical_url_that_is_taken(tmp_path: Path) -> None:
    """Forem: unique on the whole site, so that it may be another author's."""
    with serving(Devto()) as server:
        server.articles[7] = {
            "id": 7, "title": "x", "body_markdown": "y", "tags": [], "published": True,
            "canonical_url": "https://blog.example/posts/hangul/", "slug": "x", "url": "u",
        }  # fmt: skip
        server.hidden.add(7)  # of somebody else
        with pytest.raises(RequestRefused, match="Canonical url has already been taken") as refused:
            run(tmp_path, "devto", server)
        assert "canonical: ..." in refused.value.problem.remedy


def test_an_update_waits_for_its_window(tmp_path: Path) -> None:
    with serving(Devto(update_window=30)) as server:
        desk = Desk(tmp_path, "devto", TARGETS["devto"].settings(server.url))
        desk.run(write_payload(tmp_path / "payload", "devto"))
        desk.run(write_payload(tmp_path / "payload", "devto", body="둘째"))
        with pytest.raises(PublishError, match="429") as closed:  # the test's clock stands still
            desk.run(write_payload(tmp_path / "payload", "devto", body="셋째"))
        assert len(desk.slept) == 3 and min(desk.slept) >= 25  # as Retry-After demands
        assert "again in" in closed.value.problem.remedy
        assert TARGETS["devto"].texts(server) == ["둘째"]


def test_no_front_matter_is_sent_that_would_win_over_the_request(tmp_path: Path) -> None:
    with serving(Devto()) as server:
        run(tmp_path, "devto", server)
        (asked,) = server.writes
        assert not asked.json["article"]["body_markdown"].startswith("---")
        assert isinstance(asked.json["article"]["tags"], list)  # a text is dropped unseen
        assert asked.headers["accept"] == "application/vnd.forem.api-v1+json"
        assert asked.headers["api-key"] == devto_server.KEY


def test_hashnode_asks_for_a_plan(tmp_path: Path) -> None:
    with serving(Hashnode(pro=False)) as server:
        with pytest.raises(RequestRefused, match="active Pro plan") as refused:
            run(tmp_path, "hashnode", server)
        assert "Paste" in refused.value.problem.remedy
        assert len(server.asked) == 1  # it would keep failing


def test_hashnode_knows_no_such_publication(tmp_path: Path) -> None:
    with serving(Hashnode()) as server:
        settings = TARGETS["hashnode"].settings(server.url) | {"HASHNODE_URL": "else.example"}
        with pytest.raises(PublishError, match=r"no publication at else\.example"):
            Desk(tmp_path, "hashnode", settings).run(write_payload(tmp_path / "p", "hashnode"))


def test_an_hour_of_qiita_is_used_up(tmp_path: Path) -> None:
    with serving(Qiita()) as server:
        server.left = 0
        with pytest.raises(PublishError, match="Rate limit exceeded"):
            run(tmp_path, "qiita", server)


def test_a_token_that_was_revoked(tmp_path: Path) -> None:
    with serving(Blogger()) as server:
        server.revoked = True
        with pytest.raises(Unauthorized, match="expired or revoked") as refused:
            run(tmp_path, "blogger", server)
        assert "BLOGGER_REFRESH_TOKEN" in refused.value.problem.remedy


def test_one_token_serves_a_run(tmp_path: Path) -> None:
    with serving(Blogger()) as server:
        run(tmp_path, "blogger", server)
        assert server.tokens == 1


def test_a_published_post_of_hashnode_is_no_draft_again(tmp_path: Path) -> None:
    with serving(Hashnode()) as server:
        desk = Desk(tmp_path, "hashnode", TARGETS["hashnode"].settings(server.url))
        desk.run(write_payload(tmp_path / "payload", "hashnode"), SendOptions(PUBLISHED))
        (post,) = server.posts.values()
        assert post["coverImage"] == {"url": "https://blog.example/cover.png"}
        assert desk.run(write_payload(tmp_path / "payload", "hashnode")).remote.url == post["url"]


def _nowhere(settings: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in settings.items() if key != name}


MISSING: list[tuple[str, str, Callable[[dict[str, str]], dict[str, str]]]] = [
    ("devto", "DEVTO_API_KEY", lambda s: _nowhere(s, "DEVTO_API_KEY")),
    ("ghost", "GHOST_URL", lambda s: _nowhere(s, "GHOST_URL")),
    ("ghost", "ID:SECRET", lambda s: s | {"GHOST_ADMIN_API_KEY": "f54af40dbc6481ed5e1dd0e816"}),
    ("hashnode", "HASHNODE_TOKEN", lambda s: _nowhere(s, "HASHNODE_TOKEN")),
    ("qiita", "QIITA_TOKEN", lambda s: _nowhere(s, "QIITA_TOKEN")),
    ("blogger", "BLOGGER_REFRESH_TOKEN", lambda s: _nowhere(s, "BLOGGER_REFRESH_TOKEN")),
    ("zenn", "folder", lambda s: s),
]


@pytest.mark.parametrize(("platform", "words", "less"), MISSING)
def test_a_missing_setting_is_told_with_the_way_to_set_it(
    tmp_path: Path, platform: str, words: str, less: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    settings = TARGETS[platform].settings("http://127.0.0.1:9") if platform in TARGETS else {}
    with pytest.raises(UsageError) as missing:
        Desk(tmp_path, platform, less(settings)).run(write_payload(tmp_path / "p", platform))
    problem = missing.value.problem
    assert words in f"{problem.message} {problem.remedy}" and problem.remedy


@pytest.mark.parametrize("title", ["It's", 'a "b" c', "back \\ slash", "x\\'y", "끝\\"])
def test_ghost_finds_a_post_without_canonical_url_by_its_title(tmp_path: Path, title: str) -> None:
    with serving(Ghost()) as server:
        desk = Desk(tmp_path, "ghost", TARGETS["ghost"].settings(server.url))
        payload = write_payload(tmp_path / "p", "ghost", title=title, slug="글", canonical_url="")
        desk.run(payload)
        desk.ledger.unlink()
        assert desk.run(payload).action == ("created" if title[-1] == "\\" else "found")


def test_ghost_keeps_the_address_that_a_post_has(tmp_path: Path) -> None:
    """A slug that is sent again gets a number: seen of 6.65."""
    with serving(Ghost()) as server:
        desk = Desk(tmp_path, "ghost", TARGETS["ghost"].settings(server.url))
        first = desk.run(write_payload(tmp_path / "p", "ghost", slug="글")).remote
        again = desk.run(
            write_payload(tmp_path / "p", "ghost", slug="글", body="둘"), SendOptions(PUBLISHED)
        )
        assert (again.action, again.remote.slug) == ("updated", first.slug)


@pytest.mark.parametrize("kind", ["cut-after", "cut-before"])
def test_a_draft_of_hashnode_whose_publishing_was_cut(tmp_path: Path, kind: Kind) -> None:
    with serving(Hashnode()) as server:
        desk = Desk(tmp_path, "hashnode", TARGETS["hashnode"].settings(server.url))
        payload = write_payload(tmp_path / "payload", "hashnode")
        desk.run(payload)
        server.trouble("slow")  # updateDraft
        server.trouble(kind)  # publishDraft, whose post has another id
        with pytest.raises(Unsure):
            desk.run(payload, SendOptions(PUBLISHED))
        done = desk.run(payload, SendOptions(PUBLISHED))
        assert (len(server.drafts), len(server.posts)) == (0, 1)
        assert done.remote.id == f"post:{next(iter(server.posts))}"


def test_a_scheduling_of_blogger_that_was_cut(tmp_path: Path) -> None:
    with serving(Blogger()) as server:
        desk = Desk(tmp_path, "blogger", TARGETS["blogger"].settings(server.url))
        options = SendOptions(Visibility("scheduled", datetime(2099, 1, 1, tzinfo=UTC)))
        server.trouble("slow")  # the draft
        server.trouble("cut-before", times=4)  # its publishing, as often as it is tried
        with pytest.raises(PublishError):
            desk.run(write_payload(tmp_path / "payload", "blogger"), options)
        desk.run(write_payload(tmp_path / "payload", "blogger"), options)
        (post,) = server.posts.values()
        assert post["status"] == "SCHEDULED" and post["published"].startswith("2099-01-01")


class Edited(Ghost):
    """A Ghost in which somebody saves the post between our look and our update, once."""

    text = "남이 방금 고쳤다."

    def _update(self, number: str, fields: dict[str, Any]) -> Answer:
        if self.text:
            self.edit(self.text)
            self.text = ""
        return super()._update(number, fields)


def test_ghost_does_not_overwrite_what_was_saved_a_moment_ago(tmp_path: Path) -> None:
    with serving(Edited()) as server:
        desk = Desk(tmp_path, "ghost", TARGETS["ghost"].settings(server.url))
        desk.run(write_payload(tmp_path / "p", "ghost"))
        with pytest.raises(RequestRefused, match="Someone else is editing") as refused:
            desk.run(write_payload(tmp_path / "p", "ghost", body="우리가 고쳤다."))
        assert "--force" in refused.value.problem.remedy
        assert TARGETS["ghost"].texts(server) == ["남이 방금 고쳤다."]
        with pytest.raises(outcome.EditedThere) as stopped:
            desk.run(write_payload(tmp_path / "p", "ghost", body="우리가 고쳤다."))
        assert "남이 방금 고쳤다." in stopped.value.difference


def test_the_remedy_follows_the_servers_code(tmp_path: Path) -> None:
    with serving(Ghost()) as server:
        settings = TARGETS["ghost"].settings(server.url)
        settings["GHOST_ADMIN_API_KEY"] = f"{'0' * 24}:{'0' * 64}"
        with pytest.raises(Unauthorized) as refused:
            Desk(tmp_path, "ghost", settings).run(write_payload(tmp_path / "p", "ghost"))
        assert "custom integration" in refused.value.problem.remedy


def test_a_token_is_renewed_before_it_expires(tmp_path: Path) -> None:
    with serving(Blogger()) as server:
        server.token_life = 59  # seconds: within the margin, so that no request trusts it
        run(tmp_path, "blogger", server)
        assert server.tokens == len([asked for asked in server.asked if "/blogs" in asked.path])
