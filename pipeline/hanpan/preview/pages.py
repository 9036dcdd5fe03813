"""The pages of the preview: the list, a post with editions and platforms, a payload to paste."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from hanpan.crosspost.paste import paste_page
from hanpan.editions import product_label
from hanpan.editions.dates import day, day_of_year
from hanpan.editions.templates import fill, layout_text
from hanpan.files import Files, sha256
from hanpan.messages.translation import problem_in
from hanpan.preview.artifacts import artifact, version
from hanpan.preview.listing import UNREADABLE, ListedPost, Listing
from hanpan.preview.words import LANGUAGES, InterfaceLabels
from hanpan.problems import Problem, number_of
from hanpan.site import Identity

_STYLES = ("styles/tokens.css", "styles/screen.css", "styles/index.css", "preview/payload.css",
           "preview/preview.css")  # fmt: skip


class PreviewPages:
    """Fills in the templates of layouts/preview/ for one request.

    Each method returns the page, and a text that changes whenever the page does.
    """

    def __init__(self, files: Files, out: Path, lang: str, failure: Problem | None) -> None:
        self._files = files
        self._out = out
        self._lang = lang
        self._failure = failure

    def index(self, listing: Listing) -> tuple[str, str]:
        """Return the list of posts and books."""
        years = [
            {"name": year, "posts": [self._line(post) for post in posts]}
            for year, posts in groupby(listing.posts, key=lambda post: post.date[:4])
        ]
        books = [
            {"name": name, "editions": self._editions(artifacts)}
            for name, artifacts in listing.books
        ]
        return self._page(
            "list",
            years=years,
            books=books,
            post_count=len(listing.posts),
            problems=[_problem_context(problem, self._lang) for problem in listing.problems],
        )

    def post(self, post: ListedPost) -> tuple[str, str]:
        """Return a post's page: its editions side by side, and the platforms."""
        return self._page(
            "post",
            **self._line(post),
            source=post.source,
            platforms=self._payloads(post),
            problems=[_problem_context(problem, self._lang) for problem in post.problems],
            is_broken=post.is_broken,
        )

    def paste(self, post: ListedPost, platform: str) -> tuple[str, str]:
        """Return the page to paste from. Raises one of UNREADABLE where the payload is."""
        folder = post.payloads[platform]
        page = paste_page(self._reader(folder), self._lang)
        page["pictures"] = [
            {**p, "href": quote(f"/out/{folder}/{p['local']}")} for p in page["pictures"]
        ]
        look = artifact(self._out, f"{folder}/preview.html")
        return self._page(
            "paste",
            page=page,
            post=self._line(post),
            platforms=self._payloads(post),
            look=quote(f"/out/{folder}/preview.html") + f"?alone&v={version(look)}",
            report=quote(f"/out/{folder}/report.md"),
            zip=quote(f"/pictures/{post.slug}/{platform}") if page["pictures"] else "",
            is_broken=post.is_broken,
        )

    def gone(self) -> tuple[str, str]:
        """Return the page that stands where there is nothing."""
        return self._page("gone")

    def styles(self) -> str:
        """Return the stylesheet of all pages."""
        return layout_text(self._files, *_STYLES)

    def _page(self, name: str, **context: Any) -> tuple[str, str]:
        context |= {
            "lang": self._lang,
            "languages": LANGUAGES,
            "w": InterfaceLabels(self._lang),
            "site": self._files.settings(Identity).title,
            "failure": _problem_context(self._failure, self._lang) if self._failure else None,
        }
        # a template that was edited counts too: the page is filled in, and then marked
        text = fill(self._files, f"preview/{name}.html", version="", **context)
        mark = sha256(text.encode())[:16]
        return text.replace('data-version=""', f'data-version="{mark}"', 1), mark

    def _line(self, post: ListedPost) -> dict[str, Any]:
        """Return the context for a post's line in the list."""
        moment = datetime.fromisoformat(post.date) if post.date else None
        return {
            "slug": post.slug,
            "title": post.title,
            "title_lang": post.lang,
            "href": quote(f"/post/{post.slug}"),
            "date": post.date,
            "day": day_of_year(moment, self._lang) if moment else "",
            "whole_day": day(moment, self._lang) if moment else "",
            "editions": self._editions(post.editions),
            "links": [
                {"name": name, "href": quote(f"/post/{post.slug}/{name}")} for name in post.payloads
            ],
            "problem_count": number_of(post.problems),
        }

    def _editions(self, artifacts: dict[str, str]) -> dict[str, dict[str, Any]]:
        """Return the name, address, size and suffix of each file."""
        editions = {}
        for name, path in artifacts.items():
            place = artifact(self._out, path)
            size = place.stat().st_size if place else 0
            href = quote(f"/out/{path}") + f"?v={version(place)}"
            editions[name] = {
                "name": product_label(name),
                "href": href,
                "size": _size(size),
                "suffix": PurePosixPath(path).suffix,
            }
        return editions

    def _payloads(self, post: ListedPost) -> list[dict[str, Any]]:
        """Return the context for each payload, except one that is just being replaced."""
        payloads = (self._payload(post, name) for name in post.payloads)
        return [payload for payload in payloads if payload]

    def _payload(self, post: ListedPost, platform: str) -> dict[str, Any] | None:
        try:
            manifest = json.loads(self._reader(post.payloads[platform])("manifest.json"))
            return {
                "name": platform,
                "label": manifest["label"],
                "entry": manifest["entry"],
                "href": quote(f"/post/{post.slug}/{platform}"),
                "slug": manifest["slug"],
                "losses": len(manifest["dropped"]),
                "warnings": len(manifest["warnings"]),
                "steps": len(manifest["steps"].get(self._lang, ())),
            }
        except UNREADABLE:
            return None

    def _reader(self, folder: str) -> Callable[[str], str]:
        """Return a reader of a payload's files, only of those that really are in its folder."""

        def read(name: str) -> str:
            place = artifact(self._out, f"{folder}/{name}")
            if place is None:
                raise FileNotFoundError(name)
            return place.read_text("utf-8")

        return read


def _problem_context(problem: Problem, lang: str) -> dict[str, Any]:
    return {**problem_in(problem, lang).as_json(), "place": problem.location()}


def _size(size: int) -> str:
    """Return a size in decimal units, as file managers show it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
