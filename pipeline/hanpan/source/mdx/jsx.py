"""JSX as it is written: tags with their attributes, and expressions in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)?")
_ATTRIBUTE = re.compile(r"[\s]*([A-Za-z_$][\w.:-]*)")
_VALUE = re.compile(r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(?=\{))")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_TEMPLATE = re.compile(r"`(?:[^`\\]|\\.)*`", re.DOTALL)
_COMMENT = re.compile(r"//[^\n]*|/\*(?>(?:[^*/]|\*(?!/)|/(?!\*))*)\*/")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_CALL = re.compile(r"(?:require|useBaseUrl|withBase|asset)\((.*)\)(?:\.default)?\Z", re.DOTALL)
LONGEST = 20_000  # characters of an expression
_UNESCAPED = {"n": "\n", "t": "\t"}

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: `<Name a="b" />`, `</Name>`, `<>`. Attributes without a known value are None."""

    name: str
    attributes: dict[str, str | None]
    end: int  # where it ends in the text
    is_closing: bool = False
    is_whole: bool = False  # `/>`


def tag_at(text: str, at: int, names: Names) -> Tag | None:
    """Return the tag that begins at a `<`; None where it is text."""
    opening = _TAG.match(text, at)
    if not opening or (not opening[2] and text[opening.end() : opening.end() + 1] != ">"):
        return None
    name, at = opening[2] or "", opening.end()
    attributes: dict[str, str | None] = {}
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith("/>", at):
            return Tag(name, attributes, at + 2, is_whole=True)
        if text.startswith(">", at):
            return Tag(name, attributes, at + 1, is_closing=bool(opening[1]))
        if text.startswith("{", at):  # {...spread}, {/* remark */}
            end = end_of_braces(text, at)
            if end < 0:
                return None
            at = end
            continue
        key = _ATTRIBUTE.match(text, at)
        if not key:
            return None
        at = key.end()
        given = _VALUE.match(text, at)
        if not given:
            attributes[key[1]] = "true"
            continue
        at = given.end()
        if text.startswith("{", at):
            end = end_of_braces(text, at)
            if end < 0:
                return None
            attributes[key[1]] = value_of(text[at + 1 : end - 1], names)
            at = end
        else:
            attributes[key[1]] = given[1] if given[1] is not None else given[2]


def end_of_braces(text: str, at: int) -> int:
    """Return where the expression ends that begins with the brace at `at`; -1 where none does."""
    depth, start = 0, at
    limit = min(len(text), start + LONGEST)
    while at < limit:
        sign = text[at]
        if sign in "\"'`/":
            pattern = {"/": _COMMENT, "`": _TEMPLATE}.get(sign, _STRING)
            match = pattern.match(text, at, limit)
            at = match.end() if match else at + 1
            continue
        depth += (sign == "{") - (sign == "}")
        at += 1
        if not depth:
            return at
    return -1


def value_of(expression: str, names: Names) -> str | None:
    """Return the text that an expression is known to be; None for all others, "" for remarks."""
    text = _COMMENT.sub("", expression).strip() if "/" in expression[:2] else expression.strip()
    if not text:
        return ""
    if _NUMBER.match(text) or text in ("true", "false"):
        return text
    if text in ("null", "undefined"):
        return ""
    if _STRING.fullmatch(text):
        return unescaped(text[1:-1])
    if _TEMPLATE.fullmatch(text) and "${" not in text:
        return unescaped(text[1:-1])
    if text in names:
        return names[text]
    if text.removesuffix(".src") in names:  # a picture that was imported
        return names[text.removesuffix(".src")]
    call = _CALL.match(text)
    return value_of(call[1], names) if call else None


def unescaped(text: str) -> str:
    """Return a string without its backslashes."""
    return re.sub(
        r"\\(.)", lambda escape: _UNESCAPED.get(escape[1], escape[1]), text, flags=re.DOTALL
    )


def style_of(expression: str) -> str:
    """Return `{{width: 100, textAlign: 'center'}}` as CSS."""
    pairs = re.findall(r"([A-Za-z-]+)\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|(-?[\d.]+))", expression)
    rules = []
    for key, double, single, number in pairs:
        name = re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", key)
        value = double or single or (f"{number}px" if number != "0" else "0")
        rules.append(f"{name}: {value}")
    return "; ".join(rules)
