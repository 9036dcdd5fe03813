"""pandoc: found without being started, bounded, and with another reader to fall back on."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import pandoc


def test_the_pinned_pandoc_is_found() -> None:
    said = subprocess.run(
        [pandoc.binary(), "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("pandoc 3.")
    assert [int(part) for part in pandoc.version().split(".")] >= [3, 9]


def test_finding_it_starts_no_process() -> None:
    code = (
        "import subprocess, sys\n"
        "subprocess.Popen = None\n"
        "from pipeline import pandoc\n"
        "pandoc.binary()\n"
        "print('lxml' in sys.modules)\n"
    )
    root = Path(__file__).resolve().parent.parent
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert said.stdout.strip() == "False"


def test_markdown_becomes_html() -> None:
    body, problems = pandoc.to_html("# 한글 제목\n\n**강조(bold)**는 $x^2$ :smile:\n", "a.md")
    assert "<h1>한글 제목</h1>" in body  # ids are made later, as Jekyll makes them
    assert "<strong>강조(bold)</strong>는" in body
    assert 'encoding="application/x-tex">x^2<' in body
    assert "😄" in body
    assert problems == ()


def test_files_are_out_of_reach(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret-words")
    body, _ = pandoc.to_html(f"```{{include={secret}}}\n```\n\n![]({secret})\n", "a.md")
    assert "secret-words" not in body


def test_slow_reader_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "TIMEOUT", 1.0)
    nested = "\n".join("> " * depth + "가" for depth in range(1, 150))
    start = time.monotonic()
    body, problems = pandoc.to_html(nested, "posts/a.md")
    assert time.monotonic() - start < 10
    assert "가" in body
    assert [(p.rule, p.path) for p in problems] == [("pandoc-fallback", "posts/a.md")]


def test_both_readers_failing_names_the_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "MEMORY", ("+RTS", "-M1m", "-RTS"))
    with pytest.raises(pandoc.PandocError) as caught:
        pandoc.to_html("글\n" * 50_000, "posts/a.md")
    assert caught.value.problem.path == "posts/a.md"
    assert caught.value.exit_code == 1
