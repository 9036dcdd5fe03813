"""The pages of the preview: the list, a post with editions and platforms, a payload to paste."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urlencode

from hanpan.crosspost.paste import paste_page
from hanpan.editions import product_label
from hanpan.editions.dates import day, day_of_year
from hanpan.editions.templates import fill, layout_text
from hanpan.files import Files, sha256
from hanpan.messages.rules import rule_titles
from hanpan.messages.translation import problem_in
from hanpan.preview.artifacts import artifact, version
from hanpan.preview.listing import UNREADABLE, ListedPost, Listing
from hanpan.preview.words import LANGUAGES, InterfaceLabels
from hanpan.problems import Problem, number_of
from hanpan.site import Identity

_STYLES = ("styles/tokens.css", "styles/screen.css", "styles/index.css", "preview/payload.css",
           "preview/preview.css")  # fmt: skip


# The page alone, as wide as its frame: the words of Chromium's and Firefox's viewers of PDFs.
_PDF_VIEW = "#toolbar=0&navpanes=0&view=FitH&zoom=page-width&pagemode=none"
_CONTENT = 12  # digits of the hash of a payload, as the list has it


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
            {"name": year, "posts": [self._line(post, self._payloads(post)) for post in posts]}
            for year, posts in groupby(listing.posts, key=lambda post: post.date[:4])
        ]
        titles = {book.settings.name: book.settings.title for book in self._files.site.books}
        site_title = self._files.settings(Identity).title
        books = [
            {
                "name": name,
                "title": titles.get(name) or site_title or name,
                "editions": self._editions(artifacts),
            }
            for name, artifacts in listing.books
        ]
        rules = Counter(rule for post in listing.posts for rule in _rules(post))
        return self._page(
            "list",
            years=years,
            books=books,
            rules=[(rule, _rule_title(rule, self._lang), n) for rule, n in rules.most_common()],
            post_count=len(listing.posts),
            problems=[_problem_context(problem, self._lang) for problem in listing.problems],
        )

    def post(self, post: ListedPost) -> tuple[str, str]:
        """Return a post's page: its editions side by side, and the platforms."""
        payloads = self._payloads(post)
        return self._page(
            "post",
            **self._line(post, payloads),
            source=post.source,
            compare=quote(f"/compare/{post.slug}"),
            platforms=payloads,
            problems=[_problem_context(problem, self._lang) for problem in post.problems],
            is_broken=post.is_broken,
        )

    def compare(self, post: ListedPost, left: str, right: str) -> tuple[str, str]:
        """Return two editions of a post side by side: its own, or what platforms will show.

        `left` and `right` are names as build.json has them; where one cannot be shown, the first
        that can is.
        """
        payloads = self._payloads(post)
        sides = self._shown(post, payloads)
        names = list(sides)
        left = left if left in sides else next(iter(names), "")
        right = right if right in sides else next((name for name in names if name != left), left)
        chosen = (("left", left), ("right", right))
        return self._page(
            "compare",
            post=self._line(post, payloads),
            sides=[
                {
                    "side": side,
                    "shown": sides.get(name),
                    "choices": [
                        {
                            "label": choice["label"],
                            "is_shown": other == name,
                            "href": quote(f"/compare/{post.slug}")
                            + "?"
                            + urlencode({**dict(chosen), side: other}),
                        }
                        for other, choice in sides.items()
                    ],
                }
                for side, name in chosen
            ],
            is_broken=post.is_broken,
        )

    def _shown(self, post: ListedPost, payloads: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return what a browser shows of a post, by name: pages, PDFs, what platforms will show."""
        shown: dict[str, dict[str, Any]] = {
            name: {"label": edition["name"], "src": edition["shown"], "is_pdf": edition["is_pdf"]}
            for name, edition in self._editions(post.editions).items()
            if edition["suffix"] in (".html", ".pdf")
        }
        for payload in payloads:
            folder = post.payloads[payload["name"]]
            look = artifact(self._out, f"{folder}/preview.html")
            src = quote(f"/out/{folder}/preview.html") + f"?alone&v={version(look)}"
            shown[payload["name"]] = {"label": payload["label"], "src": src, "is_pdf": False}
        return shown

    def paste(self, post: ListedPost, platform: str) -> tuple[str, str]:
        """Return the page to paste from. Raises one of UNREADABLE where the payload is."""
        folder = post.payloads[platform]
        page = paste_page(self._reader(folder), self._lang)
        page["pictures"] = [
            {**p, "href": quote(f"/out/{folder}/{p['local']}")} for p in page["pictures"]
        ]
        look = artifact(self._out, f"{folder}/preview.html")
        payloads = self._payloads(post)
        return self._page(
            "paste",
            page=page,
            post=self._line(post, payloads),
            platforms=payloads,
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

    def _line(self, post: ListedPost, payloads: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the context for a post's line in the list; `payloads` are those of the post."""
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
            "payloads": json.dumps(
                [[f"{p['slug']}/{p['name']}", p["steps"], p["content"]] for p in payloads]
            ),
            "payload_count": len(payloads),
            "problem_count": number_of(post.problems),
            "rules": "\t".join(_rules(post)),
            # a file's name may have bytes that are no text
            "words": f"{post.words} {post.source}".encode(errors="replace").decode(),
        }

    def _editions(self, artifacts: dict[str, str]) -> dict[str, dict[str, Any]]:
        """Return the name, address, size and suffix of each file."""
        editions = {}
        for name, path in artifacts.items():
            place = artifact(self._out, path)
            size = place.stat().st_size if place else 0
            href = quote(f"/out/{path}") + f"?v={version(place)}"
            suffix = PurePosixPath(path).suffix
            is_pdf = suffix == ".pdf"
            editions[name] = {
                "name": product_label(name),
                "href": href,
                "shown": f"{href}{_PDF_VIEW}" if is_pdf else href,
                "is_pdf": is_pdf,
                "size": _size(size),
                "suffix": suffix,
            }
        return editions

    def _payloads(self, post: ListedPost) -> list[dict[str, Any]]:
        """Return the context for each payload, except one that is just being replaced."""
        payloads = (self._payload(post, name) for name in post.payloads)
        return [payload for payload in payloads if payload]

    def _payload(self, post: ListedPost, platform: str) -> dict[str, Any] | None:
        path = f"{post.payloads[platform]}/manifest.json"
        try:
            about = _manifest(self._out, path, version(self._out / path))
        except UNREADABLE:
            return None
        steps = about["steps"].get(self._lang, 0)
        return about | {
            "name": platform, "href": quote(f"/post/{post.slug}/{platform}"), "steps": steps,
        }  # fmt: skip

    def _reader(self, folder: str) -> Callable[[str], str]:
        """Return a reader of a payload's files, only of those that really are in its folder."""

        def read(name: str) -> str:
            place = artifact(self._out, f"{folder}/{name}")
            if place is None:
                raise FileNotFoundError(name)
            return place.read_text("utf-8")

        return read


@lru_cache(maxsize=20_000)  # of 1,400 posts: the list counts what is to do on each platform
def _manifest(out: Path, path: str, _version: str) -> dict[str, Any]:
    """Return what lists say of a payload. Raises one of UNREADABLE for what is none."""
    place = artifact(out, path)
    if place is None:
        raise FileNotFoundError(path)
    manifest = json.loads(place.read_text("utf-8"))
    return {
        "label": str(manifest["label"]),
        "entry": manifest["entry"],
        "slug": manifest["slug"],
        "losses": len(manifest["dropped"]),
        "warnings": len(manifest["warnings"]),
        "steps": {lang: len(steps) for lang, steps in manifest["steps"].items()},
        "content": str(manifest["content_sha256"])[:_CONTENT],
    }


def _rules(post: ListedPost) -> list[str]:
    return list(dict.fromkeys(problem.rule for problem in post.problems))


def _rule_title(rule: str, lang: str) -> str:
    title = rule_titles().get(rule)
    return title.text(lang) if title else rule


def _problem_context(problem: Problem, lang: str) -> dict[str, Any]:
    shown = problem_in(problem, lang)
    title = _rule_title(problem.rule, lang)
    return {**shown.as_json(), "place": problem.location(), "title": title}


def _size(size: int) -> str:
    """Return a size in decimal units, as file managers show it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
