"""copy remote pictures into the site, and point the posts at the copies"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments
from collections.abc import Iterable
from typing import TYPE_CHECKING

from hanpan.commands.arguments import add_site, add_sources
from hanpan.console import print_line
from hanpan.messages.translation import translated

if TYPE_CHECKING:
    from hanpan.reports.terminal import Reporter
    from hanpan.vendoring import VendoredPost


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan vendor`."""
    add_sources(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="report what would be done, and write nothing"
    )
    add_site(parser)


def run(arguments: Arguments) -> int:
    """Copy the pictures, and return the exit code."""
    from hanpan.reports.terminal import Reporter
    from hanpan.vendoring import vendor

    posts = vendor(
        tuple(arguments.source),
        site=arguments.site,
        drafts=arguments.drafts,
        future=arguments.future,
        offline=arguments.offline,
        dry_run=arguments.dry_run,
    )
    with Reporter(lang=arguments.lang) as reporter:
        return report(posts, reporter, dry_run=arguments.dry_run)


def report(posts: Iterable[VendoredPost], reporter: Reporter, *, dry_run: bool) -> int:
    """Report what was done with each post's remote pictures; return the exit code."""
    from hanpan.reports.words import plural

    pictures = references = code = 0
    for post in posts:
        reporter.tell_of(post.path, post.problems)
        code = max(code, int(any(problem.severity == "error" for problem in post.problems)))
        if post.rewritten:
            count = plural(post.rewritten, "reference")
            line = f"{post.path}: {count} to {plural(len(post.copies), 'picture')}"
            print_line(translated(line, reporter.lang))
            for copy in post.copies:
                print_line(f"    {copy.path}")
        pictures += len(post.copies)
        references += post.rewritten
    what = "would be rewritten; nothing has been written" if dry_run else "rewritten"
    line = f"{plural(references, 'reference')} {what}; {plural(pictures, 'picture')}"
    print_line(translated(line, reporter.lang))
    return code
