"""Posts as PDF beside pandoc with Typst, Chromium's print, Vivliostyle: the table of docs/pdf.md.

`python -m benchmarks.peers POST ...` needs what the project does not: `typst` and `vivliostyle`
on the PATH, and Chromium. Each gets the Markdown (Chromium: pandoc's page of it), the language and
our fonts; Chromium and Vivliostyle get our own page as well, whose style keeps words whole.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from benchmarks.measures import ROOT
from hanpan.files import packaged_layouts
from hanpan.pandoc.convert import binary
from tests.conformance.pdf_text import judge
from tests.support.others_posts import documents
from tests.support.referees.verapdf import failures

READER = "markdown-citations+lists_without_preceding_blankline-blank_before_header"
QUOTES = frozenset("\u2018\u2019\u201c\u201d")  # each has its own way with them
STYLE = """
@font-face { font-family: Pretendard; src: url(fonts/pretendard/Pretendard-Regular.ttf) }
@font-face { font-family: Pretendard; font-weight: 700;
  src: url(fonts/pretendard/Pretendard-Bold.ttf) }
@font-face { font-family: D2Coding; src: url(fonts/d2coding/d2coding.ttf) }
@font-face { font-family: Noto; src: url(fonts/noto-sans-kr/NotoSansKR_400Regular.ttf) }
body { font-family: Pretendard, Noto }
code { font-family: D2Coding, Noto }
"""


@dataclass(frozen=True, slots=True)
class Post:
    """A post laid out for all: its Markdown in a folder of its own with the site's pictures."""

    own: Path  # as its author wrote it
    source: Path  # with the teaser in its text
    folder: Path
    ours: Path  # our HTML edition
    document: dict[str, Any]


def typst(post: Post, target: Path) -> None:
    """pandoc -t typst, then typst."""
    pages = post.folder / "post.typ"
    pandoc(post, "typst", pages, "-V", "mainfont=Pretendard", "-V", "codefont=D2Coding")
    fonts = ["--font-path", str(packaged_layouts() / "fonts")]
    run("typst", "compile", "--root", str(post.folder), *fonts, str(pages), str(target))


def chromium(post: Post, target: Path) -> None:
    """pandoc -t html, then Chromium's print."""
    page = post.folder / "post.html"
    pandoc(post, "html", page, "--css", "style.css", "--mathml")
    text = page.read_text("utf-8").replace('="/assets/', '="assets/')
    page.write_text(text, "utf-8")
    print_page(page, target)


def chromium_ours(post: Post, target: Path) -> None:
    """Our HTML edition, then Chromium's print."""
    print_page(post.ours, target)


def vivliostyle(post: Post, target: Path) -> None:
    """Vivliostyle, which reads Markdown itself."""
    source = post.folder / "relative.md"
    source.write_text(post.source.read_text("utf-8").replace("](/assets/", "](assets/"), "utf-8")
    set_pages(source, target, "--style", "style.css", "--language", "ko")


def vivliostyle_ours(post: Post, target: Path) -> None:
    """Our HTML edition, then Vivliostyle."""
    set_pages(post.ours, target)


def hanpan(post: Post, target: Path) -> None:
    """hanpan build, the PDF alone."""
    out = post.folder / "out"
    command = ["-m", "hanpan", "build", "--edition", "pdf", "--out", str(out), str(post.own)]
    run(sys.executable, *command)
    shutil.copy(next(out.glob("*/*.pdf")), target)


WAYS: dict[str, Callable[[Post, Path], None]] = {
    "hanpan": hanpan,
    "pandoc, Typst": typst,
    "pandoc, Chromium": chromium,
    "Chromium, our page": chromium_ours,
    "Vivliostyle": vivliostyle,
    "Vivliostyle, our page": vivliostyle_ours,
}


def main() -> None:
    """Print a table: a row for each way, the sums over all posts."""
    with tempfile.TemporaryDirectory(prefix="hanpan-peers-") as folder:
        posts = list(laid_out([Path(name).resolve() for name in sys.argv[1:]], Path(folder)))
        print(
            "| | words split | words lost | glyphs missing | PDF/UA-1 | PDF/A-3a | seconds | KB |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, make in WAYS.items():
            print(measured(name, make, posts, Path(folder)), flush=True)


def measured(name: str, make: Callable[[Post, Path], None], posts: list[Post], folder: Path) -> str:
    """Return a row of the table."""
    targets = [folder / f"{name}-{number}.pdf" for number in range(len(posts))]
    start = time.monotonic()
    for post, target in zip(posts, targets, strict=True):
        make(post, target)
    taken = time.monotonic() - start
    judged = [judge(target, post.document, []) for post, target in zip(posts, targets, strict=True)]
    split = sum(len(one.lines.broken) for one in judged)
    ends = sum(one.lines.turns for one in judged)
    missing = sum("shows a glyph" in fault for one in judged for fault in one.faults)
    lost = sum(not QUOTES & set(word) for one in judged for word in one.lost)
    ua, a3 = (
        sum(not found for found in failures(targets, flavour).values()) for flavour in ("ua1", "3a")
    )
    size = sum(weight(target) for target in targets) / 1000
    return (
        f"| {name} | {split} of {ends} line ends | {lost} | {missing} "
        f"| {ua} of {len(posts)} | {a3} of {len(posts)} | {taken:.1f} | {size:.0f} |"
    )


def weight(path: Path) -> int:
    """Return the bytes of a PDF less those of the files attached to it."""
    with pikepdf.open(path) as pdf:
        attached = [
            len(item.read_raw_bytes())
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/EmbeddedFile"
        ]
    return path.stat().st_size - sum(attached)


def laid_out(sources: list[Path], folder: Path) -> Iterator[Post]:
    """Build each post's page, and lay it and its Markdown out in a folder of its own."""
    out = folder / "out"
    run(sys.executable, "-m", "hanpan", "build", "--out", str(out), *map(str, sources))
    known = documents(out)
    for entry in json.loads((out / "build.json").read_text("utf-8"))["posts"]:
        place = folder / entry["slug"]
        shutil.copytree(ROOT / "assets", place / "assets")
        (place / "fonts").symlink_to(packaged_layouts() / "fonts")
        (place / "style.css").write_text(STYLE, "utf-8")
        source = place / "post.md"
        own = (folder / entry["source"]).resolve()
        source.write_text(with_teaser(own), "utf-8")
        page = out / entry["artifacts"]["html"]
        yield Post(own, source, place, page, known[entry["slug"]])


def with_teaser(path: Path) -> str:
    """Return a post with its teaser on top of the text, where those who do not know it see it."""
    front, _, body = path.read_text("utf-8").partition("\n---\n")
    teaser = re.search(r"teaser: *(?:https?://[^/]+)?(\S+)", front)
    return f"{front}\n---\n\n![]({teaser[1]})\n{body}" if teaser else f"{front}\n---\n{body}"


def pandoc(post: Post, form: str, target: Path, *arguments: str) -> None:
    """Write a post's Markdown as a page that stands alone."""
    common = ["-f", READER, "-s", "-t", form, "-V", "lang=ko", "-V", "papersize=a4"]
    run(str(binary()), *common, *arguments, "-o", str(target), str(post.source))


def print_page(page: Path, target: Path) -> None:
    """Print a page with Chromium."""
    options = ["--headless", "--no-sandbox", "--no-pdf-header-footer"]
    run("chromium", *options, f"--print-to-pdf={target}", page.as_uri())


def set_pages(source: Path, target: Path, *arguments: str) -> None:
    """Set a file with Vivliostyle."""
    browser = ["--executable-browser", shutil.which("chromium") or ""]
    command = ["vivliostyle", "build", source.name, "-o", str(target), "-s", "A4", *browser]
    run(*command, *arguments, folder=source.parent)


def run(*command: str, folder: Path = ROOT) -> None:
    """Run a command; what fails ends the measurement."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} ended in {done.returncode}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
