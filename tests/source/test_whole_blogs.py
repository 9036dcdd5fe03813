"""What whole blogs of others have shown: each case is a kind, in words of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import read_post

JEKYLL = {"_config.yml": b"title: a\nurl: https://a.kr\n"}
HEXO = {"_config.yml": b"title: a\nsource_dir: source\n"}
I18N = b"title: a\nurl: https://a.kr\nlanguages: [ko, en]\ndefault_lang: ko\npermalink: pretty\n"
POST = "_posts/2026-01-02-a.en.md"


def rules(reading: object) -> set[str]:
    return {problem.rule for problem in reading.problems}  # type: ignore[attr-defined]


@pytest.mark.parametrize("tag", ["table", "div", "ul", "form"])
def test_a_tag_in_code_begins_no_block(tmp_path: Path, tag: str) -> None:
    text = f"`<{tag}>`을 쓴다.\n\n- 하나\n- 둘\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n"
    body = read_post(tmp_path, text, name="_posts/2026-01-02-a.md", files=JEKYLL).document.body
    assert body.count("<li>") == 2
    assert "<th>가</th>" in body
    assert "|" not in body


@pytest.mark.parametrize("files", [JEKYLL, HEXO])
def test_a_directive_is_a_callout_in_any_blog(tmp_path: Path, files: dict[str, bytes]) -> None:
    reading = read_post(
        tmp_path, ":::info\n알린다.\n:::\n", name="source/_posts/2026-01-02-a.md", files=files
    )
    assert 'class="notice--info"' in reading.document.body
    assert "text-lost" not in rules(reading)


def test_a_dollar_in_a_cell_of_its_own_is_no_formula(tmp_path: Path) -> None:
    for row in ("|$|끝에 맞는다. 예) \\d$|", "|$|끝. 예) \\d$: 숫자|", "|$|the end, as \\d$: x|"):
        table = f"|기호|뜻|\n|-|-|\n{row}\n"
        reading = read_post(tmp_path, table, name="_posts/2026-01-02-a.md", files=JEKYLL)
        assert "<td>$</td>" in reading.document.body
        assert "math" not in rules(reading)
    norm = read_post(tmp_path, "|가|나|\n|-|-|\n|$|x|$|1|\n", name="_posts/2026-01-02-b.md")
    assert "<td>1</td>" in norm.document.body and "<math" in norm.document.body


@pytest.mark.parametrize(
    ("more", "address"),
    [
        (b"plugins: [jekyll-feed]\n", "https://a.kr/2026/01/02/a.en/"),
        (b"plugins: [jekyll-polyglot]\n", "https://a.kr/en/2026/01/02/a.en/"),
        (
            b"plugins: [jekyll-feed]\nparallel_localization: true\n",
            "https://a.kr/en/2026/01/02/a.en/",
        ),
        (b"", "https://a.kr/en/2026/01/02/a.en/"),
    ],
)
def test_languages_are_in_addresses_with_polyglot_alone(
    tmp_path: Path, more: bytes, address: str
) -> None:
    text = "---\ntitle: a\nlang: en\n---\nWords.\n"
    reading = read_post(tmp_path, text, name=POST, files={"_config.yml": I18N + more})
    assert reading.address == address


def test_a_folder_may_have_the_date(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "---\ntitle: a\n---\n글\n", name="blog/2025-10-11-글/guide.md")
    assert reading.document.meta.date == "2025-10-11T00:00:00+09:00"
    assert "date-missing" not in rules(reading)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("docs/tips/a.md", "# 안내\n\n글\n", set()),
        ("blog/a.md", "# 안내\n\n글\n", {"date-missing"}),
        ("docs/tips/a.md", "글\n", {"title-missing"}),
        ("docs/a.mdx", 'import A from "@site/A";\n\n# 안내\n\n글\n', set()),
        ("docs/a.mdx", 'import A from "@site/A";\n\n글\n', {"title-missing"}),
    ],
)
def test_documentation_needs_no_date_and_begins_with_its_title(
    tmp_path: Path, name: str, text: str, told: set[str]
) -> None:
    reading = read_post(tmp_path, text, name=name)
    assert rules(reading) & {"date-missing", "title-missing"} == told


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("content/길/index.md", "길"),
        ("content/a-b/_index.md", "a b"),
        ("content/_index.md", "블로그"),
    ],
)
def test_the_page_of_a_folder_without_a_title_has_its_name(
    tmp_path: Path, name: str, title: str
) -> None:
    site = {"hugo.toml": 'title = "블로그"\n'.encode()}
    assert read_post(tmp_path, "글\n", name=name, files=site).document.meta.title == title


@pytest.mark.parametrize("key", ["cover_image", "heroImage", "featured_image"])
def test_pictures_of_other_themes_are_teasers(tmp_path: Path, key: str) -> None:
    text = f"---\ntitle: a\n{key}: /없다.png\n---\n글\n"
    reading = read_post(tmp_path, text, name="_posts/2026-01-02-a.md", files=JEKYLL)
    assert "front-matter-key" not in rules(reading)
    assert "teaser-missing" in rules(reading)


def test_a_button_of_hugo_has_its_link(tmp_path: Path) -> None:
    files = {"hugo.toml": b'baseURL = "https://a.kr/"\n'}
    text = (
        '---\ntitle: a\ndate: 2026-01-02\n---\n{{< button label="가기" link="https://b.kr/" >}}\n'
    )
    reading = read_post(tmp_path, text, name="content/posts/a.md", files=files)
    assert '<a href="https://b.kr/">가기</a>' in reading.document.body


@pytest.mark.parametrize(
    ("settings", "name", "is_list"),
    [
        ("_config.yml", "_posts/2020-01-01-a.md", True),
        ("hugo.toml", "content/posts/a.md", True),
        ("astro.config.mjs", "src/content/blog/a.md", False),
        ("docusaurus.config.js", "docs/a.mdx", False),
    ],
)
def test_definitions_are_lists_where_the_generator_knows_them(
    tmp_path: Path, settings: str, name: str, is_list: bool
) -> None:
    text = "---\ntitle: a\ndate: 2020-01-01\n---\n첫 말\n둘째 말\n: 뜻\n"
    body = read_post(tmp_path, text, name=name, files={settings: b""}).document.body
    assert ("<dd>" in body) is is_list
    assert ("둘째 말 : 뜻" in " ".join(body.split())) is not is_list


@pytest.mark.parametrize(
    ("text", "is_list"), [("말\n: 뜻", True), ("말\n\n: 뜻", False), ("> 말\n>\n> : 뜻", False)]
)
def test_hexo_wants_the_term_right_above(tmp_path: Path, text: str, is_list: bool) -> None:
    settings = {"_config.yml": b"source_dir: source\n"}
    post = f"---\ntitle: a\ndate: 2020-01-01\n---\n{text}\n"
    body = read_post(tmp_path, post, name="source/_posts/a.md", files=settings).document.body
    assert ("<dl>" in body) is is_list
    assert (": 뜻" in body) is not is_list


@pytest.mark.parametrize(("more", "breaks"), [("", 1), ("marked: {breaks: false}\n", 0)])
def test_the_end_of_a_line_is_a_break_to_hexo(tmp_path: Path, more: str, breaks: int) -> None:
    text = "---\ntitle: a\ndate: 2020-01-01\n---\n한 줄\n두 줄\n"
    settings = {"_config.yml": f"source_dir: source\n{more}".encode()}
    body = read_post(tmp_path, text, name="source/_posts/a.md", files=settings).document.body
    assert body.count("<br") == breaks
