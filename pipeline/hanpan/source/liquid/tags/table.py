"""Tags: those of Jekyll, Hexo and Hugo, by name; the table TAGS maps each to its function.

An unknown tag is reported. What is between its beginning and its end stays; where
there is no end, a note replaces it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from hanpan.media_types import POST_ENDINGS
from hanpan.source.addresses import ADDRESS
from hanpan.source.liquid.arguments import parse
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import trim_blank_lines
from hanpan.source.liquid.run import Run
from hanpan.source.liquid.tags import blocks, hexo, hugo
from hanpan.source.liquid.tags.includes import finds_include, include
from hanpan.source.liquid.tags.players import gist, player, tweet
from hanpan.source.liquid.tags.scope import TagScope
from hanpan.source.liquid.tags.standins import figure, frame, link, stand_in

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp)\Z", re.IGNORECASE)

Tag = Callable[[Call, "str | None", Run, TagScope], str]


def _post_url(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Jekyll's post_url, Hexo's post_path: the address of another post."""
    name = call.arguments.strip().strip("\"'")
    path = scope.posts.find(name)
    if path:
        return _base(call, scope) + scope.posts.address(path)
    remedy = "Write its path below _posts, without the extension."
    run.say(
        "liquid-post",
        "warning",
        f"the post `{name}` does not exist",
        run.line_of_call(call),
        remedy,
    )
    return scope.posts.guess(name)


def _base(call: Call, scope: TagScope) -> str:
    """Return what comes before the path of a page in code, where nothing completes it."""
    base = scope.config.get("baseurl") if call.in_code else ""
    return base.rstrip("/") if isinstance(base, str) else ""


def _link(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Jekyll's link: the address of a file of the site. Hexo's: text, address, title."""
    words, _ = parse(call.arguments)
    address = next((word for word in words if ADDRESS.match(word)), "")
    if address:
        return link(address, words[0] if words[0] != address else " ".join(words[1:]))
    path = call.arguments.strip().strip("\"'").lstrip("/")
    if not path.lower().endswith(POST_ENDINGS):
        return f"{_base(call, scope)}/{path}"
    try:
        return _base(call, scope) + scope.posts.address(path)
    except (OSError, ValueError):
        remedy = "Write its path relative to the site's folder."
        message = f"the linked file `{path}` does not exist"
        run.say("liquid-post", "warning", message, run.line_of_call(call), remedy)
        return scope.posts.guess(posixpath.splitext(path.rpartition("_posts/")[2])[0])


def _post_link(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hexo's post_link: a link to another post, by its file's name."""
    words, _ = parse(call.arguments)
    name = words[0] if words else ""
    address = _post_url(Call("post_path", name, call.line), None, run, scope)
    title = " ".join(word for word in words[1:] if word not in ("true", "false"))
    path = "" if title else scope.posts.find(name)
    own = scope.posts.read(path).front.get("title") if path else None
    return link(address, title or str(own or name))


def _asset(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hexo's asset_img, asset_path and asset_link: a file in the folder named like the post."""
    words, _ = parse(call.arguments)
    files = [word for word in words if "." in word.rpartition("/")[2]]
    name = files[0] if files else (words[0] if words else "")
    folder, _, own = scope.post.path.rpartition("/")
    stem = posixpath.splitext(own)[0]
    beside = name if name in scope.files.names(folder) else f"{stem}/{name}"
    if call.name == "asset_path":
        return beside
    after = [word for word in words[words.index(name) + 1 :] if not word.isdigit()] if name else []
    if call.name == "asset_link":
        return link(beside, " ".join(after) or name)
    caption, alt = after[0] if after else "", after[1] if len(after) > 1 else ""
    return figure([(beside, alt or caption)], caption)


def _image(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hexo's img (classes, address, size, title); Hugo's image, img and figure (named)."""
    words, named = parse(call.arguments)
    address = named.get("src") or named.get("path") or named.get("url") or named.get("link") or ""
    if not address:
        pictures = [word for word in words if _PICTURE.search(word) or ADDRESS.match(word)]
        address = pictures[0] if pictures else (words[0] if words else "")
        words = words[words.index(address) + 1 :] if address in words else []
    else:
        words = []
    title = " ".join(word for word in words if not word.isdigit())
    caption = named.get("caption") or named.get("title") or (title if call.name == "figure" else "")
    alt = named.get("alt") or title or re.sub(r"[*_`]", "", caption)
    target = named.get("link", "") if named.get("src") else ""
    attribution = named.get("attr", "")
    if attribution and named.get("attrlink"):
        attribution = f"[{attribution}]({named['attrlink']})"
    return figure([(address, alt)], f"{caption} {attribution}".strip(), "", target)


def _player(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    words, named = parse(call.arguments)
    return player(call.name, named if "id" in named else {**named, "id": words[0] if words else ""})


def _iframe(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    words, named = parse(call.arguments)
    address = named.get("src") or next(iter(words), "")
    return frame(address, named.get("title", "")) if address else ""


def _gist(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    words, _ = parse(call.arguments)
    if call.name == "gist" and len(words) > 1 and "/" not in words[0] and "." not in words[1]:
        words = [f"{words[0]}/{words[1]}", *words[2:]]  # Hugo: user and id
    return gist(words)


def _tweet(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    return tweet(*parse(call.arguments))


def _contents(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    return include(Call("include", "toc", call.line), None, run, scope)


def _button(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hexo's button and Hugo's: a link."""
    words, named = parse(call.arguments.replace(", ", " "))
    given = (named.get(key) for key in ("href", "url", "link", "relref"))
    address = next((text for text in given if text), "") or next(iter(words), "")
    label = named.get("text") or named.get("label") or named.get("title") or " ".join(words[1:2])
    return link(address, trim_blank_lines(body or "") or label)


def _nothing(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """What a page's head or the theme needs, and no reader sees."""
    return ""


def _body(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    return body or ""


def _unknown(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    message = f"unknown tag `{call.name}`"
    if body is not None:
        run.say(
            "liquid-tag",
            "warning",
            f"{message}; its content is kept",
            run.line_of_call(call),
            _REMEDY,
        )
        return body
    run.say("liquid-tag", "warning", message, run.line_of_call(call), _REMEDY)
    words, named = parse(call.arguments)
    return stand_in(call.name, " ".join([*words, *named.values()]), scope.labels)


_REMEDY = "Write its output in its place, or show it as code."

TAGS: dict[str, Tag] = {
    # Jekyll
    "include": include,
    "include_cached": include,
    "include_relative": include,
    "render": include,
    "post_url": _post_url,
    "link": _link,
    "seo": _nothing,
    "feed_meta": _nothing,
    "hanpan": _nothing,  # links to the editions, in Hugo and Hexo: no part of one
    # Hexo
    "post_path": _post_url,
    "post_link": _post_link,
    "asset_img": _asset,
    "asset_path": _asset,
    "asset_link": _asset,
    "img": _image,
    "blockquote": blocks.quote,
    "quote": blocks.quote,
    "pullquote": blocks.quote,
    "centerquote": blocks.quote,
    "cq": blocks.quote,
    "note": blocks.note,
    "button": _button,
    "btn": _button,
    "iframe": _iframe,
    "fold": blocks.details,
    "include_code": hexo.include_code,
    "tabs": hexo.tabs,
    "label": hexo.label,
    "video": hexo.video,
    "pdf": hexo.pdf,
    "hideToggle": hexo.hidden,
    "hideBlock": hexo.hidden,
    "hideInline": hexo.hidden,
    "spoiler": blocks.details,
    # Hugo
    "figure": _image,
    "image": _image,
    "picture": _image,
    "ref": hugo.reference,
    "relref": hugo.reference,
    "param": hugo.param,
    "instagram": hugo.instagram,
    "qr": hugo.qr,
    "notice": blocks.note,
    "alert": blocks.note,
    "admonition": blocks.note,
    "callout": blocks.note,
    "hint": blocks.note,
    "details": blocks.details,
    "expand": blocks.details,
    "collapse": blocks.details,
    "toc": _contents,
    "x": _tweet,
    # all of them
    "gist": _gist,
    "tweet": _tweet,
    "twitter": _tweet,
    "youtube": _player,
    "vimeo": _player,
    "bilibili": _player,
    "codepen": _player,
    "jsfiddle": _player,
    "mermaid": blocks.diagram,
    "plantuml": blocks.diagram,
    "math": blocks.maths,
    "katex": blocks.maths,
    "katexmm": _body,
    "center": _body,
}


def finds_its_file(call: Call, scope: TagScope) -> bool:
    """Tell whether a tag in code names a file of the site: otherwise it stays as it was typed."""
    name = call.arguments.strip().strip("\"'")
    if call.name == "post_url":
        return bool(scope.posts.find(name))
    if call.name == "link":
        folder, _, own = name.lstrip("/").rpartition("/")
        return own in scope.files.names(folder or ".")
    return finds_include(call, scope)


# names that shortcodes of a Hugo site have as well, for something else
_OF_JEKYLL = frozenset(
    {"include", "include_cached", "include_relative", "post_url", "link", "seo", "feed_meta"}
)


def render_call(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Return what a tag puts into the text."""
    is_known = call.name in TAGS and call.name not in _OF_JEKYLL
    own = hugo.own_shortcode(call, body, run, scope, is_known=is_known)
    if own is not None:
        return own
    is_of_jekyll = call.name in _OF_JEKYLL and hugo.is_hugo(scope)
    return (_unknown if is_of_jekyll else TAGS.get(call.name, _unknown))(call, body, run, scope)
