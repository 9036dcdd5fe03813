"""Hugo's shortcodes: those of a site's own `layouts/shortcodes`, and its built-in ones."""

from __future__ import annotations

import contextlib
import posixpath
import re

from hanpan.media_types import POST_ENDINGS
from hanpan.roots import TEXT
from hanpan.site import HUGO, Identity, Publication
from hanpan.source.characters import decode
from hanpan.source.liquid.arguments import parse
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import BREAK, trim_blank_lines
from hanpan.source.liquid.run import Run
from hanpan.source.liquid.tags.go_template import LONGEST, Frame, Unsupported, render
from hanpan.source.liquid.tags.scope import TagScope
from hanpan.source.liquid.tags.standins import block, link, stand_in

_FOLDERS = ("layouts/shortcodes", "layouts/_shortcodes")  # the latter since 0.146
_PARTIALS = ("layouts/partials", "layouts/_partials")
_PARTIAL = re.compile(r"/?+[\w-][\w./-]{0,200}")
_INDEX = re.compile(r"(?:_?index)?(?:\.[\w-]+)?\Z")
_BLOCK = re.compile(r"\s*<(?:div|section|aside|figure|blockquote|details|table|p|ul|ol|pre|h\d)\b")
_NO_MARKUP = re.compile(
    r"<(script|style)\b(?>(?:[^<]|<(?!/?(?:script|style)\b))*)</\1\s*+>", re.IGNORECASE
)


def is_hugo(scope: TagScope) -> bool:
    return scope.files.settings(Publication).generator == HUGO


def own_shortcode(
    call: Call, body: str | None, run: Run, scope: TagScope, *, is_known: bool
) -> str | None:
    """Return what the site's own template makes of a shortcode; None where there is none.

    One that asks for more than plain HTML is told by its name, unless hanpan knows the shortcode.
    """
    if not is_hugo(scope):
        return None
    path, template = _template(call.name, scope)
    if not template:
        return None
    places, named = parse(call.arguments)
    inner = trim_blank_lines(body or "")
    is_block = bool(_BLOCK.match(template))
    if is_block and inner:
        inner = f"\n\n{inner}\n\n"

    def partial(name: str) -> str:
        text = _partial(name, scope)
        run.add_work(len(text))
        return text

    frame = Frame(places, named, inner, _names(scope), partial=partial)
    run.add_work(len(template) + len(inner))
    try:
        shown = render(template, frame).strip()
    except Unsupported as error:
        if is_known:
            return None
        message = f"the shortcode `{call.name}` is not rendered: its template has {error}"
        remedy = f"Write its output in its place, or make {path} plain HTML with .Get and .Inner."
        run.say("liquid-tag", "warning", message, run.line_of_call(call), remedy)
        words = " ".join([*places, *named.values()])
        return stand_in(call.name, words, scope.labels) if body is None else body
    shown = _NO_MARKUP.sub("", shown)
    if not is_block:
        return shown
    kept = [line.strip() if "<" in line else line for line in shown.split("\n")]
    if not inner and "<pre" not in shown:
        kept = _without_residue(kept)
    return block(BREAK.join(kept))


def _without_residue(lines: list[str]) -> list[str]:
    """Return lines of HTML without blank ones in front of elements, which actions leave.

    In Markdown they would end the block, and in an item its last lines would be out of it.
    """
    kept: list[str] = []
    for line in lines:
        while line.startswith("<") and kept and not kept[-1].strip():
            kept.pop()
        kept.append(line)
    return kept


def _template(name: str, scope: TagScope) -> tuple[str, str]:
    """Return the path and the text of a shortcode's own template, "" where there is none."""
    for folder in _of_themes(_FOLDERS, scope):
        path = f"{folder}/{name}.html"
        if re.fullmatch(r"[\w-]+", name) and f"{name}.html" in scope.files.names(folder):
            try:
                return path, decode(path, scope.files.read(path, TEXT)[:LONGEST])[0]
            except OSError:
                return path, ""
    return "", ""


def _of_themes(folders: tuple[str, ...], scope: TagScope) -> list[str]:
    """Return folders of templates: the site's own, and then those of its themes."""
    above = ("", *(f"{theme}/" for theme in scope.files.settings(Publication).themes))
    return [f"{base}{folder}" for base in above for folder in folders]


def _partial(name: str, scope: TagScope) -> str:
    """Return the text of a partial template of the site's own, "" where there is none."""
    if not _PARTIAL.fullmatch(name):
        return ""
    path = name if "." in name.rpartition("/")[2] else f"{name}.html"
    for folder in _of_themes(_PARTIALS, scope):
        place = posixpath.normpath(f"{folder}/{path}")
        with contextlib.suppress(OSError):
            if place.startswith(f"{folder}/"):
                return decode(place, scope.files.read(place, TEXT)[:LONGEST])[0]
    return ""


def _names(scope: TagScope) -> dict[str, object]:
    """Return what templates may ask of the site and the page."""
    identity = scope.files.settings(Identity)
    page = {"title": scope.post.front.get("title") or "", "params": _small(scope.post.front)}
    site = {"title": identity.title, "baseurl": f"{identity.url}/", "language": identity.lang}
    return {"page": {**page, "site": site}, "site": site, "ordinal": 0, "name": ""}


def _small(front: object) -> object:
    if isinstance(front, dict):
        return {str(key).lower(): _small(value) for key, value in front.items()}
    return front


def reference(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hugo's ref and relref: the address of another page."""
    words, named = parse(call.arguments)
    name = named.get("path") or next(iter(words), "")
    path, _, fragment = name.partition("#")
    address = _address(path, run, call, scope) if path else ""
    return f"{address}#{fragment}" if fragment else address


def _address(name: str, run: Run, call: Call, scope: TagScope) -> str:
    path = page_named(name, scope)
    if path:
        return scope.posts.address(path)
    message = f"the page `{name}` does not exist"
    remedy = "Write its path below the folder of pages, or relative to this one's."
    run.say("liquid-post", "warning", message, run.line_of_call(call), remedy)
    return scope.posts.guess(re.sub(r"(?:/_?index)?\.md\Z", "", name))


def page_named(name: str, scope: TagScope) -> str:
    """Return the path of the page that `ref` calls `name`, "" for none.

    Hugo: a path below the folder of pages or the page's own, else a name that only one page has.
    """
    folder, _, own = scope.post.path.rpartition("/")
    if _INDEX.match(own.rpartition(".")[0]) and not name.startswith("."):
        bases = [folder, posixpath.dirname(folder)]
    else:
        bases = [folder]
    publication = scope.files.settings(Publication)
    content = [publication.content, *(base for _, base in publication.languages if base)]
    if name.startswith("/"):
        bases = []
    for base in (*bases, *content):
        path = posixpath.normpath(f"{base}/{name.strip('/')}")
        place = _file_at(path, scope)
        if place:
            return place
    return scope.posts.find(re.sub(r"(?:/_?index)?\.md\Z", "", name).strip("/"))


def _file_at(path: str, scope: TagScope) -> str:
    """Return the page at a path, which may lack its ending or be a bundle's; "" for none."""
    if path.startswith(".."):
        return ""
    bare = path
    for ending in POST_ENDINGS:
        bare = bare.removesuffix(ending)
    folder, _, name = bare.rpartition("/")
    names = scope.files.names(folder or ".")
    for entry in sorted(names):
        stem, dot, ending = entry.rpartition(".")
        if dot and f".{ending}" in POST_ENDINGS and name in (stem, stem.partition(".")[0]):
            return posixpath.join(folder, entry)
    if name in names:
        for entry in sorted(scope.files.names(bare)):
            if re.match(r"_?index\.(?:[\w-]+\.)?(?:md|markdown)\Z", entry):
                return posixpath.join(bare, entry)
    return ""


def param(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hugo's param: a value of the page's front matter."""
    words, _ = parse(call.arguments)
    value: object = _small(scope.post.front)
    for key in (words[0] if words else "").lower().split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if value is None or isinstance(value, (dict, list)):
        message = f"the front matter has no value `{words[0] if words else ''}`"
        run.say("liquid-undefined", "warning", message, run.line_of_call(call), "Add it.")
        return ""
    return str(value)


def instagram(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hugo's instagram: a link to the picture."""
    words, named = parse(call.arguments)
    name = named.get("id") or next(iter(words), "")
    return link(f"https://www.instagram.com/p/{name}/", "Instagram")


def qr(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hugo's qr: what the code says."""
    _, named = parse(call.arguments)
    return named.get("text") or trim_blank_lines(body or "")
