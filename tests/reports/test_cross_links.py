"""Links between posts: told where no post lies at an address that looks like a post's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import Ran, hanpan

CONFIG = "title: 블로그\nurl: https://blog.example\nbaseurl: /b\npermalink: {permalink}\n"
ONE = "---\ntitle: 하나\ncategories: [개발]\n---\n첫 줄.\n\n[글]({link})\n"
TWO = "---\ntitle: 둘\ncategories: [개발]\n---\n글.\n"


def blog(folder: Path, link: str, permalink: str = "/:categories/:title/") -> Path:
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG.format(permalink=permalink), "utf-8")
    (posts / "2026-01-01-one.md").write_text(ONE.format(link=link), "utf-8")
    (posts / "2026-01-02-two.md").write_text(TWO, "utf-8")
    return folder


def told(ran: Ran) -> list[str]:
    """Return the lines that tell of a link to no post."""
    return [line for line in ran.err.splitlines() if "[link-post]" in line]


@pytest.mark.parametrize(
    "link", ["/개발/three/", "/b/개발/three/", "https://blog.example/b/개발/three", "../three/#끝"]
)
@pytest.mark.parametrize("command", ["build -e html", "check"])
def test_a_link_to_no_post(tmp_path: Path, link: str, command: str) -> None:
    ran = hanpan(*command.split(), cwd=blog(tmp_path, link))
    (line,) = told(ran)
    assert line.startswith("_posts/2026-01-01-one.md:7: warning: ")
    assert "/개발/three/" in line


@pytest.mark.parametrize(
    "link",
    ["/개발/two/", "/b/개발/two", "/개발/two/index.html#끝", "/개발/", "/about/me/", "/tags/a/",
     "/개발/page2/", "/개발/notes.pdf", "/개발/page/", "https://other.example/개발/three/"],
)  # fmt: skip
def test_what_is_there_or_may_be(tmp_path: Path, link: str) -> None:
    folder = blog(tmp_path, link)
    (folder / "개발").mkdir()
    (folder / "개발/notes.pdf").write_bytes(b"%PDF")
    (folder / "개발/page.md").write_text("글", "utf-8")
    ran = hanpan("build", "-e", "html", cwd=folder)
    assert ran.code == 0
    assert not told(ran)


def test_dates_in_addresses(tmp_path: Path) -> None:
    dated = "/:year/:month/:day/:title/"
    assert told(hanpan("check", cwd=blog(tmp_path / "a", "/2025/12/31/old/", dated)))
    assert not told(hanpan("check", cwd=blog(tmp_path / "b", "/2026/01/02/two/", dated)))


def test_an_added_post_ends_it_and_reads_nothing_again(tmp_path: Path) -> None:
    folder = blog(tmp_path, "/개발/three/")
    assert told(hanpan("build", "-e", "html", cwd=folder))
    again = hanpan("build", "-e", "html", cwd=folder)
    assert told(again)
    assert "0 steps run" in again.err + again.out
    (folder / "_posts/2026-01-03-three.md").write_text(TWO, "utf-8")
    ran = hanpan("build", "-e", "html", cwd=folder)
    assert not told(ran)
    assert "2 steps run" in ran.err + ran.out


def test_nothing_is_said_of_a_site_that_is_read_in_part(tmp_path: Path) -> None:
    folder = blog(tmp_path, "/개발/three/")
    assert not told(hanpan("check", "_posts/2026-01-01-one.md", cwd=folder))


def test_its_severity_is_the_site_s(tmp_path: Path) -> None:
    folder = blog(tmp_path, "/개발/three/")
    (folder / "site.toml").write_text('[rules]\nlink-post = "error"\n', "utf-8")
    ran = hanpan("build", "-e", "html", cwd=folder)
    assert ran.code == 1
    assert ": error: " in told(ran)[0]


def test_a_link_to_a_file_that_is_not_there(tmp_path: Path) -> None:
    ran = hanpan("check", cwd=blog(tmp_path / "a", "2026-01-09-none.md"))
    assert "one.md:7: warning: the site has no file `2026-01-09-none.md` [link-file]" in ran.err
    assert "[link-file]" not in hanpan("check", cwd=blog(tmp_path / "b", "2026-01-02-two.md")).err


def test_two_posts_with_one_canonical_address(tmp_path: Path) -> None:
    folder = blog(tmp_path, "/개발/two/")
    same = "---\ntitle: 셋\ncanonical_url: https://blog.example/b/개발/one/\n---\n글.\n"
    (folder / "_posts/2026-01-03-three.md").write_text(same, "utf-8")
    ran = hanpan("build", "-e", "html", cwd=folder)
    said = [line for line in ran.err.splitlines() if "[canonical-shared]" in line]
    assert [line.partition(": ")[0] for line in sorted(said)] == [
        "_posts/2026-01-01-one.md",
        "_posts/2026-01-03-three.md",
    ]
    assert "`_posts/2026-01-03-three.md`" in sorted(said)[0]


def test_many_links_to_no_post_are_counted(tmp_path: Path) -> None:
    links = "\n\n".join(f"[글](/b/개발/none{n}/)" for n in range(700))
    site = blog(tmp_path, "/b/개발/two/")
    post = site / "_posts/2026-01-01-one.md"
    post.write_text(post.read_text("utf-8") + links, "utf-8")
    ran = hanpan("check", cwd=site)
    assert len(told(ran)) == 20
    assert "    … and 680 more" in ran.err.splitlines()
    assert "; 700 warnings; " in ran.out


def test_files_of_a_project_say_nothing_of_posts_that_were_not_named(tmp_path: Path) -> None:
    blog = tmp_path / "src/content/blog"
    blog.mkdir(parents=True)
    (tmp_path / "package.json").write_text('{"dependencies": {"astro": "5"}}', "utf-8")
    (tmp_path / "astro.config.mjs").write_text('export default { site: "https://a.kr" }', "utf-8")
    for name, other in ("ab", "bc", "ca"):
        text = f"---\ntitle: {name}\npermalink: /posts/{name}/\n---\n[글](/posts/{other}/)\n"
        (blog / f"{name}.md").write_text(text, "utf-8")
    named = [f"src/content/blog/{name}.md" for name in "ac"]  # the first links to b
    assert not told(hanpan("check", *named, cwd=tmp_path))
    (blog / "b.md").unlink()
    assert told(hanpan("check", "src/content/blog", cwd=tmp_path))
