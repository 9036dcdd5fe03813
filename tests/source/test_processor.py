"""What `markdown:`, `kramdown:` and `commonmark:` of a `_config.yml` change in a post."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan.document import Document
from hanpan.source.processor import MarkdownSettings, markdown_settings
from hanpan.yaml_text import load
from tests.support.reading import read_post


def read(folder: Path, body: str, config: str) -> Document:
    files = {"_config.yml": f"{config}\n".encode()}
    text = f"---\ntitle: 글\n---\n{body}\n"
    return read_post(folder, text, name="_posts/2026-01-01-a.md", files=files).document


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ("", {}),
        ("kramdown: {hard_wrap: true}", {"hard_wrap": True}),
        ("kramdown: {hard_wrap: false, auto_ids: true, footnote_nr: 1, toc_levels: 1..6}", {}),
        ("kramdown: {toc_levels: 2..3}", {"contents": (2, 3)}),
        ("kramdown: {toc_levels: '2,4'}", {"contents": (2, 4)}),
        ("kramdown: {toc_levels: [1, 2]}", {"contents": (1, 2)}),
        ("kramdown: {toc_levels: x}", {}),
        ("kramdown: {footnote_nr: 5}", {"first_note": 5}),
        ("kramdown: {footnote_nr: five}", {}),
        ("kramdown: {auto_id_prefix: h-}", {"id_prefix": "h-"}),
        ("kramdown: {auto_id_prefix: 'a b'}", {}),
        ("kramdown: {smart_quotes: [apos, apos, quot, quot]}", {"quotes": ("'", "'", '"', '"')}),
        ("kramdown: {smart_quotes: 'lsquo,rsquo,ldquo,rdquo'}", {"quotes": ("‘", "’", "“", "”")}),
        ("kramdown: {smart_quotes: 'lsquo, rsquo, 171, 187'}", {"quotes": ("‘", "’", "«", "»")}),
        ("kramdown: {smart_quotes: 'a,b'}", {}),
        ("kramdown: {syntax_highlighter_opts: {block: {line_numbers: true}}}", {"first_line": 1}),
        ("kramdown: {syntax_highlighter_opts: {span: {line_numbers: true}}}", {}),
        ("kramdown: {syntax_highlighter_opts: {line_numbers: table, line_number_start: 5}}",
         {"first_line": 5}),
        ("kramdown: {syntax_highlighter_opts: {block: {line_numbers: false}}}", {}),
        ("kramdown: [a]", {}),
        ("markdown: CommonMark\ncommonmark: {options: [HARDBREAKS, UNSAFE]}", {"hard_wrap": True}),
        ("markdown: CommonMarkGhpages\nkramdown: {hard_wrap: true}", {}),
    ],
)  # fmt: skip
def test_what_the_settings_say(config: str, found: dict[str, object]) -> None:
    settings = load(config) or {}
    assert isinstance(settings, dict)
    assert markdown_settings(settings) == MarkdownSettings(**found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("config", "breaks"),
    [
        ("title: a", 0),
        ("kramdown: {hard_wrap: true}", 4),
        ("markdown: CommonMarkGhPages\ncommonmark: {options: [HARDBREAKS]}", 4),
        ("markdown: CommonMark\ncommonmark: {options: []}", 0),
    ],
)
def test_ends_of_lines_are_breaks_where_the_site_says_so(
    tmp_path: Path, config: str, breaks: int
) -> None:
    text = "하나\n둘\n셋\n\n- 넷\n  다섯\n\n> 여섯\n> 일곱\n\n"
    body = f"{text}```\na\nb\n```\n\n| a | b |\n|---|---|\n| c | d |\n"
    document = read(tmp_path, body, config)
    assert document.body.count("<br") == breaks
    assert "a\nb" in document.body


@pytest.mark.parametrize(
    ("config", "shown"),
    [
        ("title: a", "“안녕”과 ‘작은’ it’s"),
        ("kramdown: {smart_quotes: [apos, apos, quot, quot]}", "\"안녕\"과 '작은' it's"),
        ("kramdown: {smart_quotes: 'apos,apos,ldquo,rdquo'}", "“안녕”과 '작은' it's"),
        ("kramdown: {smart_quotes: 'lsquo,rsquo,laquo,raquo'}", "«안녕»과 ‘작은’ it’s"),
    ],
)
def test_quotes_are_those_of_the_site(tmp_path: Path, config: str, shown: str) -> None:
    body = read(tmp_path, "\"안녕\"과 '작은' it's", config).body
    assert re.sub("<[^>]*>", "", body.replace("&quot;", '"')) == shown


def test_ids_of_headings_have_the_site_s_prefix(tmp_path: Path) -> None:
    body = "## 첫 제목\n\n## 첫 제목\n\n## 셋 {#own}\n\n## 🚀\n\n[가](#h-첫-제목)"
    reading = read(tmp_path, body, "kramdown: {auto_id_prefix: h-}")
    assert [heading.id for heading in reading.headings][:3] == ["h-첫-제목", "h-첫-제목-1", "own"]
    assert 'href="#h-첫-제목"' in reading.body


def test_lists_of_contents_have_the_site_s_levels(tmp_path: Path) -> None:
    body = "# 하나\n\n## 둘\n\n### 셋\n\n#### 넷"
    document = read(tmp_path, body, "kramdown: {toc_levels: 2..3}")
    assert [heading.text for heading in document.headings] == ["둘", "셋"]
    assert "넷</h4>" in document.body


def test_footnotes_begin_with_the_site_s_number(tmp_path: Path) -> None:
    body = "가[^a] 나[^b] 다[^a]\n\n[^a]: 하나\n[^b]: 둘"
    document = read(tmp_path, body, "kramdown: {footnote_nr: 5}")
    assert re.findall(r"<sup[^>]*><a[^>]*>(\d+)</a>", document.body) == ["5", "6", "5"]
    assert '<ol start="5">' in document.body


@pytest.mark.parametrize(
    ("fence", "numbers"),
    [
        ("```js\na\n```", "3"),
        ("```\na\n```", None),
        ("```console\na\n```", None),
        ("```js\na\n```\n{: .nolineno }", None),
        ("```js linenos startFrom=9\na\n```", "9"),
        ("{% highlight js %}\na\n{% endhighlight %}", "3"),
    ],
)
def test_lines_of_code_have_numbers_where_the_site_says_so(
    tmp_path: Path, fence: str, numbers: str | None
) -> None:
    options = "{block: {line_numbers: true, start_line: 3}}"
    config = f"kramdown: {{syntax_highlighter: rouge, syntax_highlighter_opts: {options}}}"
    match = re.search(r'<pre[^>]*data-numbers="(\d+)"', read(tmp_path, fence, config).body)
    assert (match[1] if match else None) == numbers
