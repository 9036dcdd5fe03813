"""EPUBs on screens: words that are cut, what sticks out, and texts that are pale.

`python -m tests.conformance.epub_screens FOLDER` opens every EPUB below a folder (an out/) in
foliate-js and epub.js at three widths, those of a small and a common telephone and of a tablet,
and at two sizes of type; with posts in it instead, it builds them first. A word is cut where its
letters stand on two lines although a line of its own would hold it; for a word in a table that is
a line of the text around the table. What sticks out of its column is lost to the reader. A text is
pale below a contrast of 4.5, on the grounds that readers choose: light, sepia and dark.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.others_posts import build, posts_of
from tests.support.referees.chromium import started
from tests.support.referees.reading_systems import ENGINES, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (320, 390, 768)  # pixels
SIZES = (100, 150)  # percent of 16 pixels
THEMES = {  # of foliate's reader: ink and ground
    "light": ("#000000", "#ffffff"),
    "sepia": ("#5b4636", "#f1e8d0"),
    "dark": ("#e0e0e0", "#222222"),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A word on two lines: in a table, code, title or text; lengths in em of its type."""

    kind: str
    word: str
    width: float
    room: float


@dataclass(slots=True)
class Seen:
    """What one engine showed of one book."""

    book: str
    engine: str
    cuts: dict[tuple[int, int], list[Cut]] = field(default_factory=dict)  # by width and size
    outside: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    pale: dict[str, dict[str, float]] = field(default_factory=dict)  # theme, element -> contrast

    def cut_words(self, kind: str = "") -> list[Cut]:
        """Return the words that are cut at any width and size; of one kind where one is named."""
        return [cut for cuts in self.cuts.values() for cut in cuts if kind in ("", cut.kind)]


def look(
    browser: Browser,
    engine: str,
    book: Path,
    widths: Sequence[int] = WIDTHS,
    sizes: Sequence[int] = SIZES,
) -> Seen:
    """Read a book in an engine, section by section, and return what is to be seen of it."""
    seen = Seen(book.stem, engine)
    page = opened(browser, engine, book, widths[0], sizes[0])
    try:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(150)  # the engine notices, and lays the book out again
            for size in sizes:
                _dress(page, size, "light")
                cuts, outside = [], []
                for index in range(page.evaluate("reader.sections()")):
                    outside += page.evaluate("index => reader.section(index)", index)
                    cuts += [Cut(*said) for said in page.evaluate("reader.cuts()")]
                seen.cuts[width, size], seen.outside[width, size] = cuts, outside
        seen.pale = _pale(page, sizes[0])
    finally:
        page.close()
    return seen


def _dress(page: Page, size: int, theme: str) -> None:
    ink, ground = THEMES[theme]
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.evaluate("said => reader.dress(...said)", [size, ink, ground])


def _pale(page: Page, size: int) -> dict[str, dict[str, float]]:
    """Return the elements whose text is pale on each theme's ground, with the least contrast."""
    pale: dict[str, dict[str, float]] = {theme: {} for theme in THEMES}
    for index in range(page.evaluate("reader.sections()")):
        page.evaluate("index => reader.section(index)", index)
        for theme, (_, ground) in THEMES.items():
            _dress(page, size, theme)
            for name, ratio in page.evaluate("ground => reader.pale(ground)", ground):
                pale[theme][name] = min(ratio, pale[theme].get(name, ratio))
    return pale


def report(seen: Sequence[Seen], most: int = 12) -> str:
    """Return the sums by engine, and what they are made of."""
    said: list[str] = []
    for engine in dict.fromkeys(one.engine for one in seen):
        books = [one for one in seen if one.engine == engine]
        said.append(f"{engine}: {len(books)} books")
        for kind in ("table", "title", "code", "text"):
            said.append(f"  cut in {kind}: {_sum(one.cut_words(kind) for one in books)}")
            by_view = Counter[tuple[int, int]]()
            for one in books:
                for view, cuts in one.cuts.items():
                    by_view[view] += sum(cut.kind == kind for cut in cuts)
            said.append("    " + ", ".join(f"{w}/{s} %: {n}" for (w, s), n in by_view.items()))
            words = Counter(cut.word for one in books for cut in one.cut_words(kind))
            said.append("    " + ", ".join(f"{w} {n}" for w, n in words.most_common(most)))
        outside = [[name for names in one.outside.values() for name in names] for one in books]
        said.append(f"  sticks out: {_sum(outside)}")
        said += [f"    {one.book} {view}: {names[:2]}" for one in books
                 for view, names in one.outside.items() if names][:most]  # fmt: skip
        for theme in THEMES:
            least: dict[str, float] = {}
            for name, ratio in (pair for one in books for pair in one.pale[theme].items()):
                least[name] = min(ratio, least.get(name, ratio))
            worst = sorted(least.items(), key=lambda pair: pair[1])[:most]
            count = sum(bool(one.pale[theme]) for one in books)
            said.append(f"  pale on {theme}: {len(least)} kinds of text in {count} books")
            said.append("    " + ", ".join(f"{name} {ratio:.2f}" for name, ratio in worst))
    return "\n".join(said)


def _sum(found: Iterable[Sequence[object]]) -> str:
    counts = [len(one) for one in found]
    return f"{sum(counts)} in {sum(map(bool, counts))} books"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="posts, or the out/ of a build")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--books", action="store_true", help="name the books with cut words")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        out = said.folder
        if not (out / "build.json").is_file():
            out = build(posts_of(said.folder), Path(folder), "--edition", "epub")
        seen = []
        for engine in said.engine or ENGINES:
            for book in sorted(out.rglob("*.epub")):
                seen.append(look(browser, engine, book))
                words = [
                    f"{cut.kind} {cut.word} {cut.width:.1f}/{cut.room:.1f}"
                    for cut in seen[-1].cut_words()
                ]
                if said.books:
                    print(engine, book.stem, words, flush=True)
    print(report(seen))


if __name__ == "__main__":
    main()
