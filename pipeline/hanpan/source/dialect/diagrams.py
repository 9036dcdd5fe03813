"""Diagrams that authors put into `<div class="mermaid">`: a fence by another name.

Left to pandoc, their arrows and brackets would be read as Markdown and as tags.
"""

from __future__ import annotations

import html
import re

from hanpan.source.dialect.fences import emit
from hanpan.source.dialect.reader import Reader
from hanpan.source.lines import Line, indent_of

_OPEN = re.compile(
    r"""<(div|pre)\s[^<>]*?class\s*=\s*(?:"(?:[^"]*\s)?mermaid(?:\s[^"]*)?"|'mermaid'|mermaid)[^<>]*>""",
    re.IGNORECASE,
)
_LIMIT = 1_000  # lines


def mermaid_element(reader: Reader, line: Line) -> bool:
    """Make the element a fence, from its tag to the closing one."""
    opened = _OPEN.match(line.text.strip())
    if not opened:
        return False
    closing = re.compile(rf"</{opened[1]}\s*>", re.IGNORECASE)
    lines = reader.lines[reader.at : reader.at + _LIMIT]
    texts = [line.text.strip()[opened.end() :], *(item.text for item in lines[1:])]
    last = next((n for n, text in enumerate(texts) if "</" in text and closing.search(text)), None)
    if last is None:  # known before anything is copied: many may be open
        return False
    texts[last] = closing.split(texts[last], maxsplit=1)[0]
    code = [
        item.with_text(html.unescape(text))
        for item, text in zip(lines, texts[: last + 1], strict=False)
    ]
    while code and code[0].is_blank:
        code.pop(0)
    while code and code[-1].is_blank:
        code.pop()
    margin = min((indent_of(item.text) for item in code if item.text.strip()), default=0)
    code = [
        item.with_text(item.text[margin:]) if item.text[:margin].isspace() else item
        for item in code
    ]
    after_blank = reader.after_blank()
    if not after_blank:
        reader.output.append(Line("", line.number))
    emit(reader, line.number, "", "", "mermaid", code)
    reader.at += last + 1
    return True
