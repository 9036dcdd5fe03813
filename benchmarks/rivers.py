"""Blanks of justified lines beside Chromium and Typst, on three measures: the table of docs/pdf.md.

`python -m benchmarks.rivers POST ...` needs `chromium` on the PATH and the package `typst`. Each
gets the prose of the posts (paragraphs alone, so that nothing else is measured), our fonts, sizes
and measures; Chromium keeps words whole (`word-break: keep-all`), for which Typst has no setting.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.peers import print_page
from hanpan.editions.pdf.page import PrintedPage, printed_page
from hanpan.files import packaged_layouts
from hanpan.site import Pdf
from tests.conformance.rivers import measure_all
from tests.support.command import hanpan

PAGES = ("A4", "신국판", "46판")
FONT = packaged_layouts() / "fonts" / "pretendard" / "Pretendard-Regular.ttf"


def prose_of(path: Path) -> list[str]:
    """Return the paragraphs of a post that hold nothing but words and marks."""
    body = path.read_text("utf-8").partition("\n---\n")[2]
    blocks = (block.strip() for block in body.split("\n\n"))
    plain = (re.sub(r"\[\^[^]]+\]|\[([^]]*)\]\([^)]*\)|[*_`]", r"\1", block) for block in blocks)
    return [" ".join(text.split()) for text in plain if re.match(r"[가-힣A-Za-z“‘]", text)]


def ours(texts: list[str], name: str, page: PrintedPage, target: Path) -> None:
    """Build the PDF edition."""
    folder = target.parent / target.stem
    folder.mkdir()
    (folder / "site.toml").write_text('title = "글"\n[pdf]\nqr = false\n', "utf-8")
    post = folder / "post.md"
    front = f"---\ntitle: 글\ndate: 2026-01-01\npdf:\n  page: {name}\n---\n\n"
    post.write_text(front + "\n\n".join(texts), "utf-8")
    hanpan("build", "--edition", "pdf", "--out", folder / "out", post, cwd=folder)
    next((folder / "out").rglob("*.pdf")).rename(target)


def chromium(texts: list[str], name: str, page: PrintedPage, target: Path) -> None:
    """Print a page with Chromium."""
    style = (
        f"@font-face {{ font-family: P; src: url({FONT.as_uri()}) }}"
        f"@page {{ size: {page.width}mm {page.height}mm; margin: {page.top}mm {page.outside}mm "
        f"{page.foot}mm {page.inside}mm }} body {{ margin: 0; font: {page.type_size}pt/1.7 P; "
        "text-align: justify; word-break: keep-all; overflow-wrap: break-word }"
    )
    body = "".join(f"<p>{text.replace('<', '&lt;')}</p>" for text in texts)
    source = target.with_suffix(".html")
    source.write_text(
        f'<html lang="ko"><meta charset="utf-8"><style>{style}</style>{body}', "utf-8"
    )
    print_page(source, target)


def typst(texts: list[str], name: str, page: PrintedPage, target: Path) -> None:
    """Set a document with Typst."""
    engine = import_module("typst")  # not a package of the project

    head = (
        f"#set page(width: {page.width}mm, height: {page.height}mm, margin: (top: {page.top}mm, "
        f"bottom: {page.foot}mm, left: {page.inside}mm, right: {page.outside}mm))\n"
        f'#set text(font: "Pretendard", size: {page.type_size}pt, lang: "ko", overhang: false)\n'
        "#set par(justify: true)\n"
    )
    source = target.with_suffix(".typ")
    quoted = (re.sub(r"([#$\\@<>~/=+\[\]-])", r"\\\1", text) for text in texts)
    source.write_text(head + "\n\n".join(quoted), "utf-8")
    engine.compile(str(source), output=str(target), font_paths=[str(FONT.parent)])


WAYS: dict[str, Callable[[list[str], str, PrintedPage, Path], None]] = {
    "hanpan": ours,
    "Chromium": chromium,
    "Typst": typst,
}


def main() -> None:
    """Print a row for each page and way."""
    posts = [prose_of(Path(name)) for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory(prefix="hanpan-rivers-") as folder:
        for name in PAGES:
            for way, make in WAYS.items():
                targets = [Path(folder) / f"{name}-{way}-{at}.pdf" for at in range(len(posts))]
                for texts, target in zip(posts, targets, strict=True):
                    make(texts, name, printed_page(Pdf(page=name)), target)
                print(f"| {name}, {way} | {measure_all(targets)} |", flush=True)


if __name__ == "__main__":
    main()
