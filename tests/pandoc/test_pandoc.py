"""pandoc: found without being started, bounded, and with another reader to fall back on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hanpan.pandoc import convert as pandoc
from hanpan.pandoc import process
from hanpan.pandoc.process import Accident

KOREAN = "# 제목\n\n**강조(bold)**는 `코드`.\n"


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


def dying(folder: Path, times: int) -> str:
    """Return a pandoc of which the first so many processes die as soon as they are asked."""
    script = folder / "pandoc"
    script.write_text(
        "#!/bin/sh\n"
        f"for n in $(seq {times}); do\n"
        f"  if mkdir {folder}/death-$n 2>/dev/null; then read line; kill -9 $$; fi\n"
        "done\n"
        f'exec {pandoc.binary()} "$@"\n'
    )
    script.chmod(0o755)
    return str(script)


@pytest.fixture
def in_its_stead(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let another program be pandoc until the end of the test."""

    def use(program: str) -> None:
        pandoc.stop()
        monkeypatch.setattr(pandoc, "binary", lambda: program)

    yield use
    pandoc.stop()


def test_a_pandoc_that_dies_once_changes_nothing(
    tmp_path: Path, in_its_stead: Callable[[str], None]
) -> None:
    expected = pandoc.to_html(KOREAN, "a.md")
    in_its_stead(dying(tmp_path, 1))
    accidents: list[str] = []
    assert pandoc.to_html(KOREAN, "a.md", accidents.append) == expected
    assert accidents == [] and (tmp_path / "death-1").exists()


def test_a_reader_that_an_accident_chose_is_not_to_be_kept(
    tmp_path: Path, in_its_stead: Callable[[str], None]
) -> None:
    in_its_stead(dying(tmp_path, 2))
    accidents: list[str] = []
    body, (problem,) = pandoc.to_html(KOREAN, "a.md", accidents.append)
    assert "강조" in body and problem.rule == "pandoc-fallback"
    assert accidents == ["pandoc died (SIGKILL)"] and "Build again" in problem.remedy


def test_a_reader_that_the_post_chose_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    accidents: list[str] = []
    monkeypatch.setattr(pandoc, "TIMEOUT", 0.5)
    nested = "\n".join("> " * depth + "가" for depth in range(1, 150))
    _, (problem,) = pandoc.to_html(nested, "a.md", accidents.append)
    assert "0.5 seconds" in problem.message and accidents == []


def test_a_post_that_needs_too_much_memory_is_no_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "MEMORY", 100_000_000)
    accidents: list[str] = []
    monkeypatch.setattr(pandoc, "FALLBACK_READER", "html")  # takes less
    for name in ("TIMEOUT", "FALLBACK_TIMEOUT"):
        monkeypatch.setattr(pandoc, name, 60)  # on a busy machine as well
    _, (problem,) = pandoc.to_html("*가* " * 100_000, "a.md", accidents.append)
    assert "needed more than 100 MB of memory" in problem.message and accidents == []


def test_a_machine_without_time_is_an_accident() -> None:
    """What a post may take is the processor's time, and not that of the clock."""
    pandoc.to_html("글", "a.md")
    stopped = pandoc._running[0]
    os.kill(stopped._process.pid, signal.SIGSTOP)
    with pytest.raises(Accident, match="busy machine"):
        stopped.html(pandoc.READER, KOREAN, 0.1)
    assert not stopped.is_usable
    assert pandoc.to_html(KOREAN, "a.md")[1] == ()


def test_a_busy_machine_that_gives_a_little_time_is_no_accident(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It waits as long as pandoc gets on, and not some seconds by the clock."""
    pandoc.to_html("글", "a.md")
    monkeypatch.setattr(process, "_PATIENCE", 0.2)  # 0.8 s
    running = pandoc._running[0]
    assert "<strong>" in running.html(pandoc.READER, KOREAN * 4_000, 4.0)


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
