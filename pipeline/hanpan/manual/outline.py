"""Outline: a parser as plain data, of which manual pages and completions are written."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from hanpan.manual.offers import offer_of

_FOLDER = "FOLDER"  # metavar of arguments that are folders


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, or what stands without one."""

    options: tuple[str, ...]  # -e, --edition; none where it is positional
    placeholder: str  # what its value is called; "" for a switch
    help: str
    values: tuple[str, ...] = ()  # that are known
    own: str = ""  # a folder of the site whose *.toml are values as well
    is_list: bool = False  # several values, with commas between
    kind: str = ""  # file, folder, or neither
    is_repeated: bool = False
    is_optional: bool = False

    @property
    def takes_value(self) -> bool:
        """Tell whether something stands behind the option."""
        return bool(self.placeholder)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, what it is for, its arguments."""

    name: str
    purpose: str
    options: tuple[Argument, ...]
    positionals: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class CommandLine:
    """All of it."""

    purpose: str
    options: tuple[Argument, ...]
    commands: tuple[Command, ...]


def outline(parser: argparse.ArgumentParser) -> CommandLine:
    """Return a parser with commands as data."""
    (commands,) = (
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    arguments = [_argument(action) for action in parser._actions if action is not commands]
    return CommandLine(
        _plain(parser.description),
        tuple(arguments),
        tuple(_command(name, inner) for name, inner in commands.choices.items()),
    )


def _command(name: str, parser: argparse.ArgumentParser) -> Command:
    arguments = [_argument(action) for action in parser._actions]
    return Command(
        name,
        _plain(parser.description),
        tuple(argument for argument in arguments if argument.options),
        tuple(argument for argument in arguments if not argument.options),
    )


def _argument(action: argparse.Action) -> Argument:
    offered = offer_of(action)
    values = tuple(map(str, action.choices or ()))
    if offered:
        values = tuple(offered.values())
    kind = ""
    if action.type is Path:
        kind = "folder" if action.metavar == _FOLDER else "file"
    placeholder = ""
    if action.nargs != 0:
        placeholder = str(action.metavar) if action.metavar else "|".join(values)
    return Argument(
        tuple(action.option_strings),
        placeholder,
        _plain(action.help),
        values,
        offered.own if offered else "",
        bool(offered and offered.is_list),
        kind,
        action.nargs in ("*", "+"),
        action.nargs in ("*", "?"),
    )


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
