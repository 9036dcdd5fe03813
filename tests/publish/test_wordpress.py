"""A real WordPress takes posts through `hanpan publish`: as an administrator, and as an author.

An author's HTML is filtered (kses), so that what WordPress has is not what was sent.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from hanpan import tree
from hanpan.publish.difference import words
from hanpan.publish.payload import load_payload
from tests.crosspost.sample import png
from tests.publish import wordpress
from tests.publish.cutting_proxy import CuttingProxy, Moment
from tests.publish.sending import NO_ADDRESS, picture_blog
from tests.publish.wordpress import WordPress
from tests.support.blog import add_post
from tests.support.command import ROOT, built, hanpan, started
from tests.support.servers.serving import serving

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.skipif(bool(wordpress.missing()), reason=wordpress.missing() or "-"),
]
# An author's text is filtered, an administrator's is not. Thirty posts of others, for each of them,
# go through `make conformance`.
POSTS = {"admin": 6, "writer": 10}
# Points at which a run is killed: the n-th write of that run, and when.
CUTS: list[tuple[int, Moment]] = [
    (1, "before"),
    (1, "during"),
    (1, "after"),
    (2, "before"),
    (2, "during"),
    (2, "after"),
    (3, "before"),
    (3, "during"),
    (3, "after"),
    (5, "during"),
]
_TEXT = """---
title: "{title}"
categories: [기록]
tags: [한글, "C++", 조판 {number}]
---

첫 문단에는 **굵게**, *기울임*, `코드 "따옴표"`와 <mark>표시</mark>가 있고 -- 줄표도 있다.

![그림 하나 {number}](/assets/{number}-1.png)

| 이름 | 값 |
| --- | ---: |
| `a|b` | {number} |

```python
def 인사(이름: str = "{number}") -> None:
    if 이름 != "":  # 빈칸과 < & > "따옴표"
        print(f"안녕, {{이름}}")
```

> 인용한 글, 그리고 `&#8211;`와 `&copy;`와 `\\n`

- [x] 끝난 일
- [ ] 남은 일
    1. 안쪽

각주도 있다[^1], 그리고 $a_1 + b$ 같은 식.

![그림 둘](/assets/{number}-2.png)

[^1]: 각주의 글.
"""

# Texts that would be markup in WordPress: fields, an alternative text, prose and code
_LITERAL = "`<img src=x onerror=alert(1)>` &amp;lt;b&amp;gt; `&#60;` R&D `100%ab` [gallery]"
_READS = "<img src=x onerror=alert(1)> &lt;b&gt; &#60; R&D 100%ab [gallery]"
_HOSTILE = f"""---
title: '{_LITERAL}'
excerpt: '{_LITERAL} -- 줄거리'
categories: ['`vector<T>`']
tags: ['{_LITERAL}', 'a&b']
---

글에 적은 [audio src="http://evil.example/a.mp3"], [embed]http://evil.example/[/embed]

![&lt;!-- wp:latest-posts /--&gt; [video]](/assets/p.png)

```text
[video src="http://evil.example/a.mp4"]
https://video.example/watch?v=1
```
"""

_SHOW = """
add_filter('pre_oembed_result', fn() => '<iframe></iframe>');
$post = get_post((int) $argv[1]); setup_postdata($post);
$terms = [...get_the_category($post->ID), ...get_the_tags($post->ID)];
echo json_encode([
    'title' => get_the_title($post), 'content' => apply_filters('the_content', $post->post_content),
    'excerpt' => apply_filters('the_excerpt', get_the_excerpt($post)),
    'terms' => get_the_tag_list('', ' ', '', $post->ID) . get_the_category_list(' ', '', $post->ID),
    'names' => array_map(fn($term) => $term->name, $terms),
]);
"""


def sample_blog(folder: Path) -> Path:
    """Lay out posts without a public address: this repository's own, and made ones."""
    posts = max(POSTS.values())
    shutil.copytree(ROOT / "posts", folder / "posts")
    shutil.copytree(ROOT / "assets", folder / "assets")
    (folder / "site.toml").write_text(NO_ADDRESS, "utf-8")
    for number in range(len(list((folder / "posts").glob("*.md"))), posts):
        for side in (1, 2):
            data = png(f"#{number * 8:02x}{side * 80:02x}5d")
            (folder / "assets" / f"{number}-{side}.png").write_bytes(data)
        text = _TEXT.format(title=f"시험하는 글, 번호 {number}", number=number)
        if number == 5:  # a draft without terms has no list of them
            text = re.sub(r"(?m)^(tags|categories): .*\n", "", text)
        add_post(folder, f"2026-04-{number:02}-시험-{number}.md", text)
    return folder


@pytest.fixture(params=["admin", "writer"])
def user(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    with wordpress.running(tmp_path_factory.mktemp("wordpress") / "wordpress") as running:
        running.save()
        yield running


@pytest.fixture
def server(installed: WordPress) -> WordPress:
    """A WordPress without posts."""
    installed.restore()
    return installed


@pytest.fixture(scope="module")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample blog with its payloads, built once for all users; to be copied."""
    blog = sample_blog(tmp_path_factory.mktemp("sample") / "blog")
    built(blog, "posts", "--edition", "crosspost")
    return blog


@pytest.fixture(scope="module")
def built_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Posts with a picture each, with their payloads; to be copied."""
    blog = picture_blog(tmp_path_factory.mktemp("pictures") / "blog", posts=16)
    built(blog, "posts", "--edition", "crosspost")
    return blog


def publish(blog: Path, server: WordPress, user: str, *more: str) -> list[dict[str, Any]]:
    """Publish posts of the blog (all, if none is named); return what --json shows."""
    asked = more if any(name.startswith("posts/") for name in more) else ("posts", *more)
    ran = hanpan("publish", "wordpress", "--json", *asked, cwd=blog, env=server.environment(user))
    assert ran.code == 0, ran.out + ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def actions(done: list[dict[str, Any]]) -> set[str]:
    return {post["action"] for post in done}


def test_posts_go_and_come_back_equal_and_go_once(
    tmp_path: Path, built_sample: Path, server: WordPress, user: str
) -> None:
    blog = shutil.copytree(built_sample, tmp_path / "blog")
    paths = sorted((blog / "posts").iterdir())
    names = [path.relative_to(blog).as_posix() for path in paths[: POSTS[user]]]
    done = publish(blog, server, user, *names)
    assert len(done) == POSTS[user] and actions(done) == {"created"}
    posts = {post["ID"]: post for post in server.posts()}
    pictures = sum(_equal_pictures(post, posts[post["id"]], blog, server) for post in done)
    assert pictures >= 2 * (POSTS[user] - 4)

    before = server.writes()
    edited = [path for path in paths[: POSTS[user]] if "시험" in path.name][:3]
    for path in edited:
        path.write_text(path.read_text("utf-8") + "\n나중에 더한 문단.\n", "utf-8")
    again = publish(blog, server, user, *names)
    assert sorted(post["action"] for post in again) == sorted(
        ["updated"] * 3 + ["unchanged"] * (POSTS[user] - 3)
    )
    assert server.writes() == before + len(edited)  # nothing is written for the others
    after = {post["ID"]: post for post in server.posts()}
    assert after.keys() == posts.keys()
    changed = [id for id in after if after[id] != posts[id]]
    assert len(changed) == len(edited)
    assert all("나중에 더한 문단." in after[id]["post_content"] for id in changed)
    uploads = [post["post_name"] for post in server.posts("attachment")]
    assert len(uploads) == len(set(uploads))

    (blog / "crosspost.lock").unlink()
    shutil.rmtree(blog / ".hanpan" / "publish")
    found = publish(blog, server, user, *names)
    assert "created" not in actions(found)
    assert {post["ID"]: post for post in server.posts()}.keys() == posts.keys()
    assert actions(publish(blog, server, user, *names)) == {"unchanged"}


def _equal_pictures(
    done: dict[str, Any], there: dict[str, str], blog: Path, server: WordPress
) -> int:
    """Assert that WordPress has the payload's text, title and pictures; return how many."""
    slug = re.sub(r"^[\d-]+", "", Path(done["source"]).stem)
    payload = load_payload(blog / "out" / slug / "crosspost" / "wordpress")
    assert there["post_status"] == "draft"
    assert there["post_title"] == payload.title
    sent = {"title": payload.title, "body": payload.body["content"]}
    assert words({"title": there["post_title"], "body": there["post_content"]}) == words(sent)
    addresses = re.findall(r'<img [^>]*src="([^"]+)"', there["post_content"])
    holders = re.findall(r'<img [^>]*src="([^"]+)"', payload.body["content"])
    assert len(addresses) == len(holders)
    pictures = {picture.placeholder: picture for picture in payload.pictures}
    for address, holder in zip(addresses, holders, strict=True):
        assert address.startswith(server.url)
        path = quote(urlsplit(address).path, safe="/%")
        with urllib.request.urlopen(server.url + path, timeout=30) as answer:
            assert answer.read() == pictures[holder].data()
    alts = r'<img [^>]*alt="([^"]*)"'
    assert re.findall(alts, there["post_content"]) == re.findall(alts, payload.body["content"])
    return len(addresses)


@pytest.mark.parametrize(
    ("cuts", "count"),
    [
        pytest.param(CUTS[2::3], 6, id="three points"),
        pytest.param(CUTS, 16, id="ten points", marks=pytest.mark.conformance),
    ],
)
def test_killed_at_any_point_there_is_one_post_each(
    cuts: list[tuple[int, Moment]],
    count: int,
    tmp_path: Path,
    built_pictures: Path,
    server: WordPress,
    user: str,
) -> None:
    """Each run goes on where the one before was killed; the last one comes to its end."""
    blog = shutil.copytree(built_pictures, tmp_path / "blog")
    asked = [f"posts/2026-03-{number:02}-글-{number}.md" for number in range(1, count + 1)]
    with serving(CuttingProxy(server.port)) as proxy:
        settings = {**server.environment(user), "WORDPRESS_URL": proxy.url}
        for write, moment in cuts:
            client = started("publish", "wordpress", *asked, cwd=blog, env=settings)
            proxy.kill_at(client, write, moment)
            assert client.wait() < 0, (write, moment)  # it was killed, not at its end
            server.wait_until_idle()
        ran = hanpan("publish", "wordpress", *asked, cwd=blog, env=settings)
    assert ran.code == 0, ran.out + ran.err
    posts = [post for post in server.posts() if post["post_title"].startswith("글 ")]
    assert {post["post_status"] for post in posts} == {"draft"}
    titles = [post["post_title"] for post in posts]
    assert sorted(titles) == sorted({f"글 {number}" for number in range(1, count + 1)})
    uploads = [post["post_name"] for post in server.posts("attachment")]
    assert len(set(uploads)) == len(uploads) == count  # one that was in flight is found again


def test_metaweblog_is_a_second_way(blog: Path, server: WordPress, user: str) -> None:
    with (blog / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write('[crosspost.wordpress]\nway = "metaweblog"\n')
    assert actions(publish(blog, server, user)) == {"created"}
    posts = server.posts()
    assert actions(publish(blog, server, user)) == {"unchanged"}
    path = next((blog / "posts").glob("*-글-1.md"))
    path.write_text(path.read_text("utf-8") + "\n더한 문단\n", "utf-8")
    done = publish(blog, server, user, "--publish")
    assert actions(done) == {"updated"} and {post["status"] for post in done} == {"published"}
    path.write_text(path.read_text("utf-8") + "\n또 더한 문단\n", "utf-8")
    assert {post["status"] for post in publish(blog, server, user)} == {"published"}
    (blog / "crosspost.lock").unlink()
    assert "created" not in actions(publish(blog, server, user))
    assert [post["ID"] for post in server.posts()] == [post["ID"] for post in posts]
    assert len(server.posts("attachment")) == 2
    mine = [post["post_content"] for post in server.posts() if post["post_title"] == "글 1"]
    assert "또 더한 문단" in mine[0] and "upload.invalid" not in mine[0]


@pytest.mark.parametrize(("user", "way"), [("admin", ""), ("writer", 'way = "metaweblog"')])
def test_texts_are_no_markup_there(tmp_path: Path, server: WordPress, user: str, way: str) -> None:
    """Fields read as they were written; nothing in prose, code or an alternative text runs."""
    blog = picture_blog(tmp_path / "blog", posts=0)
    (blog / "site.toml").write_text(f"{NO_ADDRESS}[crosspost.wordpress]\n{way}\n", "utf-8")
    (blog / "assets" / "p.png").write_bytes(png("#0f5d6b"))
    path = add_post(blog, "2026-05-01-글자.md", _HOSTILE)
    server.php("wp_insert_term('vector&lt;T&gt;', 'category');")  # authors cannot
    (done,) = publish(blog, server, user)
    assert done["problems"] == []
    (post,) = (post for post in server.posts() if post["ID"] == done["id"])
    assert html.unescape(post["post_title"]) == _READS
    assert html.unescape(post["post_excerpt"]).startswith(_READS)
    shown = json.loads(server.php(_SHOW, str(done["id"])))
    for name in ("title", "excerpt", "terms", "content"):
        assert not any("onerror" in element.attrib for element in tree.parse(shown[name]).iter())
    assert tree.text_of(tree.parse(shown["title"])) == _READS
    assert [html.unescape(name) for name in shown["names"]] == ["vector<T>", _READS, "a&b"]
    root = tree.parse(shown["content"])
    assert not {"audio", "video", "iframe", "ul", "script"} & {str(e.tag) for e in root.iter()}
    (picture,) = root.iter("img")
    assert picture.get("alt") == "<!-- wp:latest-posts /--> [video]"
    text = tree.text_of(root)
    assert "[audio src=" in text and "[video src=" in text and "[embed]http://evil" in text
    assert "https://video.example/watch?v=1" in text
    media = server.php("echo get_post_meta(get_posts(['post_type' => 'attachment'])[0]->ID,"
                       " '_wp_attachment_image_alt', true);")  # fmt: skip
    assert way or html.unescape(media) == "<!-- wp:latest-posts /--> [video]"
    assert actions(publish(blog, server, user)) == {"unchanged"}
    path.write_text(path.read_text("utf-8") + "\n더한 문단\n", "utf-8")
    (blog / "crosspost.lock").unlink()
    shutil.rmtree(blog / ".hanpan" / "publish")
    (again,) = publish(blog, server, user, "--force")  # found by its slug and title
    assert (again["action"], again["id"]) == ("updated", done["id"])


def test_the_teaser_is_the_featured_image_and_stands_above_the_body_unless_asked_not_to(
    tmp_path: Path, server: WordPress
) -> None:
    blog = picture_blog(tmp_path / "blog", posts=1)
    (blog / "assets" / "대표.png").write_bytes(png("#0f5d6b"))
    (path,) = (blog / "posts").glob("*.md")
    text = path.read_text("utf-8").replace("---\n", "---\nheader: {teaser: /assets/대표.png}\n", 1)
    path.write_text(text, "utf-8")

    def sent() -> tuple[str, int]:
        """Publish; return the title of the featured image, and how many pictures the body has."""
        (done,) = publish(blog, server, "writer")
        (post,) = (post for post in server.posts() if post["ID"] == done["id"])
        code = "echo get_the_title(get_post_thumbnail_id((int) $argv[1]));"
        return server.php(code, str(done["id"])), post["post_content"].count("<img")

    featured, pictures = sent()
    assert "대표" in featured and pictures == 2
    with (blog / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write('[crosspost.wordpress]\nteaser = "cover"\n')
    assert sent() == (featured, 1)
    assert len(server.posts("attachment")) == 2


def test_the_api_has_pretty_addresses_where_the_site_has(blog: Path, server: WordPress) -> None:
    server.php("update_option('permalink_structure', '/%postname%/'); flush_rewrite_rules();")
    (done,) = publish(blog, server, "admin", "--publish", "posts/2026-03-01-글-1.md")
    assert done["status"] == "published"
    assert done["url"] == f"{server.url}/{quote('글-1')}/".lower()
    log = (server.folder / "server.log").read_text("utf-8")
    assert "POST /wp-json/wp/v2/posts" in log and "rest_route=/wp/v2/posts" not in log
    with urllib.request.urlopen(done["url"], timeout=30) as page:
        assert "어절이 줄 끝에서" in page.read().decode("utf-8")
