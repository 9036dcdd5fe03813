"""Includes: the blog's own `_includes`, the themes' that need none, and stand-ins for the rest."""

from __future__ import annotations

import posixpath
import re

from hanpan.roots import TEXT
from hanpan.source.characters import decode
from hanpan.source.lines import Line
from hanpan.source.liquid.arguments import Name, parse
from hanpan.source.liquid.engine import render_include
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import BREAK
from hanpan.source.liquid.ruby import to_s
from hanpan.source.liquid.run import INCLUDE_FACTOR, INCLUDE_WORK, Run
from hanpan.source.liquid.scan import scan
from hanpan.source.liquid.tags.players import player
from hanpan.source.liquid.tags.scope import TagScope
from hanpan.source.liquid.tags.standins import block, figure, picture_of, stand_in, words_of
from hanpan.source.liquid.tags.themes import FIRST, THEMES, Named, texts_of
from hanpan.source.liquid.template import make_template

_FILE = re.compile(r"""\s*+(?:\{\{-?(?P<name>[^{}]++)\}\}|["']?(?P<file>[^\s"',]++)["']?)""")
_OUTPUT = re.compile(r"\{\{-?\s*([\w.\[\]-]+)\s*-?\}\}")
_COLON = re.compile(r"\b(\w++)\s*+:\s")
_RAW_TEXT = re.compile(r"<(?:pre|textarea|script|style)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!--|/?[a-z])", re.IGNORECASE)


def include(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """`{% include file key="value" other=page.key %}`, and include_cached, include_relative."""
    match = _FILE.match(call.arguments)
    if not match:
        return _unknown(call, "", {}, run, scope)
    file = _file(call, match, run)
    arguments = call.arguments[match.end() :]
    if call.name == "render":  # of Shopify, with colons
        arguments = _COLON.sub(r"\1=", arguments)
    named: Named = {}
    for key, value in parse(arguments)[1].items():
        named[key] = _value(value, run) if isinstance(value, Name) else value
    name = re.sub(r"\.(?:html?|md|liquid)\Z", "", file).lstrip("/")
    if name in FIRST and not call.in_code:
        return FIRST[name](call, named, run, scope)
    text = _text(call, file, scope)
    if text is not None:
        return _render_file(call, file, text, named, run)
    if name in THEMES:
        return THEMES[name](call, named, run, scope)
    if name.startswith("embed/"):
        return player(name[6:], texts_of(named))
    return _unknown(call, file, texts_of(named), run, scope)


def _file(call: Call, match: re.Match[str], run: Run) -> str:
    """Return the name of an include's file, which may be that of a variable."""
    file = match["file"] or ""
    if match["name"]:
        return to_s(run.lookup(match["name"].removesuffix("-").strip()))
    if "{{" in call.arguments:
        return _OUTPUT.sub(lambda part: to_s(run.lookup(part[1])), file)
    return file


def finds_include(call: Call, scope: TagScope) -> bool:
    """Tell whether an include in code, without variables in its name, is there."""
    match = _FILE.match(call.arguments)
    file = match["file"] if match else None
    return bool(file and "{{" not in file and _text(call, file, scope) is not None)


def _value(written: str, run: Run) -> object:
    """Return what an argument without quotes says: a number, a switch, or a variable's value."""
    if re.fullmatch(r"-?\d+(\.\d+)?", written):
        return written
    if written in ("true", "false"):
        return written == "true"
    return run.lookup(written)


def _text(call: Call, file: str, scope: TagScope) -> str | None:
    """Return what an include's file says, None where there is none in the site."""
    below = str(scope.config.get("includes_dir") or "_includes")
    if call.name == "include_relative":
        below = posixpath.dirname(scope.post.path)
    path = posixpath.normpath(posixpath.join(below, file.lstrip("/")))
    if path.startswith("..") or posixpath.isabs(path):
        return None
    try:
        return decode(path, scope.files.read(path, TEXT))[0]
    except (OSError, ValueError):  # not there, out of the site, or no name at all
        return None


def _render_file(call: Call, file: str, text: str, named: Named, run: Run) -> str:
    """Return an include rendered; HTML without the blanks that Markdown would see."""
    number = call.line
    run.add_work(INCLUDE_WORK + INCLUDE_FACTOR * len(text))
    if call.name == "include_relative":
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    lines = tuple(Line(line, number) for line in text.split("\n"))
    items, _ = scan(lines, set(), is_markdown=False)
    template, _ = make_template(items, run.codes)
    rendered = render_include(template, {"include": named}, call, run)
    if call.in_code:
        return rendered
    if (file.endswith((".html", ".htm")) or _MARKUP.match(rendered)) and not _RAW_TEXT.search(
        rendered
    ):
        kept = [line.strip() for line in rendered.split("\n") if line.strip()]
        shown = BREAK.join(kept)
        if len(kept) > 1:
            return block(shown)
        return f"{shown}{BREAK}" if rendered.endswith("\n") else shown
    return rendered


def _unknown(call: Call, file: str, named: dict[str, str], run: Run, scope: TagScope) -> str:
    """Return what a reader can be given instead of an include that is nowhere."""
    message = f"the include `{file}` does not exist"
    remedy = f"Add _includes/{file}, or write its output in the post."
    run.say("liquid-include", "warning", message, run.line_of_call(call), remedy)
    picture = picture_of(file, named)
    if picture:
        alt = named.get("alt") or named.get("caption") or named.get("title") or ""
        caption = named.get("caption") or named.get("description") or named.get("title") or ""
        return figure([(picture, alt)], caption)
    if named.get("id") and re.search(r"youtu|vimeo|video", file, re.IGNORECASE):
        return player("vimeo" if "vimeo" in file.lower() else "youtube", named)
    return stand_in(file, words_of(named), scope.labels)
