"""build the editions of posts; only what has changed is rebuilt"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hanpan.commands.arguments import (
    add_cache,
    add_cluster,
    add_editions,
    add_force,
    add_out,
    add_outcome,
    add_profile,
    add_report,
    add_shard,
    add_site,
    add_sources,
    add_why,
    options_of,
)
from hanpan.console import print_json
from hanpan.editions import EDITIONS

if TYPE_CHECKING:
    from hanpan.plan.options import Options
    from hanpan.reports.outcome import Outcome


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan build`."""
    add_sources(parser)
    add_editions(parser, EDITIONS)
    add_outcome(parser)
    add_why(parser)
    add_profile(parser)
    add_report(parser)
    add_shard(parser)
    add_force(parser)
    add_site(parser)
    add_cache(parser)
    add_cluster(parser)
    add_out(parser)
    parser.add_argument(
        "--publish-to", type=Path, metavar="FOLDER",
        help="put PDFs and EPUBs beside the posts of the site that its generator makes",
    )  # fmt: skip


def run(arguments: Arguments) -> int:
    """Build, and return the exit code."""
    from hanpan import builds
    from hanpan.reports.formats.markdown import write_report
    from hanpan.reports.profile import profiled
    from hanpan.reports.terminal import Reporter

    options = options_of(arguments, arguments.source, EDITIONS)
    with (
        Reporter(quiet=arguments.json, why=arguments.why, lang=arguments.lang) as reporter,
        profiled(arguments.profile, reporter.progress()) as progress,
    ):
        outcome = builds.build(options, progress, reporter.waiting)
    if arguments.publish_to:
        outcome = _published(arguments, options, outcome)
    reporter.close(outcome, arguments.out)
    if arguments.report:
        write_report(arguments.report, outcome, arguments.lang)
    if arguments.json:
        print_json(outcome.summary)
    return outcome.exit_code(strict=arguments.strict)


def _published(arguments: Arguments, options: Options, outcome: Outcome) -> Outcome:
    """Put downloads where readers find them; return the outcome with what that has to report."""
    from hanpan import builds
    from hanpan.hosting.companion import publish_to
    from hanpan.reports.outcome import Reported
    from hanpan.runner.progress import Progress

    with builds.open_state(arguments.out, Progress()) as state:
        _, problems = publish_to(arguments.publish_to, options, state)
    reported = (Reported(problem) for problem in problems)
    return replace(outcome, problems=(*outcome.problems, *reported))
