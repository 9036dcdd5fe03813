"""HTML blocks: set apart from the paragraphs around them, so that pandoc reads both as meant."""

from __future__ import annotations

import re

from hanpan.source.dialect.reader import MARKER
from hanpan.source.elements import BLOCKS, block_depth, is_element, without_code_spans
from hanpan.source.lines import Kind, Line
from hanpan.tree import HEADINGS

BLOCK_TAG = re.compile(r"[ ]*</?([A-Za-z][A-Za-z0-9]*)[\s>/]")
_TABLE_TAG = re.compile(r"<table[^<>]*", re.IGNORECASE)
_LITERAL = re.compile(r"([ \t]*+)(\d*+)([-*+>#|.)])(?=[ \t]|\Z)")
# blocks that BLOCKS has not, for they are mostly written on one line
_PARTING = BLOCKS | frozenset((*HEADINGS, *"hr p pre iframe video audio object".split()))
# what pandoc takes for a part of the line below, and a browser shows as a box of its own
_FRAME = re.compile(r"[ ]*<(iframe|video|audio|object)\b.*</\1\s*>[ ]*\Z", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[ ]{0,3}<p(?:\s[^<>]*)?>", re.IGNORECASE)
_PRE = re.compile(r"<pre[\s>]", re.IGNORECASE)
_NO_PHRASE = re.compile(r"[ ]*(?:[#>|:]|</?(?:div|table|ul|ol|p\b|h[1-6]|details|pre))", re.I)
_OPENING = re.compile(r"[ ]*(?>(?:<[A-Za-z][^<>]*>[ ]*+)+)")  # tags that a line begins with
_ASKS = re.compile(r"markdown=[\"']?([a-z0-9]*)")  # `0` is kramdown's for none
_LONGEST = 40  # lines of a `<p>`
# what begins or ends a line of code; and what only Markdown and sentences have
_CODE_LINE = re.compile(
    r"\s*+(?:#(?!#*\s)|//|/\*|\$ |>>> |@\w|(?:def|class|import|from|return|if|for|while|var|let"
    r"|const|public|private|function|echo|print|sudo|git|npm|pip)\b)"
    r"|[^=]*=|[^#/]*\s(?:#|//)\s|.*[;{}\\]\s*\Z"
)
_MARKED_UP = re.compile(r"\s*+(?:!?\[[^\]\n]*\]\(|\*\*[^*\n]+\*\*|(?:[-*+]|\d+\.)[ ].*[가-힣])")
_SENTENCE = re.compile(r"[^={}<>;#]*[가-힣][.?!:,”’)]*\s*\Z")  # of Korean, with foreign words
_SYLLABLES = re.compile("[가-힣]")
# a page break as many editors have it
_BREAK = re.compile(
    r"(?P<margin>[ \t>]*+)(?P<marker>(?:[-*+][ ]+)?)"
    r"<!--[ \t]*+(?:page[-_ ]?break|new[-_ ]?page|쪽[ ]?나눔|페이지[ ]?나누기)[ \t]*+-->[ \t]*+\Z",
    re.IGNORECASE,
)


def html_paragraphs(lines: list[Line]) -> list[Line]:
    """Take the blank lines out of a `<p>`: to a browser they are nothing, to pandoc its end."""
    output: list[Line] = []
    skip_to = 0
    for at, line in enumerate(lines):
        if at < skip_to and line.is_blank:
            continue
        output.append(line)
        if at >= skip_to and line.kind is Kind.TEXT and _PARAGRAPH.match(line.text):
            skip_to = _end_of_paragraph(lines, at)
    return output


def _end_of_paragraph(lines: list[Line], start: int) -> int:
    """Return the place of the line that closes a `<p>`, 0 where it holds more than phrases."""
    if "</p" in lines[start].text.lower():
        return 0
    for at in range(start + 1, min(len(lines), start + _LONGEST)):
        text = lines[at].text
        if text.lstrip().lower().startswith("</p"):
            return at
        if lines[at].kind is not Kind.TEXT or _NO_PHRASE.match(text) or MARKER.match(text):
            return 0
        if "</p" in text.lower():
            return at
    return 0


def html_blocks(lines: list[Line]) -> list[Line]:
    """Set HTML blocks apart from paragraphs, and their tags at the margin: four blanks are code."""
    output: list[Line] = []
    depth = 0
    listed = False  # since the last tag an item has begun, to which margins matter
    reads_markdown = True  # since a blank line, or by `markdown="1"`
    in_paragraph = False  # whose lines begin no list or heading
    literal = 0  # tables that are open, in whose cells `*` and `>` are no lists and quotes
    for line in lines:
        if line.kind is not Kind.TEXT or line.is_blank:
            above = output[-1] if output else line
            if line.kind is Kind.RAW and above.kind is Kind.TEXT and _PRE.match(line.text):
                output.append(Line("", line.number))
            output.append(line)
            reads_markdown, in_paragraph = True, False
            continue
        tag = BLOCK_TAG.match(line.text)
        is_tag = bool(tag and is_element(tag[1]))
        if not depth and _begins_apart(line.text, tag if is_tag else None, output):
            output.append(Line("", line.number))
        if not depth and line.text.lstrip(" >").startswith("|"):
            output.append(line)  # a row of a table: what its cells leave open ends with them
            continue
        inside = depth > 0 or is_tag
        listed = not is_tag and (listed or bool(MARKER.match(line.text)))
        goes_on = is_tag or (output and not output[-1].is_blank and not listed)
        text = line.text.lstrip() if depth > 0 and goes_on else line.text
        if (literal or in_paragraph) and not is_tag:
            text = _as_text(text)
        asked = _ASKS.search(line.text)
        opening = _OPENING.match(text) if is_tag and not (asked and asked[1] != "0") else None
        if opening:  # `<h2>1. 글</h2>`: what is behind a tag begins no list
            text = opening[0] + _as_text(text[opening.end() :])
        parts = (asked and asked[1] == "0") or (tag and tag[1].lower() in _PARTING)
        reads_markdown = bool(asked and asked[1] != "0") or (reads_markdown and not parts)
        if is_tag or "</p" in line.text:
            in_paragraph = bool(_PARAGRAPH.match(line.text)) and "</p" not in line.text
        depth = max(0, depth + block_depth(line.text))
        literal = max(0, literal + _table_depth(line.text)) if depth else 0
        is_literal = not reads_markdown
        kind = Kind.HTML if inside or is_literal else Kind.TEXT
        output.append(Line(text, line.number, kind, is_literal))
        reads_markdown = reads_markdown or not (depth or in_paragraph)  # its last tag has closed it
    return output


def _begins_apart(text: str, tag: re.Match[str] | None, above: list[Line]) -> bool:
    """Tell whether a blank line is wanted between a line and what is above it."""
    if not above or above[-1].is_blank:
        return False
    if above[-1].kind is Kind.HTML and _FRAME.match(above[-1].text):
        return True
    name = tag[1].lower() if tag else ""
    is_opening = not text.lstrip().startswith("</")
    begins = name in BLOCKS or (is_opening and name in _PARTING)
    return begins and above[-1].kind is not Kind.HTML


def _as_text(text: str) -> str:
    """Escape the mark that would begin a list, a quote, a heading or a table."""
    mark = _LITERAL.match(text)
    return f"{text[: mark.start(3)]}\\{text[mark.start(3) :]}" if mark else text


def _table_depth(text: str) -> int:
    text = without_code_spans(text)
    opened = sum(1 for tag in _TABLE_TAG.finditer(text) if "markdown" not in tag[0])
    return opened - text.lower().count("</table")


def is_page_break(text: str) -> bool:
    """Tell whether a line is nothing but `<!-- pagebreak -->`."""
    return _BREAK.match(text) is not None


def comment_breaks(lines: list[Line]) -> list[Line]:
    """Write `<!-- pagebreak -->` as the element that begins a page, apart from what is around."""
    output: list[Line] = []
    for line in lines:
        match = _BREAK.match(line.text) if "<!--" in line.text and line.is_markdown else None
        if not match:
            output.append(line)
            continue
        margin = match["margin"]
        blank = line.with_text(margin.rstrip())
        output += [
            blank,
            line.with_text(f'{margin}{match["marker"]}<div class="page-break"></div>'),
            blank,
        ]
    return output


def reads_as_text(lines: list[str]) -> bool:
    """Tell whether indented lines in a block of HTML are prose rather than code.

    They are where each is Markdown or mostly Hangul, and none looks like a statement.
    """
    for line in lines:
        if _MARKED_UP.match(line):
            continue
        signs = line.strip().replace(" ", "")
        share = len(_SYLLABLES.findall(signs)) / max(1, len(signs))
        is_sentence = share >= 0.15 and _SENTENCE.match(line)
        if not (share >= 0.6 or is_sentence) or _CODE_LINE.match(line):
            return False
    return True
