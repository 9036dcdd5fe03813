"""Completions in the shells themselves, in a terminal; the manual page under mandoc and groff."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from hanpan.cli import parser
from hanpan.manual import SHELLS, completion, man_page

pytestmark = pytest.mark.conformance

_SAY = "printf '<<'; printf '%s|' \"$@\"; printf '>>\\n'"
STARTS = {
    "bash": (["bash", "--norc", "-i"], f"source {{}}; hanpan() {{{{ {_SAY}; }}}}"),
    "zsh": (
        ["zsh", "-f", "-i"],
        f"autoload -U compinit; compinit -u -D; source {{}}; hanpan() {{{{ {_SAY}; }}}}",
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "source {}; function hanpan; printf '<<'; printf '%s|' $argv; printf '>>\\n'; end",
    ),
}
# what is typed before Tab and Return, and what the command then gets
TYPED = {
    "hanpan compl": "completion",
    "hanpan --lang k": "--lang|ko",
    "hanpan build --edition html,cro": "build|--edition|html,crosspost",
    "hanpan build --edition=ep": "build|--edition=epub",
    "hanpan build --strict pos": "build|--strict|posts",
    "hanpan book --out pos": "book|--out|posts",
    "hanpan publish wordp": "publish|wordpress",
    "hanpan publish --force own": "publish|--force|ownplace",
    "hanpan check --rule alt-em": "check|--rule|alt-empty",
    "hanpan check --severity warn": "check|--severity|warning",
    "hanpan show met": "show|meta",
    "hanpan cache pru": "cache|prune",
    "hanpan completion fi": "completion|fish",
}
_PATIENCE = 30  # seconds in which a shell has to answer


class Terminal:
    """A shell at a terminal."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.shown = b""
        self._process, self._end = pty.fork()
        if self._process == 0:
            os.chdir(folder)
            os.environ.update(HOME=str(folder), TERM="dumb", PS1="$ ", LC_ALL="C.UTF-8")
            os.execvp(command[0], command)

    def type(self, text: str) -> None:
        """Type a text."""
        os.write(self._end, text.encode())

    def wait_for(self, mark: bytes, times: int) -> None:
        """Wait until the screen has had a text so many times."""
        deadline = time.monotonic() + _PATIENCE
        while self.shown.count(mark) < times:
            assert time.monotonic() < deadline, self.shown.decode(errors="replace")
            if select.select([self._end], [], [], 1)[0]:
                self.shown += os.read(self._end, 65536)

    def close(self) -> None:
        """End the shell."""
        self.type("exit\n")
        os.close(self._end)
        os.waitpid(self._process, 0)


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes_commands_options_and_values(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "posts").mkdir()
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "ownplace.toml").touch()
    script = tmp_path / "script"
    script.write_text(completion(parser("en"), shell), "utf-8")
    command, start = STARTS[shell]
    terminal = Terminal(command, tmp_path)
    terminal.type(start.format(script) + "; echo rea''dy\n")
    terminal.wait_for(b"ready", 1)
    got = {}
    for number, typed in enumerate(TYPED, 1):
        terminal.type(f"{typed}\t\n")
        terminal.wait_for(b">>", number + terminal.shown.count(b"'>>"))
        said = terminal.shown.decode(errors="replace").rpartition("<<")[2].partition(">>")[0]
        got[typed] = said.rstrip("|").rstrip("/")
    terminal.close()
    assert got == TYPED


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_manual_page_is_sound_to_mandoc_and_groff(lang: str, tmp_path: Path) -> None:
    page = tmp_path / "hanpan.1"
    page.write_text(man_page(parser(lang), lang), "utf-8")
    checks = {
        "mandoc": ["mandoc", "-T", "lint", "-W", "all", str(page)],
        "groff": ["groff", "-man", "-ww", "-z", "-Kutf8", "-Tutf8", str(page)],
    }
    judges = [name for name in checks if shutil.which(name)]
    if not judges:
        pytest.skip("neither mandoc nor groff is installed")
    for name in judges:
        done = subprocess.run(checks[name], capture_output=True, text=True)
        assert (done.stdout + done.stderr).strip() == "", name
