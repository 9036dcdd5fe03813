"""Credentials for publishing: addresses and secrets, from the environment or the system's keyring.

A secret is `${NAME}` everywhere except in the request that is sent: `fill` inserts it there, and
`redact` removes it from whatever a server answers.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from hanpan.problems import Problem, UsageError

SERVICE = "hanpan"  # of the keyring
_SHORTEST = 4  # characters: a shorter value would match parts of any text


class Credentials:
    """The credentials of one run, by name: `WORDPRESS_URL`. `repr` shows no secret."""

    def __init__(
        self,
        addresses: Mapping[str, str] | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        for_show: bool = False,
    ) -> None:
        """`addresses` are not secret: site.toml may hold them.

        `for_show`: nothing will be sent, so that missing values stay `${NAME}`.
        """
        self._for_show = for_show
        self._addresses = dict(addresses or {})
        self._environ = os.environ if environ is None else environ
        self._derived: dict[str, Callable[[], str]] = {}
        self._public: set[str] = set()
        self._secrets: dict[str, str] = {}  # value -> name, of all that were read

    def get(self, name: str, *, secret: bool = True) -> str:
        """Return a value from the environment, else the keyring, else site.toml; "" for none.

        A name that was once read with `secret=False` is not a secret from then on.
        """
        if not secret:
            self._public.add(name)
        if name in self._derived:
            value = self._derived[name]()
        else:
            value = self._environ.get(name, "").strip() or self._from_keyring(name)
            value = value or self._addresses.get(name, "")
        if len(value) >= _SHORTEST and name not in self._public:
            self._secrets[value] = name
        return value

    def need(self, name: str, what: str, *, secret: bool = True) -> str:
        """Return a value that is required. Raises UsageError that tells how to set it."""
        value = self.get(name, secret=secret)
        if value or self._for_show:
            return value or f"${{{name}}}"
        remedy = f"Set {name} in the environment, or type `keyring set {SERVICE} {name}`."
        if not secret:
            remedy = f"Set {name} in the environment, or the address in site.toml."
        raise UsageError(Problem("publish-setting", "error", f"{what} is not set", remedy=remedy))

    def derive(self, name: str, make: Callable[[], str]) -> None:
        """Make `${NAME}` again whenever it is sent: a token that is signed, and expires."""
        self._derived[name] = make

    def fill(self, text: str) -> str:
        """Return `text` with values instead of `${NAME}`: to be sent, never shown."""
        return re.sub(r"\$\{(\w+)\}", lambda match: self.get(match[1]), text)

    def redact(self, text: str) -> str:
        """Return `text` with `${NAME}` instead of every secret, however it is encoded."""
        for value, name in sorted(self._secrets.items(), key=lambda item: -len(item[0])):
            for encoded in _encodings(value):
                text = text.replace(encoded, f"${{{name}}}")
        return text

    def _from_keyring(self, name: str) -> str:
        return (self._keyring.get_password(SERVICE, name) or "") if self._keyring else ""

    @cached_property
    def _keyring(self) -> Any:
        """Return the keyring library; None where it or a usable keyring is missing."""
        try:
            import keyring
            import keyring.errors

            keyring.get_password(SERVICE, "")  # raises where the system has none
        except ImportError:
            return None
        except keyring.errors.KeyringError:
            return None
        return keyring


def _encodings(value: str) -> tuple[str, ...]:
    """Return a secret as it is, in JSON, in an address and in Base64."""
    packed = base64.b64encode(value.encode()).decode()
    encodings = (value, json.dumps(value)[1:-1], quote(value, safe=""), packed)
    return tuple(dict.fromkeys(encodings))
