"""The command line: its parser, and the one place where errors are caught.

argparse, not a library on top of it: those tried take longer to load than a build in which nothing
has changed takes to run.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import NoReturn

from hanpan import __version__
from hanpan.commands import COMMANDS
from hanpan.console import hide_warnings, plain_line, print_line
from hanpan.problems import HanpanError


class _Parser(ArgumentParser):
    """A parser that repeats arguments plainly: a shell may have taken them from names of files."""

    def error(self, message: str) -> NoReturn:
        """Print the error, and exit."""
        super().error(plain_line(message))


def parser() -> ArgumentParser:
    """Return the parser of the whole command line; a command has its module's name."""
    whole = _Parser(
        prog="hanpan",
        description="One Markdown post, every edition: HTML, PDF, EPUB and cross-post payloads.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"hanpan {__version__}")
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        purpose = command.__doc__ or ""
        description = f"{purpose[0].upper()}{purpose[1:]}."
        name = command.__name__.rpartition(".")[2]
        added = subparsers.add_parser(
            name, help=purpose, description=description, allow_abbrev=False
        )
        added.set_defaults(run=command.run)
        command.add_arguments(added)
    return whole


def main() -> None:
    """Run the command line; expected errors are printed here and nowhere else."""
    hide_warnings()
    try:
        arguments = parser().parse_args()
        code = arguments.run(arguments)
        sys.stdout.flush()
    except HanpanError as error:
        problem = error.problem
        place = f"{problem.location()}: " if problem.path else ""
        print_line(f"{place}error: {problem.message}", sys.stderr)
        if problem.remedy:
            print_line(f"    {problem.remedy}", sys.stderr)
        code = error.exit_code
    except KeyboardInterrupt:
        print_line("stopped; the next build continues from here", sys.stderr)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
