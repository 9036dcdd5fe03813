"""Pages: what a site publishes beside its posts, by its generator's own rules."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from tests.support.command import hanpan

JEKYLL = """title: 봄
url: https://a.kr
include: [_pages]
exclude: [old.md]
collections:
  wiki: {output: true}
defaults:
  - {scope: {path: "", type: pages}, values: {author: 쪽 지은이}}
"""
FILES = {
    "_config.yml": JEKYLL,
    "_posts/2026-01-02-about.md": "---\ntitle: 글\n---\n글이다.\n",
    "about.md": "---\ntitle: 소개\npermalink: /me/\n---\n소개한다.\n",
    "404.html": "---\ntitle: 없음\n---\n<p>찾는 것이 <b>없다</b>.</p>\n",
    "docs/index.md": "---\ntitle: 안내\n---\n안내한다.\n",
    "docs/둘.md": "---\ntitle: 둘\n---\n둘째다.\n",
    "_pages/under.md": "---\ntitle: 밑줄\n---\n밑줄이다.\n",
    "_wiki/a.html": "---\ntitle: 위키\n---\n<p>{{ page.title }}를 적는다.</p>\n",
    "index.md": "---\nlayout: home\n---\n",
    "archive.md": "---\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %}\n",
    "old.md": "---\ntitle: 옛것\n---\n옛것이다.\n",
    "README.md": "# 저장소\n",
    "google.html": "<p>확인</p>\n",
    "_includes/part.md": "---\n---\n조각\n",
    "blog/_config.yml": "title: 다른 곳\n",
    "blog/other.md": "---\ntitle: 남의 것\n---\n남의 것이다.\n",
}


def build(folder: Path, files: dict[str, str], *more: str, pages: bool = True) -> dict[str, object]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    if pages:
        (folder / "site.toml").write_text("[source]\npages = true\n")
    hanpan("build", *(more or ("-e", "html")), cwd=folder)
    built: dict[str, object] = json.loads((folder / "out/build.json").read_text("utf-8"))
    return built


def addresses(folder: Path) -> dict[str, str]:
    found = {}
    for path in folder.glob("out/*/*.html"):
        match = re.search(r'rel="canonical" href="([^"]*)"', path.read_text("utf-8"))
        found[path.parent.name] = match[1] if match else ""
    return found


def skipped(built: dict[str, object]) -> dict[str, str]:
    posts = built["posts"]
    assert isinstance(posts, list)
    return {post["source"]: post["skipped"] for post in posts if "skipped" in post}


def test_pages_that_a_walk_leaves_are_counted(tmp_path: Path) -> None:
    built = build(tmp_path, FILES, pages=False)
    assert set(addresses(tmp_path)) == {"about", "a"}
    reasons = skipped(built)
    assert set(reasons) == {
        "404.html", "_pages/under.md", "about.md", "archive.md", "docs/index.md", "docs/둘.md",
        "index.md",
    }  # fmt: skip
    assert all("pages = true" in reason for reason in reasons.values())


def test_pages_are_built_at_their_addresses(tmp_path: Path) -> None:
    built = build(tmp_path, FILES, pages=True)
    assert addresses(tmp_path) == {
        "404": "https://a.kr/404.html",
        "a": "https://a.kr/wiki/a.html",
        "about": "https://a.kr/2026/01/02/about.html",
        "docs": "https://a.kr/docs/",
        "page-about": "https://a.kr/me/",
        "under": "https://a.kr/_pages/under.html",
        "둘": "https://a.kr/docs/%EB%91%98.html",
    }
    assert set(skipped(built)) == {"index.md", "archive.md"}


def test_a_page_shows_no_date(tmp_path: Path) -> None:
    files = {
        name: FILES[name] for name in ("_config.yml", "about.md", "_posts/2026-01-02-about.md")
    }
    build(tmp_path, files, "-e", "html", "-e", "epub", "-e", "crosspost")
    page = (tmp_path / "out/page-about/page-about.html").read_text("utf-8")
    assert "1980" not in page
    assert "<time" not in page
    assert "published_time" not in page
    assert "쪽 지은이" in page
    with zipfile.ZipFile(tmp_path / "out/page-about/page-about.epub") as book:
        package = book.read("EPUB/content.opf").decode()
        texts = b"".join(book.read(name) for name in book.namelist() if "/text/" in name.lower())
    assert "dc:date" not in package
    assert '<meta property="dcterms:modified">1980-01-01T00:00:00Z</meta>' in package
    assert b"<time" not in texts
    payload = json.loads(
        (tmp_path / "out/page-about/crosspost/wordpress/post.json").read_text("utf-8")
    )
    assert "date" not in payload
    index = (tmp_path / "out/index.html").read_text("utf-8")
    assert index.index("2026") < index.index("날짜 없는 글") < index.rindex("소개")


def test_pages_of_hexo(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: 봄\nurl: https://a.kr\nsource_dir: source\npermalink: :title/\n",
        "source/_posts/글.md": "---\ntitle: 글\ndate: 2026-01-02\n---\n글이다.\n",
        "source/about/index.md": "---\ntitle: 소개\n---\n소개한다.\n",
        "source/me.md": "---\ntitle: 나\npermalink: who/\n---\n나다.\n",
        "source/tags/index.md": "---\ntitle: tags\ntype: tags\n---\n",
        "source/_data/x.md": "---\ntitle: 자료\n---\n자료다.\n",
        "README.md": "---\ntitle: 저장소\n---\n저장소다.\n",
    }
    built = build(tmp_path, files)
    assert addresses(tmp_path) == {
        "글": "https://a.kr/%EA%B8%80/",
        "about": "https://a.kr/about/index.html",
        "me": "https://a.kr/who/index.html",
    }
    assert set(skipped(built)) == {"source/tags/index.md"}


def test_templates_know_pages_and_files(tmp_path: Path) -> None:
    listing = """---
title: 목록
---
{% for p in site.pages %}[{{ p.name }} {{ p.url }} {{ p.title }}]{% endfor %}
{% for f in site.static_files %}({{ f.path }} {{ f.basename }} {{ f.extname }}){% endfor %}
{% for p in site.posts %}<{{ p.path }}>{% endfor %}
"""
    files = {**FILES, "list.md": listing, "assets/v/a.png": "", "LICENSE": "자유\n"}
    build(tmp_path, files)
    shown = hanpan("show", "body", "list.md", cwd=tmp_path).out
    assert re.findall(r"\[[^]]*\]", shown) == [
        "[404.html /404.html 없음]",
        "[about.md /me/ 소개]",
        "[archive.md /archive.html ]",
        "[index.md /docs/ 안내]",
        "[index.md / ]",
        "[list.md /list.html 목록]",
        "[other.md /blog/other.html 남의 것]",
        "[under.md /_pages/under.html 밑줄]",
        "[둘.md /docs/둘.html 둘]",
    ]
    assert re.findall(r"\([^)]*\)", shown) == [
        "(/LICENSE LICENSE )",
        "(/README.md README .md)",
        "(/assets/v/a.png a .png)",
        "(/google.html google .html)",
    ]
    assert shown.count("_posts/2026-01-02-about.md") == 1
    assert "about.md&gt;" not in shown.replace("_posts/2026-01-02-about.md", "")


def test_a_book_has_pages_that_it_names_alone(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    toml = '[source]\npages = true\n[[book]]\nname = "all"\n[[book]]\nname = "two"\n'
    named = 'posts = ["docs/둘.md", "_posts/*"]\n'
    (tmp_path / "site.toml").write_text(f"{toml}{named}", "utf-8")
    hanpan("book", "-e", "epub", cwd=tmp_path)
    told = {}
    for name in ("all", "two"):
        with zipfile.ZipFile(tmp_path / f"out/books/{name}/{name}.epub") as book:
            told[name] = re.findall("글이다|위키를|둘째다|소개한다", _texts(book))
    assert told == {"all": ["위키를", "글이다"], "two": ["둘째다", "글이다"]}


def _texts(book: zipfile.ZipFile) -> str:
    names = [name for name in book.namelist() if "/text/" in name.lower()]
    return "".join(book.read(name).decode() for name in names)


def test_a_list_beyond_the_limits_of_liquid_is_left_out_with_one_warning(tmp_path: Path) -> None:
    loops = "{% for i in (1..999) %}{% for j in (1..999) %}{{ j }}{% endfor %}{% endfor %}"
    files = {
        **{name: FILES[name] for name in ("_config.yml", "about.md")},
        "list.md": f"---\ntitle: 목록\n---\n모두\n\n{loops}\n",
        "_wiki/long.md": f"---\ntitle: 문서\n---\n문서다.\n\n{loops}\n",
    }
    built = build(tmp_path, files)
    assert set(addresses(tmp_path)) == {"about", "long"}  # a document keeps its text
    told = {post["source"]: post["problems"] for post in built["posts"]}  # type: ignore[attr-defined]
    (problem,) = told["list.md"]
    assert (problem["rule"], problem["severity"], problem["line"]) == ("liquid-limit", "warning", 6)
    assert "exclude" in problem["remedy"]
    (problem,) = told["_wiki/long.md"]
    assert (problem["rule"], problem["severity"]) == ("liquid-limit", "error")
    again = hanpan("build", "-e", "html", cwd=tmp_path)
    assert "left out" in again.out + again.err  # of a fresh step, too
