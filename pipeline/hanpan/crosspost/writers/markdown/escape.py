"""Escaping: plain text -> Markdown that shows the same text.

A backslash is used where the dialect allows it, else a character reference (CommonMark 0.31,
sections 2.4 and 2.5).
"""

from __future__ import annotations

import re

from hanpan.crosspost.dialect import MarkdownDialect

_ALWAYS = "\\`*<"
_REFERENCE = re.compile(r"&(?=#?\w+;)")
# Where a text has these, all ampersands are written as references: in remark-parse 7 a plain one
# after a reference takes that one's character.
_AMPERSAND = re.compile(r"[<\u00a0\u2007\u202f\u3000]|&(?![ \w])|&(?=\w+;)|://|www\.", re.I)
_ADDRESS = re.compile(r"(https?|ftp|mailto)(:)|\b(www)(\.)", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\[\]^!`<>*_\\~$]{1,80}\](?!\s*[(\[:])")
_LINE_START = re.compile(r"([#>+\-=:|]|(\d{1,9})([.)]))")
_COMMAND = re.compile(r"\{[{%]")
_GUARDED = re.compile(r"\{[{%]\}*")  # a brace after `endraw %}` would belong to it
_TASK = re.compile(r"\[[ xX]\]")


def escape_character(char: str, dialect: MarkdownDialect) -> str:
    """Return one character without any meaning as markup."""
    if char in dialect.escapes:
        return f"\\{char}"
    return {"<": "&lt;", "&": "&amp;", ">": "&gt;"}.get(char, f"&#{ord(char)};")


def escape(text: str, dialect: MarkdownDialect, *, brackets: bool, pipes: bool) -> str:
    """Return text with its special characters escaped, for any position in a line.

    With `brackets` all of them are escaped (inside a link); else `[1]` stays readable. `pipes`: in
    tables.
    """
    pairs = () if brackets else _BRACKETS.finditer(text)
    spans = [m.span() for m in pairs if _is_harmless(text, m.end())]
    plain = {place for span in spans for place in (span[0], span[1] - 1)}
    plain -= {m.start() for m in _TASK.finditer(text)}
    special = _ALWAYS + "~" + dialect.special + ("|" if pipes else "")
    ampersands = _AMPERSAND.search(text) is not None
    characters = []
    for place, char in enumerate(text):
        if (
            (char in special and not (char == "=" and _is_single(text, place)))
            or (char in "[]" and place not in plain)
            or (char == "_" and not _inside_word(text, place))
            or (char == "&" and ampersands)
        ):
            char = escape_character(char, dialect)
        elif char in "\u00a0\u2007\u202f\u3000":
            char = f"&#{ord(char)};" if char != "\u00a0" else "&nbsp;"
        characters.append(char)
    return _ADDRESS.sub(_unlink, "".join(characters))


def _is_harmless(text: str, end: int) -> bool:
    """Tell whether brackets that end there are text: something follows, and no bracket closes it.

    marked 0.3 takes `[a] b](` for the text of a link.
    """
    closing, opening = text.find("]", end), text.find("[", end)
    is_within = closing >= 0 and (opening < 0 or closing < opening)
    return bool(text[end:].strip()) and not is_within


def guard_liquid(text: str, dialect: MarkdownDialect) -> str:
    """Return escaped text in which `{{` and `{%` are not commands of Liquid."""
    if not dialect.liquid:
        return text
    text = _GUARDED.sub(r"{% raw %}\g<0>{% endraw %}", text)
    # what follows may be a command, or code that Forem guards with one
    return text[:-1] + "{% raw %}{{% endraw %}" if text.endswith("{") else text


def break_liquid(text: str, dialect: MarkdownDialect, between: str = " ") -> str:
    """Return text in which no command of Liquid begins, for places that cannot be guarded."""
    if not dialect.liquid:
        return text
    text = _COMMAND.sub(lambda m: m[0][0] + between + m[0][1], text)
    return text + between if text.endswith("{") else text


def _is_single(text: str, place: int) -> bool:
    """Tell whether a sign stands alone: only two of them mark a text."""
    return text[place] not in (text[place - 1 : place], text[place + 1 : place + 2])


def _inside_word(text: str, place: int) -> bool:
    """Tell whether an underscore is harmless: between two ASCII letters or digits."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and around.isascii() and around.isalnum()


def _unlink(match: re.Match[str]) -> str:
    """Prevent an address in plain text from becoming a link, which would show its escapes."""
    name, sign = (match[1], match[2]) if match[1] else (match[3], match[4])
    return f"{name}&#{ord(sign)};"


def escape_line_start(escaped: str, dialect: MarkdownDialect) -> str:
    """Return text for the beginning of a line, where more characters are special."""
    match = _LINE_START.match(escaped)
    if not match:
        return escaped
    if match[2]:
        return f"{match[2]}{escape_character(match[3], dialect)}{escaped[match.end() :]}"
    return escape_character(match[1], dialect) + escaped[match.end() :]


def link_address(url: str) -> str:
    """Return a URL for the parentheses of a link."""
    url = url.replace("{", "%7B").replace("}", "%7D")
    url = re.sub(r"[\s<>\\]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)
    if re.search(r"[()]", url):
        url = url.replace("(", "%28").replace(")", "%29")
    return url.replace("&", "&amp;") if _REFERENCE.search(url) else url


def code_span(text: str) -> str:
    """Return text as a code span whose fence is longer than any run of backticks in it."""
    text = re.sub(r"\s+", " ", text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    edge = text[:1] == "`" or text[-1:] == "`"
    padded = edge or (text[:1] == " " and text[-1:] == " " and text.strip())
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"
