"""put the out/ folders of builds elsewhere into one, and build what they lack"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path

from hanpan.commands.arguments import (
    add_drafts,
    add_editions,
    add_out,
    add_outcome,
    add_site,
    add_why,
    options_of,
)
from hanpan.console import print_json
from hanpan.editions import EDITIONS


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan merge`."""
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="+",
        help="the out/ folder of a build of these posts, or of a part of them",
    )  # fmt: skip
    parser.add_argument(
        "--source", metavar="SOURCE", type=Path, action="append", default=[],
        help="posts or folders that were built; may be repeated; default: the site's posts folder",
    )  # fmt: skip
    add_drafts(parser)
    add_editions(parser, EDITIONS)
    add_outcome(parser)
    add_why(parser)
    add_site(parser)
    add_out(parser)


def run(arguments: Arguments) -> int:
    """Merge, and return the exit code."""
    from hanpan import builds
    from hanpan.reports.terminal import Reporter

    options = options_of(arguments, arguments.source, EDITIONS)
    with Reporter(quiet=arguments.json, why=arguments.why, lang=arguments.lang) as reporter:
        outcome = builds.build(options, reporter.progress(), reporter.waiting, arguments.folder)
    reporter.close(outcome, arguments.out)
    if arguments.json:
        print_json(outcome.summary)
    return outcome.exit_code(strict=arguments.strict)
