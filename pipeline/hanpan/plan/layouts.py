"""The layouts of a site: files that take nobody's place, and stylesheets that are broken."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from hanpan.assets.stylesheets import USER_STYLES
from hanpan.files import packaged_layouts
from hanpan.problems import Problem
from hanpan.roots import Root
from hanpan.site import HUGO, Site

FOLDER = "layouts"
_MOST = 500  # files of a site's layouts that are looked at
_LARGEST = 200_000  # bytes of a stylesheet or template that is looked into
_OWN = ("themes/", "fonts/")  # what is below them has names of the site's own
_KINDS = (".html", ".xhtml", ".css", ".js", ".svg")


def layout_names() -> list[str]:
    """Return the layouts that a site may replace, as paths below layouts/."""
    ours = packaged_layouts()
    names = (path.relative_to(ours).as_posix() for path in ours.rglob("*") if path.is_file())
    return sorted(n for n in names if n.endswith(_KINDS) and not n.startswith(_OWN))


def layout_problems(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with a site's own layouts: names nobody knows, CSS that is not read.

    A folder of this name in a Hugo site is Hugo's.
    """
    if site.generator == HUGO or not os.path.isdir(site.root / FOLDER):
        return
    names = [*islice(_names(site.root / FOLDER), _MOST)]
    texts = {name: _text(site.root, name) for name in names}
    known = {*layout_names(), USER_STYLES}
    for name in names:
        others = (text for other, text in texts.items() if other != name)
        if name not in known and not any(name in text for text in others):
            close = difflib.get_close_matches(name, known, n=1)
            remedy = f"Did you mean `{close[0]}`?" if close else "`hanpan layouts list` has them."
            message = f"`{name}` is no layout of hanpan, and no template includes it"
            yield Problem("layout", "warning", message, f"{FOLDER}/{name}", None, remedy)
        if name.endswith(".css"):
            yield from _broken(name, texts[name])


def _names(folder: Path) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != ".")
        below = os.path.relpath(here, folder)
        for name in sorted(names):
            path = name if below == "." else f"{Path(below).as_posix()}/{name}"
            if name.endswith(_KINDS) and not path.startswith(_OWN):
                yield path


def _text(root: Path, name: str) -> str:
    try:
        return Root(root).read(f"{FOLDER}/{name}", _LARGEST).decode(errors="replace")
    except OSError:  # what a step needs of it is reported there
        return ""


def _broken(name: str, css: str) -> Iterator[Problem]:
    """Yield the first place where a stylesheet is not CSS."""
    import tinycss2  # few sites have stylesheets of their own

    try:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        parts = [*rules, *(part for rule in rules for part in _declarations(rule))]
    except RecursionError:
        return
    errors = [part for part in parts if part.type == "error"]
    for error in sorted(errors, key=lambda part: part.source_line)[:1]:
        message = f"the stylesheet is broken here, and this is left out: {error.message.lower()}"
        remedy = "Correct the line, or the one above it."
        line = error.source_line
        yield Problem("layout", "warning", message, f"{FOLDER}/{name}", line, remedy)


def _declarations(rule: object) -> Iterator[object]:
    import tinycss2

    content = getattr(rule, "content", None)
    if content is not None and getattr(rule, "type", "") == "qualified-rule":
        yield from tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
