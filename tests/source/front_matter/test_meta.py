"""Meta: Minimal Mistakes' keys, made plain."""

from __future__ import annotations

import pytest

from hanpan.document import Meta
from hanpan.site import Clock, Identity
from hanpan.source.front_matter.meta import read_meta, teaser_of
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.front_matter.plain import plain

SITE = Identity(title="한 블로그", url="https://blog.example.com", author="글쓴이")


def meta(
    front: str, *, identity: Identity = SITE, body: str = "", first: str = "", address: str = ""
) -> Meta:
    post = parse_post("posts/2026-01-02-봄-소식.md", f"---\n{front}\n---\n{body}".encode())
    return read_meta(post, identity, Clock(), address, first)[0]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\\[회고] 봄", "[회고] 봄"),
        ("`<T>`와 **굵은** 글", "<T>와 굵은 글"),
        ("#include <stdio.h>", "#include <stdio.h>"),
        ("<b>굵게</b> &amp; 더", "굵게 & 더"),
        ("[링크](https://a.kr)", "링크"),
        ("__init__ 메서드", "__init__ 메서드"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("“둥근” 따옴표", "“둥근” 따옴표"),
        ("_기운_ 글과 a_b_c, _config.yml과 _posts", "기운 글과 a_b_c, _config.yml과 _posts"),
        ("{% include %}와 {{ page.title }}", "{% include %}와 {{ page.title }}"),
        ("`{% raw %}` 쓰기", "{% raw %} 쓰기"),
    ],
)
def test_titles_are_plain(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_escapes_of_yaml_bring_no_character_that_xml_forbids() -> None:
    found = meta('title: "\\e[31m글\\0 봄\\uFFFE"\ntags: ["\\x07가", "\\x85나"]')
    assert (found.title, found.tags) == ("[31m글 봄", ("가", "나"))


def test_names_in_every_shape() -> None:
    assert meta("tags:\n  - [C++, STL]\n  - 10815\n  -\n  - 봄").tags == (
        "C++",
        "STL",
        "10815",
        "봄",
    )
    assert meta("tag: 봄 소식").tags == ("봄 소식",)
    assert meta("tags: vim register").tags == ("vim", "register")
    assert meta("tags: 블로그, 지킬").tags == ("블로그", "지킬")
    assert meta("category: Korean Linguistics").categories == ("Korean Linguistics",)
    assert meta("tag: machine learning").tags == ("machine learning",)
    assert meta("categories: blog post").categories == ("blog", "post")
    assert meta("category: 기록\ncategories: [기록, 면접 후기]").categories == ("기록", "면접 후기")


def test_a_bomb_of_aliases_is_cut() -> None:
    lines = ["a0: &a0 [x, y, z]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert len(meta("\n".join([*lines, "tags: *a8"])).tags) <= 200


def test_excerpt_or_the_first_paragraph() -> None:
    assert meta("excerpt: 짧은 **소개**").excerpt == "짧은 소개"
    assert meta("description: 설명").excerpt == "설명"
    long = "어절 " * 100
    found = meta("title: 봄", first=long).excerpt
    assert len(found) <= 161
    assert found.endswith("어절…")


def test_addresses() -> None:
    assert meta("title: 봄", address="https://a.kr/b/").canonical_url == "https://a.kr/b/"
    said = meta("canonical_url: https://other.kr/x", address="https://a.kr/b/")
    assert said.canonical_url == "https://other.kr/x"
    assert meta("title: 봄").canonical_url == ""


def test_author_lang_and_contents() -> None:
    assert meta("author: {name: 홍길동}").author == "홍길동"
    assert meta("title: 봄").author == "글쓴이"
    assert meta("lang: en_US").lang == "en-US"
    assert meta("lang: KO").lang == "ko"
    english = Identity(lang="en-GB")
    assert meta("title: Spring", identity=english, body="Spring news").lang == "en-GB"
    assert meta("title: Spring", identity=english, body="`code` 뿐인 글").lang == "ko"
    assert meta("lang: en", identity=english, body="한국어로 적은 글").lang == "en"
    assert meta("title: 봄", identity=Identity(lang="ko-KR"), body="글").lang == "ko-KR"
    assert (meta("toc: false").toc, meta("title: 봄").toc) == (False, None)


def test_title_of_the_first_heading_or_the_name() -> None:
    assert meta("tags: []", body="```\n# 주석\n```\n# 첫 *제목*\n").title == "첫 제목"
    assert meta("title:").title == "봄 소식"


@pytest.mark.parametrize(
    ("front", "modified"),
    [
        ("last_modified_at: 2021-02-03", "2021-02-03"),  # Minimal Mistakes
        ("last-modified-at: 2021-02-03", "2021-02-03"),
        ("lastmod: 2021-02-03", "2021-02-03"),  # Hugo
        ("updated: 2021-02-03 04:05:06", "2021-02-03"),  # Hexo
        ("last_modified_at: 205-09-14", "2020-01-01"),
    ],
)
def test_when_a_post_was_changed(front: str, modified: str) -> None:
    assert meta(f"date: 2020-01-01\n{front}").modified[:10] == modified


@pytest.mark.parametrize(
    "front",
    ["tag: 봄", "tags: [봄]", "tags:\n- 봄", "tags: 봄", "keywords: 봄", "tags: [[봄], null]"],
)
def test_every_spelling_of_tags(front: str) -> None:
    assert meta(front).tags == ("봄",)


@pytest.mark.parametrize(
    "front",
    [
        "series: 조판",
        "series: {name: 조판, order: 2}",
        "series: {title: 조판}",
        "series: [조판, 둘]",
    ],
)
def test_every_spelling_of_the_series(front: str) -> None:
    assert meta(front).series == "조판"
    assert meta("title: 글").series == ""


@pytest.mark.parametrize("key", ["category", "categories", "categorie"])
def test_every_spelling_of_categories(key: str) -> None:
    assert meta(f"{key}: 기록").categories == ("기록",)


@pytest.mark.parametrize(
    "front",
    [
        "cover: /a.png",  # Hexo
        "thumbnail: /a.png",  # velog
        "image: {path: /a.png, alt: 그림}",  # Chirpy
        "header: {overlay_image: /a.png}",
        "teaser: /a.png",
    ],
)
def test_every_spelling_of_the_picture(front: str) -> None:
    assert teaser_of(parse_post("a.md", f"---\n{front}\n---\n".encode()))[0] == "/a.png"


def test_the_post_s_picture() -> None:
    post = parse_post("a.md", b"---\nheader:\n  og_image: /og.png\n  teaser: /t.png\n---\n")
    assert teaser_of(post) == ("/t.png", 4)
    assert teaser_of(parse_post("a.md", b"---\nimage:\n  path: /i.png\n---\n")) == ("/i.png", 3)
    assert teaser_of(parse_post("a.md", b"---\nimage: /i.png\n---\n")) == ("/i.png", 2)
    assert teaser_of(parse_post("a.md", b"---\nheader: {overlay_color: '#333'}\n---\n")) == (
        "",
        None,
    )


def test_settings_of_the_pdf_are_kept_as_written() -> None:
    said = meta("pdf:\n  page: 신국판\n  qr: false\n  toc:").pdf
    assert said == (("page", "신국판"), ("qr", False))
    assert meta("pdf: /files/a.pdf").pdf == ()


@pytest.mark.parametrize(
    ("front", "lang", "line"),
    [
        ("lang: KO", "ko", None),
        ("lang: ko_KR", "ko-KR", None),
        ("lang: ko-KR", "ko-KR", None),
        ("lang: kor", "ko", None),
        ("locale: en_us", "en-US", None),
        ("title: 봄\nlang: 한국어", "ko", 3),
        ("title: 봄\nlocale: korean-language-of-korea", "ko", 3),
    ],
)
def test_a_language_has_one_form_and_what_is_none_is_reported(
    front: str, lang: str, line: int | None
) -> None:
    post = parse_post("posts/2026-03-01-글.md", f"---\n{front}\n---\n봄이다.\n".encode())
    found, problems = read_meta(post, Identity(lang="en"), Clock(), "", "")
    told = [(problem.rule, problem.line) for problem in problems if problem.rule == "lang"]
    assert found.lang == lang
    assert told == ([("lang", line)] if line else [])
