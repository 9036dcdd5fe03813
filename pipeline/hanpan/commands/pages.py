"""copy what readers may see of out/ into a folder that a host serves as it is"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path

from hanpan.commands.arguments import add_out
from hanpan.console import print_line
from hanpan.messages.translation import translated


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan pages`."""
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path,
        help="the folder to write: a new one, or one that this command has written before",
    )  # fmt: skip
    add_out(parser)


def run(arguments: Arguments) -> int:
    """Copy, and return the exit code."""
    from hanpan import builds
    from hanpan.hosting.pages import write_pages
    from hanpan.reports.terminal import Reporter

    with (
        Reporter(lang=arguments.lang) as reporter,
        builds.open_state(arguments.out, reporter.progress(), reporter.waiting) as state,
    ):
        placed = write_pages(arguments.out, state.traces(), arguments.folder)
    number = len(placed.files)
    line = f"{number} {'file' if number == 1 else 'files'} for readers in {arguments.folder}/"
    print_line(translated(line, arguments.lang))
    return 0
