"""A Hugo site as root: its settings, its pages and their addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanpan.files import Files, NoNetwork
from hanpan.plan.options import Options
from hanpan.plan.posts import Plan, make_plan
from hanpan.plan.sites import Sites
from hanpan.reading import read_source
from hanpan.site import HUGO, find_root, load_site
from hanpan.source.front_matter.jekyll import site_path
from tests.support.command import hanpan
from tests.support.reading import read_post

SETTINGS = {
    "baseURL": "https://blog.example/b/",
    "title": "블로그",
    "languageCode": "ko-kr",
    "timeZone": "Europe/Oslo",
    "params": {"author": {"name": "글쓴이"}, "description": "설명"},
}
TOML = """
baseURL = "https://blog.example/b/"
title = "블로그"
languageCode = "ko-kr"
timeZone = "Europe/Oslo"
[params]
description = "설명"
[params.author]
name = "글쓴이"
"""


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def plan_of(root: Path) -> Plan:
    return make_plan(Options(sources=(root,), out=root / "out"), Sites(None), {})


@pytest.mark.parametrize(
    "files",
    [
        {"hugo.toml": TOML},
        {"config.toml": TOML, "content/a.md": "글"},
        {"hugo.json": json.dumps(SETTINGS)},
        {"hugo.yaml": json.dumps(SETTINGS)},
        {
            "config/_default/hugo.toml": TOML.partition("[params]")[0],
            "config/_default/params.toml": TOML.partition("[params]\n")[2].replace("params.", ""),
            "content/a.md": "글",
        },
        {
            "config/_default/config.yaml": json.dumps({**SETTINGS, "title": "옛 이름"}),
            "config/production/config.toml": 'title = "블로그"',
            "archetypes/default.md": "---\n---\n",
        },
    ],
)
def test_settings_are_read_in_every_form(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, **files)
    assert find_root(tmp_path / "content" / "posts") == tmp_path
    site = load_site(tmp_path)
    own = site.identity
    assert (own.title, own.url, own.author) == ("블로그", "https://blog.example/b", "글쓴이")
    assert (own.lang, own.timezone, own.description) == ("ko-KR", "Europe/Oslo", "설명")
    assert (site.generator, site.sources.posts) == (HUGO, ("content",))


@pytest.mark.parametrize(
    "files",
    [
        {"config.toml": 'base_url = "https://zola.example"', "content/a.md": "글"},
        {"config.toml": "x = 1"},
        {"_config.yml": "title: 글", "hugo.toml": TOML},
    ],
)
def test_other_sites_are_none_of_hugo(tmp_path: Path, files: dict[str, str]) -> None:
    assert load_site(write(tmp_path, **files)).generator != HUGO


def test_site_toml_goes_before_hugo_s_settings(tmp_path: Path) -> None:
    write(tmp_path, **{"hugo.toml": TOML, "site.toml": 'title = "한판"\n[pdf]\npage = "A5"\n'})
    site = load_site(tmp_path)
    assert (site.identity.title, site.identity.author, site.pdf.page) == ("한판", "글쓴이", "A5")


@pytest.mark.parametrize("broken", ["title = ", "{", "a: [", "title: 'x"])
def test_broken_settings_stop_nothing(tmp_path: Path, broken: str) -> None:
    for name in ("hugo.toml", "hugo.json", "hugo.yaml"):
        (tmp_path / name).write_text(broken, "utf-8")
        assert load_site(tmp_path).generator == HUGO
        (tmp_path / name).unlink()


PAGE = "---\ntitle: Two Words!\ndate: 2020-01-05T23:30:00+09:00\n{}---\n\n글이다.\n"


@pytest.mark.usefixtures("calendar")
def test_pages_are_those_that_hugo_publishes(tmp_path: Path) -> None:
    pages = {
        "content/posts/bundle/index.md": "",
        "content/posts/bundle/note.md": "",
        "content/posts/bundle/inner/index.md": "",
        "content/posts/one.md": "",
        "content/posts/_index.md": "",
        "content/_hidden/two.md": "",
        "content/draft.md": "Draft: true\n",
        "content/later.md": "PublishDate: 2099-01-01\n",
        "content/gone.md": "expirydate: 2021-01-01\n",
        "content/alone/index.md": "headless: true\n",
        "content/never.md": "build: {render: never}\n",
        "content/left.tmp.md": "",
        "themes/x/exampleSite/content/no.md": "",
    }
    write(tmp_path, **{path: PAGE.format(front) for path, front in pages.items()})
    write(tmp_path, **{
        "content/empty/_index.md": "---\ntitle: 글\n---\n",
        "content/_index.md": "---\nauthor: a\n---\n\n<!-- 테마의 설명\n\n# 보이지 않는 글 -->\n",
        "hugo.toml": r"""ignoreFiles = ["\\.tmp\\.md$"]""",
    })  # fmt: skip
    plan = plan_of(tmp_path)
    assert {post.slug for post in plan.posts} == {"bundle", "one", "posts", "two"}
    reasons = {file.relative: why for file, why in plan.skipped.values()}
    assert reasons["content/posts/bundle/note.md"] == "part of the bundle content/posts/bundle"
    assert reasons["content/posts/bundle/inner/index.md"].startswith("part of the bundle")
    assert reasons["content/empty/_index.md"].startswith("nothing but front matter")


MULTILINGUAL = """
defaultContentLanguage = "ko"
[languages.ko]
weight = 1
[languages.en]
weight = 2
[permalinks]
talks = "/t/:year/:month/:sections[1:]/:slug/"
docs = "/d/:sections/:filename"
"/" = "/root/:filename/"
"""


# what Hugo 0.111.3 itself lists for these pages and settings (`hugo list all`)
@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("about.md", "", "/root/about/"),
        ("_index.md", "", "/"),
        ("_index.en.md", "", "/en/"),
        ("posts/Bundle/index.md", "", "/posts/bundle/"),
        ("posts/Bundle/index.en.md", "", "/en/posts/bundle/"),
        ("posts/deep/er/A_b.c.md", "", "/posts/deep/er/a_b.c/"),
        ("posts/2020-01-05-date.md", "", "/posts/2020-01-05-date/"),
        ("posts/C++ & C# (1).md", "", "/posts/c++-c#-1/"),
        ("posts/띄어 쓴 이름/index.md", "", "/posts/띄어-쓴-이름/"),
        ("posts/slug.md", "slug: My Slug 글\n", "/posts/my-slug-글/"),
        ("posts/url.md", "url: /a/b\n", "/a/b/"),
        ("posts/url2.md", "url: rel/b.html\n", "/rel/b.html"),
        ("posts/url3.en.md", "URL: rel/c/\n", "/en/rel/c/"),
        ("talks/one.md", "", "/t/2020/01/two-words/"),
        ("talks/sub/two.en.md", "", "/en/t/2020/01/two-words/"),
        ("docs/a/b/c.md", "", "/d/docs/a/c/"),
        ("docs/a/d/index.md", "", "/d/docs/a/d/"),
        ("docs/a/_index.md", "", "/docs/a/"),
    ],
)
def test_addresses_are_hugo_s(tmp_path: Path, path: str, front: str, address: str) -> None:
    write(tmp_path, **{"hugo.toml": MULTILINGUAL, "content/docs/a/_index.md": PAGE.format("")})
    write(tmp_path, **{f"content/{path}": PAGE.format(front)})
    door = Files(load_site(tmp_path), NoNetwork())
    assert site_path(read_source(f"content/{path}", door), door, None) == address


def test_pages_in_two_languages_are_translations(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://blog.example"\ndefaultContentLanguage = "ko"\n'
        '[languages.ko]\ncontentDir = "content/korean"\n'
        '[languages.en]\ncontentDir = "content/english"\n',
        "content/english/posts/x.md": PAGE.format(""),
    }
    reading = read_post(
        tmp_path,
        PAGE.format(""),
        name="content/korean/posts/x.md",
        files={name: text.encode() for name, text in files.items()},
    )
    assert [(each.lang, each.address) for each in reading.document.meta.translations] == [
        ("en", "https://blog.example/en/posts/x/"),
        ("ko", "https://blog.example/posts/x/"),
    ]


def test_json_front_matter(tmp_path: Path) -> None:
    text = '{\n  "title": "글 {1}",\n  "date": "2020-01-05",\n  "weight": 1\n}\n\n본문이다.\n'
    document = read_post(tmp_path, text, name="content/x.md").document
    assert (document.meta.title, document.meta.date[:10]) == ("글 {1}", "2020-01-05")
    assert document.body.strip() == "<p>본문이다.</p>"


@pytest.mark.parametrize(
    "text", ["{: .no_toc }\n\n글\n", '{"a": 1} 글\n', "{}글", '{\n"a": \n\n글\n']
)
def test_what_only_begins_with_a_brace_is_text(tmp_path: Path, text: str) -> None:
    assert read_post(tmp_path, text).document.meta.title != ""
    assert (
        read_source("posts/2026-03-01-글.md", Files(load_site(tmp_path), NoNetwork())).body == text
    )


DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_a_site_is_built_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, **{
        "hugo.toml": TOML,
        "content/posts/one/index.md": PAGE.format("") + "\n![그림](dot.svg) ![둘](/img/dot.svg)\n",
        "content/posts/one/dot.svg": DOT,
        "static/img/dot.svg": DOT,
    })  # fmt: skip
    ran = hanpan("build", "--edition", "html", cwd=tmp_path)
    assert ran.code == 0 and "image-missing" not in ran.err
    page = (tmp_path / "out/one/one.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://blog.example/b/posts/one/">' in page
