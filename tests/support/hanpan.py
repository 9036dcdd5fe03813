"""Running hanpan as a person does: a blog of our own in a folder, and the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = ("html", "pdf", "epub", "crosspost")
POST = """---
title: "{title}"
categories: [기록]
tags: [한글, 조판]
last_modified_at: 2026-03-02
---

첫 문단은 어절이 줄 끝에서 갈라지지 않는지 보려고 조금 길게 적어 둔 문단이다.

## 소제목

- 하나
- 둘

```python
print("안녕")
```
"""


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """Return this environment with the checkout importable, and with `more`."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "CI": "true", **more}


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of hanpan from this checkout."""
    return [sys.executable, "-m", "hanpan", *map(str, arguments)]


def hanpan(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 300
) -> Ran:
    """Run hanpan in a folder and wait for its end."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def built(cwd: Path, *arguments: str | Path, **more: Any) -> dict[str, Any]:
    """Run `hanpan build --json`; return its object. The build must end in 0."""
    ran = hanpan("build", "--json", *arguments, cwd=cwd, **more)
    assert ran.code == 0, ran.err + ran.out
    found: dict[str, Any] = json.loads(ran.out)
    return found


def edition_of(folder: Path, sources: Iterable[Path], edition: str) -> list[Path]:
    """Build one edition of posts into a folder; return its files."""
    folder.mkdir(exist_ok=True)
    built(folder, *sources, "--edition", edition, "--out", folder, "--offline")
    return sorted(folder.rglob(f"*.{edition}"))


def make_blog(folder: Path, *, posts: int = 2, settings: str = "") -> Path:
    """Lay out a blog of our own: site.toml, and posts/2026-03-01-글-N.md."""
    (folder / "posts").mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(
        f'title = "시험 블로그"\nurl = "https://blog.example"\nauthor = "글쓴이"\n{settings}',
        "utf-8",
    )
    for number in range(1, posts + 1):
        add_post(folder, f"2026-03-{number:02}-글-{number}.md", POST.format(title=f"글 {number}"))
    return folder


def add_post(folder: Path, name: str, text: str) -> Path:
    """Write a post's file."""
    path = folder / "posts" / name
    path.write_text(text, "utf-8")
    return path


def tree_of(out: Path) -> dict[str, bytes]:
    """Return every artifact below out/ by path; hanpan's memory and build.json are left out."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".hanpan" not in path.parts and path.name != "build.json"
    }
