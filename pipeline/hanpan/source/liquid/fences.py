"""Tags that hold code: Jekyll's highlight, Hexo's codeblock, Hugo's highlight, as fences."""

from __future__ import annotations

import re

from hanpan.source.dialect.info import first_number
from hanpan.source.lines import Line, longest_ticks, outdent
from hanpan.source.liquid.arguments import parse
from hanpan.source.liquid.marks import line_mark

_ITEM = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\Z")


def as_fence(name: str, arguments: str, lines: list[Line], before: str, number: int) -> str:
    """Return code as a fence, with the marks of its lines.

    `before` is the text before the tag on its line: a list's mark stays on that line,
    and gives the code its margin.
    """
    while lines and not lines[0].text.strip():
        lines = lines[1:]
    while lines and not lines[-1].text.strip():
        lines = lines[:-1]
    mark = "`" * max(3, longest_ticks(*(line.text for line in lines)) + 1)
    in_place = not before.strip() or bool(_ITEM.match(before))
    margin = len(before) if in_place else 0
    indent = re.sub(r"[^\s>]", " ", before) if in_place else ""
    fence = [f"{line_mark(number)}{'' if in_place else chr(10)}{mark}{_info(name, arguments)}"]
    fence += [f"{line_mark(line.number)}{indent}{outdent(line.text, margin)}" for line in lines]
    last = lines[-1].number + 1 if lines else number
    fence.append(f"{line_mark(last)}{indent}{mark}")
    return "\n".join(fence)


def _info(name: str, arguments: str) -> str:
    """Return the info string: the language, and the title where there is one.

    Jekyll and Hugo name the language first; Hexo has `title lang:x url text`, and options as
    `name:value`.
    """
    options = arguments
    arguments = re.sub(r"(?:https?:/)?/\S+.*?(?=\b[a-z_]+:|\Z)", "", arguments)
    words, named = parse(re.sub(r"\b([a-z_]+):(?=\S)", r"\1=", arguments))
    named = {key: str(value) for key, value in named.items()}
    language = named.get("lang") or named.get("language") or ""
    title = named.get("title", "")
    if name.lower() in ("highlight", "prism"):
        language = language or (words[0] if words else "")
    else:
        title = title or " ".join(words)
    language = re.sub(r"[^\w+#.-]", "", language)
    title = title.replace('"', "'").replace("`", "")
    first = first_number(options)
    numbers = f' linenos startFrom="{first}"' if first else ""
    return (
        ((language or "text") if title or first else language)
        + (f' title="{title}"' if title else "")
        + numbers
    )
