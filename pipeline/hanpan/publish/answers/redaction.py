"""Redaction: `${NAME}` instead of a secret, in whatever a server says and however it is encoded."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import quote, quote_plus, unquote

_SHORTEST = 4  # characters: a shorter value would match parts of any text
_DISTINCT = 8  # characters: a shorter one, taken apart or packed, would match what is none
_ROUNDS = 8  # JSON within JSON within an address within HTML
_BACKSLASH = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\"'\\/])|[bfnrtv])")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")  # one character, in JSON two escapes
# blanks, and signs without a width, that break a secret into lines or hide it
_GAP = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


class Redactor:
    """Knows secrets by name; `repr` shows none."""

    def __init__(self) -> None:
        self._forms: list[tuple[str, str]] = []  # what a secret looks like, and its name
        self._least = 0  # characters of the shortest that tells one: decoding makes no text longer
        self._names: dict[str, str] = {}  # of each secret
        self._hidden: dict[str, tuple[str, ...]] = {}  # what tells a secret in a decoded text

    def add(self, secret: str, name: str) -> None:
        """Hide a secret from now on; one that any text contains cannot be hidden."""
        if len(secret) >= _SHORTEST and secret not in self._names:
            self._names[secret] = name
            self._hidden[secret] = _needles(secret)
            longest_first = sorted(self._names.items(), key=lambda item: -len(item[0]))
            self._forms = [
                (form, name) for secret, name in longest_first for form in _forms(secret)
            ]
            signs = (form for form, _ in self._forms)
            self._least = min(map(len, chain(signs, *self._hidden.values())))

    def text(self, text: str) -> str:
        """Return a text in which no secret can be read.

        A secret is replaced as it stands there; where it is encoded in more than one way, or
        broken into lines, the whole text is.
        """
        if len(text) < self._least:
            return text
        for form, name in self._forms:
            if form in text:
                text = text.replace(form, f"${{{name}}}")
        views = tuple(_decoded(text)) if any(self._hidden.values()) else ()
        for secret, name in self._names.items():
            if any(needle in view for needle in self._hidden[secret] for view in views):
                return f"${{{name}}}"
        return text

    def value(self, value: Any) -> Any:
        """Return a JSON value in which no secret can be read, in keys and numbers neither."""
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            shown = self.text(str(value))
            return value if shown == str(value) else shown
        return value


def _forms(secret: str) -> tuple[str, ...]:
    """Return a secret as it is, in JSON, in an address, in HTML and in Base64."""
    packed = base64.b64encode(secret.encode()).decode()
    forms = (
        secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1],
        quote(secret, safe=""), quote(secret), quote_plus(secret), html.escape(secret),
        html.escape(secret, quote=False), packed, packed.rstrip("="),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    )  # fmt: skip
    return tuple(dict.fromkeys(forms))


def _needles(secret: str) -> tuple[str, ...]:
    """Return what is in a decoded text without blanks if the secret is; () for a short one."""
    bare = _GAP.sub("", secret)
    plain = [*_decoded(secret), _GAP.sub("+", secret)]  # one with escapes in it is decoded as well
    plain.append(_GAP.sub("", secret.encode().decode("latin-1")))  # bytes that are shown one by one
    coded = (form.encode().hex() for form in (bare, secret))
    packed = (part for form in {bare, secret} for part in _packed(form.encode()))
    needles = dict.fromkeys((*plain, *coded, *packed))
    return tuple(needle for needle in needles if min(len(bare), len(needle)) >= _DISTINCT)


def _packed(data: bytes) -> Iterator[str]:
    """Yield what Base64 has of `data` wherever that stands in what is encoded."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + data).decode().rstrip("=")
        bits = 8 * (before + len(data))
        yield text[(8 * before + 5) // 6 : bits // 6]


def _decoded(text: str) -> Iterator[str]:
    """Yield a text without blanks, and decoded once and more."""
    for _ in range(_ROUNDS + 1):
        bare = _GAP.sub("", text)
        yield bare
        yield bare.replace("-", "+").replace("_", "/")  # Base64 in addresses has these
        text = _PAIR.sub(_joined, _unescape(html.unescape(unquote(bare))))
        if text == bare:
            return


def _unescape(text: str) -> str:
    """Return a text without JSON's backslashes."""

    def sign(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else match[3] or " "

    return _BACKSLASH.sub(sign, text)


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
