"""Credentials for publishing: addresses and secrets, from the environment or the system's keyring.

A secret is `${NAME}` everywhere except in the headers that are sent: `fill` inserts it there, and
`redaction` removes it from whatever a server answers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from hanpan.problems import Problem, UsageError
from hanpan.publish.answers.redaction import Redactor

SERVICE = "hanpan"  # of the keyring


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
        self._declared: set[str] = set()  # what a client has asked for
        self._public: set[str] = set()
        self.redaction = Redactor()  # of all secrets that were read

    def get(self, name: str, *, secret: bool = True) -> str:
        """Return a value from the environment, else the keyring, else site.toml; "" for none.

        A name that was once read with `secret=False` is not a secret from then on.
        """
        self._declared.add(name)
        if not secret:
            self._public.add(name)
        if name in self._derived:
            value = self._derived[name]()
        else:
            value = self._environ.get(name, "").strip() or self._from_keyring(name)
            value = value or self._addresses.get(name, "")
        if name not in self._public:
            self.redaction.add(value, name)
        return value

    def need(self, name: str, what: str, *, secret: bool = True) -> str:
        """Return a value that is required. Raises UsageError that tells how to set it."""
        value = self.get(name, secret=secret)
        if not secret and re.match(r"\w+://[^/?#]*@", value):  # it would stand in the ledger
            remedy = f"Set {name} without it; the password has a name of its own."
            message = f"{what} has a name or a password in it"
            raise UsageError(Problem("publish-setting", "error", message, remedy=remedy))
        if value or self._for_show:
            return value or f"${{{name}}}"
        remedy = f"Set {name} in the environment, or type `keyring set {SERVICE} {name}`."
        if not secret:
            remedy = f"Set {name} in the environment, or the address in site.toml."
        raise UsageError(Problem("publish-setting", "error", f"{what} is not set", remedy=remedy))

    def derive(self, name: str, make: Callable[[], str]) -> None:
        """Make `${NAME}` again whenever it is sent: a token that is signed, and expires."""
        self._declared.add(name)
        self._derived[name] = make

    def fill(self, header: str) -> str:
        """Return a header with values instead of `${NAME}`: to be sent, never shown.

        Only names that the client has asked for, in text of its own: a server or a ledger could
        name any variable.
        """

        def value_of(match: re.Match[str]) -> str:
            return self.get(match[1]) if match[1] in self._declared else match[0]

        return re.sub(r"\$\{(\w+)\}", value_of, header)

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
