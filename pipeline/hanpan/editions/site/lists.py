"""Lists of posts and the site's other pages: index, archives, search, 404, redirects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hanpan.editions.dates import day, day_of_year
from hanpan.editions.site import assets
from hanpan.editions.site.leaf import SiteLeaf
from hanpan.editions.site.theme import PagePlace, absolute, base_path, show, stylesheet_names
from hanpan.editions.site.words import SiteWords
from hanpan.files import Files
from hanpan.library.groups import FOLDERS
from hanpan.library.pages import PagePlan
from hanpan.site import Identity


def menu_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the site's own archives for its menu: the name of a label, and a path."""
    kinds = ["archive", *data["menu"]]
    return [(kind, f"{FOLDERS.get(kind, kind)}/index.html") for kind in kinds]


def shown_items(items: Sequence[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Return posts of a list with their days as readers of the list's language write them."""
    shown = []
    for item in items:
        moment = datetime.fromisoformat(item["date"]) if item["date"] else None
        of_year = day_of_year(moment, lang) if moment else ""
        shown.append({**item, "day": day(moment, lang), "day_of_year": of_year})
    return shown


def list_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return a page of the index, or of an archive."""
    lang = files.settings(Identity).lang
    say = SiteWords(lang)
    titles = {
        "index": "",
        "years": say.of_year,
        "categories": say.of_category,
        "tags": say.of_tag,
        "series": say.of_series,
    }
    number, pages = data["number"], data["pages"]
    return _page(
        plan,
        files,
        "index.html" if data["list"] == "index" else "list.html",
        data,
        kind=data["list"],
        title=titles[data["list"]].format(data["name"]),
        name=data["name"],
        count=data["count"],
        posts=shown_items(data["posts"], lang),
        number=number,
        pages=pages,
        newer=pages[number - 2] if number > 1 else "",
        older=pages[number] if number < len(pages) else "",
        books=data["books"],
    )


def terms_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the list of all categories, tags or series."""
    say = SiteWords(files.settings(Identity).lang)
    title = getattr(say, data["list"])
    return _page(
        plan, files, "terms.html", data, kind=data["list"], title=title, groups=data["groups"]
    )


def archive_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the list of all posts by year."""
    lang = files.settings(Identity).lang
    years = [(name, path, shown_items(posts, lang)) for name, path, posts in data["years"]]
    title = SiteWords(lang).archive
    undated = shown_items(data["undated"], lang)
    count = data["count"]
    return _page(
        plan, files, "archive.html", data, title=title, years=years, undated=undated, count=count
    )


def search_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the page that searches; its script reads the index."""
    title = SiteWords(files.settings(Identity).lang).search
    return _page(plan, files, "search.html", data, title=title, segments=data["segments"])


def missing_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the page that hosts show at addresses without one."""
    identity = files.settings(Identity)
    title = SiteWords(identity.lang).missing_title
    place = PagePlace(plan.path, base_path(identity.url))
    page = show(
        files, "missing.html", place, menu=menu_of(data), title=title, canonical="", address=""
    )
    return {plan.path: page}


def redirect_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return a page that leads on, as hosts of files have no other way."""
    url = files.settings(Identity).url
    to = data["to"]
    page = show(
        files,
        "redirect.html",
        PagePlace(plan.path),
        title=data["title"],
        to=to,
        canonical=absolute(to, url),
    )
    return {plan.path: page}


def asset_files(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return stylesheet, fonts, scripts and icons."""
    return assets.assets(files, stylesheet_names(files), data["slices"])


def _page(
    plan: PagePlan, files: Files, template: str, data: dict[str, Any], **context: object
) -> dict[str, bytes]:
    address = absolute(plan.path, files.settings(Identity).url)
    page = show(
        files,
        template,
        PagePlace(plan.path),
        menu=menu_of(data),
        canonical=address,
        address=address,
        **context,
    )
    return {plan.path: page}
