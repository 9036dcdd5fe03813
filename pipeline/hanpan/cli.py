"""The command line: its parser, and the one place where errors are caught.

argparse, not a library on top of it: those tried take longer to load than a build in which nothing
has changed takes to run.
"""

from __future__ import annotations

import os
import sys
from argparse import Action, ArgumentParser
from pathlib import Path
from typing import ClassVar, NoReturn

from hanpan import __version__
from hanpan.commands import COMMANDS
from hanpan.commands.slips import command_of, meant_by, meant_option
from hanpan.console import hide_warnings, plain_line, print_json, print_line
from hanpan.messages.interface import VARIABLE, interface_language
from hanpan.messages.translation import problem_in, translated
from hanpan.problems import HanpanError, Problem, UsageError
from hanpan.reports.words import TerminalLabels

LANGUAGES = ("ko", "en")


class _Parser(ArgumentParser):
    """A parser that repeats arguments plainly: a shell may have taken them from names of files.

    argparse's own words are translated as what it prints: it asks for them when it is imported.
    """

    lang = "en"
    commands: ClassVar[dict[str, ArgumentParser]] = {}  # by name, of the whole command line

    def format_usage(self) -> str:
        """Return the usage."""
        return super().format_usage().replace("usage: ", translated("usage: ", self.lang), 1)

    def format_help(self) -> str:
        """Return the help."""
        return super().format_help().replace("usage: ", translated("usage: ", self.lang), 1)

    def error(self, message: str) -> NoReturn:
        """Print the error, and exit."""
        command = self.commands.get(command_of(sys.argv[1:], self.commands), self)
        command.print_usage(sys.stderr)
        word = TerminalLabels(self.lang).error
        line = f"{self.prog}: {word}: {plain_line(translated(message, self.lang))}\n"
        remedy = meant_by(message, self.commands) or meant_option(message, command)
        if remedy:
            line += f"    {plain_line(translated(remedy, self.lang))}\n"
        self.exit(2, line)


class _Version(Action):
    """--version, alone or with --json before or behind it."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        """Print what is asked for, and exit."""
        if "--json" in sys.argv[1:]:
            from hanpan.reports.health import installed

            print_json(installed())
        else:
            print_line(f"hanpan {__version__}")
        parser.exit()


def parser(lang: str = "en") -> ArgumentParser:
    """Return the parser of the whole command line; a command has its module's name."""
    whole = _Parser(
        prog="hanpan",
        description="One Markdown post, every edition: HTML, PDF, EPUB and cross-post payloads.",
        allow_abbrev=False,
    )
    whole.add_argument(
        "--version", action=_Version, nargs=0,
        help="print the version; with --json, of everything that hanpan uses",
    )  # fmt: skip
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True)
    _add_language(whole)
    for command in COMMANDS:
        purpose = command.__doc__ or ""
        description = f"{purpose[0].upper()}{purpose[1:]}."
        name = command.__name__.rpartition(".")[2]
        added = subparsers.add_parser(
            name, help=translated(purpose, lang), description=description, allow_abbrev=False
        )
        whole.commands[name] = added
        added.set_defaults(run=command.run)
        command.add_arguments(added)
        _add_language(added)
        _translate(added, lang, f"{translated(purpose, lang)}.")
    _translate(whole, lang, translated(whole.description or "", lang))
    return whole


def _add_language(added: ArgumentParser) -> None:
    added.add_argument(
        "--lang", choices=LANGUAGES, default=LANGUAGES[-1],
        help="language of messages and help; default: that of the locale",
    )  # fmt: skip


def _translate(added: _Parser, lang: str, description: str) -> None:
    """Have a parser speak a language; English is what it speaks."""
    if lang == LANGUAGES[-1]:
        return
    added.lang, added.description = lang, description
    for group in added._action_groups:
        group.title = translated(group.title or "", lang)
    for action in added._actions:
        action.help = translated(action.help or "", lang)


def _language_of_site() -> str:
    """Return the language that the site of the current folder names."""
    from hanpan.messages.site_language import site_language  # few have no locale

    return site_language(Path.cwd())


def _print_error(problem: Problem, lang: str) -> None:
    """Print a problem that ends the command: its place, what is wrong, its rule, what to do."""
    place = f"{problem.location()}: " if problem.path else ""
    rule = f" [{problem.rule}]" if problem.rule != "error" else ""
    print_line(f"{place}{TerminalLabels(lang).error}: {problem.message}{rule}", sys.stderr)
    if problem.remedy:
        print_line(f"    {problem.remedy}", sys.stderr)


def main() -> None:
    """Run the command line; expected errors are printed here and nowhere else."""
    hide_warnings()
    lang = interface_language(sys.argv[1:], os.environ, _language_of_site)
    try:
        whole = parser(lang)
        arguments = whole.parse_args()
        arguments.parser = whole  # of which completions and the manual page are made
        arguments.lang = os.environ[VARIABLE] = lang  # processes that this one starts speak it
        code = arguments.run(arguments)
        sys.stdout.flush()
    except HanpanError as error:
        others = error.others if isinstance(error, UsageError) else ()
        for one in (error.problem, *others):
            _print_error(problem_in(one, lang), lang)
        code = error.exit_code
    except KeyboardInterrupt:
        print_line(translated("stopped; the next build continues from here", lang), sys.stderr)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
