"""find problems in posts without writing anything"""

from __future__ import annotations

import fnmatch
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from collections.abc import Callable
from dataclasses import replace

from hanpan.commands.arguments import (
    add_baseline,
    add_outcome,
    add_site,
    add_sources,
    count,
    options_of,
    text,
    unknown_name,
)
from hanpan.manual.offers import offer
from hanpan.messages.rules import rule_titles
from hanpan.problems import SEVERITIES, Problem, UsageError
from hanpan.reports.formats import FORMATS, JSON, TEXT, print_outcome

_WORST_FIRST = SEVERITIES[::-1]


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan check`."""
    add_sources(parser)
    rule = parser.add_argument(
        "--rule", type=text, action="append", default=[], metavar="RULE",
        help="only this rule, or those that match crosspost-*; may be repeated",
    )  # fmt: skip
    offer(rule, rule_titles, is_list=True)
    parser.add_argument(
        "--severity", choices=_WORST_FIRST, default=_WORST_FIRST[-1],
        help="only problems that are at least so severe",
    )  # fmt: skip
    parser.add_argument(
        "--limit", type=count, metavar="N",
        help="list N problems of each rule, 0: all; default: what fits on a screen",
    )  # fmt: skip
    parser.add_argument("--summary", action="store_true", help="print the table alone")
    parser.add_argument(
        "--format", choices=FORMATS, help="what to print; all but text on standard output"
    )
    add_baseline(parser)
    parser.add_argument(
        "--write-baseline", action="store_true",
        help="make the problems known: --strict counts only those that are new",
    )  # fmt: skip
    add_outcome(parser)
    add_site(parser)


def run(arguments: Arguments) -> int:
    """Check, and return the exit code."""
    from hanpan import builds
    from hanpan.reports.baseline import baseline_of, with_baseline, write_baseline
    from hanpan.reports.listing import Extent
    from hanpan.reports.terminal import Reporter

    form = _form(arguments)
    is_wanted = _filter(arguments)
    options = options_of(arguments, arguments.source, write=False)
    with Reporter(quiet=form != TEXT, lang=arguments.lang) as reporter:
        whole = builds.check(options, reporter.progress())
    path = baseline_of(arguments.baseline, arguments.site)
    if arguments.write_baseline:
        number = write_baseline(whole, path, whole.only(is_wanted).problems)
        reporter.tell_of_baseline(path, number)
    outcome = with_baseline(whole, path, errors=True).only(is_wanted)
    reporter.close(outcome, extent=Extent(arguments.limit, arguments.summary))
    if form != TEXT:
        shown = outcome.at_most(arguments.limit) if arguments.limit else outcome
        print_outcome(
            form, shown, arguments.lang, strict=arguments.strict, summary=arguments.summary
        )
    return outcome.exit_code(strict=arguments.strict)


def _form(arguments: Arguments) -> str:
    """Return the form of what is printed. Raises UsageError for two of them."""
    form: str = arguments.format or (JSON if arguments.json else TEXT)
    if arguments.json and form != JSON:
        remedy = "Leave one of them out."
        message = f"--json and --format {form} exclude each other"
        raise UsageError(Problem("usage", "error", message, remedy=remedy))
    return form


def _filter(arguments: Arguments) -> Callable[[Problem], bool]:
    """Return what tells whether a problem is asked for. Raises UsageError for an unknown rule."""
    rules = {rule for named in arguments.rule for item in named.split(",") for rule in _rules(item)}
    severities = _WORST_FIRST[: _WORST_FIRST.index(arguments.severity) + 1]
    return lambda problem: (
        problem.severity in severities and (not arguments.rule or problem.rule in rules)
    )


def _rules(pattern: str) -> list[str]:
    """Return the rules that an argument names. Raises UsageError where there are none."""
    from hanpan.messages.rules import rule_titles

    known = list(rule_titles())
    rules = fnmatch.filter(known, pattern.strip())
    if not rules:
        problem = unknown_name("rule", pattern, known)
        raise UsageError(replace(problem, remedy="docs/rules.md has the rules."))
    return rules
