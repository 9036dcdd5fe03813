"""Measure hanpan against the ordinary way, as ratios in one run: `make bench`.

The ordinary way is what a Makefile would do: one `pandoc` process for HTML, one for EPUB, one
`weasyprint` process for PDF, for each post, two at a time. Times are of whole processes; each pair
is taken in turn, several times, and the median of the ratios is said, for machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.cluster import cluster_overhead
from benchmarks.conservation import conserved
from benchmarks.measures import corpus, line, row, sample_post, seconds
from benchmarks.pages import book, printed, printed_page
from benchmarks.platforms import platforms
from benchmarks.saves import previewed_saves
from benchmarks.scale import many
from benchmarks.shared_cache import shared_cache
from benchmarks.site import site_of_many
from benchmarks.volume import volume
from hanpan.pandoc.convert import binary

SCRIPTS = Path(sys.executable).parent
SLICE = 25  # posts


def main() -> None:
    """Run the measurements that are asked for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    known = ", ".join(BENCHES)
    parser.add_argument("names", nargs="*", help=f"of {known}; default: all")
    parser.add_argument("--times", type=int, default=3, help="how often each pair is taken")
    arguments = parser.parse_args()
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}", flush=True)
    print("| what | hanpan | compared with | ratio | bound |\n| --- | --- | --- | --- | --- |")
    for name in arguments.names or BENCHES:
        with tempfile.TemporaryDirectory(prefix="hanpan-bench-") as folder:
            print(BENCHES[name](Path(folder), arguments.times), flush=True)


def one_post(folder: Path, times: int) -> str:
    """One post, four editions, cold, against `weasyprint` with the same page and fonts alone."""
    post = sample_post()
    page, conf = printed_page(post, folder / "page")
    environment = {**os.environ, "FONTCONFIG_FILE": str(conf)}

    def ours(turn: int) -> float:
        return seconds([*hanpan(), "build", str(post), "--out", str(folder / f"out{turn}")])

    def theirs(turn: int) -> float:
        command = [str(SCRIPTS / "weasyprint"), str(page), str(folder / "theirs.pdf")]
        return seconds(command, environment)

    name = "one post, four editions, cold"
    return row(name, "weasyprint, its PDF alone", ours, theirs, times, 1.0)


def many_posts(folder: Path, times: int) -> str:
    """A hundred posts, four editions and 14 payloads, against one process for each output.

    These run two at a time and make no payloads. Slices take turns (issue 15); each of ours begins
    cold, which is a tenth of what a slice takes.
    """
    posts = corpus(100)

    def ours(part: list[Path], out: Path) -> float:
        return seconds([*hanpan(), "build", *map(str, part), "--out", str(out)], allowed=(0, 1))

    def theirs(part: list[Path], target: Path) -> float:
        target.mkdir()
        start = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda item: ordinary(item[1], target, item[0]), enumerate(part)))
        return time.monotonic() - start

    mine, others = 0.0, 0.0
    for first in range(0, len(posts), SLICE):
        part = posts[first : first + SLICE]
        mine += ours(part, folder / f"ours{first}")
        others += theirs(part, folder / f"theirs{first}")
    name = f"{len(posts)} posts, four editions, cold"
    return line(name, "pandoc, pandoc, weasyprint a post", mine, others, mine / others, 0.28)


def nothing_changed(folder: Path, times: int) -> str:
    """Two hundred posts in which nothing has changed, against building them cold."""
    posts = corpus(200)
    command = [*hanpan(), "build", *map(str, posts), "--out", str(folder / "out")]
    cold = seconds(command, allowed=(0, 1))
    command += ["--why"]
    fresh = [seconds(command, allowed=(0, 1)) for _ in range(times)]
    ratio = statistics.median(fresh) / cold
    return line(
        f"{len(posts)} posts, nothing changed", "the same, cold",
        statistics.median(fresh), cold, ratio, 0.03,
    )  # fmt: skip


def memory(folder: Path, times: int) -> str:
    """Peak memory of the largest process while the corpus is built, in MB against 400."""
    posts = corpus(300)
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    command = [*hanpan(), "build", *map(str, posts), "--out", str(folder / "out")]
    done = subprocess.run(
        [sys.executable, "-c", script, *command], capture_output=True, text=True, check=True
    )
    megabytes = int(done.stdout) * 1024 / 1e6
    return (
        f"| largest process, {len(posts)} posts | {megabytes:.0f} MB | 400 MB | "
        f"{megabytes / 400:.2f} | <= 1.00 |"
    )


BENCHES: dict[str, Callable[[Path, int], str]] = {
    "one-post": one_post,
    "many-posts": many_posts,
    "nothing-changed": nothing_changed,
    "memory": memory,
    "pdf": printed,
    "book": book,
    "volume": volume,
    "platforms": platforms,
    "conservation": conserved,
    "cache": shared_cache,
    "preview": previewed_saves,
    "cluster": cluster_overhead,
    "scale": many,
    "site": site_of_many,
}


def hanpan() -> list[str]:
    """Return the command line of hanpan."""
    return [sys.executable, "-m", "hanpan"]


def ordinary(post: Path, target: Path, number: int) -> None:
    """Make a post's HTML, EPUB and PDF with one process each."""
    page, book = target / f"{number}.html", target / f"{number}.epub"
    reader = ["-f", "markdown-yaml_metadata_block-citations", str(post)]
    for arguments in (["-s", "-o", str(page)], ["-o", str(book)]):
        quietly([str(binary()), *reader, *arguments])
    quietly([str(SCRIPTS / "weasyprint"), str(page), str(target / f"{number}.pdf")])


def quietly(command: list[str]) -> None:
    """Run a command for at most two minutes, whatever it says."""
    try:
        subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"(stopped: {' '.join(command[-3:])})", file=sys.stderr)


if __name__ == "__main__":
    main()
