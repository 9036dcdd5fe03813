"""What is no fault of the author's is not told as one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command import hanpan
from tests.support.reading import read_post
from tests.test_reading import png

CONFIG = b"url: https://a.kr\npermalink: /:year/:month/:day/:title/\ntitle: a\n"
POST = "_posts/2026-01-01-a.md"


def told(
    folder: Path, front: str, files: dict[str, bytes] | None = None, text: str = "글"
) -> dict[str, str]:
    """Return the rules that a post of a Jekyll blog breaks, with their messages."""
    own = {"_config.yml": CONFIG, **(files or {})}
    reading = read_post(folder, f"---\n{front}\n---\n{text}\n", name=POST, files=own)
    return {problem.rule: problem.message for problem in reading.problems}


@pytest.mark.parametrize(
    ("layout", "config", "name", "is_known"),
    [
        (b'<div id="my-box">', CONFIG, "my-box", True),
        (b"<div class=x id='my-box' >", CONFIG, "my-box", True),
        (b"<a name=my-box>", CONFIG, "my-box", True),
        (b'<div id="{{ page.x }}">', CONFIG, "page.x", False),
        (b"<div>", CONFIG, "my-box", False),
        (b"", CONFIG, "disqus_thread", True),
        (b"", CONFIG + b"remote_theme: mmistakes/minimal-mistakes@4.26\n", "page-title", True),
        (b"", CONFIG + b"theme: jekyll-theme-chirpy\n", "topbar", True),
        (b"", CONFIG, "topbar", False),
    ],
)
def test_ids_of_the_site_s_own_layout(
    tmp_path: Path, layout: bytes, config: bytes, name: str, is_known: bool
) -> None:
    files = {"_config.yml": config, "_layouts/post.html": layout}
    text = f"---\ntitle: a\n---\n[가](#{name})\n"
    reading = read_post(tmp_path, text, name=POST, files=files)
    assert ("link-fragment" not in {problem.rule for problem in reading.problems}) is is_known
    assert (f'href="https://a.kr/2026/01/01/a/#{name}"' in reading.document.body) is is_known


@pytest.mark.parametrize(
    ("name", "config", "is_told"),
    [
        ("_posts/a.md", CONFIG, True),
        ("about.md", CONFIG, False),
        ("docs/guide.md", CONFIG, False),
        ("_drafts/a.md", CONFIG, False),
        ("_wiki/a.md", CONFIG, False),
        ("source/_posts/a.md", b"source_dir: source\n", True),
        ("source/about/index.md", b"source_dir: source\n", False),
        ("posts/a.md", None, True),
    ],
)
def test_only_posts_need_a_date(
    tmp_path: Path, name: str, config: bytes | None, is_told: bool
) -> None:
    files = {"_config.yml": config} if config else {}
    reading = read_post(tmp_path, "---\ntitle: a\n---\n글\n", name=name, files=files)
    assert ("date-missing" in {problem.rule for problem in reading.problems}) is is_told


@pytest.mark.parametrize(
    ("layout", "front", "is_found"),
    [
        ('<img src="/images/{{ page.image }}">', "image: a.png", True),
        ('<img src="{{ site.url }}{{ site.baseurl }}/images/{{page.image}}" alt="x">',
         "image: a.png", True),
        ("<img src='{{ site.baseurl }}/images/{{ post.thumbnail }}'>", "thumbnail: a.png", True),
        ('{% assign i = "/images/" | append: page.image %}', "image: a.png", True),
        ("{{ page.image | prepend: '/images/' | prepend: site.baseurl }}", "image: a.png", True),
        ("style=\"background: url('/images/{{ page.header.image }}')\"",
         "header: {image: a.png}", True),
        ('<img src="/images/{{ page.image.feature }}">', "image: {feature: a.png}", True),
        ('<img src="/other/{{ page.image }}">', "image: a.png", False),
        ('<img src="{{ page.image }}">', "image: a.png", False),
    ],
)  # fmt: skip
def test_a_teaser_below_a_folder_that_the_layout_puts_in_front(
    tmp_path: Path, layout: str, front: str, is_found: bool
) -> None:
    files = {"images/a.png": png(), "_layouts/post.html": layout.encode()}
    problems = told(tmp_path, f"title: a\n{front}", files)
    assert ("teaser-missing" not in problems) is is_found
    if "/other/" in layout:
        message = problems["teaser-missing"]
        assert "nor in /other/, which _layouts/post.html puts in front" in message


@pytest.mark.parametrize(
    "key", ["created", "pubDate", "updated", "last-modified-at", "created_date"]
)
def test_keys_of_dates_are_known(tmp_path: Path, key: str) -> None:
    assert "front-matter-key" not in told(tmp_path, f"title: a\n{key}: 2026-01-01")


@pytest.mark.parametrize(
    "body",
    ["{% raw %}{{ x }}{% endraw %} 글", "{% raw %}{% if x %}{% endraw %}", "{{ page.next.title }}"],
)
def test_what_is_raw_is_no_leak(tmp_path: Path, body: str) -> None:
    (tmp_path / "_config.yml").write_bytes(CONFIG)
    post = tmp_path / POST
    post.parent.mkdir()
    post.write_text(f"---\ntitle: a\nexcerpt: 글\n---\n{body}\n", "utf-8")
    ran = hanpan("build", "--edition", "crosspost", "--json", cwd=tmp_path)
    assert "leaked-markup" not in ran.out + ran.err
    assert "liquid-undefined" not in ran.out + ran.err


def test_links_to_media_are_no_links_to_posts(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_bytes(CONFIG)
    (tmp_path / "_posts").mkdir()
    names = ("x.zip", "x.MP4", "none/", "py-3.11")
    links = " ".join(f"[가](/2026/01/01/{name})" for name in names)
    for name, body in (("a", links), ("b", "글")):
        post = tmp_path / f"_posts/2026-01-01-{name}.md"
        post.write_text(f"---\ntitle: {name}\n---\n{body}\n", "utf-8")
    ran = hanpan("build", "--edition", "html", cwd=tmp_path)
    assert "`/2026/01/01/none/`" in ran.out + ran.err
    assert "`/2026/01/01/py-3.11/`" in ran.out + ran.err
    assert ".zip" not in ran.out + ran.err
    assert ".MP4" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("src/content/blog/a.md", True),
        ("blog/a.md", True),
        ("src/content/pages/about.md", False),
        ("src/content/about/-index.md", False),
        ("src/content/posts/-index.md", False),
        ("src/content/posts/_index.md", False),
        ("src/content/posts/a/index.md", True),
        ("notes/a.md", True),
    ],
)
def test_pages_of_a_project_need_no_date(tmp_path: Path, name: str, is_told: bool) -> None:
    files = {"astro.config.mjs": b"", "site.toml": b'[source]\nposts = ["notes"]\n'}
    reading = read_post(tmp_path, "---\ntitle: a\n---\n글\n", name=name, files=files)
    assert ("date-missing" in {problem.rule for problem in reading.problems}) is is_told


@pytest.mark.parametrize(("config", "is_told"), [(b"source_dir: source\n", False), (CONFIG, True)])
def test_front_matter_of_hexo_needs_no_first_line(
    tmp_path: Path, config: bytes, is_told: bool
) -> None:
    text, files = "title: 봄\ndate: 2026-01-02\n---\n글\n", {"_config.yml": config}
    reading = read_post(tmp_path, text, name="source/_posts/2026-01-02-a.md", files=files)
    assert reading.document.meta.title == "봄"
    assert ("front-matter" in {problem.rule for problem in reading.problems}) is is_told


def test_other_posts_of_a_project_are_there_though_they_are_not_built(tmp_path: Path) -> None:
    settings = "module.exports = {url: 'https://a.kr'};"
    post = "---\ntitle: 가\ndate: 2026-01-02\n---\n[나](b.md) [다](/blog/2026/01/03/c)\n"
    names = ("docs/a.md", "docs/b.md", "blog/2026-01-03-c.md")
    for name, text in {"docusaurus.config.js": settings, **dict.fromkeys(names, post)}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert json.loads(hanpan("check", "docs/a.md", "--format", "json", cwd=tmp_path).out) == []


@pytest.mark.parametrize(
    "text",
    [
        "php://input과 data:// 둘",
        "`a` data:text/plain;base64,AA",
        "app/[[...slug]]/page.js",
        "[출처 https://a.kr/x](https://a.kr/여기에/딥러닝-학습-방법)",
        "[www.a.kr][a]\n\n[a]: https://a.kr/여기",
    ],
)
def test_addresses_in_a_sentence_are_words(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "title: a", {}, f"{text} 글") == {}


def test_a_tag_in_a_sentence_is_no_picture(tmp_path: Path) -> None:
    problems = told(tmp_path, "title: a", {}, "![가](https://a.kr/a.png)\n\n태그 <embed> 글")
    assert "image-missing" not in problems
    assert "<embed> has no address" in problems["embed"]


def test_a_picture_of_tistory_s_editor_runs_nothing(tmp_path: Path) -> None:
    handler = "this.onerror=null; this.src='//t1.a.kr/no.png'; this.srcset='//t1.a.kr/no.png'"
    picture = f'<img src="/a.png" alt="가" onerror="{handler}">'
    assert told(tmp_path / "a", "title: a", {"a.png": png()}, picture) == {}
    other = picture.replace("this.onerror=null;", "send();")
    assert "unsafe-html" in told(tmp_path / "b", "title: a", {"a.png": png()}, other)


def test_a_file_that_is_missing_is_told_once(tmp_path: Path) -> None:
    settings = "module.exports = {url: 'https://a.kr'};"
    for name, text in {
        "docusaurus.config.js": settings,
        "docs/a.md": "# 가\n\n[나](b.md)\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    problems = json.loads(hanpan("check", "docs", "--format", "json", cwd=tmp_path).out)
    assert [problem["rule"] for problem in problems] == ["link-file"]
