"""JavaScript: the plain values in a settings file that is a program, which is never run."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<skipped>\s+|//[^\n]*|/\*(?>(?:[^*]|\*(?!/))*)(?:\*/)?)"
    r"|(?P<text>\"(?>(?:[^\"\\\n]|\\.)*)\"?|'(?>(?:[^'\\\n]|\\.)*)'?|`(?>(?:[^`\\]|\\[\s\S])*)`?)"
    r"|(?P<word>[\w$]+)|(?P<sign>[\s\S])"
)
_EXPRESSION = re.compile(r"/(?>(?:[^/\\\n\[]|\\.|\[(?>(?:[^\]\\\n]|\\.)*)\]?)*)/?\w*")
_BEFORE_EXPRESSION = frozenset("(,=:[!&|?{};")  # a `/` behind one of them divides nothing
_ESCAPE = re.compile(r"\\([\s\S])")
_OPENING, _CLOSING = "{[(", "}])"
_MOST = 50_000  # tokens of one file
_DEEPEST = 50


@dataclass
class _Frame:
    """What is open: a bracket, the key that it is the value of, and the last text in it."""

    bracket: str
    key: str
    last: str = ""


def plain_values(text: str) -> list[tuple[tuple[str, ...], str | bool]]:
    """Return texts, and true and false, in the objects of a program, each with its keys.

    `{a: {b: "x"}}` is `(("a", "b"), "x")`. An object in a list has the list's key, or the text in
    front of it, as plugins have their names: `["plugin", {c: true}]` is `(("plugin", "c"), True)`.
    A name that a constant gives to a text counts as that text; what is computed is left out.
    """
    tokens = _tokens(text)
    constants = _constants(tokens)
    values: list[tuple[tuple[str, ...], str | bool]] = []
    frames: list[_Frame] = []
    for at, token in enumerate(tokens):
        if token in _CLOSING:
            if frames:
                frames.pop()
        elif token in _OPENING:
            frames.append(_Frame(token, _key_of(tokens, at, frames)))
            if len(frames) > _DEEPEST:
                break
        elif frames and token[0] in "\"'`":
            frames[-1].last = _text(token) or ""
        key = _key_before(tokens, at)
        following = tokens[at + 1] if at + 1 < len(tokens) else "}"
        if key and frames and frames[-1].bracket == "{" and following in (",", "}"):
            value = constants.get(token, _value(token))
            if value is not None:
                values.append(((*(f.key for f in frames if f.key), key), value))
    return values


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    while at < len(text) and len(tokens) < _MOST:
        match = _TOKEN.match(text, at)
        assert match
        if match["sign"] == "/" and (not tokens or tokens[-1] in _BEFORE_EXPRESSION):
            match = _EXPRESSION.match(text, at)
            assert match
        elif not match["skipped"]:
            tokens.append(match[0])
        at = match.end()
    return tokens


def _constants(tokens: list[str]) -> dict[str, str]:
    """Return the texts that constants stand for."""
    constants = {}
    for at, word in enumerate(tokens[:-3]):
        if word == "const" and tokens[at + 2] == "=":
            after = tokens[at + 4] if at + 4 < len(tokens) else ";"
            text = _text(tokens[at + 3])
            if text is not None and (after == ";" or re.match(r"[A-Za-z]", after)):
                constants[tokens[at + 1]] = text
    return constants


def _key_before(tokens: list[str], at: int) -> str:
    """Return the key whose value begins at a token, "" where none does."""
    if at < 3 or tokens[at - 1] != ":" or tokens[at - 3] not in ("{", ","):
        return ""
    key = tokens[at - 2]
    return _text(key) or "" if key[0] in "\"'" else key


def _key_of(tokens: list[str], at: int, frames: list[_Frame]) -> str:
    """Return the key of what opens at a token: its own, or the text in front of it in a list."""
    key = _key_before(tokens, at)
    if not key and tokens[at] == "{" and frames and frames[-1].bracket == "[":
        return frames[-1].last
    return key


def _value(token: str) -> str | bool | None:
    return {"true": True, "false": False}[token] if token in ("true", "false") else _text(token)


def _text(token: str) -> str | None:
    """Return what a literal says; None for what is none, or is put together when it runs."""
    if len(token) < 2 or token[0] not in "\"'`" or token[-1] != token[0]:
        return None
    if token[0] == "`" and "${" in token:
        return None
    return _ESCAPE.sub(r"\1", token[1:-1])
