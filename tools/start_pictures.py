"""The pictures of docs/start.md, in both languages, made by doing what it says: `make pictures`.

A Jekyll blog of two sample posts and one with a mistake is built, and hanpan is added to it. What
the terminal shows is what the commands print.
"""

from __future__ import annotations

import base64
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt
from playwright.sync_api import Browser, sync_playwright

from tools.pictures import ROOT, compose, laid, page_of, photograph

CONFIG = """title: 한판 노트
description: 한글 글쓰기와 조판
url: https://hanpan.example
author: 한판 편집실
timezone: Asia/Seoul
"""
POSTS = ("2026-10-16-eojeol.md", "2026-11-06-long-read.md")
MISTAKEN = """---
title: 그림이 없는 글
last_modifed_at: 2026-11-27
---

![창밖](/assets/images/window.jpg)
"""
BOOK = """
[[book]]
name = "note"
title = "한글을 앉히는 일"
numbering = "제1장"
"""
ROWS = 40  # lines of a terminal that a picture has room for
PROGRESS = re.compile(
    r"make\[\d.*|\d+ of \d+ posts|글 \d+편 중 \d+편"
)  # what a terminal overwrites
FONTS = {
    "d2coding": ROOT / "layouts" / "fonts" / "d2coding" / "d2coding.ttf",
    "pretendard": ROOT / "layouts" / "fonts" / "pretendard" / "Pretendard-Regular.ttf",
}
FACE = """<style>
@font-face {{ font-family: D2Coding; src: url(data:font/ttf;base64,{font}) }}
</style>"""
REPORT = """<!DOCTYPE html><meta charset="utf-8"><style>
@font-face {{ font-family: Own; src: url({font}) }}
body {{ margin: 24px 28px; font: 16px/1.5 Own, sans-serif; color: #1f2328 }}
table {{ border-collapse: collapse }} th, td {{ border: 1px solid #d1d9e0; padding: 6px 12px }}
code {{ background: #f0f1f3; border-radius: 4px; padding: 1px 5px; font: inherit }}
</style>{text}"""
TERMINAL = """<div style="position: absolute; {place}; border-radius: 10px; overflow: hidden;
  background: #16211e; box-shadow: 0 18px 48px rgb(20 40 36 / .28)">
<div style="height: 30px; background: #22302c"></div>
<pre style="margin: 0; padding: 18px 22px 22px; color: #dfe7e3; white-space: pre-wrap;
  overflow-wrap: anywhere; font: {size}px/1.5 D2Coding, monospace">{text}</pre></div>"""


def main() -> None:
    """Follow docs/start.md in a new blog for each language, and take the pictures."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        system = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
        for lang in ("en", "ko"):
            take(browser, Path(name) / lang, lang)
        browser.close()


def take(browser: Browser, folder: Path, lang: str) -> None:
    """Write the pictures of one language."""
    ending = "" if lang == "en" else f"-{lang}"
    blog = folder / "blog"
    make_blog(blog)

    printed = said(blog, lang, "hanpan build")
    page = photograph(browser, blog / "out" / "eojeol" / "eojeol.html", 760, 900)
    compose(browser, f"start-build{ending}", [
        laid(page, "window", "right: 48px; top: 56px; width: 520px"),
        terminal(printed, "left: 48px; top: 130px; width: 720px", 14),
    ])  # fmt: skip

    added = said(blog, lang, "hanpan init")
    compose(browser, f"start-init{ending}", [
        terminal(added, "left: 190px; top: 40px; width: 820px", 14),
    ])  # fmt: skip

    found = said(blog, lang, "hanpan build --report problems.md")
    report = folder / "report.html"
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    page_of_report = rendered.render((blog / "problems.md").read_text("utf-8"))
    report.write_text(
        REPORT.format(font=FONTS["pretendard"].as_uri(), text=page_of_report), "utf-8"
    )
    comment = photograph(browser, report, 900, 330)
    compose(browser, f"start-report{ending}", [
        terminal(found, "left: 48px; top: 60px; width: 1000px", 14),
        laid(comment, "window", "right: 48px; bottom: 60px; width: 860px"),
    ])  # fmt: skip

    with (blog / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write(BOOK)
    made = said(blog, lang, "make books")
    book = blog / "out" / "books" / "note" / "note.pdf"
    compose(browser, f"start-book{ending}", [
        laid(page_of(book, 1, 110, folder), "paper", "left: 48px; top: 48px; width: 400px"),
        laid(page_of(book, 5, 110, folder), "paper", "right: 48px; top: 48px; width: 400px"),
        terminal(made, "left: 150px; bottom: 56px; width: 900px", 15),
    ])  # fmt: skip

    copied = said(blog, lang, "hanpan pages _pages")
    (shown,) = (blog / "_pages").glob("eojeol/*.html")
    post = photograph(browser, shown, 1180, 900)
    compose(browser, f"start-pages{ending}", [
        laid(post, "window", "left: 120px; top: 48px; width: 960px"),
        terminal(copied, "left: 60px; bottom: 48px; width: 760px", 15),
    ])  # fmt: skip


def make_blog(blog: Path) -> None:
    """Make a blog of Jekyll's."""
    (blog / "_posts").mkdir(parents=True)
    shutil.copytree(ROOT / "assets", blog / "assets")
    (blog / "_config.yml").write_text(f"{CONFIG}lang: ko\n", "utf-8")
    for name in POSTS:
        shutil.copy(ROOT / "posts" / name, blog / "_posts")
    (blog / "_posts" / "2026-11-27-window.md").write_text(MISTAKEN, "utf-8")


def said(blog: Path, lang: str, command: str) -> str:
    """Run a command as a reader types it, and return what the terminal shows."""
    own = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PATH": f"{own}{os.pathsep}{os.environ['PATH']}",
        "HANPAN_LANG": lang,
        "HANPAN_FUTURE": "1",
        "COLUMNS": "84",
        "NO_COLOR": "1",
    }
    environment.pop("CI", None)
    ended = subprocess.run(
        command.split(), cwd=blog, env=environment, text=True, check=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    lines = ended.stdout.splitlines()
    shown = [line for line in lines if not PROGRESS.fullmatch(line)]
    cut = [*shown[: ROWS - 4], "…", *shown[-3:]] if len(shown) > ROWS else shown
    return "\n".join([f"$ {command}", *cut])


def terminal(text: str, place: str, size: int) -> str:
    """Return a terminal with this text, as an element on the stage."""
    face = FACE.format(font=base64.b64encode(FONTS["d2coding"].read_bytes()).decode())
    return face + TERMINAL.format(place=place, size=size, text=html.escape(text))


if __name__ == "__main__":
    main()
