"""Slips of the fingers on the command line: what may have been meant."""

from __future__ import annotations

import difflib
import os
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from hanpan.problems import Problem, UsageError

_CHOICE = re.compile(r"invalid choice: '([^']*)'")
_UNKNOWN = re.compile(r"unrecognized arguments: (.*)", re.DOTALL)


def meant_by(message: str, commands: Collection[str]) -> str:
    """Return the remedy for what argparse says of a command that does not exist, or ""."""
    choice = _CHOICE.search(message)
    if not choice:
        return ""
    close = difflib.get_close_matches(choice[1], commands, n=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    if os.path.lexists(choice[1]):
        return f"Did you mean `build {shlex.quote(choice[1])}`?"
    return ""


def meant_option(message: str, command: ArgumentParser) -> str:
    """Return the remedy for what argparse says of options that a command does not have, or ""."""
    unknown = _UNKNOWN.search(message)
    known = [option for action in command._actions for option in action.option_strings]
    for word in unknown[1].split() if unknown else ():
        name = word.partition("=")[0]
        close = difflib.get_close_matches(name, known, n=1) if name.startswith("-") else []
        if close:
            return f"Did you mean `{close[0]}`?"
    return ""


def check_order(command: str, name: str, posts: Iterable[Path], known: Collection[str]) -> None:
    """Raise UsageError if what should be a name is a post, and a post is one of the names."""
    swapped = next((str(post) for post in posts if str(post) in known), "")
    if swapped and name not in known and os.path.lexists(name):
        message = f"`{swapped}` belongs in front of the post"
        remedy = f"Did you mean `hanpan {command} {swapped} {shlex.quote(name)}`?"
        raise UsageError(Problem("usage", "error", message, remedy=remedy))


def command_of(words: Sequence[str], commands: Collection[str]) -> str:
    """Return the command that a command line names, or ""."""
    return next((word for word in words if word in commands), "")
