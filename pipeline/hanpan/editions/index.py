"""out/index.html: every post of the build with links to its editions, by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from hanpan.editions import is_public, product_label
from hanpan.editions.dates import day_of_year
from hanpan.editions.templates import fill, styles
from hanpan.files import Files
from hanpan.labels import Labels, language_name
from hanpan.media_types import SVG, data_uri
from hanpan.site import Identity

# The reader's editions are files; a payload is a folder whose page to look at is this one.
_PREVIEW = "preview.html"


@dataclass(frozen=True, slots=True)
class Listed:
    """A post in the list: `artifacts` as build.json has them, name -> path below out/."""

    title: str
    date: str  # ISO 8601 with offset, or "" where it has none
    artifacts: dict[str, str]
    problems: int
    translations: tuple[tuple[str, str], ...] = ()  # languages, and pages below out/


def render_index(entries: Sequence[Listed], files: Files) -> bytes:
    """Return the list as a page that stands alone: the newest first, what has no date last."""
    site = files.settings(Identity)
    labels = Labels(site.lang)
    dated = [(datetime.fromisoformat(entry.date), entry) for entry in entries if entry.date]
    dated.sort(key=lambda item: (item[0], item[1].title), reverse=True)
    years = [
        {"name": str(year), "posts": [_template_entry(entry, site.lang) for _, entry in posts]}
        for year, posts in groupby(dated, key=lambda item: item[0].year)
    ]
    undated = sorted((entry for entry in entries if not entry.date), key=lambda one: one.title)
    if undated:
        pages = [_template_entry(entry, site.lang) for entry in undated]
        years.append({"name": labels.undated, "posts": pages})
    page = fill(
        files,
        "html/index.html",
        lang=site.lang,
        title=site.title or labels.list_title,
        words=labels,
        years=years,
        post_count=len(entries),
        problem_count=sum(entry.problems for entry in entries),
        icon=data_uri(files.layout("html/icon.svg"), SVG),
        styles=Markup(styles(files, "tokens", "screen", "index")),
    )
    return page.encode("utf-8")


def _template_entry(entry: Listed, lang: str) -> dict[str, object]:
    """Return what the template says of a post."""
    links = [
        {
            "name": product_label(name),
            "href": _address(name, path),
            "is_payload": not is_public(name),
            "is_page": path.endswith(".html"),
        }
        for name, path in entry.artifacts.items()
    ]
    return {
        "title": entry.title,
        "date": entry.date,
        "day": day_of_year(datetime.fromisoformat(entry.date), lang) if entry.date else "",
        "page": next(
            (str(link["href"]) for link in links if link["is_page"] and not link["is_payload"]), ""
        ),
        "editions": [link for link in links if not link["is_payload"]],
        "payloads": [link for link in links if link["is_payload"]],
        "problems": entry.problems,
        "translations": [
            {"lang": code, "name": language_name(code), "href": quote(path)}
            for code, path in entry.translations
        ],
    }


def _address(product: str, path: str) -> str:
    is_folder = "/" in product
    return quote(f"{path}/{_PREVIEW}" if is_folder else path)
