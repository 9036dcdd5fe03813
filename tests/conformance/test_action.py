"""The action and the workflow that `hanpan init` writes: linted, and their steps run in order.

GitHub's runner is played as far as that goes without GitHub: files for outputs and the summary,
inputs as an author gives them, the steps that have a `run`. The checkout is what is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from hanpan.init.blog import read_blog
from hanpan.init.ci import workflow
from tests.support.command import ROOT

pytestmark = pytest.mark.conformance
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
POST = "---\ntitle: 글\n---\n\n글이다. ![](없다.png)\n"
BOOK = '[[book]]\nname = "posts"\ntitle = "글"\n'
BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c")  # as the runner calls it


def make(root: Path) -> Path:
    (root / "posts").mkdir(parents=True)
    (root / "posts/2024-01-02-첫 글.md").write_text(POST, "utf-8")
    (root / "site.toml").write_text(f'title = "글"\n{BOOK}', "utf-8")
    return root


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def environment(runner: Path) -> dict[str, str]:
    """Return what a runner gives to steps.

    Its python3 makes a venv whose pip says what it is asked for, and whose hanpan is the checkout.
    """
    for name in ("dpkg", "sudo"):  # the libraries are there
        program(runner / "bin" / name, "exit 0")
    venv = 'mkdir -p "$3/bin" && cp "${0%/*}/pip" "$3/bin/python" && cp "${0%/*}/hanpan" "$3/bin/"'
    program(runner / "bin/python3", venv)
    program(runner / "bin/pip", f'echo "$@" >> {runner}/installed')
    program(
        runner / "bin/hanpan",
        f'PYTHONPATH={ROOT}/pipeline exec {sys.executable} -m hanpan "$@"',
    )
    return {
        **os.environ,
        "PATH": f"{runner / 'bin'}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_ACTIONS": "true",
        "HANPAN_LANG": "en",
    }


def value(text: object, inputs: dict[str, str]) -> str:
    """Return a value with its expressions filled in, as the runner does."""
    filled = re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: inputs[match[1]], str(text))
    return filled.replace("${{ github.action_path }}", "ACTION")


def run_action(work: Path, runner: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the action's steps in order; return the last that ran."""
    inputs = {name: str(own["default"]) for name, own in ACTION["inputs"].items()} | given
    steps = [step for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(steps) == 3
    for step in steps:
        assert step["shell"] == "bash" and "${{" not in step["run"]  # nothing is pasted into code
        env = environment(runner) | {k: value(v, inputs) for k, v in step.get("env", {}).items()}
        ran = subprocess.run(
            [*BASH, step["run"]], cwd=work, env=env, capture_output=True, text=True, check=False
        )
        if ran.returncode:
            break
    return ran


def test_the_steps_build_and_report(tmp_path: Path) -> None:
    blog, runner = make(tmp_path / "blog"), tmp_path / "runner"
    ran = run_action(blog, runner, editions="html,epub")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (runner / "installed").read_text().split()[-1] == "ACTION"  # its own version
    assert (blog / "out/첫-글/첫-글.epub").is_file() and not (blog / "out/첫-글/첫-글.pdf").exists()
    assert (blog / "out/books/posts/posts.epub").is_file()
    outputs = dict(line.split("=", 1) for line in (runner / "output").read_text().splitlines())
    assert outputs == {"out": "./out", "report": "./out/report.md"}
    report = (blog / outputs["report"]).read_text("utf-8")
    assert "image-missing" in report and (runner / "summary").read_text("utf-8") == report
    assert "::warning file=posts/2024-01-02-첫 글.md,title=image-missing,line=5::" in ran.stdout


def test_strict_fails_after_all_is_built(tmp_path: Path) -> None:
    blog, runner = make(tmp_path / "repo/내 블로그"), tmp_path / "runner"
    given = {"editions": "html", "strict": "true", "folder": "내 블로그", "version": "1.2"}
    ran = run_action(blog.parent, runner, **given)
    assert ran.returncode == 1 and (runner / "summary").is_file()
    assert (runner / "installed").read_text().split()[-1] == "hanpan==1.2"
    assert (blog / "out/books/posts/posts.epub").is_file()


def test_an_input_is_no_code(tmp_path: Path) -> None:
    blog = make(tmp_path / "blog")
    ran = run_action(blog, tmp_path / "runner", editions='html"; touch owned; "')
    assert ran.returncode == 2 and not (blog / "owned").exists()


def test_a_release_is_packed(tmp_path: Path) -> None:
    if not shutil.which("zip"):
        pytest.skip("zip is not installed")
    jobs = yaml.safe_load(workflow("github", read_blog(make(tmp_path / "blog"))))["jobs"]
    pack = next(s["run"] for s in jobs["release"]["steps"] if "zip" in s.get("run", ""))
    for name in ("a/가.pdf", "a/가.epub", "b/b.pdf", "books/posts/posts.pdf"):
        path = tmp_path / "work/out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    subprocess.run([*BASH, pack], cwd=tmp_path / "work", check=True)
    names = sorted(path.name for path in (tmp_path / "work/release").iterdir())
    assert names == ["books.zip", "posts-epub.zip", "posts-pdf.zip"]


def test_actionlint_and_zizmor_find_nothing(tmp_path: Path) -> None:
    linters = {name: shutil.which(name) for name in ("actionlint", "zizmor")}
    if not all(linters.values()):
        pytest.skip("actionlint and zizmor are not installed")
    path = tmp_path / ".github/workflows/hanpan.yml"
    path.parent.mkdir(parents=True)
    path.write_text(workflow("github", read_blog(make(tmp_path / "blog"))), "utf-8")
    shutil.copy(ROOT / "action.yml", tmp_path / "action.yml")
    commands: list[list[Any]] = [
        [linters["actionlint"], path],
        [linters["zizmor"], "--offline", "--no-progress", path, tmp_path / "action.yml"],
    ]
    for command in commands:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
