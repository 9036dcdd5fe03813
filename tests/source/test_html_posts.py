"""Posts of Jekyll that are HTML: with Liquid, and without Markdown (issue 16)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.support.command import hanpan

POST = """---
title: HTML 글
tags: [하나, 둘]
---
<h2>제목</h2>
<div>
    <p>들여쓴 {{ page.title }}, *별표*와 _밑줄_.</p>

    {% include part.html %}
    <ul>
    {% for tag in page.tags %}
        <li>{{ tag }}</li>
    {% endfor %}
    </ul>
</div>
<p>없는 이름 {{ nothing }}</p>
"""
OTHER = """---
title: 다른 글
---
[앞의 글]({% post_url 2026-01-04-글 %}) {% for post in site.posts %}({{ post.title }}){% endfor %}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    for name, text in {
        "_config.yml": "title: 시험\nurl: https://x.example\n",
        "_includes/part.html": "<b>끼운 글</b>\n",
        "_posts/2026-01-04-글.html": POST,
        "_posts/2025/2025-01-05-지난.htm": "---\ntitle: 지난 글\n---\n<p>본문</p>\n",
        "_posts/2026-01-05-다른.md": OTHER,
        "_posts/2026-01-06-옛.textile": "h1. 제목\n",
        "posts/index.html": "---\ntitle: 목록\n---\n<p>목록</p>\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    ran = hanpan("build", "-e", "html", "--json", "--lang", "en", cwd=root)
    assert ran.code == 0, ran.err
    return root


def body(site: Path, name: str) -> html.HtmlElement:
    page = html.parse(str(site / f"out/{name}/{name}.html"))
    return page.getroot().find_class("post-body")[0]


def test_an_html_post_is_as_it_is_written(site: Path) -> None:
    made = body(site, "글")
    assert made.find("h2").text == "제목"
    assert made.find("div/p").text == "들여쓴 HTML 글, *별표*와 _밑줄_."
    assert made.find("div/b").text == "끼운 글"
    assert [item.text for item in made.iterfind("div/ul/li")] == ["하나", "둘"]
    assert made.find(".//pre") is None and made.find(".//em") is None


def test_what_is_wrong_in_it_is_told_with_its_line(site: Path) -> None:
    told = json.loads((site / "out/build.json").read_text("utf-8"))
    problems = [one for post in told["posts"] for one in post["problems"]]
    undefined = [one for one in problems if one["rule"] == "liquid-undefined"]
    line = POST.split("\n").index("<p>없는 이름 {{ nothing }}</p>") + 1
    assert [(one["path"], one["line"]) for one in undefined] == [
        ("_posts/2026-01-04-글.html", line)
    ]


def test_other_posts_know_it(site: Path) -> None:
    made = body(site, "다른")
    assert made.find(".//a").get("href").endswith("/2026/01/04/%EA%B8%80.html")
    assert "(다른 글)(HTML 글)(지난 글)" in made.text_content()


def test_what_is_neither_is_skipped(site: Path) -> None:
    told = json.loads((site / "out/build.json").read_text("utf-8"))
    assert {post["slug"] for post in told["posts"] if post["slug"]} == {"글", "다른", "지난"}
    assert "옛.textile" in (site / "out/build.json").read_text("utf-8")
