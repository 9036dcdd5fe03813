"""Referees in Java: one virtual machine for all questions of a run: its start takes longest."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.support.shared import line_to, locked, shared_folder


class JavaReferee:
    """A program of this folder: a line is a question, lines up to an empty one are the answer."""

    def __init__(self, program: str, classes: str) -> None:
        self._java = shutil.which("java")
        if self._java is None:
            pytest.skip(f"{program} needs Java (Debian: default-jdk-headless)")
        self._program, self._classes = program, classes
        self._folder = shared_folder()
        self._line = line_to(program, self._start)
        answers = os.open(self._place("answers"), os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(answers, True)
        self._answers = os.fdopen(answers, encoding="utf-8")

    def _place(self, what: str) -> Path:
        return self._folder / f"{self._program}-{what}"

    def _start(self, reads: int) -> subprocess.Popen[bytes]:
        # the first tier of the compiler only: most of what runs runs a few times
        command = [str(self._java), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        command += ["-Duser.language=en", "-Dfile.encoding=UTF-8", "-cp", self._classes]
        command += [str(Path(__file__).parent / self._program)]
        self._place("answers").unlink(missing_ok=True)
        os.mkfifo(self._place("answers"))
        # open for reading, too: it goes on where the one who has asked has ended
        answers = os.open(self._place("answers"), os.O_RDWR)
        with self._place("log").open("wb") as log:
            process = subprocess.Popen(command, stdin=reads, stdout=answers, stderr=log)
        os.close(answers)
        return process

    def ask(self, question: str) -> list[str]:
        """Return the lines of the answer. Skips the test where this Java compiles nothing."""
        with locked(self._place("asked")):
            with contextlib.suppress(BrokenPipeError):
                os.write(self._line, f"{question}\n".encode())
            lines: list[str] = []
            for line in self._answers:
                if line == "\n":
                    return lines
                lines.append(line.removesuffix("\n"))
        log = self._place("log").read_text("utf-8", "replace")
        if "jdk.compiler" in log:
            pytest.skip("this Java has no compiler, which referees need (default-jdk-headless)")
        raise AssertionError(log)


def referee(program: str, classes: str) -> JavaReferee:
    """Return the running program, started by whoever asks first in this test run."""
    return _started(program, classes, os.getpid())


@cache
def _started(program: str, classes: str, _process: int) -> JavaReferee:
    return JavaReferee(program, classes)
