"""The build as a person sees it: what is made, what is left alone, what goes on after a fault."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hanpan.editions import BY_DEFAULT
from hanpan.site import Crosspost
from tests.support.blog import POST, add_post, make_blog, tree_of
from tests.support.command import built, command, environment, hanpan, started


@pytest.fixture(scope="module")
def blog_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a blog of two posts with every edition built; tests copy it before they change it."""
    blog = make_blog(tmp_path_factory.mktemp("blog"))
    built(blog, jobs=0)
    return blog


@pytest.fixture
def blog(blog_built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(blog_built, tmp_path / "blog", symlinks=True))


def steps_run(ran: str) -> set[str]:
    """Return the steps that --why named."""
    return set(re.findall(r"\.md: (\w+): ", ran))


def test_every_edition_lies_where_the_contract_says(blog_built: Path) -> None:
    out = blog_built / "out"
    summary = json.loads((out / "build.json").read_text("utf-8"))
    assert [post["source"] for post in summary["posts"]] == [
        "posts/2026-03-01-글-1.md",
        "posts/2026-03-02-글-2.md",
    ]
    first = summary["posts"][0]
    assert first["slug"] == "글-1"
    assert first["artifacts"] == {
        "html": "글-1/글-1.html",
        "pdf": "글-1/글-1.pdf",
        "epub": "글-1/글-1.epub",
        **{f"crosspost/{name}": f"글-1/crosspost/{name}" for name in Crosspost().platforms},
    }
    assert all((out / path).exists() for path in first["artifacts"].values())
    assert summary["steps"] == {"run": 10, "fresh": 0}
    assert summary["seconds"] > 0 and summary["tools"]["weasyprint"]
    index = (out / "index.html").read_text("utf-8")
    assert "글 1" in index and "글-2/글-2.epub" in index.replace("%EA%B8%80", "글")


def test_nothing_changed_runs_nothing_and_writes_nothing(blog: Path) -> None:
    built(blog)
    before = {path: path.stat().st_mtime_ns for path in blog.rglob("*.*") if "글" in path.name}
    for path in blog.rglob("*.md"):
        os.utime(path)
    ran = hanpan("build", "--why", cwd=blog)
    assert steps_run(ran.err) == set()
    assert "0 steps run, 10 fresh" in ran.out
    after = {path: path.stat().st_mtime_ns for path in before}
    assert {p: t for p, t in after.items() if p.suffix != ".md"} == {
        p: t for p, t in before.items() if p.suffix != ".md"
    }


def test_a_fresh_build_loads_nothing_heavy_and_starts_no_process(blog: Path) -> None:
    built(blog)
    spy = (
        "import sys\n"
        "sys.addaudithook(lambda e, a: sys.stderr.write(f'STARTED {a}\\n') if e in "
        "('subprocess.Popen', 'os.fork', 'os.exec', 'os.posix_spawn') else None)\n"
        "import atexit\n"
        "atexit.register(lambda: sys.stderr.write('HEAVY %s\\n' % sorted({m.split('.')[0] for m in "
        "sys.modules} & {'weasyprint', 'lxml', 'ebooklib', 'PIL', 'pygments', 'fontTools'})))\n"
        "sys.argv[0] = 'hanpan'\n"
        "from hanpan.cli import main\nmain()\n"
    )
    for arguments in (["build"], ["--help"]):
        done = subprocess.run(
            [*command()[:1], "-c", spy, *arguments],
            cwd=blog, env=environment(), capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "STARTED" not in done.stderr
        heavy = set(re.findall(r"'(\w+)'", done.stderr.split("HEAVY")[1]))
        assert not heavy & {"weasyprint", "lxml", "ebooklib", "PIL", "fontTools"}


def test_a_system_without_forks_builds_the_same(blog: Path) -> None:
    before = tree_of(blog / "out")
    shutil.rmtree(blog / "out")
    # macOS, or a chroot without /proc: fork is gone, and what listed the files of a process
    elsewhere = (
        "import os, sys\n"
        "del os.fork\n"
        "import hanpan.environment\n"
        "hanpan.environment.FORKS = False\n"
        "sys.argv[0] = 'hanpan'\n"
        "from hanpan.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [*command()[:1], "-c", elsewhere, "build"],
        cwd=blog, env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert tree_of(blog / "out") == before


def test_an_edited_post_runs_its_own_steps_only(blog: Path) -> None:
    path = blog / "posts" / "2026-03-01-글-1.md"
    path.write_text(path.read_text("utf-8").replace("첫 문단", "고친 문단"), "utf-8")
    ran = hanpan("build", "--why", cwd=blog)
    assert steps_run(ran.err) == {"document", *BY_DEFAULT}
    assert "글-2" not in ran.err
    assert "file:posts/2026-03-01-글-1.md changed" in ran.err
    assert "고친 문단" in (blog / "out" / "글-1" / "글-1.html").read_text("utf-8")


def test_a_stylesheet_is_no_reason_to_read_posts_again(blog: Path) -> None:
    styles = blog / "layouts" / "styles"
    styles.mkdir(parents=True)
    (styles / "print.css").write_text("p { color: #123456 }", "utf-8")
    ran = hanpan("build", "--why", cwd=blog)
    assert steps_run(ran.err) == {"pdf"}
    assert "layout:styles/print.css changed" in ran.err


def test_a_setting_makes_again_only_what_reads_it(blog: Path) -> None:
    with (blog / "site.toml").open("a", encoding="utf-8") as file:
        file.write('\n[pdf]\npage = "A5"\n')
    assert steps_run(hanpan("build", "--why", cwd=blog).err) == {"pdf"}


@pytest.mark.parametrize("harm", ["removed", "changed"])
def test_a_harmed_artifact_is_made_again(blog: Path, harm: str) -> None:
    artifact = blog / "out" / "글-1" / "글-1.epub"
    whole = artifact.read_bytes()
    artifact.unlink() if harm == "removed" else artifact.write_bytes(b"harmed")
    ran = hanpan("build", "--why", cwd=blog)
    assert f"out/글-1/글-1.epub was {harm}" in ran.err
    assert steps_run(ran.err) == {"epub"}
    assert artifact.read_bytes() == whole


def test_what_is_no_longer_made_or_named_is_removed(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1, settings='[crosspost]\nplatforms = ["velog", "naver"]\n')
    (before,) = built(blog, "-e", "crosspost")["posts"]
    crosspost, documents = blog / "out/글-1/crosspost", blog / "out/.hanpan/documents"
    assert {path.name for path in crosspost.iterdir()} == {"velog", "naver"}
    assert (documents / f"{before['document']}.json").exists()
    settings = blog / "site.toml"
    settings.write_text(settings.read_text("utf-8").replace(', "naver"', ""), "utf-8")
    post = blog / "posts" / "2026-03-01-글-1.md"
    post.write_text(post.read_text("utf-8").replace("첫 문단", "고친 문단"), "utf-8")
    built(blog, "-e", "crosspost")
    assert {path.name for path in crosspost.iterdir()} == {"velog"}
    assert not (documents / f"{before['document']}.json").exists()


def test_who_reads_while_a_build_goes_on_reads_whole_files(blog: Path) -> None:
    out = blog / "out"
    paths = [
        *(path for path in (out / "글-1").rglob("*.*") if path.is_file()),
        *(out / name for name in ("index.html", "build.json")),
    ]
    before = {path: path.read_bytes() for path in paths}
    post = blog / "posts" / "2026-03-01-글-1.md"
    post.write_text(post.read_text("utf-8").replace("첫 문단", "고친 문단"), "utf-8")
    with contextlib.ExitStack() as opened:
        readers = {path: opened.enter_context(path.open("rb")) for path in paths}
        built(blog)
        assert {path: reader.read() for path, reader in readers.items()} == before
    changed = {path.name for path in paths if path.read_bytes() != before[path]}
    assert {"글-1.html", "글-1.pdf", "글-1.epub", "build.json"} <= changed


def test_one_post_can_be_built_alone_and_build_json_still_lists_all(blog: Path) -> None:
    path = blog / "posts" / "2026-03-01-글-1.md"
    path.write_text(path.read_text("utf-8") + "\n더.\n", "utf-8")
    summary = built(blog, "--edition", "pdf", path)
    assert summary["steps"]["run"] == 2
    assert [post["slug"] for post in summary["posts"]] == ["글-1", "글-2"]
    assert "html" in summary["posts"][1]["artifacts"]
    assert "글 2" in (blog / "out" / "index.html").read_text("utf-8")


def test_posts_that_are_gone_take_their_artifacts_along_and_nothing_else(blog: Path) -> None:
    (blog / "out" / "글-1" / "mine.txt").write_text("내 것")
    (blog / "out" / "notes.txt").write_text("내 것")
    (blog / "posts" / "2026-03-01-글-1.md").unlink()
    (blog / "posts" / "2026-03-02-글-2.md").rename(blog / "posts" / "2026-03-02-새-이름.md")
    summary = built(blog)
    assert [post["slug"] for post in summary["posts"]] == ["새-이름"]
    left = {name.split("/")[0] for name in tree_of(blog / "out")}
    assert left == {"글-1", "notes.txt", "index.html", "새-이름"}
    assert set(tree_of(blog / "out" / "글-1")) == {"mine.txt"}


@pytest.mark.usefixtures("calendar")
def test_unpublished_posts_and_drafts_are_listed_as_skipped(blog: Path) -> None:
    for post in (blog / "posts").iterdir():  # their date has come on any machine
        post.rename(post.with_name(post.name.replace("2026", "2016")))
    text = POST.format(title="아직").replace("---\n\n첫", "published: false\n---\n\n첫")
    add_post(blog, "2016-04-01-hidden.md", text)
    (blog / "_drafts").mkdir()
    (blog / "_drafts" / "idea.md").write_text("생각\n", "utf-8")
    add_post(blog, "2099-01-01-future.md", POST.format(title="앞날"))
    posts = {post["source"]: post for post in built(blog, "-e", "html")["posts"]}
    assert posts["posts/2016-04-01-hidden.md"]["skipped"] == "published: false"
    assert "draft" in posts["_drafts/idea.md"]["skipped"]
    future = "its date is in the future (--future builds it)"
    assert posts["posts/2099-01-01-future.md"]["skipped"] == future
    named = built(blog, "-e", "html", "posts/2016-04-01-hidden.md")
    assert {post["slug"] for post in named["posts"] if post["artifacts"]} >= {"hidden"}
    assert "idea" in {post["slug"] for post in built(blog, "-e", "html", "--drafts")["posts"]}
    assert "future" in {post["slug"] for post in built(blog, "-e", "html", "--future")["posts"]}
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.err.splitlines() == [
        "skipped 1 file: a draft (--drafts builds it): _drafts/idea.md",
        "skipped 1 file: published: false: posts/2016-04-01-hidden.md",
        f"skipped 1 file: {future}: posts/2099-01-01-future.md",
    ]
    assert not (blog / "out" / "future").exists()


@pytest.mark.usefixtures("calendar")
def test_a_post_is_built_when_its_date_has_come_and_nothing_else_has_changed(
    tmp_path: Path,
) -> None:
    blog = make_blog(tmp_path, posts=0)
    text = POST.format(title="앞날").replace("---\n\n첫", "date: 2026-05-01 09:00\n---\n\n첫")
    add_post(blog, "2026-04-01-coming.md", text)
    midnight = 1_777_561_200  # 2026-05-01 00:00 in Seoul
    before = {"SOURCE_DATE_EPOCH": str(midnight + 9 * 3600 - 1)}
    after = {"SOURCE_DATE_EPOCH": str(midnight + 9 * 3600)}
    (post,) = built(blog, "-e", "html", env=before)["posts"]
    assert post["skipped"] == "its date is after SOURCE_DATE_EPOCH (--future builds it)"
    (post,) = built(blog, "-e", "html", env=after)["posts"]
    assert post["slug"] == "coming" and post["artifacts"]
    (post,) = built(blog, "-e", "html", env=before)["posts"]
    assert "skipped" in post and not (blog / "out" / "coming").exists()


def test_builds_are_the_same_bytes_in_another_folder_zone_and_number_of_jobs(
    blog: Path, tmp_path: Path
) -> None:
    other = make_blog(tmp_path / "딴 곳")
    built(other, "--jobs", "1", env={"TZ": "America/New_York", "LC_ALL": "C"})
    ours, theirs = tree_of(blog / "out"), tree_of(other / "out")
    assert set(ours) == set(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_a_blog_that_moved_with_its_out_is_still_fresh(blog: Path, tmp_path: Path) -> None:
    built(blog)
    blog.rename(tmp_path / "moved")
    assert built(tmp_path / "moved")["steps"]["run"] == 0


def test_a_bad_layout_fails_its_edition_and_nothing_already_built_is_lost(blog: Path) -> None:
    layouts = blog / "layouts" / "html"
    layouts.mkdir(parents=True)
    (layouts / "post.html").write_text("<p>\n{{ nothing.here }}\n{% if %}\n", "utf-8")
    before = (blog / "out" / "글-1" / "글-1.html").read_bytes()
    ran = hanpan("build", cwd=blog)
    assert ran.code == 1
    assert "layouts/html/post.html:3: error:" in ran.err
    assert (blog / "out" / "글-1" / "글-1.html").read_bytes() == before
    shutil.rmtree(layouts)
    assert built(blog)["steps"]["run"] == 2


def test_two_files_of_one_name_are_named_and_the_rest_is_built(blog: Path) -> None:
    for name in ("2026-05-05-same.md", "2026-05-05_same.md"):
        add_post(blog, name, POST.format(title=name))
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.code == 1
    assert "posts/2026-05-05-same.md" in ran.err and "posts/2026-05-05_same.md" in ran.err
    assert (blog / "out" / "same" / "same.html").is_file()


@pytest.mark.skipif(sys.platform == "darwin", reason="names are always text there")
def test_a_file_whose_name_is_no_text_is_told_and_left_out(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    with open(os.fsencode(blog) + b"/posts/\xc7\xd1\xb1\xdb.md", "w") as file:
        file.write("cp949\n")
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.code == 1 and "not valid UTF-8" in ran.err
    ran = hanpan("build", "-e", "html", os.fsdecode(b"posts/\xc7\xd1\xb1\xdb.md"), cwd=blog)
    assert ran.code == 1 and "no posts found" in ran.err and "Traceback" not in ran.err
    assert (blog / "out" / "글-1" / "글-1.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "none.md"], "none.md does not exist"),
        (["build", "--edition", "docx"], "unknown edition `docx`"),
        (["build", "--site", "other.toml"], "other.toml does not exist"),
        (["build", "--out", "site.toml"], "not a folder"),
        (["show", "nothing", "posts/2026-03-01-글-1.md"], "unknown stage `nothing`"),
    ],
)
def test_bad_usage_ends_in_2_and_says_why(
    blog_built: Path, arguments: list[str], words: str
) -> None:
    ran = hanpan(*arguments, cwd=blog_built)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_no_posts_is_bad_usage(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    ran = hanpan("build", cwd=tmp_path)
    assert (ran.code, "no posts found" in ran.err) == (2, True)


def test_an_artifact_that_cannot_be_written_fails_alone(blog: Path) -> None:
    artifact = blog / "out" / "글-1" / "글-1.pdf"
    artifact.unlink()
    artifact.mkdir()
    ran = hanpan("build", cwd=blog)
    assert ran.code == 1 and "글-1.pdf" in ran.err
    artifact.rmdir()
    assert built(blog)["steps"]["run"] == 2  # the EPUB too, which has the PDF's pages again


def interrupted(blog: Path, sign: int, files: int) -> None:
    """Start a build, stop it when out/ has so many files, and see that nothing goes on working."""
    process = started("build", cwd=blog)
    wait_until(lambda: sum(path.is_file() for path in blog.glob("out/[!.]*/**/*")) >= files)
    assert process.poll() is None
    if sign == signal.SIGINT:  # a terminal sends it to the workers, too
        os.killpg(process.pid, sign)
    else:
        process.send_signal(sign)
    process.wait(60)
    deadline = time.monotonic() + 60
    with pytest.raises(ProcessLookupError):  # until no process of its group is left
        while time.monotonic() < deadline:
            os.killpg(process.pid, 0)
            time.sleep(0.02)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_build_leaves_nothing_half_written_and_the_next_goes_on(
    tmp_path: Path, blog_built: Path, sign: int
) -> None:
    blog = make_blog(tmp_path / "blog")
    for files in (1, 10, 40):
        interrupted(blog, sign, files)
        for name, data in tree_of(blog / "out").items():
            whole = (blog_built / "out" / name).read_bytes()
            assert data == whole or name == "index.html", f"{name} is not whole"
    built(blog)
    assert not list((blog / "out").rglob("*.part"))
    assert tree_of(blog / "out") == tree_of(blog_built / "out")


def children(pid: int) -> list[int]:
    """Return the child processes of a process (Linux)."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_a_worker_that_dies_costs_its_step_and_not_the_build(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    layout = blog / "layouts" / "html" / "post.html"
    layout.parent.mkdir(parents=True)
    layout.write_text("{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3, "utf-8")  # endless
    process = subprocess.Popen(
        command("build", "--jobs", "2", "-e", "html,crosspost"),
        cwd=blog, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_until(lambda: has_ended(blog, "crosspost"))
    for child in children(process.pid):
        os.kill(child, signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "html: the step ended its worker (exit code -9)" in err
    summary = json.loads((blog / "out" / "build.json").read_text("utf-8"))
    (post,) = summary["posts"]
    assert [problem["rule"] for problem in post["problems"]] == ["worker-lost"]
    assert "crosspost/velog" in post["artifacts"] and "html" not in post["artifacts"]
    layout.unlink()
    ran = hanpan("build", "-e", "html,crosspost", "--why", cwd=blog)
    assert ran.code == 0 and steps_run(ran.err) == {"html"}
    assert "html: it failed" in ran.err


def has_ended(blog: Path, step: str) -> bool:
    """Tell whether a build that is still running has kept what a step gave."""
    path = blog / "out" / ".hanpan" / "state.db"
    if not path.exists():
        return False
    with contextlib.closing(sqlite3.connect(path, timeout=60)) as db:
        try:
            return bool(db.execute("select 1 from traces where step = ?", (step,)).fetchone())
        except sqlite3.OperationalError:  # it has no tables yet
            return False


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for an event; a test that waits two minutes has failed."""
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_second_build_in_the_same_folder_waits_for_the_first(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=3)
    first = started("build", cwd=blog)
    while not (blog / "out" / ".hanpan" / "state.db").exists():
        time.sleep(0.02)
    second = hanpan("build", cwd=blog)
    assert first.wait(60) == 0
    assert second.code == 0
    assert "another build is running" in second.err
    assert "0 steps run" in second.out


def test_check_tells_problems_and_writes_nothing(blog: Path) -> None:
    add_post(blog, "2026-06-01-bad.md", POST.format(title="그림") + "\n![없는 그림](/none.png)\n")
    before = tree_of(blog)
    ran = hanpan("check", "--json", cwd=blog)
    problems = json.loads(ran.out)
    missing = [problem for problem in problems if problem["rule"] == "image-missing"]
    assert missing and missing[0]["path"] == "posts/2026-06-01-bad.md"
    assert missing[0]["line"] == 19
    assert tree_of(blog) == before
    assert hanpan("check", "--strict", cwd=blog).code == 1


def test_clean_removes_what_hanpan_wrote_and_nothing_else(blog: Path) -> None:
    (blog / "out" / "mine.txt").write_text("내 것")
    assert hanpan("clean", cwd=blog).code == 0
    assert [path.name for path in (blog / "out").iterdir()] == ["mine.txt"]
    assert hanpan("clean", cwd=blog).code == 0


def test_clean_leaves_no_empty_folder(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    built(blog, "--edition", "html")
    assert hanpan("clean", cwd=blog).code == 0
    assert not (blog / "out").exists()


def test_a_new_post_can_be_built_as_it_is(blog: Path) -> None:
    ran = hanpan("new", '새 글: "따옴표"', cwd=blog)
    assert ran.code == 0
    path = ran.out.strip()
    assert re.fullmatch(r"posts/\d{4}-\d\d-\d\d-새-글-따옴표\.md", path)
    posts = {post["source"]: post for post in built(blog, "-e", "html", path)["posts"]}
    assert '새 글: "따옴표"' in json.loads(hanpan("show", "meta", path, cwd=blog).out)["title"]
    assert posts[path]["artifacts"]["html"]
    assert hanpan("new", '새 글: "따옴표"', cwd=blog).code == 2
