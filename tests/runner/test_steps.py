"""A step that fails says what to do: about the machine, or about hanpan itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.files import sha256
from hanpan.plan.sites import Sites
from hanpan.runner.state import State
from hanpan.runner.steps import EditionInput, Task, Workspace, run
from tests.support.blog import make_blog

POST = "posts/2026-03-01-글-1.md"


@pytest.mark.parametrize(
    ("document", "error", "remedy"),
    [
        (None, "FileNotFoundError", "Check the file and its folder, then build again."),
        ("{", "JSONDecodeError", "This is a bug in hanpan: please report it."),
    ],
)
def test_an_error_of_the_system_is_told_from_a_bug(
    tmp_path: Path, document: str | None, error: str, remedy: str
) -> None:
    blog = make_blog(tmp_path, posts=1)
    state = State(blog / "out" / ".hanpan")
    state.close()
    digest = sha256((document or "").encode())
    if document is not None:
        state.document_path(digest).parent.mkdir()
        state.document_path(digest).write_text(document, "utf-8")
    workspace = Workspace(blog / "out", state.folder, blog / ".hanpan", offline=True, write=True)
    task = Task(
        POST, "html", POST, "글-1", Sites(None).at(blog), workspace, (), "tools",
        EditionInput(digest),
    )  # fmt: skip
    result = run(task)
    (problem,) = result.problems
    assert result.trace is None and (problem.rule, problem.path) == ("step-failed", POST)
    assert f"html: {error}: " in problem.message
    assert problem.remedy.startswith(remedy)
