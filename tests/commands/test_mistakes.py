"""What people type and write by mistake, and what they are told instead of a wrong build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hanpan.plan.options import Options
from hanpan.plan.posts import Plan, make_plan
from hanpan.plan.sites import Sites
from hanpan.problems import UsageError
from hanpan.site import load_site
from tests.support.blog import make_blog
from tests.support.command import hanpan
from tests.support.reading import read_post

POST = "---\ntitle: 글\n---\n\n글이다.\n"


def blog_of_jekyll(root: Path, config: str = "title: 블로그\nurl: https://blog.example\n") -> Path:
    """Write a Jekyll blog with a post, a draft, a page and a picture."""
    files = {
        "_config.yml": config,
        "_posts/2024-01-02-글.md": POST,
        "_drafts/초안.md": POST,
        "about.md": "---\ntitle: 소개\n---\n소개다.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "그림.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return root


def plan_of(*sources: Path | str, out: Path, **more: Any) -> Plan:
    return make_plan(Options(tuple(map(Path, sources)), out=out, **more), Sites(None), {})


def posts_of(plan: Plan) -> list[str]:
    return [post.file.relative for post in plan.posts]


def refusal(*sources: Path | str, out: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        plan_of(*sources, out=out)
    return caught.value


def test_the_root_of_a_site_means_its_posts(tmp_path: Path) -> None:
    blog = blog_of_jekyll(tmp_path / "blog")
    assert posts_of(plan_of(blog, out=tmp_path / "out")) == ["_posts/2024-01-02-글.md"]
    notes = tmp_path / "notes"  # nothing says which of its files are posts
    notes.mkdir()
    (notes / "a.md").write_text(POST, "utf-8")
    (notes / "site.toml").write_text('title = "글"\n', "utf-8")
    assert posts_of(plan_of(notes, out=tmp_path / "out")) == ["a.md"]


def test_what_was_built_is_never_taken_for_posts(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for name in ("a.md", "out/b/b.md", "older/b/b.md"):
        (notes / name).parent.mkdir(parents=True, exist_ok=True)
        (notes / name).write_text(POST, "utf-8")
    assert len(plan_of(notes, out=tmp_path / "x").posts) == 3
    for name in ("out", "older"):
        (notes / name / ".hanpan").mkdir()
        (notes / name / ".hanpan" / "state.db").touch()
    (notes / ".hanpan" / "remote").mkdir(parents=True)  # a site has one as well
    assert posts_of(plan_of(notes, out=tmp_path / "x")) == ["a.md"]
    error = refusal(notes / "out", out=tmp_path / "x")
    assert "what hanpan made" in error.problem.message and error.exit_code == 2


def test_drafts_that_are_named_are_built(tmp_path: Path) -> None:
    blog = blog_of_jekyll(tmp_path / "blog")
    assert posts_of(plan_of(blog / "_drafts", out=tmp_path / "out")) == ["_drafts/초안.md"]
    whole = plan_of(blog, out=tmp_path / "out")
    assert "a draft (--drafts builds it)" in [reason for _, reason in whole.skipped.values()]


def test_a_picture_is_no_post(tmp_path: Path) -> None:
    blog = blog_of_jekyll(tmp_path / "blog")
    error = refusal(blog / "그림.png", out=tmp_path / "out")
    assert error.problem.rule == "no-source" and "not a post" in error.problem.message
    for name, text in (("memo.rmd", POST), ("memo.txt", "글이다.\n")):  # with front matter; text
        (blog / name).write_text(text, "utf-8")
        assert posts_of(plan_of(blog / name, out=tmp_path / "out")) == [name]


@pytest.mark.parametrize(
    ("out", "words"),
    [
        (".", "the site's own folder"), ("_posts", "contains posts"), ("..", "contains posts"),
        ("_posts/2024", "a folder of posts"),
    ],
)  # fmt: skip
def test_out_is_a_folder_of_its_own(tmp_path: Path, out: str, words: str) -> None:
    blog = blog_of_jekyll(tmp_path / "blog")
    for source in ((), (".",), ("_posts",), ("_posts/2024-01-02-글.md",)):
        ran = hanpan("build", "-e", "html", *source, "--out", out, cwd=blog)
        assert ran.code == 2 and f"{words}" in ran.err and "[out]" in ran.err
        assert "--out" in ran.err
    assert not (blog / out / ".hanpan").exists()  # nothing has been written


def test_settings_of_the_generator_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    config = "title: 블로그\nurl: blog.example\n\ntimezone: KST\n"
    blog = blog_of_jekyll(tmp_path / "blog", config)
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.code == 0
    assert "_config.yml:2: warning: `blog.example` is not a web address [site-url]" in ran.err
    assert "_config.yml:4: warning: `KST` is not a valid time zone [site-timezone]" in ran.err
    assert hanpan("build", "-e", "html", "--strict", cwd=blog).code == 1
    # what site.toml says counts, so nothing is wrong
    own = 'url = "https://blog.example"\ntimezone = "Asia/Seoul"\n'
    (blog / "site.toml").write_text(own, "utf-8")
    assert load_site(blog).problems == ()
    (blog / "site.toml").write_text('[rules]\nsite-url = "off"\n', "utf-8")
    told = [p.rule for p in plan_of(blog, out=tmp_path / "out").problems]
    assert told == ["site-timezone"]


def test_a_broken_config_is_told_with_its_line(tmp_path: Path) -> None:
    blog = blog_of_jekyll(tmp_path / "blog", "title: 블로그\nurl: [https://blog.example\nx: y\n")
    (problem,) = load_site(blog).problems
    assert (problem.rule, problem.severity, problem.path) == (
        "site-syntax", "warning", "_config.yml"
    )  # fmt: skip
    assert problem.line in (2, 3)
    hugo = tmp_path / "hugo"
    (hugo / "content").mkdir(parents=True)
    (hugo / "hugo.toml").write_text('title = "글"\nbaseURL = "blog.example"\n', "utf-8")
    (problem,) = load_site(hugo).problems
    assert (problem.rule, problem.path, problem.line) == ("site-url", "hugo.toml", 2)
    (hugo / "hugo.toml").write_text('title = "글"\nbaseURL = blog\n', "utf-8")
    (problem,) = load_site(hugo).problems
    assert (problem.rule, problem.path, problem.line) == ("site-syntax", "hugo.toml", 2)


def test_folders_of_posts_that_do_not_exist_are_told_with_their_line(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    settings = (blog / "site.toml").read_text("utf-8").rstrip()
    (blog / "site.toml").write_text(f'{settings}\n[source]\nposts = ["글", "글들"]\n', "utf-8")
    line = settings.count("\n") + 3
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.code == 2
    assert f"site.toml:{line}: error: `[source] posts` names no folder that exists" in ran.err
    assert "`글`, `글들`" in ran.err


def test_all_errors_of_site_toml_are_told_at_once(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    text = """titel = "글"
lang = "ko"
timezone = "KST"
[pdf]
page = 4
[crosspost]
platforms = ["velgo"]
[crosspost.naver]
teaser = "none"
[rules]
alt-empty = "never"
[[book]]
title = "책"
"""
    (blog / "site.toml").write_text(text, "utf-8")
    ran = hanpan("build", cwd=blog)
    assert ran.code == 2
    for line, rule in (
        (1, "site-unknown-key"), (3, "site-timezone"), (5, "site-type"), (7, "crosspost-platform"),
        (9, "site-choice"), (11, "site-type"), (12, "book-setting"),
    ):  # fmt: skip
        assert any(
            row.startswith(f"site.toml:{line}: error: ") and row.endswith(f"[{rule}]")
            for row in ran.err.splitlines()
        ), (line, rule, ran.err)
    assert "did you mean `velog`?" in ran.err


def test_missing_quotes_are_called_that(tmp_path: Path) -> None:
    text = 'title = 한판 노트 # 이름\nauthor = "나"\nlang = ko\nurl = "blog.example"\n'
    (tmp_path / "site.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        load_site(tmp_path)
    problems = (caught.value.problem, *caught.value.others)
    assert [(p.line, p.rule) for p in problems] == [
        (1, "site-syntax"), (3, "site-syntax"), (4, "site-url"),
    ]  # fmt: skip
    assert problems[0].message == "`title` lacks quotes around its value"
    assert problems[0].remedy == 'Write it as `title = "한판 노트"`.'
    (tmp_path / "site.toml").write_text("title = [\n", "utf-8")  # nothing to guess
    with pytest.raises(UsageError) as caught:
        load_site(tmp_path)
    assert "quotes" not in caught.value.problem.message


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["biuld"], "Did you mean `build`?"),
        (["posts"], "Did you mean `build posts`?"),
        (["build", "--editoin", "html"], "Did you mean `--edition`?"),
        (["build", "--out=x", "--ofline"], "Did you mean `--offline`?"),
        (["build", "post"], "Did you mean `posts`?"),
        (["build", "posts/2026-03-01-글1.md"], "Did you mean `posts/2026-03-01-글-1.md`?"),
        (["publish", "posts", "velog"], "Did you mean `hanpan publish velog posts`?"),
        (["show", "posts/2026-03-01-글-1.md", "body"],
         "Did you mean `hanpan show body posts/2026-03-01-글-1.md`?"),
        (["publish", "velgo", "posts"], "did you mean `velog`?"),
    ],
)  # fmt: skip
def test_slips_on_the_command_line(tmp_path: Path, arguments: list[str], remedy: str) -> None:
    ran = hanpan(*arguments, cwd=make_blog(tmp_path, posts=1))
    assert ran.code == 2 and remedy in ran.err.replace("'", ""), ran.err


def test_what_is_meant_by_no_command_is_not_guessed(tmp_path: Path) -> None:
    ran = hanpan("zzzzzz", cwd=tmp_path)
    assert ran.code == 2 and "id you mean" not in ran.err


@pytest.mark.parametrize(
    ("front", "line", "meant"),
    [
        ("header:\n  teasr: /a.png\n", 4, "teaser"),
        ("header:\n  overlay_imge: /a.png\n", 4, "overlay_image"),
        ("image:\n  paht: /a.png\n", 4, "path"),
        ("header:\nteaser: /a.png\n", 4, "header.teaser"),
    ],
)
def test_keys_below_header(tmp_path: Path, front: str, line: int, meant: str) -> None:
    reading = read_post(tmp_path, f"---\ntitle: 글\n{front}---\n글\n", files={"a.png": b"x"})
    (problem,) = [p for p in reading.problems if p.rule == "front-matter-key"]
    assert problem.line == line and f"`{meant}`" in problem.remedy


@pytest.mark.parametrize(
    "front",
    ["header:\n  teaser: /a.png\n  my_own: 1\n", "teaser: /a.png\n", "header:\ntags: [a]\n"],
)
def test_keys_below_header_that_are_right(tmp_path: Path, front: str) -> None:
    reading = read_post(tmp_path, f"---\ntitle: 글\n{front}---\n글\n", files={"a.png": b"x"})
    assert "front-matter-key" not in {p.rule for p in reading.problems}


def test_the_last_line_says_what_to_open(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=2)
    last = hanpan("build", "-e", "html", cwd=blog).out.splitlines()[-1]
    assert last.endswith("-> out/index.html") and (blog / "out/index.html").is_file()
    post = "posts/2026-03-01-글-1.md"
    last = hanpan("build", "-e", "html", post, "--out", "other", cwd=blog).out.splitlines()[-1]
    assert last.endswith("-> other/글-1/글-1.html")
