"""Hexo's tag plugins that are about files and folds, and those of its best known themes."""

from __future__ import annotations

import posixpath
import re

from hanpan.roots import TEXT
from hanpan.source.characters import decode
from hanpan.source.liquid.arguments import parse
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import BREAK, trim_blank_lines
from hanpan.source.liquid.run import Run
from hanpan.source.liquid.tags import blocks
from hanpan.source.liquid.tags.scope import TagScope
from hanpan.source.liquid.tags.standins import attribute, block, frame, link

_OPTION = re.compile(r"(lang|from|to):(\S+)\s*")
_TAB = re.compile(
    r"<!--\s*+tab\b([^<>]*?)-->((?>(?:[^<]|<(?!!--\s*+(?:end)?tab\b))*))<!--\s*+endtab\s*+-->"
)
_ICON = re.compile(r"@[^@]*\Z")
_LABEL = re.compile(r"\s*+([a-z]*+)\s*+@\s*+(.*)", re.DOTALL)


def include_code(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hexo's include_code: a file of `code_dir` as a block of code."""
    options = dict(_OPTION.findall(call.arguments))
    words = _OPTION.sub("", call.arguments).split()
    name = words[-1] if words else ""
    source = str(scope.config.get("source_dir") or "source").strip("/")
    folder = str(scope.config.get("code_dir") or "downloads/code").strip("/")
    path = posixpath.normpath(f"{source}/{folder}/{name}")
    try:
        text = decode(path, scope.files.read(path, TEXT))[0] if name else ""
    except (OSError, ValueError):
        message = f"the file `{path}` does not exist"
        run.say("liquid-include", "warning", message, run.line_of_call(call), "Add the file.")
        return link(f"/{folder}/{name}", name)
    lines = text.rstrip("\n").split("\n")
    first, last = (
        int(options[key]) if options.get(key, "").isdigit() else 0 for key in ("from", "to")
    )
    lines = lines[max(first - 1, 0) : last or None]
    run.add_work(len(text))
    longest = max((len(ticks) for ticks in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    language = options.get("lang") or name.rpartition(".")[2]
    title = " ".join(words[:-1])
    code = BREAK.join([f"{fence}{language}", *lines, fence])
    return block(f"**{title}**{BREAK}{BREAK}{code}" if title else code)


def tabs(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """NexT's and Butterfly's tabs: one below the other, each with its name above it."""
    parts = []
    for number, (name, text) in enumerate(_TAB.findall(body or ""), 1):
        label = _ICON.sub("", name.strip()).strip() or f"{call.arguments.split(',')[0]} {number}"
        parts.append(f"**{label.strip()}**\n\n{trim_blank_lines(text)}")
    text = "\n\n".join(parts) or trim_blank_lines(body or "")
    return block(text.replace("\n", BREAK))


def label(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """NexT's label: words with a background."""
    match = _LABEL.match(call.arguments)
    return f"<mark>{(match[2] if match else call.arguments).strip()}</mark>"


def video(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    words, _ = parse(call.arguments)
    return frame(words[0]) if words else ""


def pdf(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    words, _ = parse(call.arguments)
    return link(words[0], posixpath.basename(words[0])) if words else ""


def hidden(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Butterfly's hideToggle, hideBlock and hideInline: what a click shows."""
    if call.name == "hideInline":
        return attribute(call.arguments.partition(",")[0])
    title = call.arguments.partition(",")[0].strip() or scope.labels.details
    return blocks.details(
        Call(call.name, f'title="{attribute(title)}"', call.line), body, run, scope
    )
