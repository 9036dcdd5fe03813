"""Link definitions: lines that only pandoc takes for one, whose words would be lost.

CommonMark 0.31, section 4.7: a label says something and holds no brackets, an address follows it.
"""

from __future__ import annotations

import re

from hanpan.source.lines import Kind, Line

# in quotes and items as well
_MARGIN = r"[ ]*+(?>(?:(?:>|[-*+][ ]|\d{1,9}[.)][ ])[ ]*+)*)"
_LABEL = rf"{_MARGIN}\[(?!\^)(?>(?:[^\[\]\\]++|\\.)*)"
_NO_LABEL = re.compile(rf"{_LABEL}\[.*\]:|{_MARGIN}\[[ \t]*\]:")
_ALONE = re.compile(rf"{_LABEL}\]:[ \t]*\Z")
_WHOLE = re.compile(rf"{_LABEL}\]:[ \t]*\S+[ \t]*\Z")
_TITLE = re.compile(r"[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^()]*\))[ \t]*\Z")


def link_definitions(lines: list[Line]) -> list[Line]:
    """Escape what is no definition: `[결과]:` above a blank line, `[[글]]: 말`, `[]: 말`.

    A line below one that begins like a title, but goes on, is set apart from it.
    """
    output: list[Line] = []
    for line, below in zip(lines, [*lines[1:], Line("", 0)], strict=False):
        if line.kind is Kind.TEXT and "]:" in line.text:
            is_alone = _ALONE.match(line.text) and not below.text.strip(" >")
            if is_alone or _NO_LABEL.match(line.text):
                line = line.with_text(line.text.replace("[", "\\[", 1))
            elif _WHOLE.match(line.text) and _only_begins_like_a_title(below):
                output.append(line)
                line = Line("", below.number)
        output.append(line)
    return output


def _only_begins_like_a_title(line: Line) -> bool:
    return line.text.lstrip()[:1] in ('"', "'", "(") and not _TITLE.match(line.text)
