"""Pages: what `page` means in a template, and each post of `site.posts`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from hanpan.files import Files
from hanpan.site import Clock
from hanpan.source.front_matter.categories import categories_of, tags_of
from hanpan.source.front_matter.collections import label_of
from hanpan.source.front_matter.dates import post_dates
from hanpan.source.front_matter.plain import plain
from hanpan.source.front_matter.scalars import typed
from hanpan.source.liquid.filters.markup import markdownify
from hanpan.source.liquid.names.lazy import Lazy
from hanpan.source.liquid.names.posts import Posts
from hanpan.source.liquid.ruby import Written
from hanpan.source.liquid.values import Markdown
from hanpan.source.post import Post
from hanpan.source.slugs import split_date
from hanpan.source.walk import is_page

# of Jekyll's JSON; the front matter follows, then slug and ext
_ORDER = tuple(
    "name id relative_path excerpt title categories collection next tags previous content output"
    " path url date draft".split()
)
_NOT_IN_NEIGHBOURS = frozenset("content output excerpt next previous".split())
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*(\S.*)$", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,200})\](?:\[([^\[\]\n]{0,200})\])?(?![(\[:])")
_SEPARATOR = "\n\n"


class Page(Lazy, Written):
    """A post as templates know it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Page) and self["path"] == other["path"]

    def __hash__(self) -> int:
        return hash(self["path"])

    def ruby_text(self) -> str:
        return str(self["content"])

    def json_items(self) -> Iterator[tuple[str, object]]:
        """Yield what its JSON has; posts beside it without those beside them."""
        for key, value in self.items():
            if key in ("next", "previous") and isinstance(value, Page):
                value = {name: value[name] for name in value if name not in _NOT_IN_NEIGHBOURS}
            yield key, value


def make_page(files: Files, posts: Posts, post: Post) -> Page:
    """Return what `page` means: the front matter, and what Jekyll adds to it."""
    clock = files.settings(Clock)
    date, modified, _ = post_dates(post, clock)
    own = typed(post.front, ZoneInfo(clock.zone), reads_utc=clock.reads_utc)
    assert isinstance(own, dict)
    folder, _, name = post.path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    label = label_of(post.path)
    if label and not post.front.get("date"):
        date = posts.last_date() or date
    values: dict[str, object] = {**own}
    values |= {"date": date, "path": post.path, "relative_path": post.path, "name": name}
    values |= {"dir": f"/{folder}" if folder else "/", "content": post.body.lstrip("\n")}
    values |= {"tags": tags_of(post.front), "categories": categories_of(post.path, post.front)}
    if not is_page(post.path):
        values["title"] = _title(own.get("title"), post.front.get("title"), stem)
    values.setdefault("last_modified_at", modified if modified != date else None)
    if not is_page(post.path):
        values.setdefault("collection", label or "posts")
        values.setdefault("draft", "_drafts" in post.path.split("/"))
    values.setdefault("slug", split_date(stem)[1] or stem)
    values.setdefault("ext", f"{dot}{ending}")
    values["output"] = None
    page = Page(values)
    page.makers = {
        "url": lambda: posts.address_of(post),
        "id": lambda: posixpath.join(_folder(posts.address_of(post)), str(values["slug"])),
        "previous": lambda: _neighbour(files, posts, post, -1),
        "next": lambda: _neighbour(files, posts, post, 1),
    }
    if not isinstance(page.values_made.get("excerpt"), str):
        page.values_made.pop("excerpt", None)
        page.makers["excerpt"] = lambda: _excerpt(posts, post, page)
    page.order = _ORDER
    return page


def _title(typed_title: object, written: object, stem: str) -> object:
    """Return a title; that of a file is its name, with capitals for hyphens."""
    if written not in (None, ""):
        return typed_title if not isinstance(typed_title, (datetime, float)) else written
    words = (split_date(stem)[1] or stem).split("-")
    return " ".join(word.capitalize() for word in words)


def _folder(address: str) -> str:
    """Return what is above an address, as Ruby's File.dirname: `/a` of `/a/b/`."""
    return posixpath.dirname(address.rstrip("/"))


def _neighbour(files: Files, posts: Posts, post: Post, step: int) -> object:
    """Return the post after this one, or before it; None for none."""
    listed = posts.in_order(label_of(post.path))
    at = next((at for at, item in enumerate(listed) if item.path == post.path), None)
    if at is None or not 0 <= at + step < len(listed):
        return None
    return posts.page_of(listed[at + step])


def _with_place(link: re.Match[str], places: dict[str, str]) -> str:
    """Return a link by reference with its place, which is defined outside of the excerpt."""
    place = places.get((link[2] or link[1]).lower())
    return f"[{link[1]}]({place})" if place else link[0]


def _excerpt(posts: Posts, post: Post, page: Page) -> object:
    """Return the text up to the separator, with the places that its links refer to."""
    separator = str(post.front.get("excerpt_separator") or posts.separator or _SEPARATOR)
    body = str(page["content"])
    head, _, tail = body.partition(separator)
    places = {name.lower(): place for name, place in _DEFINITION.findall(tail)}
    text = _REFERENCE.sub(lambda link: _with_place(link, places), head) if places else head
    if "{%" in text or "{{" in text:
        text = posts.render_text(text, page)
    return markdownify(text) if plain(text) else Markdown("")
