"""The links of a site in a folder, followed as a browser does that has it from a host of files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html


def broken_links(site: Path, url: str = "") -> list[str]:
    """Return the links of all pages that lead to no file of the site, or to no id in one.

    `url` is where the site will be: what leads there is followed within as well.
    """

    @cache
    def ids(target: Path) -> frozenset[str]:
        root = html.fromstring(target.read_bytes())
        return frozenset(element.get("id") or "" for element in root.iter())

    broken = []
    for path in sorted(site.rglob("*.html")):
        here = path.relative_to(site).as_posix()
        for address in _addresses(html.fromstring(path.read_bytes())):
            if url and (address == url or address.startswith(f"{url}/")):
                address = f"http://site{address.removeprefix(url)}"
            split = urlsplit(urljoin(f"http://site/{here}", address))
            if split.netloc != "site" or here == "404.html":  # whose links begin at the root
                continue
            target = site / unquote(split.path).lstrip("/")
            target = target / "index.html" if split.path.endswith("/") else target
            name = unquote(split.fragment)
            is_page = target.suffix == ".html"
            if not target.is_file() or (name and is_page and name not in ids(target)):
                broken.append(f"{here}: {address}")
    return broken


def _addresses(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        yield from (element.get(name) for name in ("href", "src") if element.get(name))
        yield from (part.split()[0] for part in (element.get("srcset") or "").split(",") if part)
