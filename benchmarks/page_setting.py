"""Set pages, and print seconds, bytes and memory: a child process of bench.py.

`ours FOLDER` takes hanpan's own way from the filled layout to the file; `bare FOLDER` hands the
same pages, without our passes, to WeasyPrint as it comes. Each in its own process, for hanpan
changes some of WeasyPrint. A page is FOLDER/NAME/ with page.html, style.css and its pictures. Both
ways are warm, one page being set before the clock starts, and both leave the garbage collector off
until a page is done, as hanpan's workers do.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pypdf

from hanpan.assets.remote import RemoteCache
from hanpan.editions.pdf import engine as pdf_engine
from hanpan.editions.pdf.engine import Picture
from hanpan.editions.pdf.page_text import finish_page
from hanpan.files import Files
from hanpan.site import load_site

ROOT = Path(__file__).resolve().parent.parent
CACHE = "cache"
Setter = Callable[[str, str, Mapping[str, Picture], float], bytes]


@dataclass(frozen=True, slots=True)
class Printed:
    """One PDF: seconds, bytes, pages."""

    seconds: float
    size: int
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a run says: its PDFs by name, and the peak of its memory in MB."""

    pages: dict[str, Printed]
    peak: float

    @property
    def seconds(self) -> float:
        """Return the seconds of all."""
        return sum(one.seconds for one in self.pages.values())

    @property
    def count(self) -> int:
        """Return the pages of all."""
        return sum(one.count for one in self.pages.values())

    @property
    def page_seconds(self) -> float:
        """Return the seconds of a page."""
        return self.seconds / self.count

    @classmethod
    def of(cls, text: str) -> Said:
        """Read what `main` printed."""
        said = json.loads(text)
        return cls({name: Printed(**one) for name, one in said["pages"].items()}, said["peak"])


def main() -> None:
    """Set every page of a folder."""
    folder = Path(sys.argv[2])
    set_page = {"ours": ours, "bare": bare}[sys.argv[1]](folder / CACHE)
    places = sorted(place.parent for place in folder.glob("*/page.html"))
    set_page(*load(places[0]))
    said: dict[str, Printed] = {}
    gc.disable()
    for place in places:
        gc.collect()
        page = load(place)
        start = time.perf_counter()
        data = set_page(*page)
        taken = time.perf_counter() - start
        said[place.name] = Printed(taken, len(data), len(pypdf.PdfReader(io.BytesIO(data)).pages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps(asdict(Said(said, peak))))


def ours(cache: Path) -> Setter:
    """Return hanpan's way: passes, layout, corrections, writing; without attachments."""
    os.environ["HANPAN_CACHE"] = str(cache)
    site = load_site(ROOT)
    files = Files(site, RemoteCache(site.remote, cache / "remote", {}))

    def set_page(page: str, css: str, pictures: Mapping[str, Picture], measure: float) -> bytes:
        text = finish_page(page, files, measure)
        whole = css + text.css
        return pdf_engine.typeset(text.html, whole, pictures, files, (), text.faces).data

    return set_page


def bare(cache: Path) -> Setter:
    """Return WeasyPrint as it comes, with the same style, fonts, pictures and kind of PDF."""
    os.environ["FONTCONFIG_FILE"] = str(next(cache.glob("fonts-*.conf")))
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = FontConfiguration()
    sheets: dict[str, tuple[Any, Any]] = {}

    def set_page(page: str, css: str, pictures: Mapping[str, Picture], _: float) -> bytes:
        class Table(URLFetcher):  # type: ignore[misc]
            def fetch(self, url: str, headers: object = None) -> Any:
                kind = {"Content-Type": pictures[url].media_type}
                return URLFetcherResponse(url, pictures[url].data, kind)

        if css not in sheets:
            counters = CounterStyle()
            sheets[css] = CSS(string=css, font_config=fonts, counter_style=counters), counters
        sheet, counters = sheets[css]
        return bytes(
            HTML(string=page, url_fetcher=Table()).write_pdf(
                font_config=fonts, counter_style=counters.copy(), stylesheets=[sheet],
                pdf_variant="pdf/ua-1", dpi=pdf_engine.RESOLUTION,
            )
        )  # fmt: skip

    return set_page


def save(place: Path, page: str, css: str, pictures: Mapping[str, Picture], measure: float) -> None:
    """Write a page for `load`."""
    place.mkdir(parents=True)
    (place / "page.html").write_text(page, "utf-8")
    (place / "style.css").write_text(css, "utf-8")
    kinds = [(name, picture.media_type) for name, picture in pictures.items()]
    (place / "pictures.json").write_text(json.dumps([measure, kinds]), "utf-8")
    for number, picture in enumerate(pictures.values()):
        (place / f"{number}").write_bytes(picture.data)


def load(place: Path) -> tuple[str, str, dict[str, Picture], float]:
    """Return a page, its style, its pictures by their addresses, and its measure in em."""
    measure, kinds = json.loads((place / "pictures.json").read_text("utf-8"))
    pictures = {
        name: Picture((place / f"{number}").read_bytes(), kind)
        for number, (name, kind) in enumerate(kinds)
    }
    page, css = (place / "page.html").read_text("utf-8"), (place / "style.css").read_text("utf-8")
    return page, css, pictures, measure


if __name__ == "__main__":
    main()
