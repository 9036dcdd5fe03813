"""The three sample posts against golden files: what changed in any edition, as a reviewable diff.

`make golden` writes them anew; the diff of the commit is then what readers will see differently.
"""

from __future__ import annotations

import difflib
import json
import shutil
from pathlib import Path

import pytest

from tests.support.command import ROOT, hanpan
from tests.support.golden_text import (
    PAYLOADS,
    document_text,
    epub_text,
    html_text,
    payload_text,
    pdf_text,
    words_of,
)
from tests.support.others_posts import entries
from tests.support.samples import POSTS

GOLDEN = ROOT / "tests" / "golden"


def golden_files(post: Path, out: Path, folder: Path) -> dict[str, str]:
    """Return the golden files of a sample post, as they would be written now."""
    (entry,) = [entry for entry in entries(out) if entry["source"].endswith(post.name)]
    shown = hanpan("show", "document", post, "--offline", cwd=ROOT)
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
    post: Path, samples_built: Path, request: pytest.FixtureRequest
) -> None:
    folder = GOLDEN / slug_of(post)
    files = golden_files(post, samples_built, folder)
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
