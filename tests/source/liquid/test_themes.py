"""What Minimal Mistakes and Chirpy document: docs/themes.md says what becomes of all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan.problems import Problem
from hanpan.source.front_matter.keys import KNOWN
from hanpan.source.liquid.tags.players import PROVIDERS
from hanpan.source.liquid.tags.themes import FIRST, THEMES
from tests.support.reading import read_post
from tests.test_reading import png

DOCS = (Path(__file__).parents[3] / "docs" / "themes.md").read_text("utf-8")
# https://mmistakes.github.io/minimal-mistakes/docs/helpers/, layouts/, posts/
MINIMAL_MISTAKES = """title excerpt date last_modified_at author author_profile read_time show_date
comments share related toc toc_label toc_icon toc_sticky header sidebar classes layout link locale
gallery feature_row search canonical_url redirect_from taxonomy entries_layout breadcrumbs tagline
categories tags permalink sort_by hidden sitemap published""".split()
HEADER = """teaser image overlay_image overlay_color overlay_filter og_image caption actions
cta_label cta_url video show_overlay_excerpt image_description""".split()
# https://chirpy.cotes.page/posts/write-a-new-post/
CHIRPY = """title date categories tags author authors description toc comments media_subpath image
pin math mermaid render_with_liquid last_modified_at""".split()
CHIRPY_EMBEDS = "youtube twitch bilibili spotify video audio".split()
FRONT = """---
title: 글
gallery:
  - {image_path: /a.png, alt: 가, url: /a.png}
  - {image_path: /a.png}
feature_row:
  - {image_path: /a.png, title: 머리, excerpt: "*발췌*", url: "https://b.kr", btn_label: 보기}
---
"""
FILES = {
    "_config.yml": b"url: https://a.kr\ntheme: minimal-mistakes-jekyll\n",
    "_data/navigation.yml": "main: [{title: 하나, url: /a/, children: [{title: 둘}]}]\n".encode(),
    "_data/authors.yml": "kim: {name: 김봄}\n".encode(),
    "_posts/2026-01-01-b.md": "---\ntitle: 다른 글\ntags: [x]\n---\n다른 *발췌*\n".encode(),
    "a.png": png(),
}


def read(folder: Path, body: str, front: str = FRONT) -> tuple[str, tuple[Problem, ...]]:
    name = "_posts/2026-01-02-a.md"
    reading = read_post(folder, f"{front}{body}\n", name=name, files=FILES)
    return reading.document.body, reading.problems


@pytest.mark.parametrize("key", sorted({*MINIMAL_MISTAKES, *HEADER, *CHIRPY}))
def test_each_key_is_documented_and_known(key: str) -> None:
    table = DOCS.partition("## Front matter")[2].partition("\n## ")[0]
    assert f"`{key}`" in table
    assert key in HEADER or key in KNOWN


def test_each_include_is_documented() -> None:
    named = set(re.findall(r"`([\w/-]+)`", DOCS))
    assert {*FIRST, *THEMES} <= named
    assert {f"embed/{name}" for name in CHIRPY_EMBEDS} <= named
    assert {*CHIRPY_EMBEDS} - {"video", "audio"} <= set(PROVIDERS)


@pytest.mark.parametrize(
    ("include", "shown"),
    [
        ('figure image_path="/a.png" alt="가" caption="**말**"', "<figcaption><strong>말</strong>"),
        ('gallery caption="말" layout="half"', "<figcaption>말</figcaption>"),
        ("feature_row", "<em>발췌</em>"),
        ("feature_row", '<a href="https://b.kr"'),
        ('feature_row type="left"', "<strong>머리</strong>"),
        ('video id="XsxDH4HcOWA" provider="youtube"', "watch?v=XsxDH4HcOWA"),
        ('video id="12" provider="vimeo"', "vimeo.com/12"),
        ('nav_list nav="main"', "둘"),
        ('nav_list nav="main"', '<a href="https://a.kr/a/"'),
        ("embed/youtube.html id='H-B46URT4mg'", "watch?v=H-B46URT4mg"),
        ("embed/twitch.html id='12'", "twitch.tv"),
        ("embed/bilibili.html id='BV1'", "bilibili"),
        ("embed/spotify.html id='x' dark=1", "spotify"),
        ("embed/video.html src='https://b.kr/a.mp4' title='말' types='ogg|mov'", "a.mp4"),
        ("embed/audio.html src='https://b.kr/a.mp3' title='말'", "a.mp3"),
        ("comments.html", ""),
        ("read-time.html", ""),
    ],
)
def test_includes_work_without_the_theme(tmp_path: Path, include: str, shown: str) -> None:
    body, problems = read(tmp_path, f"앞\n\n{{% include {include} %}}\n\n뒤")
    assert shown in re.sub(r">\s+|\s+<", lambda match: match[0].strip(), body)
    assert [problem for problem in problems if problem.rule.startswith("liquid")] == []


def test_a_list_of_posts_by_tag(tmp_path: Path) -> None:
    body = (
        "{% include group-by-array collection=site.posts field='tags' %}"
        "{% for tag in group_names %}\n\n## {{ tag }}\n\n"
        "{% for post in group_items[forloop.index0] %}{% include archive-single.html %}{% endfor %}"
        "{% endfor %}"
    )
    html, problems = read(tmp_path, body)
    assert ">x</h2>" in html
    assert re.search(r'<a href="https://a\.kr/[^"]*">다른 글</a>', html)
    assert "다른 발췌" in html
    assert not any(problem.rule.startswith("liquid") for problem in problems)


@pytest.mark.parametrize(
    "include", ["gallery id='none'", "feature_row id='none'", "nav_list nav='x'"]
)
def test_what_the_front_matter_lacks_is_told(tmp_path: Path, include: str) -> None:
    _, problems = read(tmp_path, f"{{% include {include} %}}")
    assert "liquid-include" in {problem.rule for problem in problems}


def test_liquid_is_not_rendered_where_the_post_says_so(tmp_path: Path) -> None:
    front = "---\ntitle: 글\nrender_with_liquid: false\n---\n"
    body, problems = read(tmp_path, "글 {{ page.title }}\n\n```\n{% raw %}{{ x }}\n```", front)
    assert "글 {{ page.title }}" in body
    assert "{% raw %}{{ x }}" in body
    assert not any(problem.rule.startswith("liquid") for problem in problems)


@pytest.mark.parametrize(
    ("front", "author"),
    [("author: kim", "김봄"), ("authors: [kim, 이]", "김봄, 이"), ("author: 이", "이")],
)
def test_authors_have_the_names_of_the_site(tmp_path: Path, front: str, author: str) -> None:
    text = f"---\ntitle: 글\n{front}\n---\n글\n"
    reading = read_post(tmp_path, text, name="_posts/2026-01-02-a.md", files=FILES)
    assert reading.document.meta.author == author


@pytest.mark.parametrize(
    "mark", re.findall(r"`(\{: [^`]+\})`", DOCS.partition("## Marks of attributes")[2])
)
def test_no_mark_of_attributes_is_shown(tmp_path: Path, mark: str) -> None:
    for body in (f"글\n{mark}", f"> 글\n{mark}", f"![가](/a.png){mark}", f"```py\na\n```\n{mark}"):
        html, _ = read(tmp_path, body)
        assert "{:" not in html


def test_the_name_of_an_include_that_is_missing_is_shown_as_it_is(tmp_path: Path) -> None:
    text = "---\ntitle: a\n---\n{% include base_path#1 %}\n"
    reading = read_post(tmp_path, text, name="_posts/2026-01-02-a.md", files=FILES)
    assert "base_path#1)" in reading.document.body
