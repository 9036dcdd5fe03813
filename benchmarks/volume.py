"""A book of 1,400 pages: what the largest process holds, and its seconds (issue 15).

Our own posts, again and again, each a chapter; HANPAN_BENCH_CHAPTERS says how many there are.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import pypdf

from benchmarks.measures import ROOT, costs

CHAPTERS = int(os.environ.get("HANPAN_BENCH_CHAPTERS", "140"))
MEMORY = 800  # MB


def volume(folder: Path, times: int) -> str:
    """Memory for a book of many chapters as PDF; the largest of all processes of a bench."""
    del times  # memory does not vary from one run to the next
    posts = folder / "posts"
    posts.mkdir()
    book = '[[book]]\nname = "all"\ntitle = "모두"\nposts = ["posts/*"]\n'
    (folder / "site.toml").write_text(f'title = "책"\n{book}', "utf-8")
    sources = sorted((ROOT / "posts").glob("*.md"))
    for number in range(CHAPTERS):
        source = sources[number % len(sources)]
        text = source.read_text("utf-8").replace("title: ", f"title: {number}. ", 1)
        (posts / f"2026-01-01-{number:04}-{source.stem[11:]}.md").write_text(text, "utf-8")
    command = [sys.executable, "-m", "hanpan", "book", "--site", str(folder / "site.toml")]
    seconds, _ = costs([*command, "--edition", "pdf", "--out", str(folder / "out")], (0, 1))
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    (pdf,) = (folder / "out").glob("**/*.pdf")
    pages = len(pypdf.PdfReader(pdf).pages)
    return (
        f"| a book of {pages} pages, {CHAPTERS} chapters, {seconds:.0f} s | {megabytes:.0f} MB | "
        f"{MEMORY} MB | {megabytes / MEMORY:.2f} | <= 1.00 |"
    )
