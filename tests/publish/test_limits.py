"""Limits of a run: lists without end, and servers that are out of reach for post after post."""

from __future__ import annotations

import json
import shutil
import xmlrpc.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanpan.publish import pages
from hanpan.publish.client import EndlessList
from hanpan.publish.clients import connect
from hanpan.publish.http import Http
from hanpan.publish.pages import items_of_pages, numbered_pages
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from tests.publish.loopback import Answer, Asked, Loopback
from tests.publish.press import Fault, Press
from tests.publish.sending import hanpan_here, picture_blog
from tests.publish.targets import write_payload
from tests.support.command import built
from tests.support.servers.serving import serving

SETTINGS = {
    "devto": {"DEVTO_URL": "{url}", "DEVTO_API_KEY": "key"},
    "qiita": {"QIITA_URL": "{url}", "QIITA_TOKEN": "token"},
    "blogger": {
        "BLOGGER_API": "{url}",
        "BLOGGER_URL": "https://blog.example",
        "BLOGGER_ACCESS_TOKEN": "token",
    },
    "hashnode": {
        "HASHNODE_API": "{url}",
        "HASHNODE_URL": "https://blog.example",
        "HASHNODE_TOKEN": "token",
    },
    "metaweblog": {
        "WORDPRESS_URL": "{url}",
        "WORDPRESS_USER": "writer",
        "WORDPRESS_APPLICATION_PASSWORD": "word",
    },
}
ITEM: dict[str, Any] = {
    "title": "남의 글", "name": "a", "url": "https://blog.example/x", "slug": "x", "tags": [],
    "published": True, "content": "", "status": "LIVE", "post_name": "x",
    "post_title": "남의 글",
}  # fmt: skip


class Endless(Loopback):
    """A platform whose lists never end: in each way that lists are given page by page."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self.style = style
        self.pages = 0

    def page(self, size: int = 100, **more: Any) -> list[dict[str, Any]]:
        self.pages += 1
        first = 0 if self.style == "the same page" else self.pages * size
        numbers = range(first, first + size)
        return [{**ITEM, "id": str(n), "post_id": str(n), **more} for n in numbers]

    def next(self) -> str:
        return f"page-{self.pages}" if self.style == "another page" else "page"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/blogs/byurl":
            return Answer(200, {"id": "1"})
        if asked.path == "/xmlrpc.php":
            return Answer(200, xmlrpc.client.dumps((self.page(),), methodresponse=True).encode())
        if asked.path.endswith("/posts"):
            return Answer(
                200,
                {
                    "items": self.page(50, published="2026-03-01T00:00:00Z"),
                    "nextPageToken": self.next(),
                },
            )
        if asked.method == "POST":
            edges = [{"node": item} for item in self.page(content={"markdown": ""})]
            info = {"hasNextPage": True, "endCursor": self.next()}
            data = {"publication": {"page": {"edges": edges, "pageInfo": info}}}
            return Answer(200, {"data": data})
        return Answer(200, self.page())


@pytest.mark.parametrize("style", ["the same page", "another page", "the same cursor"])
@pytest.mark.parametrize("name", SETTINGS)
def test_a_list_without_end_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, style: str
) -> None:
    monkeypatch.setattr(pages, "MOST", 4)
    payload = write_payload(tmp_path, "devto" if name == "metaweblog" else name)
    with serving(Endless(style)) as server:
        environment = {key: text.format(url=server.url) for key, text in SETTINGS[name].items()}
        credentials = Credentials(environ=environment)
        with Http(credentials) as http, pytest.raises(EndlessList):
            connect(name, http, credentials, PlatformSettings()).find(payload)
        has_cursor = name in ("blogger", "hashnode")
        most = {"the same page": 2, "another page": 4, "the same cursor": 3 if has_cursor else 4}
        assert server.pages <= most[style]


def test_lists_that_end_are_read_to_their_end() -> None:
    def read(cursor: int) -> tuple[list[int], int | None]:
        return list(range(cursor, cursor + 3)), cursor + 3 if cursor < 3000 - 3 else None

    assert list(items_of_pages(read, 0)) == list(range(3000))  # as many pages as there may be
    assert list(numbered_pages(lambda page: [page] if page < 5 else [], 1)) == [1, 2, 3, 4]
    empty: dict[str, str | None] = {"": "a", "a": "b", "b": None}
    assert list(items_of_pages(lambda cursor: ([], empty[cursor]), "")) == []


@pytest.mark.parametrize("following", ["a", ""])
def test_a_page_that_comes_after_itself_is_left(following: str) -> None:
    with pytest.raises(EndlessList):
        list(items_of_pages(lambda cursor: ([], following), "a"))


@pytest.fixture(scope="module")
def built_posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    blog = picture_blog(tmp_path_factory.mktemp("built") / "blog", posts=4)
    built(blog, "posts", "--edition", "crosspost")
    return blog


@pytest.fixture
def blog(tmp_path: Path, built_posts: Path) -> Path:
    return shutil.copytree(built_posts, tmp_path / "blog")


@pytest.fixture
def press() -> Iterator[Press]:
    with serving(Press()) as press:
        yield press


def test_after_two_posts_for_which_a_server_is_out_of_reach_no_other_is_tried(
    blog: Path, press: Press
) -> None:
    press.faults = [Fault("GET", ".*", 503, {"Retry-After": "600"}) for _ in range(9)]
    ran = hanpan_here("publish", "wordpress", "posts", "--json", cwd=blog, env=press.environment)
    messages = [post["problems"][0]["message"] for post in json.loads(ran.out)]
    assert ran.code == 1 and len(messages) == 4 and len(press.log) == 2
    assert ["not tried" in message for message in messages] == [False, False, True, True]


def test_a_server_that_is_out_of_reach_now_and_then_is_tried_for_every_post(
    blog: Path, press: Press
) -> None:
    press.faults = [Fault("GET", ".*/me", 503, {"Retry-After": "600"})]
    ran = hanpan_here("publish", "wordpress", "posts", "--json", cwd=blog, env=press.environment)
    actions = [post["action"] for post in json.loads(ran.out)]
    assert actions == ["failed", "created", "created", "created"]
