"""Authored: the words of a post's Markdown, without its marks.

What is left out is meant to go: addresses, tags and comments, attribute lists, definitions of links
and abbreviations, labels of notes, marks of lists, formulas, the words behind a fence. What is text
in one dialect and a mark in another is left out too: nobody is told of a loss that is none.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from hanpan.conservation.losses import Passage
from hanpan.source.elements import is_element
from hanpan.source.lines import Kind, Line
from hanpan.source.remarks import end_of_remark

_END = "\x00"  # parts passages; no text has it
_LINE = re.compile(
    r"[ ]{0,3}\*\[[^\[\]\n]++\]:"  # the definition of an abbreviation
    r"|[ \t>]*+\{:[^\n]*\}[ \t]*+\Z"  # attributes
    r"|[ \t>]*+\[(?:toc|TOC)\][ \t]*+\Z"
    r"|(?>(?:[ \t>]|[-*+][ \t])*)"  # a new page
    r"\\(?:newpage|pagebreak|clear(?:double)?page)(?![A-Za-z])[^\n]{0,8}\Z"
)
# The definition of a link: a label, an address, and a title, each also on a line of its own.
# CommonMark 0.31, section 4.7, where no label is longer.
_LINK = re.compile(
    r"^[ \t>]*+\[(?!\^)(?=\s*+[^\[\]\s])(?>(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*+(?:\n[ \t>]*+)?"
    r"(?:<[^<>\n]*+>|[^\s<])[^\n]*+"
    r"(?:\n[ \t>]*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\))[ \t]*+$)?",
    re.MULTILINE | re.DOTALL,
)
_RAW_MARK = re.compile(r"`{3,}(?:\{=html\})?\Z")  # of the dialect's own
_TOC = re.compile(r"[ \t>]*+\{:[ ]*+toc\b", re.IGNORECASE)
_MARGIN = re.compile(r"(?>(?:[ \t>]|[-*+:][ \t]|\d{1,9}[.)](?=[ \t]|\Z))*)(?:\[[ xX]\][ \t])?")
_FENCE = re.compile(r"(?>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?:`{3,}|~{3,})")
_START = re.compile(
    r"(?P<ticks>`++)|(?P<math>\$\$?|\\\\[(\[])|(?P<number>\\(?:eq)?ref\{[^{}\n]*\})"
    r"|(?P<environment>\\begin\{(?:equation|align|gather|multline|eqnarray|alignat|flalign)\\?\*?\})"
    r"|\\[!-/:-@\[-`{-~]|(?P<tag><)|(?P<wiki>!?\[\[[^\[\]\n]{1,400}\]\])|(?P<remark>%%)"
    r"|(?P<label>!?\[(?:\^|![A-Za-z])[^\]\n]{0,200}\]:?)|\](?P<goal>[(\[])"
    # in the text of a link it ends with that
    r"|(?P<address>(?:(?:https?|ftp)://|www\.)(?>(?:[!-;=?-\\^-~]|\](?![(\[]))*))"
    r"|(?P<size>\|\d{1,5}(?:x\d{1,5})?(?=\]\())"
    r"|(?P<attributes>\{[:#.%][^{}\n]*\}|(?<=[)\]`])\{[A-Za-z-]+=[^{}\n]*\})|(?P<entity>&#?\w{1,32};)|(?P<emoji>:[a-z0-9_+-]{1,40}:)"
)
_START_RAW = re.compile(r"(?P<raw><)|(?P<attributes>\{:[:/][^{}\n]*\})|(?P<entity>&#?\w{1,32};)")
_TAG = re.compile(
    r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>"
)
_NAME = re.compile(r"</?([A-Za-z][\w-]*)(?![\w.+:@-])")  # behind which no address goes on
# CommonMark 0.31, section 6.5: `<stddef.h>` is neither an address nor a tag
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>")
_ENDS_OF_NAME = (" ", "\t", "\n", "/", ">")
_UNSEEN = re.compile(r"<(script|style|template|noscript|title|head)\b", re.IGNORECASE)
_PLAIN = r"[^()\n\\]++|\\."
_NESTED = rf"(?:{_PLAIN}|\((?>(?:{_PLAIN}|\((?>(?:{_PLAIN})*)\))*)\))"  # as addresses have them
# words of a drawing that are shown in another order, or the one instead of the other
_PARTING = re.compile(r"</?(?:text|foreignObject|switch|desc|title)\b", re.IGNORECASE)
_DESTINATION = re.compile(
    rf"\([ \t]*+(?:<[^<>\n]*>[^()\n]*+|(?>(?:{_NESTED}|\n(?!\n))*))\)", re.DOTALL
)
_REFERENCE = re.compile(r"\[(?>(?:[^\[\]\n\\]++|\\.)*)\]")
_CLOSING = {"$": "$", "$$": "$$", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_LONGEST = 4_000  # characters of a formula: what is longer is text with a stray mark


def authored_passages(lines: Iterable[Line]) -> Iterator[Passage]:
    """Yield the words of a body's lines, whose Liquid is rendered and whose kinds are known."""
    for kind, group in groupby(_without_definitions(list(lines)), lambda line: line.kind):
        of_kind = list(group)
        if kind is Kind.CODE:
            for line in of_kind:
                if not _FENCE.match(line.text):
                    yield Passage(line.number, line.text)
        elif kind is not Kind.MATH:
            yield from _passages(of_kind, _START_RAW if kind is Kind.RAW else _START)


def _without_definitions(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines without those of which no word is shown."""
    links = _lines_of_links(lines)
    for at, (line, following) in enumerate(zip(lines, [*lines[1:], Line("", 0)], strict=False)):
        is_gone = line.is_markdown and (_LINE.match(line.text) or _TOC.match(following.text))
        is_gone = is_gone or (line.kind is Kind.RAW and _RAW_MARK.match(line.text))
        yield line.with_text("") if is_gone or at in links else line


def _lines_of_links(lines: list[Line]) -> set[int]:
    """Return the places of the lines that define links."""
    text = "\n".join(line.text if line.is_markdown else "" for line in lines)
    places: set[int] = set()
    at, start = 0, 0
    for link in _LINK.finditer(text) if "]:" in text else ():
        at += text.count("\n", start, link.start())
        start = link.start()
        places.update(range(at, at + link[0].count("\n") + 1))
    return places


def _passages(lines: list[Line], start: re.Pattern[str]) -> Iterator[Passage]:
    texts = [line.text if line.kind is Kind.RAW else _without_margin(line.text) for line in lines]
    unmarked = "".join(_unmarked("\n".join(texts), start))
    for line, text in zip(lines, unmarked.split("\n"), strict=True):
        for passage in text.split(_END):
            if passage.strip():
                yield Passage(line.number, passage)


def _without_margin(text: str) -> str:
    margin = _MARGIN.match(text)
    return text[margin.end() :] if margin else text


def _unmarked(text: str, start: re.Pattern[str]) -> Iterator[str]:
    """Yield a text in pieces without its marks; of what goes, the newlines stay."""
    at = 0
    closings = _Closings(text)
    while match := start.search(text, at):
        yield text[at : match.start()]
        kept, at = _RULES[match.lastgroup](text, match, closings)
        yield kept
    yield text[at:]


class _Closings:
    """Where marks come next; what was not found once is not looked for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, int] = {}

    def after(self, mark: str, start: int) -> int:
        """Return where the next `mark` begins, -1 where there is none; `start` never goes back."""
        known = self._known.get(mark, start - 1)
        if 0 <= known < start or mark not in self._known:
            self._known[mark] = known = self._text.find(mark, start)
        return known

    def ticks(self, run: str, start: int) -> int:
        """Return where as many backticks begin as `run` has, before a paragraph's end, or -1."""
        at = start
        paragraph = self.after("\n\n", start)
        while (at := self._text.find(run, at)) >= 0 and not 0 <= paragraph < at:
            end = at + len(run)
            while self._text[end : end + 1] == "`":
                end += 1
            if end - at == len(run):
                return at
            at = end
        return -1


def _gone(text: str, start: int, end: int) -> tuple[str, int]:
    return _END + "\n" * text.count("\n", start, end), end


def _whole(text: str, match: re.Match[str], _closings: _Closings) -> tuple[str, int]:
    return _gone(text, match.start(), match.end())


def _code(text: str, match: re.Match[str], closings: _Closings) -> tuple[str, int]:
    end = closings.ticks(match[0], match.end())
    if end < 0:
        return "", match.end()
    return text[match.end() : end], end + len(match[0])


def _math(text: str, match: re.Match[str], closings: _Closings) -> tuple[str, int]:
    closing = _CLOSING[match[0]]
    end = closings.after(closing, match.end())
    if not 0 <= end - match.end() < _LONGEST:
        return "", match.end()
    return _gone(text, match.start(), end + len(closing))


def _environment(text: str, match: re.Match[str], closings: _Closings) -> tuple[str, int]:
    closing = match[0].replace("begin", "end", 1)
    end = closings.after(closing, match.end())
    if not 0 <= end - match.end() < _LONGEST:
        return "", match.end()
    return _gone(text, match.start(), end + len(closing))


def _tag(text: str, match: re.Match[str], closings: _Closings) -> tuple[str, int]:
    """Step over a tag; `<T>` of `List<T>` is none, and shown."""
    name = _NAME.match(text, match.start())
    if name:
        is_text = not (is_element(name[1]) and text.startswith(_ENDS_OF_NAME, name.end()))
    else:
        is_text = text[match.end() : match.end() + 1].isalpha()
        is_text = is_text and not _AUTOLINK.match(text, match.start())
    if is_text:
        return "", match.end()
    return _any_tag(text, match, closings)


def _any_tag(text: str, match: re.Match[str], closings: _Closings) -> tuple[str, int]:
    if text.startswith("<!--", match.start()):
        end = closings.after("-->", match.end())
        return _gone(text, match.start(), end + 3) if end >= 0 else ("", match.end())
    if unseen := _UNSEEN.match(text, match.start()):
        for name in (unseen[1].lower(), unseen[1].upper()):
            end = closings.after(f"</{name}", match.end())
            if end >= 0:
                return _gone(text, match.start(), end)
    if tag := _TAG.match(text, match.start()):
        parts = "://" in tag[0] or _PARTING.match(tag[0])
        return "\n" * tag[0].count("\n") + _END * bool(parts), tag.end()
    return "", match.end()


def _goal(text: str, match: re.Match[str], _closings: _Closings) -> tuple[str, int]:
    kind = _DESTINATION if match["goal"] == "(" else _REFERENCE
    goal = kind.match(text, match.start("goal"))
    return _gone(text, goal.start(), goal.end()) if goal else ("", match.end())


def _wiki(text: str, match: re.Match[str], _closings: _Closings) -> tuple[str, int]:
    """`[[note|words]]`: the words stay; the name of a picture or note is an address."""
    _, bar, words = match[0].rstrip("]").rpartition("|")
    is_picture = match[0].startswith("!")
    return (_END if is_picture or not bar else words), match.end()


def _remark(text: str, match: re.Match[str], _closings: _Closings) -> tuple[str, int]:
    """`%%` to `%%` is a comment of Obsidian's."""
    end = end_of_remark(text, match.start())
    return _gone(text, match.start(), end) if end >= 0 else ("", match.end())


def _attributes(text: str, match: re.Match[str], closings: _Closings) -> tuple[str, int]:
    end = closings.after("{:/", match.end()) if match[0] == "{::comment}" else -1
    return _gone(text, match.start(), max(end, match.end()))


_RULES: dict[str | None, Callable[[str, re.Match[str], _Closings], tuple[str, int]]] = {
    "ticks": _code,
    "math": _math,
    "environment": _environment,
    "tag": _tag,
    "raw": _any_tag,
    "goal": _goal,
    "number": _whole,
    "wiki": _wiki,
    "remark": _remark,
    "label": _whole,
    "size": _whole,
    "address": _whole,
    "attributes": _attributes,
    "emoji": _whole,
    "entity": lambda _text, match, _: (html.unescape(match[0]).replace("\n", " "), match.end()),
    None: lambda _text, match, _: (match[0], match.end()),  # an escaped mark
}
