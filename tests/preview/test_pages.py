"""The pages of the preview, asked for as a browser does."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from hanpan.crosspost.paste import paste_page
from hanpan.files import Files, NoNetwork
from hanpan.messages.rules import rule_titles
from hanpan.preview.listing import ListedPost, Listing
from hanpan.preview.pages import PreviewPages
from hanpan.preview.words import accepted_language
from hanpan.problems import Problem
from hanpan.site import Site
from hanpan.site.books import BookPlan, BookSettings
from tests.support.blog import POST, add_post, make_blog
from tests.support.command import hanpan
from tests.support.servers.previewing import Previewed, previewing

PICTURES = """---
title: "그림 < 둘 & 표"
tags: [C++, 한글 조판]
---

![파랑](/assets/파랑.png) 글[^1]

![빨강](/assets/red.png)

[^1]: 주석이다.
"""
NAMED = quote("그림")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    blog = make_blog(tmp_path_factory.mktemp("blog"), posts=1)
    add_post(blog, "2026-04-01-그림.md", PICTURES)
    (blog / "assets").mkdir()
    for name, colour in (("파랑", "blue"), ("red", "red")):
        Image.new("RGB", (40, 30), colour).save(blog / "assets" / f"{name}.png")
    with previewing(blog) as running:
        yield running


def pages_of(preview: Previewed, books: tuple[BookPlan, ...] = ()) -> PreviewPages:
    """Return the pages of the same out/, for another listing."""
    site = Site(preview.blog, books=books)
    return PreviewPages(Files(site, NoNetwork()), preview.blog / "out", "ko", None)


def text_of(page: str, selector: str) -> list[str]:
    return [node.text() for node in LexborHTMLParser(page).css(selector)]


def test_the_list_leads_to_every_post_its_editions_and_platforms(preview: Previewed) -> None:
    page = LexborHTMLParser(preview.page("/"))
    assert [node.text() for node in page.css(".posts h3")] == ["그림 < 둘 & 표", "글 1"]
    links = [node.attributes["href"] or "" for node in page.css(".posts a")]
    assert {f"/post/{NAMED}", f"/post/{NAMED}#to-do", f"/post/{NAMED}#done"} <= set(links)
    assert any(link.startswith(f"/out/{NAMED}/{NAMED}.html?") for link in links)
    for link in links:
        assert preview.get(link.partition("#")[0]).status == 200


def test_a_post_has_one_link_to_what_is_to_do_and_one_to_what_is_done(preview: Previewed) -> None:
    page = LexborHTMLParser(preview.page("/", accept_language="ko"))
    (desk, _) = page.css(".posts .desk")
    payloads = json.loads(desk.attributes["data-payloads"] or "")
    assert [link.text() for link in desk.css("a")][:2] == [f"할 일 {len(payloads)}", "한 일 0"]
    _, steps, content = next(one for one in payloads if one[0] == "그림/naver")
    own = preview.blog / "out/그림/crosspost/naver/manifest.json"
    manifest = json.loads(own.read_text("utf-8"))
    assert steps == len(manifest["steps"]["ko"])
    assert manifest["content_sha256"].startswith(content) and len(content) == 12


def test_platforms_have_their_own_names_and_books_their_titles(preview: Previewed) -> None:
    labels = text_of(preview.page("/post/그림", accept_language="en"), "#to-do li a")
    assert {"네이버 블로그", "WordPress", "dev.to"} <= set(labels)
    listed = (preview.blog / "out/index.html").read_text("utf-8")
    names = text_of(listed, ".platforms a")
    assert "네이버 블로그" in names and "naver" not in names
    books = (BookPlan(BookSettings(name="mine", title="나의 책")),)
    page = pages_of(preview, books).index(Listing(books=(("mine", {}), ("other", {}))))[0]
    assert text_of(page, ".books h3") == ["나의 책", "other"]


def test_posts_are_searched_and_chosen_by_problem(preview: Previewed) -> None:
    page = LexborHTMLParser(preview.page("/", accept_language="en"))
    assert len(page.css(".filter input[name=q]")) == 1
    (post, _) = page.css(".posts > li")
    assert "C++ 한글 조판" in (post.attributes["data-words"] or "")
    assert preview.get("/tool/filter.js").status == 200
    problem = Problem("alt-empty", "warning", "an image has no alternative text", "a.md", 3)
    posts = tuple(
        ListedPost(name, f"{name}.md", name, "", "ko", "", {}, problems)
        for name, problems in (("a", (problem, problem)), ("b", ()))
    )
    page = LexborHTMLParser(pages_of(preview).index(Listing(posts))[0])
    (_, option) = page.css(".filter option")
    assert option.attributes["value"] == "alt-empty"
    assert option.text() == f"{rule_titles()['alt-empty'].text('ko')} (1)"
    assert [desk.attributes["data-problems"] for desk in page.css(".desk")] == ["alt-empty"]


def test_two_editions_are_shown_side_by_side(preview: Previewed) -> None:
    def frames(query: str) -> list[str]:
        page = LexborHTMLParser(preview.page(f"/compare/그림{query}"))
        for frame in page.css("iframe"):
            src = frame.attributes["src"] or ""
            is_pdf = ".pdf?" in src
            assert preview.get(src.partition("#")[0]).status == 200
            assert is_pdf == (frame.attributes.get("sandbox") is None)
        return [
            link.text() for link in page.css("figcaption a") if "aria-current" in link.attributes
        ]

    assert len(frames("")) == 2
    assert frames("?left=velog&right=html") == ["벨로그", "HTML"]
    assert frames("?left=../../secret&right=nothing")[0] == "HTML"
    assert preview.get("/compare/none").status == 404
    page = preview.page("/compare/그림?left=velog")
    onward = [link.attributes["href"] or "" for link in LexborHTMLParser(page).css("figcaption a")]
    assert f"/compare/{NAMED}?left=naver&right=html" in onward


def test_a_post_shows_its_page_in_a_frame_that_cannot_act(preview: Previewed) -> None:
    page = LexborHTMLParser(preview.page("/post/그림"))
    (frame,) = page.css("iframe")
    assert "allow-scripts" not in (frame.attributes["sandbox"] or "")
    assert "첫 문단" not in preview.page("/post/그림")
    assert preview.get(frame.attributes["src"] or "").status == 200
    assert len(page.css(".platforms li")) == len(
        text_of(preview.page("/post/그림/naver"), ".neighbours a")
    )


@pytest.mark.parametrize("platform", ["tistory", "naver", "velog", "wordpress"])
def test_what_is_copied_is_what_the_payload_holds(preview: Previewed, platform: str) -> None:
    """Both pages, of the preview and of the payload itself, hold its files to the letter."""
    folder = preview.blog / "out" / "그림" / "crosspost" / platform
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    own = (folder / "preview.html").read_text("utf-8")
    for page in (preview.page(f"/post/그림/{platform}"), own):
        parsed = LexborHTMLParser(page)
        for name in manifest["body"]:
            (kept,) = (node for node in parsed.css("pre") if node.id == f"file-{name}")
            assert kept.text() == (folder / name).read_text("utf-8")
        assert text_of(page, "#copy-title") == [manifest["title"]]
        assert text_of(page, "#copy-tags") == [manifest["tags_text"]]
        rich = [node.attributes["data-html"] for node in parsed.css("#button-rich")]
        assert rich == ([f"file-{manifest['rich']}"] if manifest["rich"] else [])
        assert text_of(page, "#copy-canonical") == [manifest["canonical_url"]]
        mains = [node.id for node in parsed.css(".copies .main")]
        assert mains == ["button-rich" if platform == "naver" else "button-source"]
        assert len(parsed.css(".steps li")) == len(manifest["steps"]["ko"]) >= 3
        assert len(parsed.css(".losses li")) == len(manifest["dropped"])
        assert len(parsed.css(".pictures li")) == len(manifest["images"]) == 2


def test_the_interface_speaks_korean_and_english(preview: Previewed) -> None:
    korean = preview.page("/post/그림/naver", accept_language="ko-KR,ko;q=0.9,en;q=0.8")
    english = preview.page("/post/그림/naver", accept_language="en-GB,en;q=0.9,ko;q=0.2")
    assert "서식 있는 글 복사" in korean and '<html lang="ko"' in korean
    assert "Copy as rich text" in english and '<html lang="en"' in english
    assert text_of(english, ".losses li") != text_of(korean, ".losses li")
    switched = preview.get(f"/post/{NAMED}/naver?lang=en", accept_language="ko")
    assert "Copy as rich text" in switched.text
    cookie = switched.headers["set-cookie"]
    assert "samesite=strict" in cookie.lower()
    assert "Copy as rich text" in preview.page(
        "/post/그림/naver", accept_language="ko", cookie=cookie.partition(";")[0]
    )


@pytest.mark.parametrize(
    ("header", "lang"),
    [("", "en"), ("ko", "ko"), ("ko-KR,ko;q=0.9,en;q=0.8", "ko"), ("en-US,en;q=0.9,ko;q=0.8", "en"),
     ("ja,ko;q=0.5,en;q=0.4", "ko"), ("ja,zh", "en"), ("ko;q=0,en;q=0.1", "en"), ("ko;q=x", "en")],
)  # fmt: skip
def test_the_language_is_the_one_that_is_liked_best(header: str, lang: str) -> None:
    assert accepted_language(header) == lang


def test_pictures_come_one_by_one_and_as_an_archive_numbered(preview: Previewed) -> None:
    page = LexborHTMLParser(preview.page("/post/그림/naver"))
    links = [node.attributes for node in page.css(".pictures ol a")]
    names = [link["download"] or "" for link in links]
    assert [name[:3] for name in names] == ["01-", "02-"]
    (whole,) = page.css(".pictures .note a")
    answer = preview.get(whole.attributes["href"] or "")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == names
        for link, name in zip(links, names, strict=True):
            assert archive.read(name) == preview.get(link["href"] or "").data


def test_a_platform_with_an_api_shows_its_request_and_the_command(preview: Previewed) -> None:
    page = preview.page("/post/그림/wordpress")
    assert text_of(page, "#copy-command") == ["hanpan publish wordpress posts/2026-04-01-그림.md"]
    (request,) = text_of(page, "#request pre")
    assert request.startswith("POST ${WORDPRESS_URL}/wp-json/") and '"status": "draft"' in request


def test_a_command_is_quoted_as_a_shell_needs_it(preview: Previewed) -> None:
    folder = preview.blog / "out" / "그림" / "crosspost" / "wordpress"

    def read(name: str) -> str:
        text = (folder / name).read_text("utf-8")
        return text.replace("posts/2026-04-01-그림.md", "posts/it's a post.md")

    assert (
        paste_page(read, "ko")["command"] == r"hanpan publish wordpress 'posts/it'\''s a post.md'"
    )


def test_a_head_tells_whether_a_page_is_new(preview: Previewed) -> None:
    for path in ("/", f"/post/{NAMED}", f"/post/{NAMED}/naver"):
        answer = preview.get(path)
        (root,) = LexborHTMLParser(answer.text).css("html")
        mark = f'"{root.attributes["data-version"]}"'
        assert preview.get(path, "HEAD").headers["etag"] == mark == answer.headers["etag"]


def test_what_there_is_not_is_said_on_a_page(preview: Previewed) -> None:
    for path in ("/post/none", f"/post/{NAMED}/none", "/pictures/none/none", "/elsewhere"):
        answer = preview.get(path, accept_language="ko")
        assert answer.status == 404
        assert "여기에는 아무것도 없다" in answer.text


def test_books_are_listed_too(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    assert hanpan("book", "--tag", "한글", "-e", "epub", cwd=blog).code == 0
    with previewing(blog, "--edition", "html") as running:
        (link,) = LexborHTMLParser(running.page("/")).css("#books a")
        answer = running.get(link.attributes["href"] or "")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.data[:2] == b"PK"


def test_what_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    """A payload and a build.json that another hanpan made, or that were damaged."""
    blog = make_blog(tmp_path / "blog", posts=1)
    with previewing(blog) as running:
        manifest = blog / "out" / "글-1" / "crosspost" / "velog" / "manifest.json"
        manifest.write_text('{"label": "velog"}', "utf-8")
        assert running.get(quote("/post/글-1/velog")).status == 404
        assert "벨로그" not in running.page("/post/글-1")
        (blog / "site.toml").touch()  # a save of any kind
        running.once(lambda: running.get(quote("/post/글-1/velog")).status == 200)
    (blog / "out" / "build.json").write_text('{"posts": [{"slug": "글-1"}]}', "utf-8")
    with previewing(blog) as running:
        running.once(lambda: "글 1" in running.page("/"))


def test_the_sites_own_layouts_are_taken(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    own = blog / "layouts" / "preview" / "gone.html"
    own.parent.mkdir(parents=True)
    own.write_text(
        '{% extends "preview/base.html" %}{% block main %}우리 것{% endblock %}', "utf-8"
    )
    with previewing(blog, "--edition", "html") as running:
        assert "우리 것" in running.get("/nothing").text


def test_a_post_cannot_act_on_the_page(tmp_path: Path) -> None:
    """Texts of a post stand in the tool's pages as text, whatever they are."""
    blog = make_blog(tmp_path / "blog", posts=0)
    evil = "</pre></script><script src=/out/x.js></script><img src=x onerror=alert(1)>"
    body = POST.format(title="나쁜").replace("안녕", evil).replace("[한글, 조판]", f"['{evil}']")
    add_post(blog, "2026-05-01-나쁜.md", body)
    with previewing(blog) as running:
        for path in ("/", "/post/나쁜", "/post/나쁜/velog", "/post/나쁜/naver"):
            parsed = LexborHTMLParser(running.page(path))
            assert len(parsed.css("script")) == 2
            assert [node for node in parsed.css("img") if "onerror" in node.attributes] == []
