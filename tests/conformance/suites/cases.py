"""Cases: kramdown's test cases and the examples of two specifications, as posts.

They lie in ../shared/suites, each under its own licence, and are reached by path only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.others_posts import SHARED

SUITES = SHARED / "suites"
SPECIFICATIONS = ("commonmark", "gfm")
_EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_SITE = 'title = "시험"\nurl = "https://blog.example"\n'


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its name, its Markdown, and the HTML that its suite expects; None for none."""

    name: str  # kramdown/span/math/normal, commonmark/12
    markdown: str
    expected: str | None
    options: str = ""  # of kramdown, as YAML

    @property
    def suite(self) -> str:
        return self.name.partition("/")[0]

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower())


def cases() -> list[Case]:
    """Return all cases of all suites."""
    return [*_kramdown(), *(case for name in SPECIFICATIONS for case in _specification(name))]


def _kramdown() -> Iterator[Case]:
    base = SUITES / "kramdown" / "testcases"
    for path in sorted(base.rglob("*.text")):
        name = f"kramdown/{path.relative_to(base).with_suffix('').as_posix()}"
        expected = path.with_suffix(".html")
        html = expected.read_text("utf-8") if expected.is_file() else None
        options = path.with_suffix(".options")
        said = options.read_text("utf-8") if options.is_file() else ""
        yield Case(name, path.read_text("utf-8"), html, said)


def _specification(name: str) -> Iterator[Case]:
    text = (SUITES / name / "spec.txt").read_text("utf-8")
    for number, example in enumerate(_EXAMPLE.finditer(text), 1):
        markdown, html = (example[part].replace("→", "\t") for part in (1, 2))
        yield Case(f"{name}/{number}", markdown, html)


def write_site(folder: Path, chosen: Iterable[Case], processor: str = "") -> list[Path]:
    """Write cases as the posts of one site; `processor` is what its _config.yml names."""
    posts = folder / "posts"
    posts.mkdir(parents=True)
    (folder / "site.toml").write_text(_SITE, "utf-8")
    if processor:
        (folder / "_config.yml").write_text(f"markdown: {processor}\n", "utf-8")
    written = []
    for case in chosen:
        written.append(posts / f"2026-03-01-{case.slug}.md")
        head = f"---\ntitle: {case.name}\n---\n"
        written[-1].write_bytes((head + case.markdown).encode())
    return written
