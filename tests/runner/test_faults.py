"""Posts and disks as bad as they come: what cannot be read or written costs itself, and is told."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from hanpan.editions import BY_DEFAULT
from tests.support.blog import POST, add_post, make_blog, tree_of
from tests.support.command import built, command, environment, hanpan, started
from tests.support.editions_read import Built
from tests.support.servers.image_host import picture

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")


def build_with_faults(blog: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    """Build; return the exit code and what build.json says of each post, by its file's stem."""
    ran = hanpan("build", cwd=blog)
    assert "Traceback" not in ran.err
    summary = json.loads((blog / "out" / "build.json").read_text("utf-8"))
    return ran.code, {Path(post["source"]).stem[11:]: post for post in summary["posts"]}


def is_whole(post: dict[str, Any]) -> bool:
    return {name.partition("/")[0] for name in post["artifacts"]} == set(BY_DEFAULT)


def test_posts_that_cannot_be_read_are_told_and_the_others_are_built(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    outside = tmp_path / "outside.md"
    outside.write_text(POST.format(title="밖"), "utf-8")
    (blog / "posts" / "2026-03-02-outside.md").symlink_to(outside)
    (blog / "posts" / "2026-03-03-dangling.md").symlink_to("nothing.md")
    (blog / "posts" / "2026-03-04-folder.md").mkdir()
    code, posts = build_with_faults(blog)
    assert code == 1
    assert is_whole(posts.pop("글-1"))
    said = {name: post["problems"][0] for name, post in posts.items()}
    assert {name: problem["rule"] for name, problem in said.items()} == {
        "outside": "post-unreadable",
        "dangling": "post-unreadable",
    }
    assert "is outside" in said["outside"]["message"]
    assert "does not exist" in said["dangling"]["message"]
    assert "밖" not in "".join(map(str, tree_of(blog / "out")))
    assert build_with_faults(blog)[0] == 1  # again, though nothing has changed


@NOT_ROOT
def test_a_post_without_the_right_to_read_it_is_told(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=2)
    (blog / "posts" / "2026-03-01-글-1.md").chmod(0)
    code, posts = build_with_faults(blog)
    assert code == 1 and is_whole(posts["글-2"])
    (problem,) = posts["글-1"]["problems"]
    assert problem["rule"] == "post-unreadable" and "permission denied" in problem["message"]


def test_a_post_deleted_in_the_middle_of_a_build_costs_itself(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=6)
    last = blog / "posts" / "2026-03-06-글-6.md"
    told = tmp_path / "told"
    with told.open("wb") as err:
        process = started("build", "--jobs", "1", cwd=blog, err=err)
    while not list(blog.glob("out/*/*.html")) and process.poll() is None:
        time.sleep(0.01)
    last.unlink()
    assert process.wait(120) == 1
    assert "글-6.md: error: the post cannot be read" in told.read_text("utf-8")
    summary = json.loads((blog / "out" / "build.json").read_text("utf-8"))
    whole = [post for post in summary["posts"] if is_whole(post)]
    assert len(whole) == 5
    assert len(built(blog)["posts"]) == 5


def test_posts_in_old_encodings_are_read_and_the_author_is_told(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    text = POST.format(title="옛날 글")
    for name, encoding in (("wansung", "cp949"), ("wide", "utf-16"), ("marked", "utf-8-sig")):
        (blog / "posts" / f"2026-03-01-{name}.md").write_bytes(text.encode(encoding))
    code, posts = build_with_faults(blog)
    assert code == 0
    for name, post in posts.items():
        rules = [(problem["rule"], problem["line"]) for problem in post["problems"]]
        assert rules == ([] if name == "marked" else [("encoding", 1)]), name
        built_post = Built(blog / "out", name)
        assert "어절이 줄 끝에서 갈라지지 않는지" in built_post.page.text_content()
        assert "옛날 글" in built_post.pdf_text()


def test_posts_with_nothing_in_them_come_out(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    texts = {"empty": b"", "blank": b"\n\n \n", "front": "---\ntitle: 머리만\n---\n".encode()}
    texts["binary"] = bytes(range(256)) * 4
    for name, data in texts.items():
        (blog / "posts" / f"2026-03-01-{name}.md").write_bytes(data)
    code, posts = build_with_faults(blog)
    assert code == 0 and all(map(is_whole, posts.values()))
    rules = {
        name: {problem["rule"] for problem in post["problems"]} for name, post in posts.items()
    }
    assert rules["empty"] == rules["blank"] == {"title-missing"} and rules["front"] == set()
    assert rules["binary"] >= {"encoding", "control-character"}


@pytest.mark.endurance
def test_a_post_of_two_hundred_pictures_comes_out(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    (blog / "assets").mkdir()
    lines = []
    for number in range(200):
        (blog / "assets" / f"{number}.png").write_bytes(picture((60 + number, 40)))
        lines.append(f"![사진 {number}](/assets/{number}.png)\n")
    add_post(blog, "2026-03-01-many.md", "---\ntitle: 사진첩\n---\n\n" + "\n".join(lines))
    code, posts = build_with_faults(blog)
    assert code == 0 and posts["many"]["problems"] == [] and is_whole(posts["many"])
    many = Built(blog / "out", "many")
    widths = [60 + number for number in range(200)]
    assert [image.width for image in many.page_pictures()] == widths
    assert [image.width for image in many.epub_pictures()] == widths
    printed = {image.width for image in many.pdf_pictures(0)}  # pages share their pictures
    assert sorted(printed) == widths
    assert len(many.manifest("tistory")["images"]) == 200


@pytest.mark.endurance
def test_a_post_of_a_megabyte_comes_out(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    line = "어절이 줄 끝에서 갈라지지 않는지 보려고 조금 길게 적어 둔 문단의 문장이다. "
    paragraph = f"{line * 8}\n\n"
    count = 1_000_000 // len(paragraph.encode()) + 1
    add_post(blog, "2026-03-01-big.md", f"---\ntitle: 큰 글\n---\n\n{paragraph * count}")
    summary = built(blog, "-e", "html", "-e", "epub", "-e", "crosspost")
    told = {(p["rule"], p["severity"]) for p in summary["posts"][0]["problems"]}
    assert told == {("crosspost-size", "warning")}  # dev.to and Hashnode would refuse it
    (body,) = Built(blog / "out", "big").page.find_class("post-body")
    assert body.text_content().count(line.strip()) == 8 * count


@pytest.mark.endurance
@pytest.mark.parametrize("limit", [1_000, 40_000, 150_000])
def test_a_disk_that_is_full_is_told_and_leaves_whole_files_alone(
    tmp_path: Path, limit: int
) -> None:
    """No file may grow past the limit: what a full disk does to the writer, too."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    blog = make_blog(tmp_path / "blog")
    ran = subprocess.run(
        command("build"),
        cwd=blog,
        env=environment(),
        capture_output=True,
        text=True,
        preexec_fn=no_room,
    )
    assert ran.returncode == 1
    assert "cannot be written" in ran.stderr and "Free disk space" in ran.stderr
    assert "Traceback" not in ran.stderr
    left = tree_of(blog / "out")
    assert not [name for name in left if name.endswith(".part")]
    built(blog)
    whole = tree_of(blog / "out")
    assert [name for name in left if left[name] != whole[name]] == []
    assert len(whole) > 60


@NOT_ROOT
def test_an_out_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    out = blog / "out"
    out.mkdir()
    out.chmod(0o555)
    try:
        ran = hanpan("build", cwd=blog)
    finally:
        out.chmod(0o755)
    assert ran.code == 2 and "cannot be written to" in ran.err and "Traceback" not in ran.err


@pytest.mark.conformance
def test_a_post_that_pandoc_cannot_digest_costs_a_warning(tmp_path: Path) -> None:
    """Open brackets without end are cubic in pandoc's first reader: the second takes over."""
    blog = make_blog(tmp_path, posts=1)
    nested = "[" * 5000
    add_post(blog, "2026-03-02-nested.md", f"---\ntitle: 겹겹\n---\n\n{nested}\n")
    _, posts = build_with_faults(blog)
    assert is_whole(posts["글-1"])
    assert posts["nested"]["problems"]
