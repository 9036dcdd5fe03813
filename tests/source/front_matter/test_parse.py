"""Front matter as blogs have it: blank lines, tabs, forgotten quotes, old encodings."""

from __future__ import annotations

import unicodedata

import pytest

from hanpan.source.front_matter.parse import is_published, parse_post
from hanpan.source.post import Post


def parse(text: str) -> Post:
    return parse_post("posts/a.md", text.encode())


def test_front_matter_body_and_lines() -> None:
    post = parse(
        "---\ntitle: 봄\nheader:\n  teaser: /a.png\ntags: [하나, 둘]\n---\n첫 줄\n---\n끝\n"
    )
    assert post.front == {"title": "봄", "header": {"teaser": "/a.png"}, "tags": ["하나", "둘"]}
    assert post.body == "첫 줄\n---\n끝\n"
    assert post.body_line == 7
    assert post.line_of("header.teaser", "header") == 4
    assert post.line_of("tags") == 5
    assert post.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "\n\n---\ntitle: 봄\n---\n본문",
        "---  \ntitle: 봄  \n---\t\n본문",
        "\ufeff---\ntitle: 봄\n---\n본문",
        "---\r\ntitle: 봄\r\n---\r\n본문",
        "  ---\n  title: 봄\n  ---\n본문",
        "---\ntitle: 봄\n\n---\n본문",
    ],
)
def test_front_matter_of_any_shape(text: str) -> None:
    post = parse(text)
    assert post.front == {"title": "봄"}
    assert post.body == "본문"
    assert post.problems == ()


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_a_file_of_blanks_is_all_body(text: str) -> None:
    post = parse(text)
    assert (post.front, post.body, post.body_line) == ({}, text, 1)


def test_dates_and_numbers_stay_as_written() -> None:
    post = parse("---\ndate: 2026-02-30\nnumber: 010\nanswer: no\npublished: false\n---\n")
    assert post.front == {"date": "2026-02-30", "number": "010", "answer": "no", "published": False}


def test_plain_title_keeps_its_backslash() -> None:
    assert parse("---\ntitle: \\[회고] 봄\n---\n").front["title"] == "\\[회고] 봄"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: [회고] 봄을 보내며", "[회고] 봄을 보내며"),
        ("title: 오류: 값이 없다", "오류: 값이 없다"),
        ('title: "[도커] "권한 없음" 오류"', '[도커] "권한 없음" 오류'),
        ('title: "스택\\(stack\\)"', "스택\\(stack\\)"),
        ("title: @기호로 시작", "@기호로 시작"),
    ],
)
def test_one_broken_key_costs_one_key(line: str, title: str) -> None:
    post = parse(f"---\ntags:\n  - 봄\n{line}\ntoc: true\n---\n본문")
    assert post.front == {"tags": ["봄"], "title": title, "toc": True}
    assert [(problem.rule, problem.line) for problem in post.problems] == [("front-matter", 4)]


def test_tags_with_a_sign_that_yaml_reserves() -> None:
    post = parse("---\ntitle: 봄\ntags: [마크다운, @사용법]\n---\n")
    assert post.front["tags"] == ["마크다운", "@사용법"]
    assert post.problems[0].line == 3


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("tags: [, C++]", "tags", ["C++"]),
        ("date: { { page.date | date }}", "date", "{ { page.date | date }}"),
        ('title: "따옴" 뒤의 말', "title", '"따옴" 뒤의 말'),
        ("title: *별표* 글", "title", "*별표* 글"),
        ("title: [x] - y", "title", "[x] - y"),
        ("title: [봄] 글 [끝]", "title", "[봄] 글 [끝]"),
        ('title: "', "title", '"'),
        ("title:봄", "title", "봄"),
        ("latout:single", "latout", "single"),
    ],
)
def test_what_yaml_refuses_is_read_as_text(line: str, key: str, value: object) -> None:
    post = parse(f"---\n{line}\ntoc: true\n---\n본문")
    assert (post.front[key], post.front["toc"]) == (value, True)
    assert [(problem.rule, problem.line) for problem in post.problems] == [("front-matter", 2)]


def test_comments_of_front_matter_that_is_broken_are_no_keys() -> None:
    post = parse("---\n# 적어 둔 말\ntitle: *별표* 글\n---\n본문")
    assert [problem.line for problem in post.problems] == [3]


def test_keys_without_a_blank_are_keys_all_the_same() -> None:
    post = parse("---\nlatout:single\n---\n본문")
    assert (post.front, post.body) == ({"latout": "single"}, "본문")
    assert parse("---\nhttps://a.kr\n---\n본문").front == {}


def test_items_behind_tabs() -> None:
    post = parse("---\ntags:\n\t- 하나\n\t- 둘\n---\n")
    assert post.front["tags"] == ["하나", "둘"]


@pytest.mark.parametrize("text", ["---\n\n---\n\n본문", "---\n---\n\n본문"])
def test_empty_front_matter(text: str) -> None:
    post = parse(text)
    assert (post.front, post.body.strip(), post.problems) == ({}, "본문", ())


def test_number_sign_in_a_title_is_no_comment() -> None:
    post = parse("---\ntitle: 연습 대회 #1 후기\ntoc: true # 차례\n---\n")
    assert post.front == {"title": "연습 대회 #1 후기", "toc": True}
    assert [(problem.rule, problem.line) for problem in post.problems] == [
        ("front-matter-comment", 2)
    ]


def test_prose_between_dashes_is_no_front_matter() -> None:
    post = parse("---\n그냥 문장이다\n---\n본문")
    assert post.front == {}
    assert post.body == "---\n그냥 문장이다\n---\n본문"


def test_forgotten_delimiters_are_told() -> None:
    opened = parse("title: 봄\ntags: [하나]\n---\n본문")
    assert (opened.front["title"], opened.body) == ("봄", "본문")
    assert opened.problems[0].line == 1
    closed = parse("---\ntitle: 봄\n\n본문 첫 줄\n")
    assert closed.front == {"title": "봄"}
    assert closed.body.strip() == "본문 첫 줄"
    assert closed.problems[0].rule == "front-matter"


def test_key_that_stands_twice() -> None:
    post = parse("---\ntitle: 하나\ntitle: 둘\n---\n")
    assert post.front["title"] == "둘"
    assert [(p.rule, p.line) for p in post.problems] == [("front-matter-twice", 3)]


def test_old_encoding_is_read_and_told() -> None:
    post = parse_post("a.md", "---\ntitle: 옛 글\n---\n완성형 본문\n".encode("cp949"))
    assert post.front["title"] == "옛 글"
    assert post.body == "완성형 본문\n"
    assert post.problems[0].rule == "encoding"


def test_text_is_composed_and_without_control_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "한글")
    post = parse(f"---\ntitle: {decomposed}\n---\n{decomposed}\n셋째\x08줄\n")
    assert post.front["title"] == "한글"
    assert post.body == "한글\n셋째줄\n"
    assert [(problem.rule, problem.line) for problem in post.problems] == [("control-character", 5)]


def test_deeply_nested_yaml_does_no_harm() -> None:
    post = parse(f"---\ntitle: 봄\nbad: {'[' * 100_000}\n---\n본문")
    assert post.front["title"] == "봄"
    assert post.body == "본문"


@pytest.mark.parametrize("line", ["published: false", "publish: false", "published: no"])
def test_unpublished(line: str) -> None:
    assert not is_published(parse(f"---\n{line}\n---\n"))
    assert is_published(parse("---\ntitle: 봄\n---\n"))
