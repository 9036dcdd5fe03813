"""The laws of publishing: one post however often it is sent, and nobody's work overwritten."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hanpan.publish.client import PUBLISHED, PublishError, RequestRefused, Unsure, Visibility
from hanpan.publish.outcome import EditedThere, SendOptions
from hanpan.publish.payload import Payload
from tests.publish.press import Fault, Press
from tests.publish.sending import Desk, payloads, picture_blog, send
from tests.support.servers.serving import serving


@pytest.fixture(scope="module")
def sample(built_blog: Path) -> list[Payload]:
    """Two posts with a picture each, as a build leaves them."""
    return payloads(built_blog)


@pytest.fixture
def press() -> Iterator[Press]:
    with serving(Press()) as press:
        yield press


@pytest.fixture
def blog(tmp_path: Path, sample: list[Payload]) -> Path:
    """A site's root with the posts' files, without a ledger."""
    for payload in sample:
        (tmp_path / payload.source).parent.mkdir(exist_ok=True)
        (tmp_path / payload.source).write_text("글", "utf-8")
    return tmp_path


def changed(payload: Payload, **fields: str) -> Payload:
    """Return the payload as if its post had changed."""
    return replace(payload, body={**payload.body, **fields})


def longer(payload: Payload) -> Payload:
    return changed(payload, content=payload.body["content"] + "<p>더한 문단</p>")


def test_a_new_post_is_a_draft_with_its_pictures_uploaded(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    done = send(blog, press, sample[0])
    assert (done.action, len(press.posts), len(press.media)) == ("created", 1, 1)
    ((post),) = press.posts.values()
    assert post["status"] == "draft" and post["slug"] == "글-1"
    (picture,) = press.media.values()
    assert picture["alt"] == "그림 1"
    assert "upload.invalid" not in post["content"]
    assert re.findall(r'<img src="([^"]+)"', post["content"])[0].startswith(f"{press.url}/uploads/")
    names = {id: name for kind in press.terms.values() for name, id in kind.items()}
    assert [names[id] for id in post["tags"]] == ["한글", "조판"]
    assert [names[id] for id in post["categories"]] == ["기록"]


def test_nothing_changed_is_one_read_and_no_write(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    done = send(blog, press, sample[0])
    again = send(blog, press, sample[0])
    assert again.action == "unchanged" and again.remote and done.remote
    assert again.remote.id == done.remote.id
    assert [entry for entry in press.log if "users" not in entry[1]] == [
        ("GET", f"/posts/{done.remote.id}")
    ]


def test_a_changed_post_is_updated_where_it_is(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    send(blog, press, sample[0], PUBLISHED)
    done = send(blog, press, longer(sample[0]))
    ((post),) = press.posts.values()
    assert done.action == "updated" and "더한 문단" in post["content"]
    assert post["status"] == "publish"  # no draft again
    assert len(press.media) == 1


def test_a_lost_ledger_is_found_again_without_a_write(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    send(blog, press, sample[0])
    with Desk(blog, press) as desk:
        before = desk.entry(sample[0])
    (blog / "crosspost.lock").unlink()
    shutil.rmtree(blog / ".hanpan")
    assert send(blog, press, sample[0]).action == "found"
    assert press.writes() == []
    with Desk(blog, press) as desk:
        after = desk.entry(sample[0])
    assert replace(after, created="", updated="") == replace(before, created="", updated="")


def test_what_a_server_filters_is_no_edit(blog: Path, press: Press, sample: list[Payload]) -> None:
    press.kept = lambda html: re.sub(r' class="[^"]*"', "", html)
    send(blog, press, sample[0])
    assert send(blog, press, sample[0]).action == "unchanged"
    assert send(blog, press, longer(sample[0])).action == "updated"
    (blog / "crosspost.lock").unlink()
    assert send(blog, press, longer(sample[0])).action == "updated"  # the words are the same
    assert len(press.posts) == 1


def test_a_post_that_was_deleted_there_comes_back_by_force_alone(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    send(blog, press, sample[0])
    press.posts.clear()
    with pytest.raises(PublishError, match="deleted there"):
        send(blog, press, sample[0])
    assert send(blog, press, sample[0], force=True).action == "created"
    assert (len(press.posts), len(press.media)) == (1, 1)


def test_a_picture_of_two_posts_is_uploaded_once(tmp_path: Path, press: Press) -> None:
    blog = picture_blog(tmp_path, shared="같은-그림.png")
    first, second = payloads(blog)
    send(blog, press, first)
    with Desk(blog, press) as desk:  # a dry run knows it already, without the server
        shown = desk.engine.plan(second, SendOptions()).request
    assert shown and "upload.invalid" not in shown.body["content"]
    send(blog, press, second)
    assert (len(press.posts), len(press.media)) == (2, 1)


def test_a_renamed_file_is_the_same_post(blog: Path, press: Press, sample: list[Payload]) -> None:
    send(blog, press, sample[0])
    (blog / sample[0].source).rename(blog / "posts/2026-04-01-글-1.md")
    renamed = replace(sample[0], source="posts/2026-04-01-글-1.md")
    assert send(blog, press, renamed).action == "unchanged"
    assert len(press.posts) == 1
    assert "2026-03-01" not in (blog / "crosspost.lock").read_text("utf-8")


def test_a_renamed_file_stays_known_where_the_post_was_edited_there(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    send(blog, press, sample[0])
    (id,) = press.posts
    press.edit(id, content="<p>누가 고쳤다.</p>")
    (blog / sample[0].source).rename(blog / "posts/2026-04-01-글-1.md")
    renamed = replace(sample[0], source="posts/2026-04-01-글-1.md")
    with pytest.raises(EditedThere):
        send(blog, press, longer(renamed))
    with Desk(blog, press) as desk:
        assert desk.entry(renamed).id == str(id)


def test_posts_of_one_name_are_told_apart(blog: Path, press: Press, sample: list[Payload]) -> None:
    send(blog, press, sample[0])
    other = replace(sample[1], body={**sample[1].body, "slug": "글-1"}, slug="글-1")
    assert send(blog, press, other).action == "created"
    assert len(press.posts) == 2


def test_visibility_is_asked_for_once(blog: Path, press: Press, sample: list[Payload]) -> None:
    send(blog, press, sample[0])
    assert send(blog, press, sample[0], PUBLISHED).action == "updated"
    assert send(blog, press, sample[0], PUBLISHED).action == "unchanged"
    ((post),) = press.posts.values()
    assert post["status"] == "publish"


def test_a_schedule_is_kept_and_a_time_that_is_over_refused(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    send(blog, press, sample[0], Visibility("scheduled", at))
    ((post),) = press.posts.values()
    assert (post["status"], post["date"]) == ("future", at.isoformat())
    assert send(blog, press, sample[0], Visibility("scheduled", at)).action == "unchanged"
    with pytest.raises(PublishError, match="in the past"):
        send(blog, press, sample[1], Visibility("scheduled", at - timedelta(days=2)))
    assert len(press.posts) == 1


def test_a_cut_connection_after_the_create_makes_no_second_post(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    press.faults = [Fault("POST", "/posts", after=True)]
    assert send(blog, press, sample[0]).action == "created"
    assert len(press.posts) == 1
    assert send(blog, press, sample[0]).action == "unchanged"


def test_a_create_that_nobody_knows_of_is_left_to_the_next_run(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    press.faults = [Fault("POST", "/posts")]  # cut before it was taken
    with pytest.raises(Unsure):
        send(blog, press, sample[0])
    assert [path for _, path in press.writes()].count("/posts") == 1
    assert send(blog, press, sample[0]).action == "created"
    assert (len(press.posts), len(press.media)) == (1, 1)


def test_an_update_that_was_cut_off_is_no_edit_of_somebody(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    send(blog, press, sample[0])
    cut = [Fault("POST", "/posts/.*", after=True) for _ in range(4)]  # all that Http tries
    press.faults = cut
    with pytest.raises(PublishError):
        send(blog, press, longer(sample[0]))
    assert send(blog, press, longer(sample[0])).action in ("found", "unchanged")
    assert press.writes() == []


def test_a_refused_create_says_why_and_leaves_no_intention(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    answer = {
        "code": "rest_invalid_param",
        "message": "Invalid parameter(s): date",
        "data": {"status": 400, "params": {"date": "Invalid date."}},
    }
    press.faults = [Fault("POST", "/posts", 400, body=answer)]
    with pytest.raises(RequestRefused, match="date: Invalid date") as refused:
        send(blog, press, sample[0])
    assert refused.value.problem.remedy
    with Desk(blog, press) as desk:
        assert desk.entry(sample[0]).intent == ""  # its picture is there, and stays known
    assert send(blog, press, sample[0]).action == "created"
    assert len(press.media) == 1


def test_a_category_that_an_author_may_not_make_is_left_out_and_told(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    press.may_make_categories = False
    done = send(blog, press, sample[0])
    assert done.action == "created"
    assert [problem.rule for problem in done.problems] == ["publish-partly"]
    assert "기록" in done.problems[0].message


class Killed(BaseException):
    """The process dies here, as far as the engine can tell."""


@pytest.mark.parametrize("is_update", [False, True])
def test_killed_anywhere_and_run_again_there_is_one_post(
    tmp_path: Path, sample: list[Payload], is_update: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Die before anything, and after each request and write of the ledger; then run again.

    Before the next one is after the last one: nothing else is changed in between.
    """
    point = 0
    while True:
        blog = tmp_path / str(point)
        (blog / "posts").mkdir(parents=True)
        with serving(Press()) as press:
            payload = sample[0]
            if is_update:
                send(blog, press, payload)
                payload = longer(payload)
            died = _dies_at(point, blog, press, payload, monkeypatch)
            done = send(blog, press, payload)
            assert (len(press.posts), len(press.media)) == (1, 1), point
            assert ("더한 문단" in next(iter(press.posts.values()))["content"]) == is_update
            assert send(blog, press, payload).action == "unchanged", (point, done)
            assert press.writes() == []
        if not died:
            break
        point += 1
    assert point > 6  # there was something to die at


def _dies_at(
    point: int, blog: Path, press: Press, payload: Payload, patch: pytest.MonkeyPatch
) -> bool:
    """Run until the given point; tell whether the run came that far."""
    steps = iter(range(1000))

    def step() -> None:
        if next(steps) == point:
            raise Killed

    with Desk(blog, press) as desk, patch.context() as patched:
        ask, keep = desk.engine.client._http.ask, desk.ledger.keep  # type: ignore[attr-defined]

        def asked(*arguments: object, **more: object) -> object:
            answer = ask(*arguments, **more)
            step()
            return answer

        def kept(*arguments: object) -> None:
            keep(*arguments)  # type: ignore[arg-type]
            step()

        patched.setattr(desk.engine.client._http, "ask", asked)  # type: ignore[attr-defined]
        patched.setattr(desk.ledger, "keep", kept)
        try:
            step()
            desk.engine.publish(payload, SendOptions())
        except Killed:
            return True
    return False


def test_a_tag_is_not_taken_for_one_that_contains_it(
    blog: Path, press: Press, sample: list[Payload]
) -> None:
    press.terms["tags"] |= {"한글날": 500, "조판": 501}
    send(blog, press, sample[0])
    ((post),) = press.posts.values()
    assert sorted(post["tags"]) == sorted([press.terms["tags"]["한글"], 501])
