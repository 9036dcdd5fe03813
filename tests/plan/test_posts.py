"""The plan: which posts are built, under which slug, and which are left out and why."""

from __future__ import annotations

from pathlib import Path

from hanpan.plan.options import Options
from hanpan.plan.posts import KnownPost, Plan, make_plan
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


def test_a_longer_slug_is_reported_with_the_posts_that_cause_it(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    for date in ("2026-01-01", "2026-02-02", "2026-03-03"):
        add_post(blog, f"{date}-go.md", POST.format(title=date))
    plan = plan_of(blog)
    assert [post.slug for post in plan.posts] == [
        "2026-01-01-go", "2026-02-02-go", "2026-03-03-go",
    ]  # fmt: skip
    assert {problem.rule for problem in plan.problems} == {"slug-duplicate"}
    (first, *_) = plan.problems
    assert "2026-02-02-go.md" in first.message and "2026-03-03-go.md" in first.message
    assert "have the same name, so this post is built as `2026-01-01-go`" in first.message
