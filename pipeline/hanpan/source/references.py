"""References: where a post's file names pictures, as spans of its own text, code left out.

Spans are exact: what lies outside them is never touched, whatever its spelling.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from hanpan.source.dialect.regions import mark_regions
from hanpan.source.lines import Kind, Line
from hanpan.source.liquid.code import CODE_TAGS
from hanpan.source.post import Post

_NEWLINE = re.compile(r"\r\n|\r|\n")
_ALT = r"!\[(?>(?:[^\[\]\\]++|\\.|\[[^\[\]]*+\])*)\]"
_INLINE = re.compile(
    _ALT + r"\([ \t]*+(?:<(?P<angled>[^<>\n]*)>"
    r"|(?P<plain>(?>(?:[^\s()<>\\]++|\\.|\((?>(?:[^\s()\\]++|\\.)*)\))+))"
    r"(?=[ \t\r\n]*+(?:[\"'(]|\)))"
    r"|(?P<spaced>(?>(?:[^ \t\n<>()\"']++|[ \t]++(?![\"')]))+))"
    r"(?=[ \t]*+(?:[\"'][^\"'\n]*+[\"'][ \t]*+)?\)))"
)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]\n^][^\[\]\n]*)\]:[ \t]*<?(?P<plain>[^\s<>]+)", re.MULTILINE
)
_USED_BY_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\](?:\[([^\[\]]*)\])?(?!\()")
_USED_BY_LINK = re.compile(
    r"(?<!!)\[((?>(?:[^\[\]\\!]++|\\.|!\[[^\[\]]*+\](?>(?:\([^()]*+\))?)|!)*))\]\[([^\[\]]*+)\]"
)
_TAG = re.compile(r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_SRC = re.compile(
    r"(?<=[\s\"'])src\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\{%-?\s*include\b(?:(?!\{%).)*?%\}|\{\{<\s*(?:image|figure|img)\b(?:(?!\{\{<).)*?>\}\}",
    re.DOTALL,
)
_QUOTED = re.compile(r"=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)([^\r\n]*?[^`\r\n])\1(?!`)")
_TAGGED = re.compile(rf"\{{%-?\s*({'|'.join(sorted(CODE_TAGS))})\b[^%]*-?%\}}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# keys of the front matter that name a picture (source/meta.py: where teasers are looked for)
_FRONT = re.compile(
    r"^[^#\r\n]*?(?<![\w-])(?:teaser|overlay_image|og_image|image|path|url|thumbnail|cover)"
    r"[\"']?[ \t]*[:=][ \t]*(?P<quote>[\"']?)(?P<plain>https?://[^\s\"']+|//[^\s\"']+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address of a picture in a text: from `start` up to `end`, and what it names."""

    start: int
    end: int
    address: str  # comparable, see `comparable`


def comparable(address: str) -> str:
    """Return an address so that all its spellings are equal: escapes, entities, NFC, no scheme."""
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(address.strip()))
    return unicodedata.normalize("NFC", unquote(plain)).removeprefix("https:").removeprefix("http:")


def references(text: str, post: Post) -> list[Reference]:
    """Return every address in the place of a picture's, in the order of the text.

    `text` is the file's own, with its newlines; `post` is what was read of it.
    """
    body = _offset_of_line(text, post.body_line)
    masked = _without_code(text, body, post)
    spans = {
        *_spans(_FRONT.finditer(text, 0, body)),
        *_spans(_INLINE.finditer(masked, body)),
        *_definitions(masked, body),
    }
    for pattern, inner in ((_TAG, _SRC), (_SHORTCODE, _QUOTED)):
        for match in pattern.finditer(masked, body):
            spans |= set(_spans(inner.finditer(masked, match.start(), match.end())))
    return [
        Reference(start, end, comparable(text[start:end])) for start, end in _apart(sorted(spans))
    ]


def _spans(matches: Iterator[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the span of the one named group that matched."""
    for match in matches:
        groups = ("plain", "angled", "spaced", "double", "single", "bare")
        for name in groups:
            if match.groupdict().get(name):
                yield match.span(name)


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans that do not overlap, the first of each pile."""
    end = -1
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def _definitions(masked: str, body: int) -> Iterator[tuple[int, int]]:
    """Yield the addresses of reference definitions that pictures use, and links do not."""
    drawn = {_label(f[2] or f[1]) for f in _USED_BY_IMAGE.finditer(masked, body)}
    linked = {_label(f[2] or f[1]) for f in _USED_BY_LINK.finditer(masked, body)}
    for match in _DEFINITION.finditer(masked, body):
        if _label(match["label"]) in drawn - linked:
            yield match.span("plain")


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _offset_of_line(text: str, line: int) -> int:
    """Return where a line begins, counted from 1; any of the three newlines ends one."""
    ends = _NEWLINE.finditer(text)
    at = 0
    for _ in range(line - 1):
        match = next(ends, None)
        if match is None:
            return len(text)
        at = match.end()
    return at


def _without_code(text: str, body: int, post: Post) -> str:
    """Return the text with code, comments and raw blocks blanked, each character by one."""
    lines = [Line(line, n) for n, line in enumerate(post.body.split("\n"), post.body_line)]
    marked, _ = mark_regions(post.path, lines)
    shown = {line.number for line in marked if line.kind in (Kind.TEXT, Kind.HTML)}
    shown -= {line.number for line in marked if line.kind in (Kind.CODE, Kind.RAW)}
    pieces, at = [text[:body]], body
    for number, _line in enumerate(lines, post.body_line):
        match = _NEWLINE.search(text, at)
        end = match.end() if match else len(text)
        kept = number in shown
        pieces.append(text[at:end] if kept else re.sub(r"[^\r\n]", " ", text[at:end]))
        at = end
    masked = "".join(pieces) + re.sub(r"[^\r\n]", " ", text[at:])
    masked = _without_tagged_code(masked, body)
    masked = masked[:body] + _CODE_SPAN.sub(_blank, masked[body:])
    end = max(masked.rfind("-->") + 3, body)  # after it no comment closes, so none is searched for
    return masked[:body] + _COMMENT.sub(_blank, masked[body:end]) + masked[end:]


def _without_tagged_code(text: str, body: int) -> str:
    """Blank the text within `{% highlight %}` and its like."""
    never_closed: set[str] = set()
    at = body
    while opened := _TAGGED.search(text, at):
        closing = re.compile(rf"\{{%-?\s*end{opened[1]}\s*-?%\}}")
        closed = None if opened[1] in never_closed else closing.search(text, opened.end())
        at = opened.end()
        if closed is None:
            never_closed.add(opened[1])
            continue
        blank = re.sub(r"[^\r\n]", " ", text[opened.end() : closed.start()])
        text = text[: opened.end()] + blank + text[closed.start() :]
        at = closed.end()
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", match[0])
