"""What posts link to on their own site: files, other posts, pages of the site itself."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from PIL import Image

from hanpan import tree
from tests.support.blog import add_post, make_blog
from tests.support.command import built
from tests.support.site_links import broken_links

FIRST = """---
title: 첫 글
date: 2026-01-05
tags: [글꼴]
redirect_from: [/old/]
---
## 하나의 제목

[자료](/files/자료%20모음.zip), [사진](/files/photo.jpg), [공책](/files/note.ipynb)

[설정](/.env) [열쇠](/_private/key.txt) [뺀 것](/hidden/a.pdf) [쪽](/files/demo.html)
[쪽의 글](/files/app.js) [밖](/files/../../secret.pdf) [없는 것](/files/no.pdf)
"""
SECOND = """---
title: 둘째 글
date: 2026-01-06
---
[있는 곳](/첫-글/#하나의-제목) [없는 곳](/첫-글/#없는-제목) [옛 주소](/old/)

[태그](/tags/글꼴/) [목록](/archive/) [검색](/search/) [없는 쪽](/no-such-page/)
"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_blog(
        tmp_path_factory.mktemp("links") / "blog",
        posts=0,
        settings='[source]\nexclude = ["hidden/"]\n',
    )
    (folder.parent / "secret.pdf").write_bytes(b"%PDF hush-hush")
    for name in ("files", "_private", "hidden"):
        (folder / name).mkdir()
    with zipfile.ZipFile(folder / "files" / "자료 모음.zip", "w") as archive:
        archive.writestr("a.txt", "하나")
    (folder / "files" / "note.ipynb").write_text("{}")
    (folder / "files" / "demo.html").write_text("<script>alert(1)</script>")
    (folder / "files" / "app.js").write_text("alert(1)")
    (folder / ".env").write_text("KEY=hush-hush")
    (folder / "_private" / "key.txt").write_text("hush-hush")
    (folder / "hidden" / "a.pdf").write_bytes(b"%PDF hush-hush")
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    Image.new("RGB", (30, 20), "teal").save(folder / "files" / "photo.jpg", exif=exif)
    add_post(folder, "2026-01-05-첫-글.md", FIRST)
    add_post(folder, "2026-01-06-둘째-글.md", SECOND)
    built(folder, "-e", "site")
    return folder


def links(blog: Path, post: str) -> dict[str, str]:
    """Return the addresses of a post's links by their words."""
    root = html.document_fromstring((blog / "out/site" / post / "index.html").read_text("utf-8"))
    body = next(one for one in root.iter("div") if "post-body" in (one.get("class") or ""))
    anchors = [a for a in body.iter("a") if "anchor" not in (a.get("class") or "")]
    return {"".join(map(str, a.itertext())): unquote(a.get("href") or "") for a in anchors}


def test_files_that_readers_may_have_are_on_the_site(blog: Path) -> None:
    found = links(blog, "첫-글")
    kept = blog / "out/site/첫-글"
    assert zipfile.ZipFile((kept / found["자료"]).resolve()).namelist() == ["a.txt"]
    assert (kept / found["공책"]).resolve().read_text() == "{}"
    assert found["사진"].endswith("/photo.jpg")
    photo = Image.open(io.BytesIO((kept / found["사진"]).resolve().read_bytes()))
    assert photo.size == (30, 20)
    assert not photo.getexif()


def test_what_is_hidden_excluded_or_would_run_is_not(blog: Path) -> None:
    found = links(blog, "첫-글")
    for words in ("설정", "열쇠", "뺀 것", "쪽", "쪽의 글", "밖"):
        assert found[words].startswith("https://blog.example/"), words
    for path in (blog / "out/site").rglob("*"):
        assert not path.is_file() or b"hush-hush" not in path.read_bytes(), path


def test_links_to_posts_and_to_pages_of_the_site_stay_within(blog: Path) -> None:
    found = links(blog, "둘째-글")
    assert found == {
        "있는 곳": "../첫-글/#하나의-제목",
        "없는 곳": "../첫-글/",
        "옛 주소": "../첫-글/",
        "태그": "../tags/글꼴/",
        "목록": "../archive/",
        "검색": "../search/",
        "없는 쪽": "https://blog.example/no-such-page/",
    }
    assert broken_links(blog / "out/site") == []


def test_what_leads_nowhere_is_reported_with_its_line(blog: Path) -> None:
    problems = json.loads((blog / "out/build.json").read_text("utf-8"))["problems"]
    told = {(p["rule"], p["line"]) for p in problems if p["rule"] in ("site-file", "link-fragment")}
    assert ("link-fragment", 5) in told
    assert ("site-file", 12) in told  # no.pdf
    words = [p["message"] for p in problems if p["rule"] == "site-file"]
    assert not any("자료" in message or "photo" in message for message in words)


def test_documentation_without_dates_is_listed_and_links_from_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "docs site"
    (folder / "docs/ko").mkdir(parents=True)
    (folder / "site.toml").write_text(
        'title = "Docs"\nurl = "https://docs.example/a"\nlang = "en"\n'
        '[source]\nposts = ["docs"]\nlanguages = ["en", "ko"]\n',
        "utf-8",
    )
    (folder / "docs/all.toml").write_text("a = 1\n", "utf-8")
    for name, text in {
        "docs/one.md": "# One\n\n[all](all.toml), [two](two.md#second)\n",
        "docs/two.md": "# Two\n\n## Second\n\nText.\n",
        "docs/ko/one.md": "# 하나\n\n[모두](../all.toml)\n",
    }.items():
        (folder / name).write_text(text, "utf-8")
    report = built(folder, "--edition", "site")
    assert [p["rule"] for post in report["posts"] for p in post["problems"]] == []
    site = folder / "out/site"
    index = html.fromstring((site / "index.html").read_bytes())
    assert [tree.text_of(one).strip() for one in index.iterfind(".//ol/li//h2")] == [
        "One", "Two", "하나",
    ]  # fmt: skip
    assert broken_links(site) == []
    for page in ("one", "ko-one"):
        assert (site / page / "all.toml").is_file() or "all.toml" in (
            site / page / "index.html"
        ).read_text("utf-8")
