"""remove what hanpan has written into the output folder, and nothing else"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments

from hanpan.commands.arguments import add_out
from hanpan.console import print_line
from hanpan.messages.translation import translated


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan clean`."""
    add_out(parser)


def run(arguments: Arguments) -> int:
    """Remove, and return the exit code."""
    from hanpan.runner.cleaning import clean

    count = clean(arguments.out)
    removed = f"{count} {'file' if count == 1 else 'files'} removed from {arguments.out}/"
    print_line(translated(removed, arguments.lang))
    return 0
