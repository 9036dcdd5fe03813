"""A post's source as readers may have it: without what its author wrote for themselves alone.

Comments go, and of paths on the author's own disk all but the file's name; code stays as it was
typed, for readers see it on the page.
"""

from __future__ import annotations

import re

from hanpan.assets.disk import public_name
from hanpan.source.characters import decode
from hanpan.source.comments import without_comments
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import Line
from hanpan.source.liquid.code import code_lines

# most posts have none of it, and need no further look
_SUSPECT = re.compile(
    r"<!--|%%|\{%-?\s*comment|\{::comment|\bfile:|~[\\/]|\b[A-Z]:[\\/]|[\\/](?:Users|home|Documents)\b",
    re.IGNORECASE,
)
# an address in a link, a picture, an attribute or a definition
_ADDRESS = re.compile(
    r"(?P<before>\]\([ \t]*<?|\b(?:src|href|data-src|poster)\s*=\s*[\"']?"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?|<)"
    r"(?P<address>(?:[A-Za-z]:[\\/]|file:|~?[\\/])[^\"'<>()\n]*[^\"'<>()\s])",
    re.MULTILINE,
)
# a line of the front matter: key or dash, and value
_VALUE = re.compile(
    r"(?P<before>[ \t]*+(?>(?:-[ \t]++)?)(?>(?:[\w-]++[ \t]*+[:=][ \t]*+)?)[\"']?+)"
    r"(?P<address>[^\"']++)"
)
_CODE_RUN = re.compile("\0(\\d+)\0")


def published_source(path: str, data: bytes) -> str:
    """Return the text of a post without comments and without paths of its author's disk.

    `path` is relative to the site's root; `data` are the file's bytes. The text is NFC, with \\n.
    """
    text, _ = decode(path, data)
    if not _SUSPECT.search(text):
        return text
    start = parse_post(path, data).body_line - 1
    lines = text.split("\n")
    body = lines[start:]
    code = code_lines(path, tuple(Line(line, n) for n, line in enumerate(body)))
    runs, shown = _set_code_aside(body, code)
    shown = _ADDRESS.sub(_public, without_comments(shown))
    shown = _CODE_RUN.sub(lambda mark: runs[int(mark[1])], shown)
    front = [_public_value(line) for line in lines[:start]]
    return "\n".join([*front, shown])


def _set_code_aside(body: list[str], code: set[int]) -> tuple[list[str], str]:
    """Return runs of code lines, and the text with a mark in the place of each."""
    runs: list[list[str]] = []
    shown: list[str] = []
    before = -2
    for number, line in enumerate(body):
        if number not in code:
            shown.append(line)
            continue
        if before != number - 1:
            shown.append(f"\0{len(runs)}\0")
            runs.append([])
        runs[-1].append(line)
        before = number
    return ["\n".join(run) for run in runs], "\n".join(shown)


def _public_value(line: str) -> str:
    """Return a line of the front matter; a permalink is an address of the site, never a disk's."""
    match = None if line.startswith("permalink") else _VALUE.match(line)
    return _public(match) + line[match.end() :] if match else line


def _public(match: re.Match[str]) -> str:
    return match["before"] + public_name(match["address"])
