"""find problems in posts without writing anything"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments

from hanpan.commands.arguments import add_outcome, add_site, add_sources, options_of
from hanpan.console import print_json


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan check`."""
    add_sources(parser)
    add_outcome(parser)
    add_site(parser)


def run(arguments: Arguments) -> int:
    """Check, and return the exit code."""
    from hanpan import builds
    from hanpan.reports.terminal import Reporter

    options = options_of(arguments, arguments.source, write=False)
    with Reporter(quiet=arguments.json) as reporter:
        outcome = builds.check(options, reporter.progress())
    reporter.close(outcome)
    if arguments.json:
        print_json(outcome.listed())
    return outcome.exit_code(strict=arguments.strict)
