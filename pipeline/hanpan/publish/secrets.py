"""Settings of publishing: addresses and secrets, from the environment or the system's keyring.

A secret is `${NAME}` everywhere but in the request that is sent: `fill` puts it in there, and
`redact` takes it out of whatever a server says.
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
_SHORTEST = 4  # characters: what is shorter would be found in any text


class Credentials:
    """The settings of one run, by name: `WORDPRESS_URL`. An instance shows no secret in `repr`."""

    def __init__(
        self,
        addresses: Mapping[str, str] | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        for_show: bool = False,
    ) -> None:
        """`addresses` are settings that are no secrets, as site.toml may hold them.

        `for_show`: nothing is going to be sent, so that what is missing stays `${NAME}`.
        """
        self._for_show = for_show
        self._addresses = dict(addresses or {})
        self._environ = os.environ if environ is None else environ
        self._derived: dict[str, Callable[[], str]] = {}
        self._public: set[str] = set()
        self._secrets: dict[str, str] = {}  # value -> name, of all that was asked for

    def get(self, name: str, *, secret: bool = True) -> str:
        """Return a setting: of the environment, else the keyring, else site.toml; "" for none.

        One that was asked for as no `secret` once is none from then on.
        """
        if not secret:
            self._public.add(name)
        if name in self._derived:
            value = self._derived[name]()
        else:
            value = self._environ.get(name, "").strip() or self._of_keyring(name)
            value = value or self._addresses.get(name, "")
        if len(value) >= _SHORTEST and name not in self._public:
            self._secrets[value] = name
        return value

    def need(self, name: str, what: str, *, secret: bool = True) -> str:
        """Return a setting that must be there. Raises UsageError that says how to set it."""
        value = self.get(name, secret=secret)
        if value or self._for_show:
            return value or f"${{{name}}}"
        remedy = f"Set {name} in the environment, or type `keyring set {SERVICE} {name}`."
        if not secret:
            remedy = f"Set {name} in the environment, or the address in site.toml."
        raise UsageError(Problem("publish-setting", "error", f"{what} is not set", remedy=remedy))

    def derive(self, name: str, make: Callable[[], str]) -> None:
        """Have `${NAME}` made anew whenever it is sent: a token that is signed, and expires."""
        self._derived[name] = make

    def fill(self, text: str) -> str:
        """Return `text` with settings in the place of `${NAME}`: for what is sent, never shown."""
        return re.sub(r"\$\{(\w+)\}", lambda found: self.get(found[1]), text)

    def redact(self, text: str) -> str:
        """Return `text` with `${NAME}` in the place of every secret, however it is encoded."""
        for value, name in sorted(self._secrets.items(), key=lambda item: -len(item[0])):
            for shape in _shapes(value):
                text = text.replace(shape, f"${{{name}}}")
        return text

    def _of_keyring(self, name: str) -> str:
        return (self._keyring.get_password(SERVICE, name) or "") if self._keyring else ""

    @cached_property
    def _keyring(self) -> Any:
        """Return the keyring library; None where it, or a keyring to use, is not installed."""
        try:
            import keyring
            import keyring.errors

            keyring.get_password(SERVICE, "")  # raises where the system has none
        except ImportError:
            return None
        except keyring.errors.KeyringError:
            return None
        return keyring


def _shapes(value: str) -> tuple[str, ...]:
    """Return a secret as it is, in JSON, in an address and in Base64."""
    packed = base64.b64encode(value.encode()).decode()
    shapes = (value, json.dumps(value)[1:-1], quote(value, safe=""), packed)
    return tuple(dict.fromkeys(shapes))
