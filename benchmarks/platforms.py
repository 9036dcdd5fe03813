"""What the payloads of all platforms cost: time of one process, a post, of a hundred real ones."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.measures import corpus
from hanpan.assets.remote import RemoteCache
from hanpan.crosspost.platform import platform_names
from hanpan.document import Document
from hanpan.editions import crosspost
from hanpan.files import Digests, Files
from hanpan.reading import read
from hanpan.site import find_root, load_site

PAYLOADS = 0.12  # seconds a post, for 14 platforms (issue 6)


def platforms(folder: Path, times: int) -> str:
    """Return the row of the table: of one run, for a second would find drawings in caches."""
    names, digests = platform_names(), Digests()
    read_posts = [_read(post, names, folder, digests) for post in corpus(100)]
    gc.collect()
    gc.disable()  # as in the build's workers
    start = time.process_time()
    for document, files in read_posts:
        crosspost.render(document, files)
    taken = (time.process_time() - start) / len(read_posts)
    gc.enable()
    return (
        f"| {len(names)} platforms, a post of {len(read_posts)} | {taken:.3f} s | "
        f"{PAYLOADS} s | {taken / PAYLOADS:.2f} | <= 1.00 |"
    )


def _read(
    post: Path, names: tuple[str, ...], folder: Path, digests: Digests
) -> tuple[Document, Files]:
    """Return a post's document, and the door of its own site with all platforms asked for."""
    root = (find_root(post) or post.parent).resolve()
    site = load_site(root)
    site = replace(site, crosspost=replace(site.crosspost, platforms=names))
    files = Files(site, RemoteCache(site.remote, folder / "cache", {}, offline=True), digests)
    return read(post.resolve().relative_to(root).as_posix(), post.stem, files).document, files
