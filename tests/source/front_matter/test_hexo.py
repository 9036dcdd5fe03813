"""Hexo: addresses as Hexo 8 itself gives them, its settings, and its tags."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from hanpan.files import Files, NoNetwork
from hanpan.reading import read_source
from hanpan.site import load_site
from hanpan.source.front_matter.jekyll import jekyll_config, page_address
from tests.support.reading import read_post

CONFIG = """
title: 글
url: https://blog.example/root
root: /root/
language: [ko, en]
timezone: Asia/Seoul
author: 글쓴이
permalink: :lang/:category/:year-:i_month/:title-:name-:hash.html
permalink_defaults: {lang: ko}
new_post_name: :year-:month-:day-:title.md
pretty_urls: {trailing_index: false, trailing_html: false}
category_map: {기록: record}
post_asset_folder: true
"""
POST = "---\ntitle: 글 제목\ndate: 2020-01-05 23:30:00\n{}---\n\n글이다.\n"


def address(folder: Path, config: str, name: str, front: str = "") -> str:
    path = folder / "source/_posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(front), "utf-8")
    (folder / "_config.yml").write_text(config, "utf-8")
    files = Files(load_site(folder), NoNetwork())
    post = read_source(f"source/_posts/{name}", files)
    assert jekyll_config(files) is not None
    return page_address(post, "slug", files)


@pytest.mark.parametrize(
    ("name", "front", "path"),
    [
        ("2020-01-05-a.md", "", "ko/uncategorized/2020-1/a-a-68a66f709457"),
        ("dir/sub/b.md", 'categories: [기록, "C & C++"]\n',
         "ko/record/C-C/2020-1/dir-sub-b-dir-sub-b-fd03f4edeb6c"),
        ("é c (1).md", "lang: en\ncategories: [[가, 나], [다]]\n",
         "en/%EB%8B%A4/2020-1/e-c-1-e-c-1-bf74bca3de39"),
        ("own.md", "permalink: /x/y.html\n", "x/y"),
        ("own2.md", "permalink: z/index.html\n", "z/"),
    ],
)  # fmt: skip
def test_addresses_are_hexo_s(tmp_path: Path, name: str, front: str, path: str) -> None:
    assert address(tmp_path, CONFIG, name, front) == f"https://blog.example/root/{path}"


@pytest.mark.parametrize(
    ("more", "name", "path"),
    [
        ("", "글 모음/하나.md", "2020/01/05/글 모음/하나/"),
        ("permalink: :post_title/", "x.md", "글-제목/"),
        ("new_post_name: :lang/:title.md\npermalink: :lang/:title/", "en/x.md", "en/x/"),
        ("permalink: :nothing/:title", "x.md", "undefined/x"),
    ],
)
def test_forms_of_addresses(tmp_path: Path, more: str, name: str, path: str) -> None:
    config = f"url: https://blog.example\nsource_dir: source\n{more}\n"
    found = unquote(address(tmp_path, config, name))
    assert found == f"https://blog.example/{path}"


def test_settings(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(CONFIG, "utf-8")
    own = load_site(tmp_path).identity
    assert (own.url, own.lang, own.author) == ("https://blog.example/root", "ko", "글쓴이")
    (tmp_path / "_config.yml").write_text(
        "url: https://a.kr\nroot: /b/\nlanguage: zh-TW\nsource_dir: s\n", "utf-8"
    )
    own = load_site(tmp_path).identity
    assert (own.url, own.lang) == ("https://a.kr/b", "zh-TW")


DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_pictures_of_asset_folders_and_of_source(tmp_path: Path) -> None:
    files = {"_config.yml": CONFIG.encode(), "source/_posts/x/a.svg": DOT, "source/img/b.svg": DOT}
    body = "![가](a.svg) ![나](/img/b.svg) {% asset_img a.svg 다 %}\n"
    reading = read_post(tmp_path, POST.format("") + body, name="source/_posts/x.md", files=files)
    assert not [problem for problem in reading.problems if problem.rule == "image-missing"]
    assert reading.document.body.count("asset:") == 3


def test_tags(tmp_path: Path) -> None:
    files = {
        "_config.yml": CONFIG.encode(),
        "source/downloads/code/a.py": "하나\n둘 = '```'\n셋\n".encode(),
    }
    body = """
{% include_code 제목 lang:python from:2 to:3 a.py %}

{% tabs 이름 %}
<!-- tab 첫째@fab fa-x -->
**가**
<!-- endtab -->
<!-- tab -->
나
<!-- endtab -->
{% endtabs %}

{% label primary@붙임 %} {% hideToggle 열기 %}
속
{% endhideToggle %}

{% own 1 %}
"""
    reading = read_post(tmp_path, POST.format("") + body, name="source/_posts/x.md", files=files)
    shown = " ".join(reading.document.body.split())
    assert "<code class=\"language-python\">둘 = '```' 셋" in shown
    assert "<p><strong>첫째</strong></p> <p><strong>가</strong></p>" in shown
    assert "<p><strong>이름 2</strong></p> <p>나</p>" in shown
    assert "<mark>붙임</mark>" in shown and "<summary> 열기 </summary>" in shown
    assert [p.line for p in reading.problems if p.rule == "liquid-tag"] == [23]
