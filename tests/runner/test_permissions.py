"""Files and folders that a user who is not root may not read or write, and names as odd as any."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import pytest

from tests.support.blog import add_post, make_blog
from tests.support.command import ROOT, Ran, built, hanpan
from tests.support.servers.image_host import PICTURE

UNPRIVILEGED = ROOT / "tests/support/unprivileged.py"
NAMING = (
    "---\ntitle: 글\n---\n\n{% include own.html %} {{ site.data.own }} ![그림](/assets/a.png)\n"
)


pytestmark = pytest.mark.skipif(
    os.geteuid() == 0 and sys.platform != "linux", reason="root may read and write everything"
)


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Path]:
    """Return a blog whose modes are set back in the end."""
    yield make_blog(tmp_path / "blog", posts=1)
    subprocess.run(["chmod", "-R", "u+rwX", tmp_path], check=True)


def by_modes(*arguments: str, blog: Path, modes: Mapping[str, int] = MappingProxyType({})) -> Ran:
    """Set modes, and run hanpan as a user to whom they apply: root goes without its rights."""
    for name, mode in modes.items():
        (blog / name).chmod(mode)
    ran = hanpan(*arguments, cwd=blog, first=UNPRIVILEGED)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_what_may_not_be_read_is_told_where_it_is_and_the_rest_is_built(blog: Path) -> None:
    add_post(blog, "2026-03-02-naming.md", NAMING)
    add_post(blog, "2026-03-03-closed.md", NAMING)
    closed = ("_includes/own.html", "_data/own.yml", "assets/a.png")
    for name in (*closed, "posts/sub/2026-03-04-sub.md"):
        (blog / name).parent.mkdir()
        (blog / name).write_text("a: 1\n")
    modes = dict.fromkeys((*closed, "posts/sub", "posts/2026-03-03-closed.md"), 0)
    ran = by_modes("build", "-e", "html", "--offline", blog=blog, modes=modes)
    assert ran.code == 1
    for line in (
        *(f"{name}: warning: permission denied [file-unreadable]" for name in closed),
        "posts/sub: warning: the folder cannot be read",
        "posts/2026-03-03-closed.md: error: the post cannot be read: permission denied",
    ):
        assert line in ran.err
    assert {path.name for path in (blog / "out").glob("*/*.html")} == {"글-1.html", "naming.html"}


def test_a_layout_that_may_not_be_read_is_an_error(blog: Path) -> None:
    layout = blog / "layouts" / "styles" / "screen.css"
    layout.parent.mkdir(parents=True)
    layout.write_text("a{}")
    ran = by_modes(
        "build", "-e", "html", "--offline", blog=blog, modes={"layouts/styles/screen.css": 0}
    )
    assert ran.code == 1
    assert "layouts/styles/screen.css: error: permission denied [file-unreadable]" in ran.err
    assert "out/index.html cannot be made: permission denied [index-page]" in ran.err


@pytest.mark.parametrize("name", ["site.toml", "_config.yml", "assets.lock"])
def test_settings_that_may_not_be_read_end_the_command(blog: Path, name: str) -> None:
    (blog / name).touch()
    ran = by_modes("check", blog=blog, modes={name: 0})
    assert ran.code in (1, 2) and f"{name}: error: permission denied" in ran.err


def test_an_out_folder_that_is_read_only_is_told_at_every_build(blog: Path) -> None:
    build = ("build", "-e", "html", "--offline")
    assert by_modes(*build, blog=blog).code == 0
    modes = {str(path.relative_to(blog)): 0o444 for path in (blog / "out").rglob("*.*")}
    modes |= {"out/.hanpan/lock": 0o444}
    folders = [path for path in (blog / "out").rglob("*") if path.is_dir()]
    modes |= {str(path.relative_to(blog)): 0o555 for path in folders} | {"out": 0o555}
    ran = by_modes(*build, blog=blog, modes=modes)
    assert ran.code == 2 and "cannot be written to: permission denied" in ran.err
    add_post(blog, "2026-03-02-new.md", NAMING)
    ran = by_modes(*build, blog=blog)
    assert ran.code == 2 and "cannot be written to: permission denied" in ran.err
    ran = by_modes("clean", blog=blog)
    assert ran.code == 1 and "cannot be cleaned" in ran.err


def test_a_post_out_of_reach_keeps_what_was_built_of_it(blog: Path) -> None:
    (blog / "far").mkdir()
    add_post(blog, "../far/2026-03-02-far.md", NAMING)
    assert by_modes("build", "-e", "html", "--offline", "posts", "far", blog=blog).code == 0
    assert (blog / "out" / "far" / "far.html").is_file()
    assert (
        by_modes("build", "-e", "html", "--offline", "posts", blog=blog, modes={"far": 0}).code == 0
    )
    assert (blog / "out" / "far" / "far.html").is_file()
    (blog / "far").chmod(0o755)
    (blog / "far" / "2026-03-02-far.md").unlink()
    assert by_modes("build", "-e", "html", "--offline", "posts", blog=blog).code == 0
    assert not (blog / "out" / "far").exists()


ODD = ["가" * 84, "new\nline", "\x1b[31mred", "a'b\"c<d>&e"]


def test_posts_and_pictures_may_have_any_name_that_a_disk_takes(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    (blog / "assets").mkdir()
    pictures = ["p" * 251, "new\nline", "\x1b]0;title\x07", 'a b"c']
    for name in pictures:
        (blog / "assets" / f"{name}.png").write_bytes(PICTURE)
    shown = "\n\n".join(f"![그림](</assets/{quote(name)}.png>)" for name in pictures)
    missing = f"![없다](/{'q' * 5_000}.png) [없다](/{'z' * 5_000}) [없다](/%00) ![없다](/%00.png)"
    text = f"---\ntitle: 글\ndate: 2026-03-01\n---\n\n{shown}\n\n{missing}\n"
    for name in ODD:
        add_post(blog, f"{name}.md", text)
    summary = built(blog, "-e", "html", "--offline")
    assert len(summary["posts"]) == len(ODD)
    for post in summary["posts"]:
        page = (blog / "out" / post["artifacts"]["html"]).read_text("utf-8")
        assert page.count('src="data:image/') == len(pictures)
    told = json.loads(hanpan("check", "--json", f"posts/{ODD[1]}.md", cwd=blog).out)
    assert {problem["path"] for problem in told} == {f"posts/{ODD[1]}.md"}
