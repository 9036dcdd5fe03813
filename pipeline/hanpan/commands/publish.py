"""send posts to a platform through its API, as drafts unless you ask for more"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanpan.commands.arguments import (
    add_cache,
    add_drafts,
    add_jobs,
    add_json,
    add_out,
    add_site,
    options_of,
)
from hanpan.commands.slips import check_order
from hanpan.console import print_json, print_line, print_lines
from hanpan.manual.offers import offer
from hanpan.site.crosspost import PLATFORMS, platform_files

if TYPE_CHECKING:
    from hanpan.publish.outcome import PublishedPost
    from hanpan.reports.terminal import Reporter


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan publish`."""
    platform = parser.add_argument(
        "platform", metavar="PLATFORM", help="for example wordpress, ghost or devto"
    )
    offer(platform, platform_files, own=PLATFORMS)
    parser.add_argument("post", metavar="POST", type=Path, nargs="+", help="a post or a folder")
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--publish", action="store_true", help="publish for everyone to see instead of as drafts"
    )
    when.add_argument(
        "--schedule",
        default="",
        metavar="WHEN",
        help="publish at a time (ISO 8601, in the site's time zone)",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--dry-run", action="store_true", help="show the requests, and send nothing"
    )
    instead.add_argument("--diff", action="store_true", help="show what differs, and send nothing")
    parser.add_argument("--force", action="store_true", help="overwrite edits made on the platform")
    add_drafts(parser)
    add_jobs(parser)
    add_json(parser)
    add_site(parser)
    add_cache(parser)
    add_out(parser)


def run(arguments: Arguments) -> int:
    """Publish, and return the exit code."""
    from hanpan.crosspost.platform import platform_names
    from hanpan.publish.outcome import COMPARE, SEND, SHOW, PublishRequest
    from hanpan.publish.run import publish
    from hanpan.reports.terminal import Reporter

    check_order("publish", arguments.platform, arguments.post, platform_names())
    mode = SHOW if arguments.dry_run else COMPARE if arguments.diff else SEND
    request = PublishRequest(
        arguments.platform, mode, arguments.publish, arguments.schedule, arguments.force
    )
    options = options_of(arguments, arguments.post)
    with Reporter(quiet=arguments.json, streams=True, lang=arguments.lang) as reporter:
        posts = publish(request, options, reporter.progress(), reporter.waiting, reporter.queueing)
        code, results = report(posts, reporter)
    if arguments.json:
        print_json(results)
    return code


def report(posts: Iterable[PublishedPost], reporter: Reporter) -> tuple[int, list[dict[str, Any]]]:
    """Print the result for each post; return the exit code, and all results as JSON."""
    code, results = 0, []
    for post in posts:
        results.append(post.as_json())
        reporter.tell_of(post.source, post.result.problems)
        code = max(code, int(post.result.action == "failed"))
        if not reporter.quiet:
            reporter.close_bar()
            _print(post)
    return code, results


def _print(post: PublishedPost) -> None:
    """Print the result for a post: a line, and below it the request or the difference."""
    remote, request = post.result.remote, post.result.request
    state = f" ({remote.status}) {remote.url}" if remote else ""
    print_line(f"{post.source}: {post.result.action}{state}")
    if request:
        print_lines(request.as_text())
    if post.result.difference:
        print_lines(post.result.difference)
