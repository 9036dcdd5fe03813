"""The language in which hanpan speaks to who runs it: --lang, the locale, or the site's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from hanpan.language import canonical_tag, label_language

VARIABLE = "HANPAN_LANG"
_VARIABLES = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")  # POSIX, 8.2, behind our own
_NO_LANGUAGE = ("C", "POSIX")
Interface = Literal["ko", "en"]


def interface_language(
    arguments: Sequence[str], environment: Mapping[str, str], of_site: Callable[[], str]
) -> Interface:
    """Return Korean or English: what --lang says, else the locale, else the site's language.

    A locale such as C.UTF-8, as in containers and CI, is no language. `of_site` is asked last.
    """
    asked = _asked(arguments)
    if asked:
        return label_language(asked)
    for name in _VARIABLES:
        value = environment.get(name, "")
        if value:
            language = re.split("[.@]", value)[0]
            if language in _NO_LANGUAGE:
                break  # the first that is set counts
            return label_language(canonical_tag(language))
    return label_language(of_site())


def _asked(arguments: Sequence[str]) -> str:
    """Return what --lang says: help is in that language as well, before arguments are parsed."""
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
    return ""
