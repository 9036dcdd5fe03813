"""Each rule of docs/rules.md comes about: here those of settings, files and commands, by name."""

from __future__ import annotations

import os
import re
import sys
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hanpan.cli import parser
from hanpan.crosspost import payload
from hanpan.editions import renderer
from hanpan.editions.pdf import libraries as pdf_libraries
from hanpan.editions.pdf import loaded as pdf_loaded
from hanpan.files import Files
from hanpan.problems import BuildError, HanpanError, UsageError
from hanpan.runner import steps
from hanpan.site import load_site
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan
from tests.support.reading import Web, read_post
from tests.support.servers.image_host import ImageHost, picture

LOOPBACK = "[remote]\nallow_private = true\ntimeout = 2\n"
POST = "---\ntitle: 글\n---\n글이다.\n"
SETTINGS = {
    "site-syntax": "title = ",
    "site-unknown-key": 'titel = "x"',
    "site-type": "title = 3",
    "site-choice": '[crosspost]\nbacklink = "left"',
    "crosspost-platform": '[crosspost]\nplatforms = ["nowhere"]',
    "site-url": 'url = "blog"',
    "site-lang": 'lang = "한국어"',
    "site-timezone": 'timezone = "Mars/Olympus"',
}


def fatal(*arguments: str) -> str:
    """Run a command that must fail; return the rule of its error."""
    asked = parser().parse_args(arguments)
    with pytest.raises(HanpanError) as caught:
        asked.run(asked)
    return caught.value.problem.rule


def told(blog: Path, *arguments: str, command: str = "build") -> dict[str, str]:
    """Build; return the severity of each rule that is told, of posts and of the build."""
    ran = hanpan(command, *arguments, cwd=blog)
    assert "Traceback" not in ran.err
    found = re.findall(r"(error|warning|info): .* \[([a-z0-9-]+)\]", ran.err)
    return {rule: severity for severity, rule in found}


@pytest.mark.parametrize("rule", SETTINGS)
def test_settings(tmp_path: Path, rule: str) -> None:
    (tmp_path / "site.toml").write_text(SETTINGS[rule], "utf-8")
    with pytest.raises(UsageError) as caught:
        load_site(tmp_path)
    problem = caught.value.problem
    assert (problem.rule, problem.severity, problem.path) == (rule, "error", "site.toml")


def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = make_blog(tmp_path, posts=1)
    monkeypatch.chdir(blog)
    assert fatal("build", "--site", "none.toml") == "no-site"
    assert fatal("build", "none.md") == "no-source"
    assert fatal("build", "-e", "paper") == "usage"
    (blog / "assets.lock").write_text("{", "utf-8")
    assert fatal("build", "-e", "html") == "lock"


def test_names_of_files(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    assert told(blog)["no-posts"] == "error"
    for name in ("2026-03-01-글.md", "2026-03-01_글.md"):
        add_post(blog, name, POST)
    if sys.platform == "linux":  # others refuse such names
        Path(os.fsdecode(bytes(blog / "posts") + b"/2026-03-02-\xff.md")).write_text(POST)
        assert told(blog, "-e", "html")["file-name"] == "error"
    assert told(blog, "-e", "html")["slug-clash"] == "error"


def test_editions(tmp_path: Path) -> None:
    settings = '[pdf]\npage = "Z9"\n'
    blog = make_blog(tmp_path, posts=1, settings=f"{settings}[epub]\nmax_bytes = 1000\n")
    found = told(blog)
    assert (found["pdf-page"], found["epub-size"]) == ("error", "warning")


def test_layouts(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    (blog / "layouts/html").mkdir(parents=True)
    (blog / "layouts/html/post.html").write_text("{% if %}", "utf-8")
    assert told(blog, "-e", "html")["layout"] == "error"


def test_a_payload_that_is_too_large() -> None:
    platform = SimpleNamespace(
        label="작은 곳", body=SimpleNamespace(max_bytes=10, max_request_bytes=30)
    )
    lowering: Any = SimpleNamespace(platform=platform)
    (problem,) = payload._size_problems("열 바이트가 넘는다", None, lowering)
    assert (problem.rule, problem.severity) == ("crosspost-size", "error")
    assert list(payload._size_problems("열", {"body": {"text": "열"}}, lowering)) == []
    (problem,) = payload._size_problems("열", {"body": {"text": "열 바이트가 넘는다"}}, lowering)
    assert "the request has" in problem.message


def test_pictures_that_are_gone_when_they_are_wanted(tmp_path: Path) -> None:
    text = "---\ntitle: 글\n---\n![그림](/a.png)\n"
    document = read_post(tmp_path, text, files={"a.png": picture((4, 4))}).document
    (tmp_path / "a.png").unlink()
    files = Files(load_site(tmp_path), Web())
    with pytest.raises(BuildError) as caught:
        renderer("epub")(document, files)
    assert caught.value.problem.rule == "picture-unreadable"
    unknown = replace(document, body='<p><img src="asset:none" alt="없다"/></p>', assets=())
    with pytest.raises(BuildError) as caught:
        renderer("pdf")(unknown, files)
    assert caught.value.problem.rule == "pdf-picture"


def test_a_step_without_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def runs_out(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(steps, "_read", runs_out)
    monkeypatch.setenv("HANPAN_CACHE", "")
    workspace = SimpleNamespace(state=tmp_path, cache=tmp_path, offline=True)
    site = load_site(tmp_path)
    task: Any = SimpleNamespace(
        step=steps.READ,
        source="posts/글.md",
        site=site,
        workspace=workspace,
        lock={},
        only_prepare=False,
        seconds=0.0,
    )
    (problem,) = steps.run(task).problems
    assert (problem.rule, problem.path) == ("no-memory", "posts/글.md")


def test_vendoring(tmp_path: Path, image_host: ImageHost) -> None:
    blog = make_blog(tmp_path / "blog", posts=0, settings=LOOPBACK)
    host = image_host.url("")
    add_post(blog, "2026-03-01-a.md", f'{POST}\n![가]({{{{ "{host}" | append: "/a.png" }}}})\n')
    add_post(blog, "2026-03-02-b.md", f"{POST}\n![나]({host}/a.png)\n")
    add_post(blog, "2026-03-03-c.md", "x" * 5_000_001)
    (tmp_path / "elsewhere").mkdir()
    (blog / "assets").symlink_to(tmp_path / "elsewhere")
    found = told(blog, command="vendor")
    assert found["vendor-unplaced"] == "warning"
    assert (found["vendor-write"], found["vendor-post"]) == ("error", "error")


def test_what_cannot_be_written(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    (blog / "out/글-1/글-1.html").mkdir(parents=True)
    assert told(blog, "-e", "html")["artifact-unwritable"] == "error"


def test_pdf_without_its_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_post(tmp_path, POST).document
    monkeypatch.setattr(pdf_libraries, "_missing_library", lambda: "libpango")
    monkeypatch.setattr(pdf_loaded, "_fonts", OrderedDict())  # another test may have loaded them
    with pytest.raises(BuildError) as caught:
        renderer("pdf")(document, Files(load_site(tmp_path), Web()))
    assert caught.value.problem.rule == "pdf-libraries"
