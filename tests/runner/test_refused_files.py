"""Files that are not what they seem: none is read or waited for, and each is reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hanpan.files import Files, NoNetwork
from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.problems import UsageError
from hanpan.roots import RefusedFile
from hanpan.site import load_site
from tests.support.blog import POST, add_post, make_blog, tree_of
from tests.support.command import built, hanpan

SECRET = "canary-of-a-file"
TOKEN = "canary-of-the-environment"
NAMING = """---
title: 이름을 부르는 글
---

{% include own.html %} {{ site.data.own }} {{ site.data.folder.own }}

![그림](/assets/own.svg) ![관](/assets/pipe.png)
"""


def lay_secrets(folder: Path) -> Path:
    """Write a file that no post may show, under each name that something is looked for by."""
    folder.mkdir()
    for name in ("own.html", "own.yml", "own.svg", "own.md", "own.toml", "screen.css"):
        (folder / name).write_text(f"{SECRET}: {SECRET}")
    return folder


def test_what_a_post_names_is_not_read_where_a_link_leads_out(tmp_path: Path) -> None:
    secrets = lay_secrets(tmp_path / "secrets")
    blog = make_blog(tmp_path / "blog", posts=1)
    add_post(blog, "2026-03-02-naming.md", NAMING)
    (blog / "_includes").symlink_to(secrets)
    (blog / "_data").mkdir()
    (blog / "_data" / "own.yml").symlink_to(secrets / "own.yml")
    (blog / "_data" / "folder").symlink_to(secrets)
    (blog / "assets").mkdir()
    (blog / "assets" / "own.svg").symlink_to(secrets / "own.svg")
    os.mkfifo(blog / "assets" / "pipe.png")
    os.mkfifo(blog / "posts" / "2026-03-03-pipe.md")
    (blog / "posts" / "2026-03-04-zero.md").symlink_to("/dev/zero")
    (blog / "posts" / "2026-03-05-loop.md").symlink_to("2026-03-05-loop.md")
    (blog / "posts" / "2026-03-06-environ.md").symlink_to("/proc/self/environ")
    os.truncate(add_post(blog, "2026-03-07-holes.md", ""), 10**12)
    ran = hanpan("build", "-e", "html", "--offline", cwd=blog, env={"CANARY": TOKEN}, timeout=120)
    assert ran.code == 1
    for path, reason in {
        "_includes": "outside the site",
        "_data/own.yml": "outside the site",
        "_data/folder": "outside the site",
        "assets/own.svg": "outside the site",
        "assets/pipe.png": "a named pipe",
        "posts/2026-03-03-pipe.md": "a named pipe",
        "posts/2026-03-04-zero.md": "outside the site",
        "posts/2026-03-05-loop.md": "leads nowhere",
        "posts/2026-03-06-environ.md": "outside the site",
        "posts/2026-03-07-holes.md": "1,000,000,000,000 bytes",
    }.items():
        (line,) = [line for line in ran.err.splitlines() if line.startswith(f"{path}: ")]
        assert reason in line
    written = tree_of(blog / "out")
    assert {"글-1/글-1.html", "naming/naming.html"} <= written.keys()
    for canary in (SECRET, TOKEN):
        assert canary not in ran.err + ran.out
        assert not [path for path, data in written.items() if canary.encode() in data]


def test_a_post_that_names_one_that_cannot_be_read_is_built(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    os.mkfifo(blog / "posts" / "2026-03-01-pipe.md")
    (blog / "posts" / "2026-03-02-none.md").symlink_to("nowhere.md")
    naming = "".join(
        f"[글]({name}.md) {{% post_url {name} %}} {{% post_link {name[11:]} %}}\n\n"
        for name in ("2026-03-01-pipe", "2026-03-02-none")
    )
    text = (
        f"---\ntitle: 글\n---\n{naming}{{% for p in site.posts %}}{{{{ p.title }}}}{{% endfor %}}"
    )
    post = add_post(blog, "2026-03-03-naming.md", text)
    ran = hanpan("build", "-e", "html", "--offline", post, cwd=blog, timeout=60)
    assert ran.code == 0 and (blog / "out" / "naming" / "naming.html").is_file()
    assert "posts/2026-03-01-pipe.md: warning: it is a named pipe" in ran.err
    assert "the post `2026-03-02-none` does not exist" in ran.err


def lay_layout(blog: Path, secrets: Path, kind: str) -> None:
    """Put something else in the place of layouts/styles/screen.css, or of a folder above it."""
    styles = blog / "layouts" / "styles"
    match kind:
        case "folder":
            styles.parent.mkdir()
            styles.symlink_to(secrets)
        case "layouts":
            (blog / "layouts").symlink_to(secrets.parent / "others")
            (secrets.parent / "others" / "styles").mkdir(parents=True)
            (secrets.parent / "others" / "styles" / "screen.css").write_text(SECRET)
        case _:
            styles.mkdir(parents=True)
            link = styles / "screen.css"
            goals = {"file": str(secrets / "screen.css"), "environ": "/proc/self/environ"}
            os.mkfifo(link) if kind == "pipe" else link.symlink_to(goals[kind])


@pytest.mark.parametrize("kind", ["file", "folder", "layouts", "environ", "pipe"])
def test_a_layout_from_elsewhere_is_an_error_and_not_ours_instead(
    tmp_path: Path, kind: str
) -> None:
    blog = make_blog(tmp_path / "blog", posts=0)
    lay_layout(blog, lay_secrets(tmp_path / "secrets"), kind)
    for read in (Files.layout, Files.layout_path):
        with pytest.raises(RefusedFile) as caught:
            read(Files(load_site(blog), NoNetwork()), "styles/screen.css")
        assert caught.value.problem.path.startswith("layouts")


def test_a_build_with_such_a_layout_says_so_and_ends(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    lay_layout(blog, lay_secrets(tmp_path / "secrets"), "environ")
    ran = hanpan("build", "-e", "html", "--offline", cwd=blog, env={"CANARY": TOKEN})
    assert ran.code == 1 and "layouts/styles/screen.css: error: it is outside the site" in ran.err
    assert "cannot be written" not in ran.err and TOKEN not in "".join(map(str, tree_of(blog)))
    (blog / "layouts" / "styles" / "screen.css").unlink()
    built(blog, "-e", "html", "--offline")


def test_a_layout_may_be_a_link_to_one_of_ours_or_within_the_site(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    ours = Files(load_site(blog), NoNetwork()).layout_path("styles/tokens.css")
    (blog / "layouts" / "styles").mkdir(parents=True)
    (blog / "layouts" / "styles" / "screen.css").symlink_to(ours)
    (blog / "own.css").write_text("a{}")
    (blog / "layouts" / "styles" / "book.css").symlink_to("../../own.css")
    files = Files(load_site(blog), NoNetwork())
    assert files.layout("styles/screen.css") == ours.read_bytes()
    assert files.layout("styles/book.css") == b"a{}"


@pytest.mark.parametrize("name", ["site.toml", "_config.yml"])
@pytest.mark.parametrize("kind", ["link", "pipe", "huge"])
def test_settings_from_elsewhere_end_the_command(tmp_path: Path, name: str, kind: str) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    (blog / "site.toml").unlink()
    secrets = lay_secrets(tmp_path / "secrets")
    if kind == "link":
        (blog / name).symlink_to(secrets / "own.yml")
    elif kind == "pipe":
        os.mkfifo(blog / name)
    else:
        (blog / name).write_bytes(b"#" * 1_000_001)
    with pytest.raises(UsageError) as caught:
        Sites(None).at(blog)
    problem = caught.value.problem
    assert problem.rule == "file-unreadable" and os.path.basename(problem.path) == name
    assert SECRET not in problem.message and problem.remedy


def planned(*sources: Path, out: Path) -> dict[str, Path]:
    """Return the posts that are planned for sources: their paths in their sites, and the sites."""
    plan = make_plan(Options(sources, out=out), Sites(None), {})
    return {post.file.relative: post.file.root for post in plan.posts}


def test_links_of_honest_people_lead_where_they_always_did(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    (name,) = [path.name for path in (blog / "posts").iterdir()]
    (tmp_path / "to the blog").symlink_to("blog")
    (tmp_path / "to posts").symlink_to("blog/posts")
    (tmp_path / "to a post.md").symlink_to(blog / "posts" / name)
    for source in ("blog", "to the blog", "to posts", "to a post.md", "to the blog/posts"):
        assert planned(tmp_path / source, out=tmp_path / "out") == {f"posts/{name}": blog}
    (blog / "posts").rename(blog / "content")
    (blog / "posts").symlink_to("content")
    assert planned(blog / "posts", out=tmp_path / "out") == {f"content/{name}": blog}
    assert hanpan("check", cwd=tmp_path / "to the blog").code == 0


@pytest.mark.parametrize("named", ["posts/sub", "posts/sub/own.md", "posts/own.md", "posts"])
def test_a_source_that_leaves_its_site_by_a_link_is_refused(
    tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = make_blog(tmp_path / "blog", posts=0)
    secrets = lay_secrets(tmp_path / "secrets")
    make_blog(secrets, posts=0)  # and is a site, too
    if named == "posts":
        (blog / "posts").rmdir()
        (blog / "posts").symlink_to(secrets)
    (blog / "posts" / "sub").symlink_to(secrets)
    (secrets / "posts" / "own.md").write_text(POST.format(title=SECRET))
    if named == "posts/own.md":
        (blog / "posts" / "own.md").symlink_to(secrets / "own.md")
    monkeypatch.chdir(blog)
    ran = hanpan("check", named, cwd=blog)
    assert f"{named}: error" in ran.err and "outside the site" in ran.err
    assert ran.code == (1 if named.endswith(".md") else 2)


def test_posts_in_a_folder_that_settings_name_are_below_the_site(tmp_path: Path) -> None:
    lay_secrets(tmp_path / "secrets")
    blog = make_blog(tmp_path / "blog", posts=0, settings='[source]\nposts = ["../secrets"]\n')
    ran = hanpan("check", cwd=blog)
    assert ran.code == 2 and "../secrets: error: the folder is outside the site" in ran.err
