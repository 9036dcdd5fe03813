"""out/index.html: every post of the build with links to its editions, by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from hanpan.editions import is_public, product_label
from hanpan.editions.dates import day_of_year
from hanpan.editions.templates import fill, layout_text, styles
from hanpan.files import Files
from hanpan.labels import Labels, language_name
from hanpan.media_types import SVG, data_uri
from hanpan.messages.rules import rule_titles
from hanpan.messages.translation import problem_in
from hanpan.problems import Problem, number_of
from hanpan.site import Identity

# The reader's editions are files; a payload is a folder whose page to look at is this one.
_PREVIEW = "preview.html"
_MOST_FAULTS = 20  # of a post: the page is for all posts


@dataclass(frozen=True, slots=True)
class Listed:
    """A post in the list: `artifacts` as build.json has them, name -> path below out/."""

    title: str
    date: str  # ISO 8601 with offset, or "" where it has none
    artifacts: dict[str, str]
    problems: int
    translations: tuple[tuple[str, str], ...] = ()  # languages, and pages below out/
    lang: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""  # its file, as seen from the folder that out/ is in
    faults: tuple[Problem, ...] = ()  # what the number of problems counts


def render_index(entries: Sequence[Listed], files: Files, site_page: str = "") -> bytes:
    """Return the list as a page that stands alone: the newest first, what has no date last.

    `site_page` is the address of the site edition's first page, "" where there is none.
    """
    site = files.settings(Identity)
    labels = Labels(site.lang)
    dated = [(datetime.fromisoformat(entry.date), entry) for entry in entries if entry.date]
    dated.sort(key=lambda item: (item[0], item[1].title), reverse=True)
    products = {name for entry in entries for name in entry.artifacts}
    names = {name: product_label(name, files) for name in products}
    years = [
        {
            "name": str(year),
            "posts": [_template_entry(entry, site.lang, names) for _, entry in posts],
        }
        for year, posts in groupby(dated, key=lambda item: item[0].year)
    ]
    undated = sorted((entry for entry in entries if not entry.date), key=lambda one: one.title)
    if undated:
        pages = [_template_entry(entry, site.lang, names) for entry in undated]
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
        site_page=site_page,
        languages=[
            (code, language_name(code), n) for code, n in _counted([e.lang] for e in entries)
        ],
        categories=_counted(entry.categories for entry in entries),
        rules=[(rule, _title(rule, site.lang), n) for rule, n in _counted(map(_rules, entries))],
        script=Markup(layout_text(files, "html/index.js")),
        icon=data_uri(files.layout("html/icon.svg"), SVG),
        styles=Markup(styles(files, "tokens", "screen", "index")),
    )
    return page.encode("utf-8")


def _template_entry(entry: Listed, lang: str, names: Mapping[str, str]) -> dict[str, object]:
    """Return what the template says of a post; `names` are those of its products."""
    links = [
        {
            "name": names[name],
            "href": _address(name, path),
            "is_payload": "/" in name,
            "is_public": is_public(name),
            "is_page": path.endswith(".html"),
        }
        for name, path in entry.artifacts.items()
    ]
    return {
        "title": entry.title,
        "date": entry.date,
        "day": day_of_year(datetime.fromisoformat(entry.date), lang) if entry.date else "",
        "page": next(
            (str(link["href"]) for link in links if link["is_page"] and link["is_public"]), ""
        ),
        "editions": [link for link in links if link["is_public"]],
        "others": [link for link in links if not (link["is_public"] or link["is_payload"])],
        "payloads": [link for link in links if link["is_payload"]],
        "problems": entry.problems,
        "lang": entry.lang,
        "categories": "\t".join(entry.categories),
        # a file's name may have bytes that are no text
        "words": " ".join((*entry.tags, *entry.categories, entry.source))
        .encode(errors="replace")
        .decode(),
        "rules": "\t".join(_rules(entry)),
        "faults": [_fault(fault, lang) for fault in entry.faults[:_MOST_FAULTS]],
        "more_faults": number_of(entry.faults[_MOST_FAULTS:]),
        "translations": [
            {"lang": code, "name": language_name(code), "href": quote(path)}
            for code, path in entry.translations
        ],
    }


def _fault(problem: Problem, lang: str) -> dict[str, str]:
    """Return what the desk says of a problem; its place leads to the author's file."""
    shown = problem_in(problem, lang)
    return {
        "severity": problem.severity,
        "message": shown.message,
        "remedy": shown.remedy,
        "place": problem.location(),
        "href": quote(f"../{problem.path}") if problem.path else "",
    }


def _rules(entry: Listed) -> list[str]:
    return list(dict.fromkeys(problem.rule for problem in entry.faults))


def _title(rule: str, lang: str) -> str:
    title = rule_titles().get(rule)
    return title.text(lang) if title else rule


def _counted(values: Iterable[Iterable[str]]) -> list[tuple[str, int]]:
    """Return names with how many posts have them, those that most have first."""
    counts = Counter(name for names in values for name in dict.fromkeys(names) if name)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _address(product: str, path: str) -> str:
    is_folder = "/" in product
    return quote(f"{path}/{_PREVIEW}" if is_folder else path)
