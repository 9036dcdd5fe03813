"""MetaWeblog against xmlrpc.php's answers: posts that are gone, faults, and what is no XML-RPC."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanpan.publish.client import DRAFT, KEPT, PUBLISHED, BadAnswer, RequestRefused, Unauthorized
from hanpan.publish.clients.metaweblog import MetaWeblog, connect
from hanpan.publish.http import Http
from hanpan.publish.payload import Payload, PayloadPicture
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from tests.publish.loopback import Answer, Asked, Loopback
from tests.support.servers.serving import serving

PASSWORD = "abcd efgh ijkl mnop"
POST = {
    "postid": "7", "permaLink": "https://blog.example/?p=7", "wp_slug": "%EA%B8%80",
    "title": "글", "description": "<p>본문</p>", "mt_excerpt": "", "mt_keywords": "",
    "date_modified_gmt": xmlrpc.client.DateTime("20260301T09:00:00"),
}  # fmt: skip


class XmlRpc(Loopback):
    """A xmlrpc.php: each method has one answer, a fault or bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Any] = {}

    def answer(self, asked: Asked) -> Answer:
        _, method = xmlrpc.client.loads(asked.body)
        assert method
        value = self.answers[method]
        if isinstance(value, bytes):
            return Answer(200, value)
        content = value if isinstance(value, xmlrpc.client.Fault) else (value,)
        return Answer(200, xmlrpc.client.dumps(content, methodresponse=True).encode())


@pytest.fixture
def server() -> Iterator[XmlRpc]:
    with serving(XmlRpc()) as server:
        yield server


@pytest.fixture
def client(server: XmlRpc) -> Iterator[MetaWeblog]:
    settings = {
        "WORDPRESS_URL": server.url,
        "WORDPRESS_USER": "writer",
        "WORDPRESS_APPLICATION_PASSWORD": PASSWORD,
    }
    credentials = Credentials(environ=settings)
    with Http(credentials, pause=0.01) as http:
        yield connect(http, credentials, PlatformSettings())


@pytest.fixture
def payload(tmp_path: Path) -> Payload:
    body = {"title": "글", "content": "<p>본문</p>", "date": "2026-03-01T18:00:00+09:00"}
    terms = {"terms.json": {"tags": ["한글"], "categories": []}}
    return Payload(
        tmp_path, "posts/a.md", "wordpress", "글", "글", "ko", "", ("한글",), True, (), (),
        body, terms,
    )  # fmt: skip


@pytest.mark.parametrize(("there", "status"), [("publish", "published"), ("draft", "draft")])
def test_a_post_is_read(server: XmlRpc, client: MetaWeblog, there: str, status: str) -> None:
    server.answers["metaWeblog.getPost"] = {**POST, "post_status": there}
    post = client.read("7")
    assert post and (post.id, post.slug, post.status) == ("7", "글", status)


def test_a_post_that_was_deleted_or_is_in_the_bin_is_gone(
    server: XmlRpc, client: MetaWeblog
) -> None:
    server.answers["metaWeblog.getPost"] = {**POST, "post_status": "trash"}
    assert client.read("7") is None
    server.answers["metaWeblog.getPost"] = xmlrpc.client.Fault(404, "Invalid post ID.")
    assert client.read("7") is None


def test_a_post_that_is_listed_and_cannot_be_read_is_not_taken_for_none(
    server: XmlRpc, client: MetaWeblog, payload: Payload
) -> None:
    """Else it would be created once more, at each run."""
    listed = {"post_id": "-1", "post_name": payload.slug, "post_title": payload.title}
    server.answers["wp.getPosts"] = [listed]
    server.answers["metaWeblog.getPost"] = xmlrpc.client.Fault(404, "Invalid post ID.")
    with pytest.raises(BadAnswer, match="listed"):
        client.find(payload)


def test_a_fault_is_reported_in_the_servers_words_and_without_the_password(
    server: XmlRpc, client: MetaWeblog
) -> None:
    reason = f"Sorry, {PASSWORD} may not edit this post."
    server.answers["metaWeblog.getPost"] = xmlrpc.client.Fault(401, reason)
    with pytest.raises(RequestRefused, match=r"\(401\): Sorry, .* may not edit") as refused:
        client.read("7")
    assert not isinstance(refused.value, Unauthorized)
    assert PASSWORD not in refused.value.problem.message


@pytest.mark.parametrize(
    ("code", "reason", "is_login"),
    [(403, "Incorrect username or password.", True), (403, "You may not do this.", False)],
)
def test_a_wrong_password_is_told_from_a_missing_permission(
    server: XmlRpc, client: MetaWeblog, code: int, reason: str, is_login: bool
) -> None:
    server.answers["metaWeblog.getPost"] = xmlrpc.client.Fault(code, reason)
    with pytest.raises(RequestRefused) as refused:
        client.read("7")
    assert isinstance(refused.value, Unauthorized) is is_login


def test_a_page_instead_of_xml_rpc_is_refused(server: XmlRpc, client: MetaWeblog) -> None:
    server.answers["metaWeblog.getPost"] = b"<html>Blocked</html>"
    with pytest.raises(RequestRefused, match="did not answer in XML-RPC"):
        client.read("7")


def test_a_picture_is_found_by_its_content_and_only_where_the_server_lists_pictures(
    server: XmlRpc, client: MetaWeblog, tmp_path: Path
) -> None:
    digest = "0123456789ab" + "0" * 52
    picture = PayloadPicture(1, tmp_path / "그림.png", digest, "그림", "body", "image/png", "", "")
    other = {"attachment_id": "3", "link": "https://blog.example/a-ba9876543210.png"}
    ours = {"attachment_id": "4", "link": "https://blog.example/a-0123456789ab.png"}
    server.answers["wp.getMediaLibrary"] = [other]
    assert client.find_upload(picture) is None
    server.answers["wp.getMediaLibrary"] = [other, ours]
    found = client.find_upload(picture)
    assert found and (found.id, found.url) == ("4", ours["link"])
    server.answers["wp.getMediaLibrary"] = xmlrpc.client.Fault(-32601, "no such method")
    assert client.find_upload(picture) is None
    server.answers["wp.getMediaLibrary"] = xmlrpc.client.Fault(500, "out of memory")
    with pytest.raises(RequestRefused, match="out of memory"):
        client.find_upload(picture)


def test_a_post_that_was_created_or_updated_is_read_again(
    server: XmlRpc, client: MetaWeblog, payload: Payload
) -> None:
    server.answers["metaWeblog.newPost"] = "7"
    server.answers["metaWeblog.editPost"] = True
    server.answers["metaWeblog.getPost"] = {**POST, "post_status": "draft"}
    created = client.create(payload, DRAFT)
    assert (created.id, created.url) == ("7", POST["permaLink"])
    arguments: Any
    arguments, _ = xmlrpc.client.loads(server.asked[0].body)
    _, _, password, struct, is_public = arguments
    assert password == PASSWORD and is_public is False
    assert struct["description"] == "<p>본문</p>" and struct["mt_keywords"] == ["한글"]
    assert (struct["post_status"], struct["wp_slug"]) == ("draft", "글")
    assert struct["date_created_gmt"].value == "20260301T09:00:00"
    server.answers["metaWeblog.getPost"] = {**POST, "post_status": "publish"}
    assert client.update(created, payload, PUBLISHED).status == "published"
    server.answers["metaWeblog.getPost"] = xmlrpc.client.Fault(404, "Invalid post ID.")
    with pytest.raises(RequestRefused, match="accepted the post, but has no number 7"):
        client.update(created, payload, KEPT)
