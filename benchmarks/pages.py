"""PDFs against bare WeasyPrint, and long ones against short ones: each in its own process."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from unittest import mock

from benchmarks import page_setting
from benchmarks.measures import ROOT, corpus, line, sample_post
from benchmarks.page_setting import Said
from hanpan.assets.remote import RemoteCache
from hanpan.editions import pdf
from hanpan.editions.pdf import typesetter
from hanpan.editions.pdf.engine import SCHEME, Picture, Printed
from hanpan.editions.pdf.page_text import PageText, finish_page
from hanpan.files import Files
from hanpan.reading import read
from hanpan.site import find_root, load_site

COPIES = 24  # of our own posts, for a book of about 500 pages


def printed_page(post: Path, folder: Path) -> tuple[Path, Path]:
    """Write a post's page for the weasyprint command; return it and its fonts.conf."""
    page, css, pictures, _ = filled_page(post, folder, passes=True)
    for number, (name, picture) in enumerate(pictures.items()):
        (folder / f"picture{number}").write_bytes(picture.data)
        page = page.replace(name, f"picture{number}")
    assert SCHEME not in page
    page = page.replace("</head>", f"<style>{css}</style></head>")
    (folder / "page.html").write_text(page, "utf-8")
    return folder / "page.html", next(folder.glob("fonts-*.conf"))


def printed(folder: Path, times: int) -> str:
    """Twenty PDFs: passes, layout, corrections and writing, against WeasyPrint as it comes."""
    for number, post in enumerate(dict.fromkeys([sample_post(), *corpus(20)])):
        page_setting.save(folder / f"{number:02}", *filled_page(post, folder / "cache"))
    pairs = [(run("ours", folder), run("bare", folder)) for _ in range(times)]
    ours, bare = pairs[0][0].pages, pairs[0][1].pages
    sizes = [ours[name].size / bare[name].size for name in ours]
    seconds = statistics.median(first.seconds for first, _ in pairs)
    theirs = statistics.median(second.seconds for _, second in pairs)
    return "\n".join((
        line(
            f"{len(ours)} PDFs, warm", "WeasyPrint, the same pages without our passes",
            seconds, theirs,
            statistics.median(first.seconds / second.seconds for first, second in pairs), 1.25,
        ),
        f"| their size, less attachments | median; largest {max(sizes):.3f} | the same "
        f"| {statistics.median(sizes):.3f} | <= 1.10 |",
    ))  # fmt: skip


def book(folder: Path, times: int) -> str:
    """Seconds a page of a long post, against those of a short one: our own posts, repeated."""
    posts = folder / "site" / "posts"
    shutil.copytree(ROOT / "posts", posts)
    (posts.parent / "site.toml").write_text('title = "책"\n', "utf-8")
    texts = [path.read_text("utf-8") for path in sorted(posts.glob("*.md"))]
    bodies = [text.split("\n---\n", 1)[1] for text in texts]
    for name, copies in (("long", COPIES), ("short", 1)):
        post = posts / f"{name}.md"
        post.write_text("---\ntitle: 긴 글\n---\n" + "\n\n".join(bodies * copies), "utf-8")
        page_setting.save(folder / name / "post", *filled_page(post, folder / name / "cache"))
    pairs = [(run("ours", folder / "long"), run("ours", folder / "short")) for _ in range(times)]
    long, short = pairs[0]
    seconds = statistics.median(one.page_seconds for one, _ in pairs)
    others = statistics.median(other.page_seconds for _, other in pairs)
    return "\n".join((
        line(
            f"a page of {long.count}", f"a page of {short.count}",
            seconds, others,
            statistics.median(one.page_seconds / other.page_seconds for one, other in pairs), 1.3,
        ),
        f"| memory for {long.count} pages | {long.peak:.0f} MB | {short.count} pages: "
        f"{short.peak:.0f} MB | {long.peak / short.peak:.2f} | |",
    ))  # fmt: skip


def filled_page(
    post: Path, folder: Path, *, passes: bool = False
) -> tuple[str, str, dict[str, Picture], float]:
    """Return a post's printed page, its style, its pictures and its measure in em.

    With or without our last passes.
    `folder` is for what lasts: fonts.conf, fontconfig's index, remote files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    site = load_site(find_root(post) or post.parent)
    files = Files(site, RemoteCache(site.remote, folder / "remote", {}))
    taken: list[tuple[str, str, dict[str, Picture]]] = []

    def take(page: str, css: str, pictures: dict[str, Picture], *_: object) -> Printed:
        taken.append((page, css, dict(pictures)))
        return Printed(b"", b"")

    own, measures = finish_page, list[float]()

    def finish(page: str, files: Files, measure: float, *, is_ragged: bool) -> PageText:
        measures.append(measure)
        return own(page, files, measure, is_ragged=is_ragged) if passes else PageText(page)

    with (
        mock.patch.dict(os.environ, HANPAN_CACHE=str(folder)),
        mock.patch.object(typesetter, "typeset", take),
        mock.patch.object(typesetter, "finish_page", finish),
    ):
        pdf.render(read(post.relative_to(site.root).as_posix(), "post", files).document, files)
        pdf.prepare(files)  # writes fonts.conf
    return *taken[0], measures[0]


def run(way: str, folder: Path) -> Said:
    """Set the pages of a folder in a process of its own."""
    command = [sys.executable, "-m", page_setting.__name__, way, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{way} {folder} ended in {done.returncode}\n{done.stderr[-2000:]}")
    return Said.of(done.stdout)
