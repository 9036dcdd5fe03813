"""print the script with which a shell completes commands, options and their values"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments

from hanpan.console import print_data
from hanpan.manual import SHELLS, completion


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan completion`."""
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def run(arguments: Arguments) -> int:
    """Print the script, and return the exit code."""
    print_data(completion(arguments.parser, arguments.shell))
    return 0
