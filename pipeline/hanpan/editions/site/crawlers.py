"""What programs look for: sitemap.xml (sitemaps.org), robots.txt (RFC 9309), llms.txt."""

from __future__ import annotations

from typing import Any

from hanpan.editions.site.leaf import SiteLeaf
from hanpan.editions.site.theme import PagePlace, absolute
from hanpan.editions.site.xml_text import add, new, write
from hanpan.files import Files
from hanpan.library.pages import PagePlan
from hanpan.site import Identity

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000  # addresses of a sitemap


def sitemap(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the sitemap; none for a site without an address."""
    url = files.settings(Identity).url
    if not url:
        return {}
    root = new("urlset", {"": _SITEMAP})
    listed = [(path, "") for path in data["others"]] + list(data["posts"])
    for path, modified in listed[-_MOST:]:
        page = add(root, "url")
        add(page, "loc", absolute(path, url))
        if modified:
            add(page, "lastmod", modified)
    return {plan.path: write(root)}


def robots(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return robots.txt: everything may be read, and where the sitemap is."""
    url = files.settings(Identity).url
    text = "User-agent: *\nAllow: /\n" + (f"\nSitemap: {url}/sitemap.xml\n" if url else "")
    return {plan.path: text.encode()}


def llms(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return llms.txt (llmstxt.org): the posts as Markdown, with a line about each."""
    site = files.settings(Identity)
    lines = [f"# {_line(site.title) or site.url}", ""]
    if site.description:
        lines += [f"> {_line(site.description)}", ""]
    lines += ["## Posts", ""]
    place = PagePlace(plan.path)
    for title, path, excerpt in data["posts"]:
        address = absolute(path, site.url) or place.to(path)
        about = f": {_line(excerpt)}" if excerpt else ""
        lines.append(f"- [{_line(title)}]({address}){about}")
    return {plan.path: ("\n".join(lines) + "\n").encode()}


def _line(text: str) -> str:
    return " ".join(text.split()).replace("[", r"\[").replace("]", r"\]")
