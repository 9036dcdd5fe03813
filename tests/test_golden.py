"""The three sample posts against golden files: what changed in any edition, as a reviewable diff.

`make golden` writes them anew; the diff of the commit is then what readers will see differently.
"""

from __future__ import annotations

import difflib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import ROOT, built, hanpan
from tests.support.golden_text import (
    PAYLOADS,
    document_text,
    epub_text,
    html_text,
    payload_text,
    pdf_text,
    words_of,
)

GOLDEN = ROOT / "tests" / "golden"
POSTS = sorted((ROOT / "posts").glob("*.md"))
# As far from the author's machine as an environment can be.
ELSEWHERE = {"TZ": "America/New_York", "LC_ALL": "C", "HOME": "/nonexistent"}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder of the sample posts' editions, and the object of build.json."""
    out = tmp_path_factory.mktemp("golden") / "out"
    return out, built(ROOT, "--offline", "--out", out, *POSTS, env=ELSEWHERE)


def golden_files(
    post: Path, samples: tuple[Path, dict[str, Any]], folder: Path
) -> dict[str, str]:
    """Return the golden files of a sample post, as they would be written now."""
    out, summary = samples
    (entry,) = [entry for entry in summary["posts"] if entry["source"].endswith(post.name)]
    home = {"HOME": ELSEWHERE["HOME"]}  # the documents have been read elsewhere above
    shown = hanpan("show", "document", post, "--offline", cwd=ROOT, env=home)
    document = json.loads(shown.out)
    problems = [f"{p['line']}: {p['rule']}: {p['message']}" for p in entry["problems"]]
    words = words_of(document)
    made = {edition: out / path for edition, path in entry["artifacts"].items()}
    pdf = folder / "pdf.txt"
    files = {
        "document.txt": document_text(document, problems),
        "html.txt": html_text(made["html"], words),
        "pdf.txt": pdf_text(made["pdf"], document, pdf.read_text("utf-8") if pdf.is_file() else ""),
        "epub.txt": epub_text(made["epub"], words),
    }
    for platform, name in PAYLOADS.items():
        files[f"{platform}.txt"] = payload_text(made[f"crosspost/{platform}"] / name)
    return files


def slug_of(post: Path) -> str:
    return post.stem[len("2026-10-16-") :]


@pytest.mark.parametrize("post", POSTS, ids=slug_of)
def test_sample_posts_come_out_as_their_golden_files(
    post: Path, samples: tuple[Path, dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    folder = GOLDEN / slug_of(post)
    files = golden_files(post, samples, folder)
    if request.config.getoption("--refresh"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    kept = {path.name: path.read_text("utf-8") for path in folder.glob("*")}
    changed = [
        line
        for name in sorted(kept.keys() | files.keys())
        for line in difflib.unified_diff(
            kept.get(name, "").splitlines(), files.get(name, "").splitlines(),
            f"tests/golden/{folder.name}/{name}", "now", lineterm="", n=1,
        )
    ]  # fmt: skip
    if changed:
        shown = "\n".join(line[:300] for line in changed[:200])
        pytest.fail(
            f"{post.name} comes out differently:\n{shown}\n\n"
            "Is each line what you meant to change? Then type `make golden` and commit the files; "
            "else mend the code.",
            pytrace=False,
        )


def test_there_are_golden_files_of_the_sample_posts_and_no_others() -> None:
    assert [path.name for path in sorted(GOLDEN.iterdir())] == sorted(map(slug_of, POSTS))
