"""A folder without posts where another generator's site is: what the author is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import hanpan


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\ntitle: 글\ndate: 2026-01-01\n---\n\n글이다.\n", "utf-8")


@pytest.mark.parametrize(
    ("names", "kind", "folder"),
    [
        (("archetypes/default.md", "content/posts/a.md"), "a Hugo site", "content/posts"),
        (("astro.config.mjs", "src/content/blog/a.mdx"), "an Astro site", "src/content/blog"),
        (("gatsby-config.js", "content/blog/a/index.md"), "a Gatsby site", "content/blog"),
        (("next.config.ts", "내 글/a.mdx", "README.md"), "a Next.js site", "'내 글'"),
        (("docusaurus.config.ts", "docs/a.md"), "a Docusaurus site", "docs"),
        ((".obsidian/app.json", "a.md", "x/b.md"), "an Obsidian vault", "."),
    ],
)
def test_the_command_that_works_is_named(
    tmp_path: Path, names: tuple[str, ...], kind: str, folder: str
) -> None:
    make(tmp_path, *names)
    ran = hanpan("build", "-e", "html", cwd=tmp_path)
    assert ran.code == 2
    assert f"no posts found: this is {kind}, which has " in ran.err
    assert f"Run `hanpan build {folder}`" in ran.err
    ran = hanpan("build", "-e", "html", folder.strip("'"), cwd=tmp_path)
    assert ran.code == 0 and "post; " in ran.out.replace("posts", "post")
    assert not ran.out.startswith("0 ")


def test_a_site_without_posts_and_a_folder_that_is_no_site_are_as_before(tmp_path: Path) -> None:
    make(tmp_path, "hugo.toml", "README.md")
    ran = hanpan("build", "-e", "html", cwd=tmp_path)
    assert ran.code == 2 and "[no-posts]" in ran.err
    make(tmp_path, "posts/a.md", "content/posts/b.md")
    ran = hanpan("build", "-e", "html", cwd=tmp_path)
    assert ran.code == 0 and ran.out.startswith("1 post;")
