"""build books from posts, as EPUB and PDF: those in site.toml, or a series, category or tag"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments

from hanpan.commands.arguments import (
    add_cache,
    add_drafts,
    add_editions,
    add_out,
    add_outcome,
    add_profile,
    add_site,
    add_why,
    options_of,
    text,
)
from hanpan.console import print_json
from hanpan.editions import BOOK_EDITIONS


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan book`."""
    parser.add_argument(
        "name", metavar="NAME", type=text, nargs="*", help="a [[book]] in site.toml; default: all"
    )
    for kind in ("series", "category", "tag"):
        parser.add_argument(
            f"--{kind}", type=text, default="", metavar="NAME", help=f"build a book from a {kind}"
        )
    add_drafts(parser)
    add_editions(parser, BOOK_EDITIONS)
    add_outcome(parser)
    add_why(parser)
    add_profile(parser)
    add_site(parser)
    add_cache(parser)
    add_out(parser)


def run(arguments: Arguments) -> int:
    """Build the books, and return the exit code."""
    from hanpan import builds
    from hanpan.reports.profile import profiled
    from hanpan.reports.terminal import Reporter
    from hanpan.runner.books import BookRequest

    request = BookRequest(
        tuple(arguments.name), arguments.series, arguments.category, arguments.tag
    )
    options = options_of(arguments, table=BOOK_EDITIONS)
    with (
        Reporter(quiet=arguments.json, why=arguments.why, lang=arguments.lang) as reporter,
        profiled(arguments.profile, reporter.progress()) as progress,
    ):
        outcome = builds.build_books(request, options, progress, reporter.waiting)
    reporter.close(outcome, arguments.out)
    if arguments.json:
        print_json(outcome.summary)
    return outcome.exit_code(strict=arguments.strict)
