"""Notes of others: Obsidian's vaults, and what Notion and velog export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.site import OBSIDIAN, find_root, load_site
from hanpan.source.slugs import slug_of
from tests.support.command import hanpan
from tests.support.reading import read_post

ID = "0123456789abcdef0123456789abcdef"
NOTION = f"모음 {ID}/둘째 글 {ID[::-1]}.md"
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_a_page_of_notion_has_its_title_and_its_properties(tmp_path: Path) -> None:
    text = """# 둘째 **글**

생성일: 2023년 1월 5일 오후 3:04
Last edited time: January 6, 2023 9:05 AM
태그: 한글, 조판
Status: Done
게시: No

본문이다.

날짜: 오늘

![](둘째%20글%20dot/a.svg)
"""
    folder = f"모음 {ID}"
    reading = read_post(tmp_path, text, name=NOTION, files={f"{folder}/둘째 글 dot/a.svg": DOT})
    meta = reading.document.meta
    assert (meta.title, meta.tags) == ("둘째 글", ("한글", "조판"))
    assert (meta.date[:16], meta.modified[:16]) == ("2023-01-05T15:04", "2023-01-06T09:05")
    body = " ".join(reading.document.body.split())
    assert body.startswith("<p>본문이다.</p> <p>날짜: 오늘</p>") and "Done" not in body
    assert {p.rule for p in reading.problems} <= {"alt-empty"}
    assert slug_of(NOTION) == "둘째-글"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Date: @March 4, 2024", "2024-03-04"),
        ("Created: Mar 4, 2024 12:30 AM", "2024-03-04T00:30"),
        ("날짜: 2024년 3월 4일 (월) 오전 12:30", "2024-03-04T00:30"),
        ("발행일: 2024/03/04 15:30", "2024-03-04T15:30"),
        ("Date: 2024-3-4", "2024-03-04"),
    ],
)
def test_dates_of_notion(tmp_path: Path, line: str, date: str) -> None:
    reading = read_post(tmp_path, f"# 글\n\n{line}\n\n글이다.\n", name=NOTION)
    assert reading.document.meta.date.startswith(date)
    assert "date" not in {problem.rule for problem in reading.problems}


def test_what_is_no_list_of_properties_stays(tmp_path: Path) -> None:
    text = "# 글\n\n날짜: 오늘\n이어지는 글이다.\n\n날짜: 2020-01-01\n"
    document = read_post(tmp_path, text, name=NOTION).document
    assert "날짜: 오늘" in document.body and "2020-01-01" in document.body
    document = read_post(tmp_path, text, name="posts/글.md").document
    assert document.meta.title == "글" and "날짜: 오늘" in document.body


def test_pages_link_to_each_other(tmp_path: Path) -> None:
    other = f"셋째 {ID}.md"
    text = f"# 글\n\n[셋째](%EC%85%8B%EC%A7%B8%20{ID}.md)\n"
    reading = read_post(
        tmp_path,
        text,
        name=f"둘째 {ID}.md",
        site='url = "https://blog.example"',
        files={other: "# 셋째\n\n글\n".encode()},
    )
    assert 'href="https://blog.example/%EC%85%8B%EC%A7%B8/"' in reading.document.body


def vault(folder: Path) -> Path:
    files = {
        ".obsidian/app.json": "{}",
        ".obsidian/templates.json": json.dumps({"folder": "틀"}),
        "노트/하나.md": "{{ x }} {% y %} [[둘]] ![[dot.svg]]\n\n%%비밀%%\n",
        "둘.md": "---\ntags: [한글]\n---\n글\n",
        "틀/하루.md": "# {{title}}\n",
        "그림.excalidraw.md": "글\n",
        "첨부/dot.svg": DOT.decode(),
        ".trash/셋.md": "글\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_vault_is_a_folder_of_notes(tmp_path: Path) -> None:
    vault(tmp_path)
    assert find_root(tmp_path / "노트") == tmp_path
    assert load_site(tmp_path).generator == OBSIDIAN
    plan = make_plan(Options(sources=(tmp_path,), out=tmp_path / "out"), Sites(None), {})
    assert {post.slug for post in plan.posts} == {"하나", "둘"}
    assert sorted(file.path.name for file, _ in plan.skipped.values()) == [
        "그림.excalidraw.md", "하루.md",
    ]  # fmt: skip
    ran = hanpan("build", "-e", "html", ".", cwd=tmp_path)
    assert ran.code == 0 and "-missing" not in ran.err and "liquid" not in ran.err
    page = (tmp_path / "out/하나/하나.html").read_text("utf-8")
    assert "<title>하나</title>" in page and "{{ x }} {% y %}" in page and "비밀" not in page


def test_a_vault_in_a_blog_is_the_blog_s(tmp_path: Path) -> None:
    vault(tmp_path / "_posts")
    (tmp_path / "_config.yml").write_text("title: 글\n", "utf-8")
    assert find_root(tmp_path / "_posts" / "노트") == tmp_path


def test_a_backup_of_velog(tmp_path: Path) -> None:
    text = """---
title: "글: 하나"
description: "설명"
date: 2021-05-06T07:08:09.123Z
tags: ["한글","조판"]
---
![](/images/0a-1b/image.svg)
"""
    files = {"images/0a-1b/image.svg": DOT}
    reading = read_post(tmp_path, text, name="content/글-하나.md", files=files)
    meta = reading.document.meta
    assert (meta.title, meta.tags, meta.excerpt) == ("글: 하나", ("한글", "조판"), "설명")
    assert meta.date.startswith("2021-05-06") and reading.document.assets
