"""What is overwritten, sent again or kept: by what the ledger, the server and the payload say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hanpan.publish.client import PublishError, Visibility
from hanpan.publish.outcome import EditedThere, SendOptions
from hanpan.publish.payload import Payload
from tests.publish.press import Fault, Press
from tests.publish.sending import Desk, payloads, send
from tests.support.servers.serving import serving


@pytest.fixture
def press() -> Iterator[Press]:
    with serving(Press()) as press:
        yield press


@pytest.fixture(scope="module")
def payload(built_blog: Path) -> Payload:
    """A post with a picture."""
    return payloads(built_blog)[0]


def longer(payload: Payload) -> Payload:
    content = payload.body["content"] + "<p>더한 문단</p>"
    return replace(payload, body={**payload.body, "content": content})


def test_a_lost_ledger_does_not_overwrite_other_words(
    blog: Path, press: Press, payload: Payload
) -> None:
    send(blog, press, payload)
    (blog / "crosspost.lock").unlink()
    with pytest.raises(EditedThere) as stopped:
        send(blog, press, longer(payload))
    assert "+<p>더한 문단</p>" in stopped.value.difference and press.writes() == []
    assert send(blog, press, longer(payload), force=True).action == "updated"
    assert len(press.posts) == 1


def test_an_edit_there_stops_with_the_difference_and_force_overrides(
    blog: Path, press: Press, payload: Payload
) -> None:
    done = send(blog, press, payload)
    assert done.remote
    press.edit(done.remote.id, content="<p>거기서 고친 글</p>")
    same = send(blog, press, payload)
    assert same.action == "unchanged" and same.problems[0].rule == "publish-edited-there"
    with pytest.raises(EditedThere) as stopped:
        send(blog, press, longer(payload))
    assert "+<p>거기서 고친 글</p>" in stopped.value.difference
    assert press.writes() == []
    assert send(blog, press, longer(payload), force=True).action == "updated"
    assert "더한 문단" in press.posts[done.remote.id]["content"]


def test_force_takes_back_an_edit_of_a_post_that_has_not_changed_here(
    blog: Path, press: Press, payload: Payload
) -> None:
    done = send(blog, press, payload)
    assert done.remote
    press.edit(done.remote.id, content="<p>거기서 고친 글</p>")
    assert send(blog, press, payload, force=True).action == "updated"
    assert "어절이 줄 끝에서" in press.posts[done.remote.id]["content"]


def test_an_edit_is_not_taken_for_an_update_that_was_cut_off(
    blog: Path, press: Press, payload: Payload
) -> None:
    done = send(blog, press, payload)
    assert done.remote
    press.faults = [Fault("POST", "/posts/.*") for _ in range(4)]  # all that Http tries
    with pytest.raises(PublishError):
        send(blog, press, longer(payload))
    press.edit(done.remote.id, content="<p>거기서 고친 글</p>")
    with pytest.raises(EditedThere):
        send(blog, press, longer(payload))
    assert press.posts[done.remote.id]["content"] == "<p>거기서 고친 글</p>"


def test_another_picture_is_another_content(
    blog: Path, press: Press, payload: Payload, tmp_path: Path
) -> None:
    send(blog, press, payload)
    place = tmp_path / payload.pictures[0].path.name
    place.write_bytes(b"another picture")
    picture = replace(payload.pictures[0], path=place, sha256="0" * 64)
    assert send(blog, press, replace(payload, pictures=(picture,))).action == "updated"
    assert [media["size"] for media in press.media.values()][1:] == [len(b"another picture")]


def test_an_update_keeps_the_time_that_was_asked_for(
    blog: Path, press: Press, payload: Payload
) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    send(blog, press, payload, Visibility("scheduled", at))
    assert send(blog, press, longer(payload)).action == "updated"
    again = send(blog, press, longer(payload), Visibility("scheduled", at))
    assert again.action == "unchanged" and press.writes() == []


def test_the_request_of_an_update_leaves_status_and_date(
    blog: Path, press: Press, payload: Payload
) -> None:
    with Desk(blog, press) as desk:
        request = desk.engine.plan(payload, SendOptions()).request
        assert request and request.body["status"] == "draft" and "date" in request.body
    done = send(blog, press, payload)
    assert done.remote
    with Desk(blog, press) as desk:
        request = desk.engine.plan(longer(payload), SendOptions()).request
        assert request and request.url.endswith(f"/posts/{done.remote.id}")
        assert not {"status", "date", "slug"} & set(request.body)
        assert desk.engine.plan(payload, SendOptions()).action == "unchanged"


def test_a_refused_upload_names_its_file(blog: Path, press: Press, payload: Payload) -> None:
    press.faults = [Fault("POST", "/media", 413, body={"message": "Too large."})]
    with pytest.raises(PublishError, match=r"01-그림-1\.png: .*Too large") as refused:
        send(blog, press, payload)
    assert "smaller" in refused.value.problem.remedy and not press.posts


def test_without_a_category_that_may_be_made_wordpress_has_its_own(
    blog: Path, press: Press, payload: Payload
) -> None:
    press.may_make_categories = False
    send(blog, press, payload)
    ((post),) = press.posts.values()
    assert post["categories"] == [1]  # the default one of the site
