"""A real Ghost 6 takes posts through `hanpan publish`: read back, again, edited, killed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2
import pytest
from PIL import Image, ImageColor

from hanpan import tree
from hanpan.publish.clients import connect
from hanpan.publish.http import Http
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from tests.conformance.ghost_site import Site, install, running, why_not
from tests.support.blog import add_post, make_blog
from tests.support.command import Ran, command, environment, hanpan
from tests.support.servers.image_host import picture

POSTS = 30
KILLS = 20
POST = """---
title: "{number}번째 글: “따옴표”와 C++"
tags: [한글, "C++"]
canonical_url: https://blog.example/글-{number}/
image: /assets/{number}.png
excerpt: {number}번째 글을 한 줄로 줄인 말
---

{number}번째 글의 첫 문단이다. **굵은** 글씨와 `code`, [링크](https://example.org/?a=1&b=2)가 있다.

![{number}번째 그림](/assets/{number}.png)

## 소제목 {number}

- 하나
- 둘
  1. 속 하나

| 왼쪽 | 오른쪽 |
| :--- | ---: |
| 가 | 나 |

```python
def f{number}(x: int) -> int:
    return x * 2  # 두 배
```

> [!TIP]
> 알아 두면 좋은 말이다.

식은 $x^2$이고, 각주[^1]도 있다.

![함께 쓰는 그림](/assets/shared.png)

[^1]: 각주의 글이다.
"""

pytestmark = [
    pytest.mark.slow,  # its installation alone takes minutes
    pytest.mark.conformance,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Ghost can be installed"),
]


@dataclass(frozen=True)
class Blog:
    """A blog whose pictures have no public address, and the Ghost that it is published to."""

    folder: Path
    site: Site

    @property
    def environment(self) -> dict[str, str]:
        return {"GHOST_URL": self.site.url, "GHOST_ADMIN_API_KEY": self.site.key}

    def publish(self, *arguments: str) -> Ran:
        return hanpan(
            "publish", "ghost", "posts", *arguments, cwd=self.folder, env=self.environment
        )

    def actions(self, *arguments: str) -> list[str]:
        ran = self.publish("--json", *arguments)
        assert ran.code == 0, ran.out + ran.err
        return [done["action"] for done in json.loads(ran.out)]

    def there(self) -> list[dict[str, Any]]:
        """Return all posts of ours as Ghost has them, with the HTML that it makes of them."""
        settings = Credentials(environ=self.environment)
        with Http(settings) as http:
            connect("ghost", http, settings, PlatformSettings())
            found = http.ask(
                "GET",
                f"{self.site.url}/ghost/api/admin/posts/?limit=100&formats=html,lexical",
                headers={"Authorization": "Ghost ${GHOST_ADMIN_JWT}"},
            ).data["posts"]
        return [post for post in found if post["canonical_url"]]

    def uploads(self) -> set[str]:
        """Return the pictures that were uploaded, less the copies that Ghost makes of them."""
        files = (self.site.content / "images").rglob("*.*")
        return {
            f.name for f in files if f.is_file() and "size" not in f.parts and "_o." not in f.name
        }

    def writes(self) -> int:
        """Return how many requests that write Ghost's log has."""
        log = (self.site.content.parent / "log").read_text("utf-8", "replace")
        return len(re.findall(r'"(?:POST|PUT|DELETE) /ghost/api/admin/(?:posts|images)', log))

    def edit(self, number: int, text: str) -> None:
        """Add a paragraph to a post's file."""
        path = self.folder / "posts" / f"2026-03-01-글-{number}.md"
        path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


@pytest.fixture(scope="module", autouse=True)
def ghost() -> Path:
    """Install Ghost once, before a test's time is counted."""
    return install()


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Blog]:
    folder = make_blog(tmp_path / "blog", posts=0)
    (folder / "site.toml").write_text(
        'title = "시험"\n[crosspost]\nplatforms = ["ghost"]\nbacklink = "none"\n', "utf-8"
    )
    (folder / "assets").mkdir()
    (folder / "assets" / "shared.png").write_bytes(picture((90, 60), "#207040"))
    for number in range(1, POSTS + 1):
        add_post(folder, f"2026-03-01-글-{number}.md", POST.format(number=number))
        data = picture((320 + number, 180), f"#{number * 7:02x}50a0")
        (folder / "assets" / f"{number}.png").write_bytes(data)
    site = tmp_path / "ghost"
    site.mkdir()
    with running(site) as started:
        yield Blog(folder, started)


def words(markup: str) -> list[str]:
    """Return what a reader reads of a body; formulas by their signs, not by their source."""
    root = tree.parse(markup)
    for source in list(root.iter("annotation")):
        tree.remove(source)
    return re.findall(r"\w+", " ".join(map(str, root.itertext())))


def test_thirty_posts_are_taken_read_back_and_sent_once(blog: Blog) -> None:
    assert blog.actions("--publish") == ["created"] * POSTS
    posts = blog.there()
    assert len(posts) == POSTS and {post["status"] for post in posts} == {"published"}
    for post in posts:
        check_post(blog, post)
    assert len(blog.uploads()) == POSTS + 1  # each picture once, the shared one too

    written = blog.writes()
    assert blog.actions() == ["unchanged"] * POSTS
    assert blog.actions("--publish") == ["unchanged"] * POSTS
    assert blog.writes() == written

    addresses = {post["id"]: post["url"] for post in posts}
    for number in (1, 15, 30):
        blog.edit(number, "고친 문단이다.")
    assert sorted(blog.actions()) == ["unchanged"] * (POSTS - 3) + ["updated"] * 3
    edited = blog.there()
    assert {post["id"]: post["url"] for post in edited} == addresses
    assert sum("고친 문단" in post["html"] for post in edited) == 3
    assert {post["status"] for post in edited} == {"published"}

    (blog.folder / "crosspost.lock").unlink()  # a lost ledger is found again
    assert set(blog.actions()) <= {"found", "updated"}
    assert {post["id"] for post in blog.there()} == addresses.keys()
    assert len(blog.uploads()) == POSTS + 1


def test_a_post_is_a_draft_then_scheduled_then_published_with_one_address(blog: Blog) -> None:
    for path in sorted((blog.folder / "posts").iterdir())[1:]:
        path.unlink()
    assert blog.actions() == ["created"]
    (draft,) = blog.there()
    assert draft["status"] == "draft"
    assert blog.actions("--schedule", "2099-01-01T09:00+09:00") == ["updated"]
    (scheduled,) = blog.there()
    assert scheduled["status"] == "scheduled"
    assert scheduled["published_at"] == "2099-01-01T00:00:00.000Z"
    assert blog.actions("--publish") == ["updated"]
    (published,) = blog.there()
    assert (published["status"], published["slug"]) == ("published", draft["slug"])
    ran = blog.publish("--schedule", "2099-01-01T09:00+09:00")
    assert ran.code == 1 and "already published" in ran.out + ran.err


def check_post(blog: Blog, post: dict[str, Any]) -> None:
    """Compare a post's words and pixels with those of its file."""
    number = int(post["title"].split("번째")[0])
    source = blog.folder / "posts" / f"2026-03-01-글-{number}.md"
    if number in (1, POSTS):  # the others differ by their numbers alone
        body = words(hanpan("show", "body", source, cwd=blog.folder).out)
        assert Counter(words(post["html"])) - Counter(body) == Counter(["팁"])  # the box's label
        assert Counter(body) - Counter(words(post["html"])) == Counter()
    assert post["title"] == f"{number}번째 글: “따옴표”와 C++"
    assert [tag["name"] for tag in post["tags"]][:1] == ["한글"]
    assert post["custom_excerpt"] == f"{number}번째 글을 한 줄로 줄인 말"
    shown = re.findall(r'<img [^>]*src="([^"]+)"', post["html"])
    assert len(shown) == 2 and post["feature_image"]
    own = f"#{number * 7:02x}50a0"
    sizes = ((320 + number, 180), own), ((90, 60), "#207040"), ((320 + number, 180), own)
    for address, (size, colour) in zip((*shown, post["feature_image"]), sizes, strict=True):
        data = httpx2.get(urljoin(blog.site.url, address)).raise_for_status().content
        with Image.open(BytesIO(data)) as image:
            assert image.size == size
            assert image.convert("RGB").getpixel((1, 1)) == ImageColor.getrgb(colour)


def test_killed_at_any_point_there_is_one_post_each(blog: Blog) -> None:
    chance, killed = random.Random(6), 0
    for turn in range(KILLS):
        for number in chance.sample(range(1, POSTS + 1), 8):  # some are there already, some not
            blog.edit(number, f"{turn}번째로 고친 문단이다.")
        run = subprocess.Popen(
            command("publish", "ghost", "posts", "--publish", "--json"),
            cwd=blog.folder,
            env=environment(**blog.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        begun, writes = time.monotonic(), blog.writes()
        while blog.writes() == writes and run.poll() is None and time.monotonic() - begun < 60:
            time.sleep(0.02)  # until it writes: a kill before that tells nothing
        time.sleep(chance.uniform(0, 0.4))
        os.killpg(run.pid, signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
    assert killed >= KILLS * 3 / 4  # the others were done before
    left = blog.actions("--publish")
    assert len(left) == POSTS
    posts = blog.there()
    assert len(posts) == POSTS
    assert len({post["canonical_url"] for post in posts}) == POSTS
    assert {post["status"] for post in posts} == {"published"}
    for post in posts:
        number = int(post["title"].split("번째")[0])
        source = blog.folder / "posts" / f"2026-03-01-글-{number}.md"
        edits = re.findall(r"\d+번째로 고친", source.read_text("utf-8"))
        assert re.findall(r"\d+번째로 고친", post["html"]) == edits
    assert len(blog.uploads()) <= POSTS + 1 + 1
    assert blog.actions("--publish") == ["unchanged"] * POSTS
