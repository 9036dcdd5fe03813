"""Referees in Java: one virtual machine for all questions of a process: its start takes longest."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

import pytest


class JavaReferee:
    """A program of this folder: a line is a question, lines up to an empty one are the answer."""

    def __init__(self, program: str, classes: str) -> None:
        java = shutil.which("java")
        if java is None:
            pytest.skip(f"{program} needs Java (Debian: default-jdk-headless)")
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        # the first tier of the compiler only: most of what runs runs a few times
        command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en"]
        command += ["-Dfile.encoding=UTF-8", "-cp", classes, str(Path(__file__).parent / program)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
        )
        atexit.register(self._process.communicate)

    def ask(self, question: str) -> list[str]:
        """Return the lines of the answer. Skips the test where this Java compiles nothing."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(f"{question}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass
        lines: list[str] = []
        for line in self._process.stdout:
            if line == "\n":
                return lines
            lines.append(line.removesuffix("\n"))
        self._log.seek(0)
        log = self._log.read().decode(errors="replace")
        if "jdk.compiler" in log:
            pytest.skip("this Java has no compiler, which referees need (default-jdk-headless)")
        raise AssertionError(log)


def referee(program: str, classes: str) -> JavaReferee:
    """Return the running program, started by whoever asks first in this process."""
    return _started(program, classes, os.getpid())


@cache
def _started(program: str, classes: str, _process: int) -> JavaReferee:
    return JavaReferee(program, classes)
