"""Block ends: kramdown's `^`, a line that ends the block above and is not shown itself."""

from __future__ import annotations

import re

from hanpan.source.dialect.reader import Reader
from hanpan.source.lines import Kind, Line

_MARK = re.compile(r"\^[ \t]*\Z")  # kramdown, parser/kramdown/eob.rb
_PARTING = "<!-- -->"  # what parts two lists for pandoc; no edition has it


def block_end(reader: Reader, line: Line) -> bool:
    """`^` on a line of its own parts two lists, or a list and code."""
    if not _MARK.match(line.text):
        return False
    reader.lists.clear()
    if not reader.after_blank():
        reader.output.append(line.with_text(""))
    reader.output += [Line(_PARTING, line.number, Kind.RAW), line.with_text("")]
    reader.at += 1
    return True
