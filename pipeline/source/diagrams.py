"""Diagrams that authors put into `<div class="mermaid">`: a fence by another name.

Left to pandoc, their arrows and brackets would be read as Markdown and as tags.
"""

from __future__ import annotations

import html
import re

from pipeline.source.fences import emit
from pipeline.source.lines import Line, indent_of
from pipeline.source.reader import Reader

_OPEN = re.compile(
    r"""<(div|pre)\s[^<>]*?class\s*=\s*(?:"(?:[^"]*\s)?mermaid(?:\s[^"]*)?"|'mermaid'|mermaid)[^<>]*>""",
    re.IGNORECASE,
)
_LIMIT = 1_000  # lines


def drawn_element(reader: Reader, line: Line) -> bool:
    """Make the element a fence, from its tag to the closing one."""
    opened = _OPEN.match(line.text.strip())
    if not opened:
        return False
    closing = re.compile(rf"</{opened[1]}\s*>", re.IGNORECASE)
    said = line.text.strip()[opened.end() :]
    code: list[str] = []
    for end in range(reader.at, min(len(reader.lines), reader.at + _LIMIT)):
        text = said if end == reader.at else reader.lines[end].text
        found = closing.search(text)
        code.append(html.unescape(text[: found.start()] if found else text))
        if found:
            break
    else:
        return False
    margin = min((indent_of(text) for text in code if text.strip()), default=0)
    shown = [text[margin:] if text[:margin].isspace() else text for text in code]
    while shown and not shown[0].strip():
        shown.pop(0)
    while shown and not shown[-1].strip():
        shown.pop()
    after_blank = reader.after_blank()
    if not after_blank:
        reader.made.append(Line("", line.number))
    emit(reader, line.number, "", "", "mermaid", shown)
    reader.at = end + 1
    return True
