"""pandoc: found without being started, bounded, and with another reader to fall back on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hanpan.pandoc import convert as pandoc


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
        "from hanpan.pandoc import convert as pandoc\n"
        "pandoc.binary()\n"
        "print('lxml' in sys.modules)\n"
    )
    root = Path(__file__).resolve().parents[2]
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
    body, problems = pandoc.to_html(nested, "posts/a.md")
    assert "가" in body
    assert [(p.rule, p.path) for p in problems] == [("pandoc-fallback", "posts/a.md")]


def test_both_readers_failing_names_the_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "MEMORY", 1_000_000)
    with pytest.raises(pandoc.PandocError) as caught:
        pandoc.to_html("글\n" * 50_000, "posts/a.md")
    assert caught.value.problem.path == "posts/a.md"
    assert caught.value.exit_code == 1


def test_next_post_is_read_after_one_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pandoc, "MEMORY", 1_000_000)
        with pytest.raises(pandoc.PandocError):
            pandoc.to_html("글\n" * 50_000, "posts/a.md")
    assert pandoc.to_html("다음 글", "posts/b.md") == ("<p>다음 글</p>", ())


def test_posts_do_not_touch_each_other() -> None:
    pandoc.to_html("[^1] [링크]\n\n[^1]: 각주\n[링크]: https://example.com\n", "posts/a.md")
    body, _ = pandoc.to_html("[^1] [링크]\n", "posts/b.md")
    assert body == "<p>[^1] [링크]</p>"


def test_pandoc_ends_with_a_hanpan_that_was_killed() -> None:
    code = (
        "import os, time\n"
        "from hanpan.pandoc import convert as pandoc\n"
        "pandoc.to_html('글', 'a.md')\n"
        "print(pandoc._running[0]._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root
    ) as hanpan:
        assert hanpan.stdout
        child = int(hanpan.stdout.readline())
        assert _is_running(child)
        hanpan.kill()
    until = time.monotonic() + 60
    while _is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    """Tell whether a process runs; one that has ended may wait to be fetched by its parent."""
    try:
        os.kill(process, 0)
        said = Path(f"/proc/{process}/stat")
        return not said.is_file() or said.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
