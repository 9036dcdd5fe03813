"""A blog of our own in a folder: site.toml and posts."""

from __future__ import annotations

from pathlib import Path

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
