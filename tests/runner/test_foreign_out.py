"""A folder out/ of others: no link in it is followed, and its memory is data to be judged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hanpan.files import sha256
from hanpan.runner.cleaning import clean
from hanpan.runner.database import Database
from hanpan.runner.state import State
from hanpan.runner.trace import Trace
from hanpan.source_lines import lists_as_json, lists_from_json
from tests.support.blog import make_blog
from tests.support.command import built, hanpan

HTML = ("-e", "html", "--offline")
PAGE = "글-1/글-1.html"
KEY = "../posts/2026-03-01-글-1.md"


@pytest.fixture(scope="module")
def blog_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a blog with out/, to be copied: one post, as HTML."""
    blog = make_blog(tmp_path_factory.mktemp("foreign") / "blog", posts=1)
    built(blog, *HTML)
    return blog


@pytest.fixture
def blog(blog_built: Path, tmp_path: Path) -> Iterator[Path]:
    """Return a copy of that blog, beside a folder of others that must stay as it is."""
    others = tmp_path / "others"
    (others / "글-1").mkdir(parents=True)
    for name in ("글-1.html", "글-1/글-1.html", "state.db", "lock", "index.html", "a.json"):
        (others / name).write_text("theirs")
    before = contents(others)
    yield Path(shutil.copytree(blog_built, tmp_path / "blog"))
    assert contents(others) == before


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def link(path: Path, goal: str) -> None:
    """Put a link to what others have in the place of a file or folder."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(goal)


@pytest.mark.parametrize("name", [".hanpan", ".hanpan/tmp", ".hanpan/documents", ".hanpan/lock"])
def test_a_link_in_the_folder_of_hanpans_own_ends_the_build(blog: Path, name: str) -> None:
    link(blog / "out" / name, str(blog.parent / "others" / ("lock" if "lock" in name else "")))
    for arguments in (("build", *HTML), ("clean",)):
        ran = hanpan(*arguments, cwd=blog, timeout=60)
        if arguments != ("clean",) or "lock" not in name:
            assert ran.code in (1, 2) and f"out/{name}: error: it is a link" in ran.err
            assert "Remove the link" in ran.err and "Traceback" not in ran.err
    shutil.rmtree(blog / "out", ignore_errors=True)
    built(blog, *HTML)


@pytest.mark.parametrize("name", ["lock", "state.db"])
def test_a_pipe_in_the_place_of_hanpans_own_is_not_waited_for(blog: Path, name: str) -> None:
    (blog / "out" / ".hanpan" / name).unlink()
    os.mkfifo(blog / "out" / ".hanpan" / name)
    ran = hanpan("build", *HTML, cwd=blog, timeout=60)
    assert "Traceback" not in ran.err
    assert ran.code == (2 if name == "lock" else 0)
    assert ("named pipe" in ran.err) == (name == "lock")


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        (PAGE, "글-1.html"),
        ("index.html", "index.html"),
        ("build.json", "lock"),
        (".hanpan/state.db", "state.db"),
    ],
)
def test_a_link_in_the_place_of_a_file_is_replaced(blog: Path, name: str, goal: str) -> None:
    path = blog / "out" / name
    before = path.read_bytes()
    (blog.parent / "kept").write_bytes(before)  # even one to the very same content
    for target in (blog.parent / "others" / goal, blog.parent / "kept", Path("/dev/zero")):
        link(path, str(target))
        ran = hanpan("build", *HTML, cwd=blog, timeout=60)
        assert ran.code == 0, ran.err
        assert path.is_file() and not path.is_symlink()
        assert name not in (PAGE, "index.html") or path.read_bytes() == before
    assert (blog.parent / "kept").read_bytes() == before


@pytest.mark.parametrize("command", [("build", *HTML), ("clean",)])
@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_a_file_that_has_another_name_elsewhere_is_not_written_to(
    blog: Path, end: str, command: tuple[str, ...]
) -> None:
    own, theirs = blog / "out/.hanpan/state.db", blog.parent / "another.db"
    shutil.copy(own, theirs)  # what SQLite would take for ours
    for other in (theirs, blog.parent / "others" / "state.db"):
        before = other.read_bytes()
        path = own.with_name(own.name + end)
        path.unlink(missing_ok=True)
        path.hardlink_to(other)
        (blog / KEY.removeprefix("../")).write_text("---\ntitle: 글\n---\n다른 글\n", "utf-8")
        ran = hanpan(*command, cwd=blog)
        assert ran.code == (command == ("clean",)) and other.read_bytes() == before, ran.err
        built(blog, *HTML)
        assert other.read_bytes() == before and other.stat().st_nlink == 1


def test_a_document_that_is_a_link_is_no_document(blog: Path) -> None:
    (document, *_) = (blog / "out" / ".hanpan" / "documents").iterdir()
    for goal in (blog.parent / "others" / "a.json", Path("/dev/zero")):
        link(document, str(goal))
        built(blog, *HTML, timeout=60)
        assert not document.is_symlink()


@pytest.mark.parametrize("name", ["글-1", "books"])
def test_a_folder_of_artifacts_that_is_a_link_is_not_written_to(blog: Path, name: str) -> None:
    settings = '[[book]]\nname = "모음"\ntitle = "모음"\ncategories = ["기록"]\n'
    with (blog / "site.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    link(blog / "out" / name, str(blog.parent / "others"))
    command = ("book", "-e", "epub", "--offline") if name == "books" else ("build", *HTML)
    ran = hanpan(*command, cwd=blog)
    assert ran.code == 1 and f"out/{name} cannot be written to: it is a link" in ran.err
    assert hanpan("clean", cwd=blog).code == 0
    (blog / "out" / name).unlink(missing_ok=True)
    assert hanpan(*command, cwd=blog).code == 0


HOSTILE = [
    "../others/글-1.html",
    "글-1/../../../others/글-1.html",
    "link/글-1.html",
    ".hanpan/lock",
    "build.json",
    "index.html",
    "books/모음/모음.pdf",
    "글-1/./글-1.html",
    "글-1//글-1.html",
    "",
]


@pytest.mark.parametrize("command", ["build", "clean"])
def test_what_a_trace_names_is_removed_only_where_a_post_may_write(
    blog: Path, command: str
) -> None:
    out = blog / "out"
    (out / "link").symlink_to(blog.parent / "others")
    paths = [*HOSTILE, f"{blog.parent}/others/글-1.html"]
    with closing(Database(out / ".hanpan" / "state.db")) as database:
        for number, path in enumerate(paths):
            key, products = f"../posts/gone-{number}.md", {"html": path}
            hostile = Trace({}, {path: "0" * 64}, "tools", output="0" * 64, products=products)
            database.put("traces", [(key, "html", hostile.as_json())])
            database.put("posts", [(key, key, "..", f"gone-{number}")])
    ran = hanpan(command, *(HTML if command == "build" else ()), cwd=blog)
    assert "Traceback" not in ran.err
    if command == "build":
        damaged = len(paths) - 1  # link/ might be a post's folder, and is only not followed
        assert ran.code == 0 and f"{damaged} records of earlier builds are damaged" in ran.err
        for name in (".hanpan/lock", "index.html", "build.json", PAGE):
            assert (out / name).is_file()
        assert "others" not in (out / "build.json").read_text() + (out / "index.html").read_text()


def test_a_file_that_another_post_has_written_is_not_removed_for_a_gone_one(blog: Path) -> None:
    hostile = Trace({}, {PAGE: "0" * 64}, "tools")
    with closing(Database(blog / "out" / ".hanpan" / "state.db")) as database:
        database.put("traces", [("../posts/gone.md", "html", hostile.as_json())])
        database.put("posts", [("../posts/gone.md", "../posts/gone.md", "..", "글-1")])
    built(blog, *HTML)
    assert (blog / "out" / PAGE).is_file()


@pytest.mark.parametrize(
    "change",
    [
        {"output": "../../../others/a"},
        {"lines": "/etc/passwd"},
        {"reads": {"nothing:known": "x", "settings:nowhere": "y", "file:a\0b": "z"}},
        {"writes": {"글-1/글-1.html": "0", "other/other.html": "0"}},
        {"products": {"html": "글-1/../../others/글-1.html"}},
    ],
)
def test_what_else_a_trace_says_is_data(blog: Path, change: dict[str, object]) -> None:
    with closing(State(blog / "out" / ".hanpan")) as state:
        traces = state.traces()
    with closing(Database(blog / "out" / ".hanpan" / "state.db")) as database:
        for (post, step), trace in traces.items():
            if post == KEY:
                text = replace(trace, **change).as_json()  # type: ignore[arg-type]
                database.put("traces", [(post, step, text)])
    summary = built(blog, *HTML)
    (post,) = summary["posts"]
    assert post["artifacts"] == {"html": PAGE} and (blog / "out" / PAGE).is_file()


@pytest.mark.parametrize("kind", ["a file outside", "another's file", "no lists"])
def test_lists_of_line_numbers_name_the_steps_own_files(blog: Path, kind: str) -> None:
    payloads = ("-e", "crosspost", "--offline")
    (post,) = (blog / "posts").iterdir()
    post.write_text(post.read_text("utf-8") + "\n![없다](/none.png)\n", "utf-8")  # has its line
    built(blog, *payloads)
    folder = blog / "out" / ".hanpan"
    with closing(State(folder)) as state:
        trace = state.traces()[KEY, "crosspost"]
    lists = lists_from_json((folder / "documents" / f"{trace.line_lists}.json").read_text("utf-8"))
    victims = blog / "out" / "victims" if kind == "another's file" else blog.parent / "victims"
    victims.mkdir()
    theirs = {}
    for number, (path, items) in enumerate(lists.items()):
        theirs[f"{os.path.relpath(victims, blog / 'out')}/{number}"] = items
        shutil.copy(blog / "out" / path, victims / str(number))
    before = contents(victims)
    text = ("[1]" if kind == "no lists" else lists_as_json(theirs)).encode()
    (folder / "documents" / f"{sha256(text)}.json").write_bytes(text)
    hostile = replace(trace, line_lists=sha256(text))
    with closing(Database(folder / "state.db")) as database:
        database.put("traces", [(KEY, "crosspost", hostile.as_json())])
    post.write_text(post.read_text("utf-8").replace("## 소제목", "\n\n## 소제목"), "utf-8")
    built(blog, *payloads)
    assert before and contents(victims) == before


def test_cleaning_leaves_what_is_behind_links(blog: Path) -> None:
    link(blog / "out" / "글-1", str(blog.parent / "others" / "글-1"))
    (blog / "out" / ".hanpan" / "sites").symlink_to(blog.parent / "others")
    clean(blog / "out")
    assert [path.name for path in (blog / "out").iterdir()] == ["글-1"]


def test_out_itself_may_be_a_link(blog: Path) -> None:
    (blog / "out").rename(blog.parent / "elsewhere")
    (blog / "out").symlink_to("../elsewhere")
    summary = built(blog, *HTML)
    assert summary["steps"]["run"] <= 2 and (blog.parent / "elsewhere" / PAGE).is_file()


def test_an_out_that_leads_to_itself_is_an_error(blog: Path) -> None:
    link(blog / "out", "out")
    ran = hanpan("build", *HTML, cwd=blog)
    assert ran.code == 2 and "Traceback" not in ran.err and "is not a folder" in ran.err
