"""`hanpan init`: a blog of any generator has all that builds need, and nothing of it is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from hanpan.init.blog import read_blog
from hanpan.init.changes import changes_of, write
from hanpan.init.ci import own_action, workflow
from hanpan.init.targets import targets_text
from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.problems import UsageError
from hanpan.site import load_site
from tests.support.command import hanpan

POST = "---\ntitle: 글\ndate: 2024-01-02\ncategories: [조판]\n---\n\n한글로 적은 글이다.\n"
ENGLISH = "---\ntitle: A post\ndate: 2024-01-02\n---\n\nA post in English, and nothing else.\n"
# of each generator: its files, the posts that are built, and what [source] of site.toml must say
BLOGS: dict[str, tuple[dict[str, str], int, list[str]]] = {
    "jekyll": ({"_config.yml": "title: 글\n", "_posts/2024-01-02-a.md": POST,
                "about.md": POST}, 1, []),
    "hexo": ({"_config.yml": "title: 글\nsource_dir: source\nnew_post_name: :title.md\n",
              "source/_posts/a.md": POST, "source/_posts/b.md": POST}, 2, []),
    "hugo": ({"hugo.toml": 'title = "글"\n', "content/posts/a.md": POST,
              "archetypes/default.md": POST}, 1, []),
    "astro": ({"astro.config.mjs": "", "src/content/blog/a.mdx": POST, "README.md": "# 글\n"},
              1, ["src/content/blog"]),
    "next": ({"next.config.js": "", "data/blog/a.mdx": POST}, 1, ["data/blog"]),
    "docusaurus": ({"docusaurus.config.ts": "", "blog/a.md": POST, "docs/b.md": POST}, 1, ["blog"]),
    "obsidian": ({".obsidian/app.json": "{}", "노트.md": "글이다.\n", "폴더/b.md": POST}, 2, ["."]),
    "notion": ({f"글 {'0123456789abcdef' * 2}.md": "# 글\n\n생성일: 2023년 1월 5일\n\n글이다.\n"},
               1, ["."]),
    "tistory": ({"12/12-제목.html": "<html><body><div class='title-article'>글</div></body>"},
                1, ["."]),
    "velog": ({"content/글.md": POST, "images/a.png": ""}, 1, ["."]),
    "plain": ({"글/a.md": POST, "b.md": POST}, 2, ["."]),
    "posts": ({"posts/a.md": POST}, 1, []),
}  # fmt: skip


def make(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def add(root: Path, ci: str = "github", *, force: bool = False) -> list[str]:
    """Add hanpan to a blog; return the names of what was written."""
    changes = changes_of(read_blog(root), ci, force=force)
    for change in changes.files:
        write(change)
    assert changes.problems == ()
    return [change.name for change in changes.files]


def built_posts(root: Path) -> int:
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(root)
        return len(make_plan(Options(out=root / "out"), Sites(None), {}).posts)
    finally:
        os.fchdir(here)
        os.close(here)


@pytest.mark.parametrize("name", BLOGS)
def test_each_generator(tmp_path: Path, name: str) -> None:
    files, posts, folders = BLOGS[name]
    root = make(tmp_path / "내 블로그", files)
    written = add(root)
    assert written[:3] == ["site.toml", "hanpan.mk", ".github/workflows/hanpan.yml"]
    settings = tomllib.loads((root / "site.toml").read_text("utf-8"))
    assert settings.get("source", {}).get("posts", []) == folders
    load_site(root)  # it is right
    assert built_posts(root) == posts
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert add(root) == []  # a second run changes nothing
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_the_generator_says_is_not_said_again(tmp_path: Path) -> None:
    config = "title: 글\nauthor: 나\nurl: https://blog.example\nlang: ko\ntimezone: Asia/Seoul\n"
    root = make(tmp_path, {"_config.yml": config, "_posts/2024-01-02-a.md": POST})
    add(root)
    text = (root / "site.toml").read_text("utf-8")
    assert not re.search(
        r"(?m)^(# )?(title|author|url|lang|timezone) =", text.partition("[pdf]")[0]
    )
    assert "_config.yml" in text and re.search("[가-힣]", text)


def test_what_is_not_said_is_found_out_or_left_to_fill_in(tmp_path: Path) -> None:
    root = make(tmp_path / "notes", {"posts/a.md": ENGLISH, "CNAME": "blog.example\n"})
    add(root)
    text = (root / "site.toml").read_text("utf-8")
    settings = tomllib.loads(text)
    assert settings["title"] == "notes" and settings["lang"] == "en"
    assert settings["url"] == "https://blog.example" and "author" not in settings
    assert "# author =" in text and not re.search("[가-힣]", text)


def test_a_theme_s_language_is_not_that_of_korean_posts(tmp_path: Path) -> None:
    files = {"hugo.toml": 'languageCode = "en-us"\n', "content/posts/a.md": POST}
    root = make(tmp_path, files)
    add(root)
    assert load_site(root).identity.lang == "ko"


def test_the_address_of_github_pages(tmp_path: Path) -> None:
    remote = '[remote "origin"]\n\turl = git@github.com:Writer/writer.github.io.git\n'
    root = make(tmp_path, {"posts/a.md": POST, ".git/config": remote})
    add(root)
    assert load_site(root).identity.url == "https://writer.github.io"


def test_jekyll_does_not_copy_what_is_built(tmp_path: Path) -> None:
    root = make(tmp_path, dict(BLOGS["jekyll"][0]))
    (root / "_config.yml").write_text("title: 글 # 이름\n", "utf-8")
    add(root)
    text = (root / "_config.yml").read_text("utf-8")
    assert text.startswith("title: 글 # 이름\n")
    exclude = yaml.safe_load(text)["exclude"]
    assert {"out/", "site.toml", "hanpan.mk", "Makefile"} <= set(exclude)
    assert {"Gemfile", "node_modules", "vendor/bundle/"} <= set(exclude)  # as Jekyll 3 forgets them
    hexo = make(tmp_path / "hexo", dict(BLOGS["hexo"][0]))
    before = (hexo / "_config.yml").read_text("utf-8")
    add(hexo)
    assert (hexo / "_config.yml").read_text("utf-8") == before


def test_a_config_that_cannot_be_edited_is_left_and_told(tmp_path: Path) -> None:
    text = "base: &x [a]\nexclude: *x\n"
    root = make(tmp_path, {"_config.yml": text, "_posts/2024-01-02-a.md": POST})
    changes = changes_of(read_blog(root), "none")
    (problem,) = changes.problems
    assert (problem.rule, problem.severity) == ("init", "warning") and "out/" in problem.remedy
    assert "_config.yml" not in {change.name for change in changes.files}
    ran = hanpan("init", "--ci", "none", cwd=root)
    assert ran.code == 0 and "_config.yml: warning: the file is left as it is" in ran.err


def make_says(root: Path, *arguments: str) -> str:
    # `make test` runs this, and has words of its own for a make below it
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    ran = subprocess.run(
        ["make", "-n", *arguments],
        cwd=root, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout


def test_make_builds(tmp_path: Path) -> None:
    root = make(tmp_path, {"posts/a.md": POST})
    add(root)
    assert make_says(root, "pdf", "epub", "HANPAN=h").splitlines() == [
        "h build --edition pdf ", "h build --edition epub "
    ]  # fmt: skip
    assert make_says(root, "html", "HANPAN=h", "POST=it's.md") == (
        "h build --edition html 'it'\\''s.md'\n"
    )
    for target in ("crosspost", "books", "preview", "check"):
        assert make_says(root, target)


def test_targets_of_the_author_stay_theirs(tmp_path: Path) -> None:
    makefile = "serve:\n\tbundle exec jekyll serve\n\npdf html: serve\n\techo own\nX := 1"
    root = make(tmp_path / "blog", {"posts/a.md": POST, "Makefile": makefile})
    add(root)
    text = (root / "Makefile").read_text("utf-8")
    assert text == f"{makefile}\n\ninclude hanpan.mk\n"
    assert make_says(root).splitlines() == ["bundle exec jekyll serve"]  # still the first goal
    assert make_says(root, "pdf").splitlines()[-1] == "echo own"
    assert make_says(root, "hanpan-pdf", "HANPAN=h") == "h build --edition pdf \n"
    assert make_says(root, "epub", "HANPAN=h") == "h build --edition epub \n"
    gnu = make(tmp_path / "gnu", {"posts/a.md": POST, "GNUmakefile": "all:\n\ttrue\n"})
    assert "GNUmakefile" in add(gnu) and not (gnu / "Makefile").exists()


def test_lines_of_gitignore_are_added_once(tmp_path: Path) -> None:
    root = make(tmp_path, {"posts/a.md": POST, ".gitignore": "out\nnode_modules/"})
    add(root)
    lines = (root / ".gitignore").read_text("utf-8").splitlines()
    assert lines == ["out", "node_modules/", "/_pages/", "/.hanpan/"]


def test_files_of_ours_that_were_changed_are_kept_unless_forced(tmp_path: Path) -> None:
    root = make(tmp_path, {"posts/a.md": POST})
    add(root)
    (root / "site.toml").write_text('title = "나의 것"\n', "utf-8")
    ran = hanpan("init", cwd=root)
    assert ran.code == 0 and "left as it is: site.toml (--force replaces it)" in ran.out
    assert (root / "site.toml").read_text("utf-8") == 'title = "나의 것"\n'
    assert add(root, force=True) == ["site.toml"]


def test_a_dry_run_shows_everything_and_writes_nothing(tmp_path: Path) -> None:
    root = make(tmp_path, dict(BLOGS["jekyll"][0]))
    before = sorted(root.rglob("*"))
    ran = hanpan("init", "--dry-run", cwd=root)
    assert ran.code == 0 and sorted(root.rglob("*")) == before
    for words in ("new: site.toml", "+++ hanpan.mk", "+  - out/", "nothing has been written"):
        assert words in ran.out


def test_from_a_folder_within_the_blog(tmp_path: Path) -> None:
    root = make(tmp_path, dict(BLOGS["jekyll"][0]))
    ran = hanpan("init", cwd=root / "_posts")
    assert ran.code == 0 and (root / "site.toml").is_file()
    assert not (root / "_posts" / "site.toml").exists()


def test_no_blog_here(tmp_path: Path) -> None:
    (tmp_path / "photo.png").touch()
    ran = hanpan("init", cwd=tmp_path)
    assert ran.code == 2 and "there are no posts" in ran.err and "hanpan new" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["photo.png"]


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    root = make(tmp_path / "blog", {"posts/a.md": POST})
    (tmp_path / "theirs").write_text("x\n", "utf-8")
    (root / ".gitignore").symlink_to(tmp_path / "theirs")
    with pytest.raises(UsageError, match="link"):
        add(root)
    assert (tmp_path / "theirs").read_text("utf-8") == "x\n"
    other = make(tmp_path / "other", {"posts/a.md": POST})
    (other / ".github").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="link"):
        add(other)


def test_rights_of_files_stay(tmp_path: Path) -> None:
    root = make(tmp_path, {"posts/a.md": POST, "Makefile": "x:\n\ttrue\n"})
    (root / "Makefile").chmod(0o600)
    add(root)
    assert (root / "Makefile").stat().st_mode & 0o777 == 0o600


def test_the_workflow_is_at_the_root_of_the_repository(tmp_path: Path) -> None:
    root = make(tmp_path / "앱/블로그", {"posts/a.md": POST})
    make(tmp_path, {".git/HEAD": "ref: refs/heads/main\n"})
    add(root)
    jobs = yaml.safe_load((tmp_path / ".github/workflows/hanpan.yml").read_text("utf-8"))["jobs"]
    assert jobs["editions"]["steps"][1]["with"]["folder"] == "앱/블로그"


@pytest.mark.parametrize("text", [POST, ENGLISH])
def test_the_workflow(tmp_path: Path, text: str) -> None:
    root = make(tmp_path, {"posts/a.md": text})
    written = workflow("github", read_blog(root))
    assert bool(re.search("[가-힣]", written)) == (text is POST)
    assert not re.search(r"(?<!\$)\{\{|^#ko|^#en", written)
    data = yaml.safe_load(written)
    assert data["permissions"] == {"contents": "read"}
    uses = [
        step["uses"] for job in data["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert own_action().startswith(uses[1])
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in uses)
    rights = {name: job.get("permissions") for name, job in data["jobs"].items()}
    assert rights == {  # what builds posts may write nothing
        "editions": None, "comment": {"pull-requests": "write"}, "release": {"contents": "write"}
    }  # fmt: skip
    assert "secrets." not in written


def test_gitlab_has_a_file_of_its_own_that_is_included(tmp_path: Path) -> None:
    ci = "stages: [test] # own\ninclude:\n  - template: x.yml\n"
    root = make(tmp_path / "blog", {"posts/a.md": POST, ".gitlab-ci.yml": ci})
    add(root, "gitlab")
    included = yaml.safe_load((root / ".gitlab-ci.yml").read_text("utf-8"))["include"]
    assert included == [{"template": "x.yml"}, {"local": ".gitlab/hanpan.yml"}]
    job = yaml.safe_load((root / ".gitlab/hanpan.yml").read_text("utf-8"))["hanpan"]
    assert job["cache"]["paths"] == ["out/", ".hanpan/"]
    assert not (root / ".github").exists() and add(root, "gitlab") == []
    remote = '[remote "origin"]\nurl = https://gitlab.com/a/b.git\n'
    other = make(tmp_path / "other", {"posts/a.md": POST, ".git/config": remote})
    assert hanpan("init", cwd=other).code == 0
    assert yaml.safe_load((other / ".gitlab-ci.yml").read_text("utf-8")) == {
        "include": [{"local": ".gitlab/hanpan.yml"}]
    }


def test_names_in_files_of_ours_are_text(tmp_path: Path) -> None:
    root = make(tmp_path / 'a"b\\c', {"posts/a.md": POST})
    add(root)
    assert load_site(root).identity.title == 'a"b\\c'
    assert json.dumps(targets_text("en", "a" * 10_000 + ":\n"))
