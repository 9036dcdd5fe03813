"""The plan: which posts are built, under which slug, and which are left out and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.plan.names import KnownPost
from hanpan.plan.options import Options
from hanpan.plan.posts import Plan, make_plan
from hanpan.plan.sites import Sites
from tests.support.blog import POST, add_post, make_blog


def plan_of(blog: Path, known: dict[str, KnownPost] | None = None, *, drafts: bool = False) -> Plan:
    options = Options(sources=(blog,), out=blog / "out", drafts=drafts)
    return make_plan(options, Sites(None), known or {})


def test_drafts_and_unpublished_posts_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    add_post(blog, "2026-04-01-hidden.md", "---\ntitle: 숨김\npublished: false\n---\n\n글\n")
    add_post(blog, "2026-04-02-word.md", "---\ntitle: 낱말\n---\n\npublished: false 라는 말\n")
    (blog / "_drafts").mkdir()
    (blog / "_drafts" / "draft.md").write_text(POST.format(title="초안"), "utf-8")
    plan = plan_of(blog)
    assert [post.slug for post in plan.posts] == ["글-1", "word"]
    assert sorted(reason for _, reason in plan.skipped.values()) == [
        "a draft (--drafts builds it)",
        "published: false",
    ]
    assert {post.slug for post in plan_of(blog, drafts=True).posts} == {
        "글-1", "word", "hidden", "draft",
    }  # fmt: skip


JEKYLL = """
exclude: [_posts/old]
include: [_kept]
defaults:
  - {scope: {path: "_posts/private"}, values: {published: false}}
"""


@pytest.mark.usefixtures("calendar")
def test_a_jekyll_blog_is_built_as_jekyll_publishes_it(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(JEKYLL, "utf-8")
    head = "---\ntitle: 글\n{}---\n\n글이다.\n"
    files = {
        "a/2016-01-01-one.md": "",
        "2016-01-02-two.md": "published: true\n",
        "2099-01-01-came.md": "date: 2016-01-01\n",
        "_kept/2016-01-03-kept.md": "",
        "2016-01-04-later.md": "date: 2099-01-01\n",
        "2016-01-05-later-still.md": "date:\n  2099-01-01\n",
        "2016-01-06-hugo.md": "draft: true\n",
        "private/2016-01-07-private.md": "",
        "private/2016-01-08-public.md": "published: true\n",
        "old/2016-01-09-old.md": "",
        "__hidden/2016-01-01-one.md": "",
        "_2016-01-10-hidden.md": "",
        ".2016-01-11-hidden.md": "",
        "README.md": "",
        "no-date.md": "",
    }
    for name, line in files.items():
        path = tmp_path / "_posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head.format(line), "utf-8")
    plan = plan_of(tmp_path)
    assert {post.slug for post in plan.posts} == {"one", "two", "came", "kept", "public"}
    assert not plan.problems, "what is left out takes no name from others"
    reasons = {file.relative[7:]: reason for file, reason in plan.skipped.values()}
    words = {name: reason.partition(":")[0].partition(" ")[0] for name, reason in reasons.items()}
    assert words == {
        "2016-01-04-later.md": "its",
        "2016-01-05-later-still.md": "its",
        "2016-01-06-hugo.md": "draft",
        "private/2016-01-07-private.md": "published",
        "old/2016-01-09-old.md": "excluded",
        "__hidden/2016-01-01-one.md": "hidden",
        "_2016-01-10-hidden.md": "hidden",
        ".2016-01-11-hidden.md": "hidden",
        "README.md": "no",
        "no-date.md": "no",
    }  # fmt: skip
    assert reasons["private/2016-01-07-private.md"].endswith("in `defaults` of _config.yml")
    with_all = Options(sources=(tmp_path,), out=tmp_path / "out", drafts=True, future=True)
    taken = {post.slug for post in make_plan(with_all, Sites(None), {}).posts}
    assert taken >= {"later", "later-still", "hugo", "private"} and "old" not in taken
    every = tuple(
        file.path for file, _ in plan.skipped.values() if "__hidden" not in str(file.path)
    )
    named = make_plan(Options(sources=every, out=tmp_path / "out"), Sites(None), {})
    assert len(named.posts) == len(every) and not named.skipped
    (tmp_path / "_config.yml").write_text(f"{JEKYLL}future: true\n", "utf-8")
    assert {post.slug for post in plan_of(tmp_path).posts} >= {"later", "later-still"}
    (tmp_path / "site.toml").write_text("[source]\nfuture = false\nexclude = []\n", "utf-8")
    slugs = {post.slug for post in plan_of(tmp_path).posts}
    assert "old" in slugs and "later" not in slugs


def test_posts_are_found_in_any_folder_and_what_is_not_read_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_config.yml").write_text("title: 글\n", "utf-8")
    names = ("blog/_posts/2026-01-01-one.mkdn", "_posts/2026-01-02-two.textile", "a/_posts/x.md")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("---\ntitle: 글\n---\n\n글\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    plan = make_plan(Options(out=tmp_path / "out"), Sites(None), {})
    assert [post.slug for post in plan.posts] == ["one"]
    assert {file.relative: reason[:5] for file, reason in plan.skipped.values()} == {
        "_posts/2026-01-02-two.textile": ".text",
        "a/_posts/x.md": "no da",
    }


@pytest.mark.usefixtures("calendar")
def test_hexo_shows_posts_before_their_date_unless_it_is_told_not_to(tmp_path: Path) -> None:
    folder = tmp_path / "source" / "_posts"
    folder.mkdir(parents=True)
    (folder / "later.md").write_text("---\ntitle: 글\ndate: 2099-01-01\n---\n\n글\n", "utf-8")
    (tmp_path / "_config.yml").write_text("source_dir: source\n", "utf-8")
    assert [post.slug for post in plan_of(tmp_path).posts] == ["later"]
    (tmp_path / "_config.yml").write_text("source_dir: source\nfuture: false\n", "utf-8")
    assert not plan_of(tmp_path).posts


def test_a_post_built_earlier_keeps_others_from_its_slug_until_it_is_gone(tmp_path: Path) -> None:
    blog, other = make_blog(tmp_path / "a", posts=1), make_blog(tmp_path / "b", posts=1)
    earlier = other / "posts" / "2026-03-01-글-1.md"
    known = {
        "../../b/posts/2026-03-01-글-1.md": KnownPost(
            "../../b/posts/2026-03-01-글-1.md", "../../b", "글-1"
        )
    }
    (post,) = plan_of(blog, known).posts
    assert post.slug != "글-1"
    earlier.unlink()
    (post,) = plan_of(blog, known).posts
    assert post.slug == "글-1"


def test_a_longer_slug_is_reported_with_the_posts_that_have_the_name(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    for date in ("2026-01-01", "2026-02-02", "2026-03-03"):
        add_post(blog, f"{date}-go.md", POST.format(title=date))
    plan = plan_of(blog)
    assert [post.slug for post in plan.posts] == ["go", "2026-02-02-go", "2026-03-03-go"]
    assert {problem.rule for problem in plan.problems} == {"slug-duplicate"}
    first, _ = plan.problems
    assert "2026-01-01-go.md" in first.message and "2026-03-03-go.md" in first.message
    assert "have the same name, so this post is built as `2026-02-02-go`" in first.message


def test_a_slug_stays_when_other_posts_of_its_name_come(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "go.md", "---\ndate: 2026-02-02\n---\n\n글\n")
    assert [post.slug for post in plan_of(blog).posts] == ["go"]
    known = plan_of(blog).known
    (blog / "posts" / "old").mkdir()
    add_post(blog, "old/go.md", "---\ndate: 2016-02-02\n---\n\n글\n")
    assert [post.slug for post in plan_of(blog, known).posts] == ["go", "old-go"]
    assert [post.slug for post in plan_of(blog).posts] == ["2026-02-02-go", "go"]


def test_a_post_without_a_name_is_an_error_and_the_other_is_built(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    for name in ("a b.md", "a-b.md"):
        add_post(blog, name, "글\n")
    plan = plan_of(blog)
    assert [post.slug for post in plan.posts] == ["a-b"]
    (problem,) = plan.problems
    assert problem.rule == "slug-clash"
    assert "a b.md" in problem.message and "a-b.md" in problem.message


@pytest.mark.usefixtures("calendar")
def test_settings_of_jekyll_show_what_is_left_out_else(tmp_path: Path) -> None:
    files = {
        "_drafts/draft.md": "",
        "_posts/2016-01-01-hidden.md": "published: false\n",
        "_talks/later.md": "date: 2099-01-01\n",
        "_posts/2099-01-01-later-post.md": "",
    }
    for name, front in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"---\ntitle: 글\n{front}---\n\n글\n", "utf-8")
    config = tmp_path / "_config.yml"
    config.write_text("collections: {talks: {output: true}}\n", "utf-8")
    assert plan_of(tmp_path).posts == []
    config.write_text(
        "show_drafts: true\nunpublished: true\n"
        "collections: {talks: {output: true, future: true}}\n",
        "utf-8",
    )
    assert {post.slug for post in plan_of(tmp_path).posts} == {"draft", "hidden", "later"}


@pytest.mark.usefixtures("calendar")
def test_what_has_expired_is_left_out(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2016-01-01-gone.md", "---\nexpiryDate: 2017-01-01\n---\n\n글\n")
    add_post(blog, "2016-01-02-toml.md", "+++\nexpiryDate = 2017-01-01\n+++\n\n글\n")
    add_post(blog, "2016-01-03-still.md", "---\nexpiryDate: 2999-01-01\n---\n\n글\n")
    plan = plan_of(blog)
    assert [post.slug for post in plan.posts] == ["still"]
    assert {reason for _, reason in plan.skipped.values()} == {
        "it expired on 2017-01-01 (--future builds it)"
    }


def test_pages_of_a_section_that_hugo_does_not_show_are_left_out(tmp_path: Path) -> None:
    """As Hugo 0.111 does: the pages of a draft's section are not built."""
    files = {
        "hugo.toml": "",
        "content/posts/_index.md": "---\ntitle: 글\n---\n모음\n",
        "content/posts/a.md": "---\ntitle: 가\n---\n글\n",
        "content/algorithm/_index.md": "---\ntitle: 숨김\ndraft: true\n---\n모음\n",
        "content/algorithm/b.md": "---\ntitle: 나\n---\n글\n",
        "content/algorithm/deep/c/index.md": "---\ntitle: 다\n---\n글\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    plan = plan_of(tmp_path)
    assert {post.file.path.name for post in plan.posts} == {"_index.md", "a.md"}
    section = "the section content/algorithm is left out: draft: true"
    reasons = sorted(reason for _, reason in plan.skipped.values())
    assert reasons == ["draft: true", section, section]
    assert len(plan_of(tmp_path, drafts=True).posts) == 5


@pytest.mark.parametrize(
    ("setting", "posts"), [("true", {"a.md"}), ("false", {"a.md", "demo.html"})]
)
def test_html_in_a_folder_of_assets_is_no_post(
    tmp_path: Path, setting: str, posts: set[str]
) -> None:
    """Hexo's processor/post: with `post_asset_folder`, posts end as `new_post_name` does."""
    files = {
        "_config.yml": f"source_dir: source\npost_asset_folder: {setting}\n",
        "source/_posts/a.md": "---\ntitle: 가\ndate: 2026-01-02\n---\n글\n",
        "source/_posts/a/demo.html": "---\ntitle: 보기\ndate: 2026-01-02\n---\n<p>글</p>\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert {post.file.path.name for post in plan_of(tmp_path).posts} == posts
