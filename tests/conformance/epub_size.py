"""The size of EPUBs, beside those that pandoc makes of the same posts.

`python -m tests.conformance.epub_size ../shared/corpus` builds the EPUB of every post below a
folder and prints the largest in proportion, with what their bytes are. pandoc is handed the
document's body as hanpan has read it, with the same pictures, cover and metadata: it makes the
contents, the MathML, the colours of code and its own style. Of itself it makes no pictures of
formulas, so that there are two figures: with those pictures in its EPUB as well, and without.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc
from markupsafe import escape

from tests.support.others_posts import build, documents, entries, posts_of

BOUND = 1.1  # issue 5
_FORMULA = "formula-"  # how the names of formulas' pictures begin


@dataclass(frozen=True, slots=True)
class Size:
    """One post's EPUB, in bytes: ours without fonts, and pandoc's."""

    name: str
    ours: int
    shown: int  # pandoc's, with the pictures of formulas
    bare: int  # ... and without
    parts: tuple[tuple[str, int], ...]  # what ours is made of, the largest first

    @property
    def ratio(self) -> float:
        """Return how large ours is beside pandoc's of the same pictures."""
        return self.ours / self.shown

    @property
    def bare_ratio(self) -> float:
        """Return how large ours is beside pandoc's without pictures of formulas."""
        return self.ours / self.bare


def measure(path: Path, document: dict[str, Any]) -> Size:
    """Weigh an EPUB against pandoc's of the document that it was made of."""
    with zipfile.ZipFile(path) as book, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fonts = sum(i.compress_size for i in book.infolist() if "/fonts/" in i.filename)
        parts = Counter[str]()
        for info in book.infolist():
            parts[_kind(info.filename)] += info.compress_size
        for picture in (n for n in book.namelist() if "/images/" in n):
            (folder / Path(picture).name).write_bytes(book.read(picture))
        shown = _pandoc_s(document, folder)
        formulas = list(folder.glob(f"{_FORMULA}*"))
        for formula in formulas:
            formula.unlink()
        bare = _pandoc_s(document, folder) if formulas else shown
    ours = path.stat().st_size - fonts
    return Size(document["slug"], ours, shown, bare, tuple(parts.most_common()))


def _kind(name: str) -> str:
    """Return what a file of an EPUB is, in a word."""
    folder, _, file = name.rpartition("/")
    if file.startswith(_FORMULA):
        return "formulas"
    return file if file in ("cover.jpg", "book.css", "nav.xhtml", "toc.ncx", "content.opf") else (
        folder.rpartition("/")[2] or file
    )  # fmt: skip


def _pandoc_s(document: dict[str, Any], folder: Path) -> int:
    """Return the size of pandoc's EPUB of a document, with the pictures that lie in `folder`."""
    meta = document["meta"]
    (folder / "post.html").write_text("".join(_page(document, folder)), "utf-8")
    command = [pypandoc.get_pandoc_path(), "post.html", "-f", "html", "-t", "epub3"]
    said = {"title": meta["title"], "author": meta["author"], "date": meta["date"][:10],
            "lang": meta["lang"], "description": meta["excerpt"],
            "source": meta["canonical_url"]}  # fmt: skip
    said = {key: value for key, value in said.items() if value}
    subjects = [("subject", subject) for subject in (*meta["categories"], *meta["tags"])]
    for key, value in (*said.items(), *subjects):
        command += ["--metadata", f"{key}={value}"]
    command += ["--epub-cover-image", "cover.jpg", "-o", "post.epub"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "post.epub").stat().st_size


def _page(document: dict[str, Any], folder: Path) -> Iterator[str]:
    """Yield the document as HTML that names its pictures as they are named in `folder`."""
    names = {path.stem: path.name for path in folder.iterdir() if path.stem != "cover"}
    if document["teaser"]:
        yield f'<p><img src="{names[document["teaser"].removeprefix("asset:")]}" alt=""/></p>'
    yield re.sub(
        r'src="asset:([^"]+)"', lambda at: f'src="{names.get(at[1], "")}"', document["body"]
    )
    meta = document["meta"]
    tags = " ".join(f"#{tag}" for tag in meta["tags"])
    yield f"<p>{escape(tags)}</p><p>{escape(meta['canonical_url'])}</p>"
    yield from (f'<img src="{name}"/>' for name in names.values() if name.startswith(_FORMULA))


def measure_all(out: Path, jobs: int = 2) -> list[Size]:
    """Weigh every EPUB of a build's folder; the largest in proportion first."""
    by_slug = documents(out)
    made = [entry for entry in entries(out) if "epub" in entry["artifacts"]]
    with ThreadPoolExecutor(jobs) as pool:
        sizes = pool.map(
            measure,
            [out / entry["artifacts"]["epub"] for entry in made],
            [by_slug[entry["slug"]] for entry in made],
        )
        return sorted(sizes, key=lambda size: -size.ratio)


def report(sizes: list[Size], most: int = 20) -> str:
    """Return the sums, and the posts whose EPUBs are the largest in proportion."""
    said = [
        f"{size.ratio:.3f} ({size.bare_ratio:.3f}) {size.name}: {size.ours} bytes; "
        + ", ".join(f"{name} {bytes_}" for name, bytes_ in size.parts[:8])
        for size in sizes[:most]
    ]
    ours, shown = sum(size.ours for size in sizes), sum(size.shown for size in sizes)
    over = [size for size in sizes if size.ratio > BOUND]
    bare = [size for size in sizes if size.bare_ratio > BOUND]
    said.append(
        f"{len(sizes)} posts, {ours} bytes, {ours / shown:.3f} of pandoc's; above {BOUND}: "
        f"{len(over)}, and {len(bare)} where pandoc's have no pictures of formulas"
    )
    return "\n".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="posts, or the out/ of a build")
    said = parser.parse_args()
    if (said.folder / "build.json").is_file():
        print(report(measure_all(said.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        out = build(posts_of(said.folder), Path(folder), "--edition", "epub")
        print(report(measure_all(out)))


if __name__ == "__main__":
    main()
