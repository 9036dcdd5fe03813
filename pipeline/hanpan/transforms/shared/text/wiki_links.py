"""Obsidian's links and folded callouts, carried here as marks by the dialect."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import deque
from urllib.parse import quote

from lxml import etree

from hanpan import tree
from hanpan.files import Files
from hanpan.media_types import HTML_ENDINGS, MARKDOWN_ENDINGS, POST_ENDINGS
from hanpan.site import OBSIDIAN, Publication
from hanpan.transforms.select import drop, with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.text.heading_ids import heading_id
from hanpan.tree import Element

_IDENTIFIER = re.compile(r"!?\[\[[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\]\]\Z", re.ASCII)
_FILES = frozenset((*POST_ENDINGS, *HTML_ENDINGS, *".png .jpg .jpeg .gif .webp .svg .pdf".split()))
_DATE = re.compile(r"\A\d{4}-\d{1,2}-\d{1,2}[-_ ]")
_MOST_FOLDERS = 200  # of a site that are looked into
_DEEPEST = 4  # folders within folders
_NOT_OF_NOTES = frozenset(("node_modules", "out", "vendor", "_site", "_pages"))


def wiki_links(root: Element, context: Context) -> None:
    """Give each `[[글]]` the address of the file it names, each `![[그림.png]]` its path.

    Obsidian finds a file by its name, in whatever folder it is. A link to a file that the site does
    not have is reported, and its words stay. Outside of a vault, a single word such as ECMAScript's
    `[[Prototype]]`, C++'s `[[nodiscard]]` or TOML's `[[book.part]]` is no link, unless it ends as a
    file of notes or pictures does.
    """
    marks = with_attribute(root, "data-wiki")
    is_vault = context.files.settings(Publication).generator == OBSIDIAN
    names = _names(context.files, posixpath.dirname(context.post.path)) if marks else {}
    for mark in marks:
        name, _, heading = drop(mark, "data-wiki").partition("#")
        typed = drop(mark, "data-typed")
        path = _find(name, names)
        if mark.tag == "img":
            mark.set("src", _address(f"/{path}" if path else name))
        elif path or not name:
            place = f"#{heading_id(heading)}" if heading and not heading.startswith("^") else ""
            mark.set("href", (_address(f"/{path}") if path else "") + place)
            if typed.startswith("!"):
                message = f"`{typed}` embeds a file that is no picture; it became a link"
                remedy = "Copy what it says into the post, or write [[name]]."
                context.report("wiki-link", "info", message, context.place_of(mark, typed), remedy)
        else:
            message = f"the site has no file `{name}` for `{typed}`; its words stay, without a link"
            remedy = "Fix the name, add the file, or write [words](address)."
            where = context.place_of(mark, typed)
            is_name = _IDENTIFIER.match(typed) and posixpath.splitext(name)[1].lower() not in _FILES
            is_route = name.startswith("...")  # `[[...slug]]` is a part of a path of Next's
            if is_vault or not (is_name or is_route):
                context.report("wiki-link", "warning", message, where, remedy, f"note:{name}")
            if typed.isascii() and "|" not in typed:  # `[[nodiscard]]`, perhaps no link at all
                mark[:] = []
                mark.text = typed
            tree.unwrap(mark)
    for mark in with_attribute(root, "data-fold"):
        _fold(mark)


def _fold(mark: Element) -> None:
    """Make the paragraph that a mark stands in the summary of what follows it in its quote."""
    state = mark.get("data-fold")
    title = next((item for item in mark.iterancestors() if item.tag == "p"), None)
    tree.remove(mark)
    around = title.getparent() if title is not None else None
    if title is None or around is None or around.tag != "blockquote" or title.getnext() is None:
        return
    details = etree.Element("details")
    if state == "open":
        details.set("open", "")
    following = list(title.itersiblings())
    title.addprevious(details)
    title.tag, title.tail = "summary", "\n"
    details.extend([title, *following])


def _address(path: str) -> str:
    """Return a path as an address, in which three characters mean something else."""
    return re.sub("[%?#]", lambda sign: quote(sign[0]), path)


def _find(name: str, names: dict[str, list[str]]) -> str:
    """Return the path of the file that a link names, "" for none."""
    wanted = unicodedata.normalize("NFC", name.strip().strip("/"))
    paths = names.get(_key(posixpath.basename(wanted)), [])
    folder = posixpath.dirname(wanted).casefold()
    return next((path for path in paths if _lies_in(path, folder)), "")


def _lies_in(path: str, folder: str) -> bool:
    above = posixpath.dirname(path).casefold()
    return not folder or above == folder or above.endswith(f"/{folder}")


def _names(files: Files, folder: str) -> dict[str, list[str]]:
    """Return the paths of the site's files by what links call them, the nearest first."""
    names: dict[str, list[str]] = {}
    seen: set[str] = set()
    waiting = deque([(folder, 0), ("", 0)])
    while waiting and len(seen) < _MOST_FOLDERS:
        here, depth = waiting.popleft()
        if here in seen:
            continue
        seen.add(here)
        for name in files.names(here or "."):
            path = posixpath.join(here, name)
            if "." in name[1:]:
                for key in dict.fromkeys((_key(name), _key(_DATE.sub("", name)))):
                    names.setdefault(key, []).append(path)
            elif depth < _DEEPEST and name[0] != "." and name not in _NOT_OF_NOTES:
                waiting.append((path, depth + 1))
    return names


def _key(name: str) -> str:
    """Return what a file's name and a link to it have in common."""
    plain = unicodedata.normalize("NFC", name).casefold()
    for ending in MARKDOWN_ENDINGS:
        plain = plain.removesuffix(ending)
    return re.sub(r"[\s_-]+", "-", plain)
