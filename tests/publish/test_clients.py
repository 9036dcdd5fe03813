"""Each client with its engine against a server that behaves as the platform's does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hanpan.publish.client import PUBLISHED, PublishError, Unauthorized, Unsure, Visibility
from hanpan.publish.outcome import EditedThere, SendOptions
from tests.publish.loopback import Loopback
from tests.publish.targets import BODY, PLACE, TARGETS, Desk, write_payload
from tests.support.servers.serving import serving

NEW = BODY.replace("첫 문단이다", "고친 문단이다")


class Bench:
    """A server, a desk, and payloads of one platform."""

    def __init__(self, folder: Path, name: str, server: Loopback) -> None:
        self.name, self.target, self.server = name, TARGETS[name], server
        self.folder = folder
        self.desk = Desk(folder, name, self.target.settings(server.url))

    def payload(self, **fields: Any) -> Any:
        if not self.target.uploads and "body" in fields:
            fields["body"] = fields["body"].replace(PLACE, "https://blog.example/a.png")
        return write_payload(self.folder / "payload", self.name, **fields)

    @property
    def texts(self) -> list[str]:
        return self.target.texts(self.server)

    @property
    def statuses(self) -> list[str]:
        return self.target.statuses(self.server)


@pytest.fixture(params=sorted(TARGETS))
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with serving(TARGETS[request.param].server()) as server:
        yield Bench(tmp_path, request.param, server)


def test_a_post_is_a_draft_first_and_is_sent_once(bench: Bench) -> None:
    assert bench.desk.run(bench.payload()).action == "created"
    assert bench.statuses == ["draft"] and "첫 문단이다" in bench.texts[0]
    assert PLACE not in bench.texts[0]  # the picture's own address stands there
    written = len(bench.server.writes)
    assert bench.desk.run(bench.payload()).action == "unchanged"
    assert len(bench.server.writes) == written


def test_a_cover_with_an_address_of_its_own_is_not_uploaded(bench: Bench) -> None:
    payload = bench.payload(body="글.")
    cover = replace(
        payload.pictures[0], role="teaser", placeholder="", url="https://blog.example/cover.png"
    )
    assert bench.desk.run(replace(payload, pictures=(cover,))).action == "created"
    assert not any("upload" in write.path or "image" in write.path for write in bench.server.writes)


def test_publishing_shows_the_draft_that_is_there(bench: Bench) -> None:
    bench.desk.run(bench.payload())
    done = bench.desk.run(bench.payload(), SendOptions(PUBLISHED))
    assert done.action == "updated" and bench.statuses == ["published"]
    written = len(bench.server.writes)
    assert bench.desk.run(bench.payload()).action == "unchanged"
    assert bench.desk.run(bench.payload(), SendOptions(PUBLISHED)).action == "unchanged"
    assert len(bench.server.writes) == written


def test_a_post_is_published_at_once_where_that_is_asked(bench: Bench) -> None:
    assert bench.desk.run(bench.payload(), SendOptions(PUBLISHED)).action == "created"
    assert bench.statuses == ["published"]


def test_what_has_changed_is_updated_and_stays_as_visible_as_it_was(bench: Bench) -> None:
    for options, status in ((SendOptions(), "draft"), (SendOptions(PUBLISHED), "published")):
        bench.desk.run(bench.payload(), options)
        assert bench.desk.run(bench.payload(body=NEW)).action == "updated"
        assert "고친 문단이다" in bench.texts[0] and bench.statuses == [status]
        bench.desk.run(bench.payload())


def test_pictures_are_uploaded_once(bench: Bench) -> None:
    if not bench.target.uploads:
        pytest.skip("takes no uploads: its payload has public addresses")
    bench.desk.run(bench.payload())
    bench.desk.run(bench.payload(body=NEW))
    other = {"title": "같은 그림", "slug": "the-same-picture-again", "canonical_url": ""}
    assert bench.desk.run(bench.payload(**other)).action == "created"
    pictures = bench.server.pictures  # type: ignore[attr-defined]
    assert len(pictures) == 1


def test_a_remote_edit_stops_with_the_difference_until_it_is_forced(bench: Bench) -> None:
    bench.desk.run(bench.payload())
    bench.server.edit("누가 고쳤다.")
    written = len(bench.server.writes)
    with pytest.raises(EditedThere) as stopped:
        bench.desk.run(bench.payload(body=NEW))
    assert "+누가 고쳤다." in stopped.value.difference
    assert "-" in stopped.value.difference and "--force" in stopped.value.problem.remedy
    assert len(bench.server.writes) == written
    assert bench.desk.run(bench.payload(body=NEW), SendOptions(force=True)).action == "updated"
    assert len(bench.texts) == 1 and "고친 문단이다" in bench.texts[0]


def test_an_edit_of_the_title_alone_stops_too(bench: Bench) -> None:
    bench.desk.run(bench.payload())
    (post,) = (
        one
        for name in ("articles", "drafts", "posts", "items")
        for one in getattr(bench.server, name, {}).values()
    )
    before = post["title"]
    post["title"] = "누가 고친 제목"
    with pytest.raises(EditedThere) as stopped:
        bench.desk.run(bench.payload(body=NEW))
    assert "+누가 고친 제목" in stopped.value.difference
    assert f"-{before}" in stopped.value.difference
    assert "고친 문단이다" not in bench.texts[0]


def test_a_lost_ledger_finds_the_post_again(bench: Bench) -> None:
    bench.desk.run(bench.payload(), SendOptions(PUBLISHED))
    bench.desk.ledger.unlink()
    for path in (bench.folder / ".hanpan").glob("*.json"):
        path.unlink()
    assert bench.desk.run(bench.payload()).action in ("found", "updated")
    assert len(bench.texts) == 1
    assert bench.desk.run(bench.payload(body=NEW)).action == "updated"
    assert len(bench.texts) == 1 and bench.statuses == ["published"]


def test_another_post_is_another_post(bench: Bench) -> None:
    bench.desk.run(bench.payload())
    other = bench.payload(
        title="다른 글", slug="another-post-2", canonical_url="https://blog.example/2/"
    )
    assert bench.desk.run(other).action == "created"
    assert len(bench.texts) == 2


@pytest.mark.parametrize("kind", ["cut-after", "cut-before"])
@pytest.mark.parametrize(
    "options", [SendOptions(), SendOptions(PUBLISHED)], ids=["draft", "published"]
)
def test_a_cut_connection_makes_no_second_post(
    bench: Bench, kind: Any, options: SendOptions
) -> None:
    place = {"hashnode": "write", "ghost": "posts"}.get(bench.name, "write")
    if bench.target.uploads:  # the picture is there already: the create is what is cut
        bench.desk.run(bench.payload(title="먼저", slug="first-of-all-posts", canonical_url=""))
    before = len(bench.texts)
    if bench.name == "ghost":
        bench.server.trouble("slow", only="posts")  # the look for the post
    bench.server.trouble(kind, only=place)
    try:
        bench.desk.run(bench.payload(), options)
    except Unsure:
        assert kind == "cut-before"
    bench.desk.run(bench.payload(), options)
    assert len(bench.texts) == before + 1
    assert bench.statuses.count(options.visibility.status if options.visibility else "draft") >= 1


@pytest.mark.parametrize("kind", ["cut-after", "cut-before"])
def test_an_update_that_was_cut_is_sent_again(bench: Bench, kind: Any) -> None:
    bench.desk.run(bench.payload())
    bench.server.trouble(kind)
    assert bench.desk.run(bench.payload(body=NEW)).action == "updated"
    assert len(bench.texts) == 1 and "고친 문단이다" in bench.texts[0]
    assert bench.desk.run(bench.payload(body=NEW)).action == "unchanged"


@pytest.mark.parametrize("kind", ["busy", "busy-until"])
def test_retry_after_is_respected(bench: Bench, kind: Any) -> None:
    bench.server.trouble(kind, times=2)
    assert bench.desk.run(bench.payload()).action == "created"
    assert len(bench.texts) == 1
    waits = [pause for pause in bench.desk.slept if pause > 0.5]
    assert len(waits) == 2


def test_a_gateways_error_is_no_answer(bench: Bench) -> None:
    """A create that a gateway answers for is looked for; the reads before are asked again."""
    bench.server.trouble("down", only="any")
    bench.desk.run(bench.payload())
    assert len(bench.texts) == 1


def test_a_slow_server_is_waited_for(bench: Bench) -> None:
    bench.server.trouble("slow", times=2)
    assert bench.desk.run(bench.payload()).action == "created"


def test_scheduling(bench: Bench) -> None:
    at = datetime.now(UTC) + timedelta(days=3)
    options = SendOptions(Visibility("scheduled", at))
    if bench.target.schedules:
        assert bench.desk.run(bench.payload(), options).remote.status == "scheduled"
        written = len(bench.server.writes)
        assert bench.desk.run(bench.payload(), options).action == "unchanged"
        assert len(bench.server.writes) == written
    else:
        with pytest.raises(PublishError, match="schedule"):
            bench.desk.run(bench.payload(), options)
        assert not bench.texts


def test_no_secret_is_written_or_told(bench: Bench) -> None:
    bench.desk.run(bench.payload())
    wrong = {name: value for name, value in bench.desk.settings.items()}
    for name in wrong:
        if not name.endswith(("URL", "API")):
            wrong[name] = re.sub(r"\w(?=\w{4}$)", "0", wrong[name])
    stranger = Desk(bench.folder, bench.name, wrong)
    with pytest.raises(Unauthorized) as stopped:
        stranger.run(bench.payload(body=NEW))
    assert stopped.value.problem.remedy
    texts = [str(stopped.value.problem), repr(stopped.value)]
    texts += [
        path.read_text("utf-8", "ignore") for path in bench.folder.rglob("*") if path.is_file()
    ]
    for text in texts:
        for secret in (
            *bench.target.secrets,
            *(wrong[n] for n in wrong if "URL" not in n and "API" not in n),
        ):
            assert secret not in text


def test_a_published_post_of_hashnode_keeps_its_cover_when_it_is_updated(tmp_path: Path) -> None:
    with serving(TARGETS["hashnode"].server()) as server:
        bench = Bench(tmp_path, "hashnode", server)
        bench.desk.run(bench.payload(), SendOptions(PUBLISHED))
        assert bench.desk.run(bench.payload(body=NEW)).action == "updated"
        sent = bench.server.writes[-1].json["variables"]["input"]
        assert sent["coverImage"] == "https://blog.example/cover.png"
        assert (sent["metaTitle"], sent["metaDescription"]) == ("한글 시험", "요약")
        assert "ogImage" not in sent and "settings" not in sent
