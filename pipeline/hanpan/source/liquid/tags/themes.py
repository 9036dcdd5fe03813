"""Includes that themes bring: those of Minimal Mistakes. Chirpy's `embed/...` are players.

docs/themes.md lists all that the two themes document, with what becomes of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from hanpan.source.liquid.filters.markup import strip_html
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import BREAK
from hanpan.source.liquid.ruby import to_s
from hanpan.source.liquid.run import Run
from hanpan.source.liquid.tags.players import player
from hanpan.source.liquid.tags.scope import TagScope
from hanpan.source.liquid.tags.standins import block, figure, link
from hanpan.source.liquid.values import items_of, property_of

Named = dict[str, object]
Include = Callable[[Call, Named, Run, TagScope], str]
_LINKS_LIMIT = 500  # of one list of navigation


def texts_of(named: Named) -> dict[str, str]:
    """Return the arguments that say something, as texts."""
    return {key: to_s(value) for key, value in named.items() if value not in (None, False)}


def _gallery(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """Pictures of the front matter under `gallery`, or under the given id.

    Without a layout, two stand side by side, and more by threes.
    """
    name = to_s(named.get("id")) or "gallery"
    pictures = []
    for item in items_of(run.lookup(f"page.{name}")):
        if isinstance(item, str):
            pictures.append((item, ""))
        elif property_of(item, "image_path") or property_of(item, "url"):
            address = property_of(item, "image_path") or property_of(item, "url")
            alt = property_of(item, "alt") or property_of(item, "title")
            pictures.append((to_s(address), to_s(alt)))
    if not pictures:
        message = f"the gallery `{name}` has no pictures in the front matter"
        remedy = f"List them under `{name}:`, each with `image_path:`."
        run.say("liquid-include", "warning", message, run.line_of_call(call), remedy)
        return ""
    rows = {1: "", 2: "half"}.get(len(pictures), "third")
    layout = named.get("layout") if named.get("layout") in ("half", "third") else rows
    classes = f"gallery {layout} {to_s(named.get('class'))}"
    return figure(pictures, to_s(named.get("caption")), classes)


def _figure(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """A picture with its caption."""
    texts = texts_of(named)
    address = texts.get("image_path") or texts.get("src") or texts.get("url") or ""
    target = texts.get("url", "") if texts.get("image_path") else ""
    target = target if re.match(r"https?:", target) else ""
    caption = texts.get("caption", "")
    return figure([(address, texts.get("alt") or "")], caption, texts.get("class", ""), target)


def _feature_row(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """Blocks of the front matter, one below the other: picture, title, excerpt, and a link."""
    name = to_s(named.get("id")) or "feature_row"
    blocks = []
    for item in items_of(run.lookup(f"page.{name}")):
        texts = {
            key: to_s(property_of(item, key))
            for key in (
                "image_path",
                "alt",
                "image_caption",
                "title",
                "excerpt",
                "url",
                "btn_label",
            )
        }
        parts = []
        if texts["image_path"]:
            picture = [(texts["image_path"], texts["alt"] or texts["title"])]
            parts.append(figure(picture, texts["image_caption"]))
        if texts["title"]:
            parts.append(block(f"**{texts['title'].strip('*')}**"))
        if texts["excerpt"]:
            parts.append(block(texts["excerpt"].replace("\n", BREAK)))
        if texts["url"]:
            parts.append(block(link(texts["url"], texts["btn_label"] or scope.labels.more)))
        blocks.append("".join(parts))
    if not blocks:
        message = f"the feature row `{name}` has no blocks in the front matter"
        remedy = f"List them under `{name}:`, each with `image_path:` or `title:`."
        run.say("liquid-include", "warning", message, run.line_of_call(call), remedy)
    return "".join(blocks)


def _video(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """A video by its id and provider."""
    texts = texts_of(named)
    return player(texts.get("provider", "youtube"), texts)


def contents(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """A table of contents, as kramdown writes it."""
    return f"{BREAK}{BREAK}* toc{BREAK}{{:toc}}{BREAK}{BREAK}"


def _nav_list(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """A list of links out of `_data/navigation.yml`."""
    lines: list[str] = []
    for item in items_of(run.lookup(f"site.data.navigation.{to_s(named.get('nav'))}")):
        lines.append(f"- {_nav_link(item)}")
        lines += [f"    - {_nav_link(child)}" for child in items_of(property_of(item, "children"))]
    if not lines:
        message = f"_data/navigation.yml has no list `{to_s(named.get('nav'))}`"
        remedy = "Add it there, or write the links in the post."
        run.say("liquid-include", "warning", message, run.line_of_call(call), remedy)
    return block(BREAK.join(lines[:_LINKS_LIMIT])) if lines else ""


def _nav_link(item: object) -> str:
    title, address = to_s(property_of(item, "title")), to_s(property_of(item, "url"))
    return link(address, title) if address else title


def _entry(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """An entry of a list of posts, of the loop's `post`: its title as a link, and its excerpt."""
    post = run.lookup("post")
    title, address = to_s(property_of(post, "title")), to_s(property_of(post, "url"))
    excerpt = strip_html(property_of(post, "excerpt"))
    heading = block(f"**{link(address, title)}**") if title else ""
    return f"{heading}{block(excerpt)}" if excerpt.strip() else heading


def _group_by_array(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """Sets `group_names` and `group_items`: the items by what a list of theirs holds."""
    groups: dict[str, list[object]] = {}
    for item in items_of(named.get("collection")):
        held = property_of(item, named.get("field"))
        for name in held if isinstance(held, list) else [held]:
            if name is not None:
                groups.setdefault(to_s(name), []).append(item)
    assert run.context is not None
    names = sorted(groups, key=str.lower)
    run.context.assign("group_names", names)
    run.context.assign("group_items", [groups[name] for name in names])
    return ""


def _nothing(call: Call, named: Named, run: Run, scope: TagScope) -> str:
    """What surrounds a page: its head, its foot, its comments."""
    return ""


# before the blog's own file: a theme's contents list is made of the finished page, as is ours; what
# links to an edition is no part of one
FIRST: dict[str, Include] = {"toc": contents, "hanpan": _nothing}
THEMES: dict[str, Include] = {
    "figure": _figure,
    "gallery": _gallery,
    "feature_row": _feature_row,
    "video": _video,
    "nav_list": _nav_list,
    "archive-single": _entry,
    "group-by-array": _group_by_array,
    "author-profile": _nothing,
    "breadcrumbs": _nothing,
    "comments": _nothing,
    "page__hero": _nothing,
    "page__hero_video": _nothing,
    "page__meta": _nothing,
    "page__date": _nothing,
    "page__taxonomy": _nothing,
    "post_pagination": _nothing,
    "read-time": _nothing,
    "seo": _nothing,
    "sidebar": _nothing,
    "social-share": _nothing,
    "tag-list": _nothing,
    "category-list": _nothing,
}
