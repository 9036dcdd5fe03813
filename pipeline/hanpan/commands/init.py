"""add hanpan to a blog: settings, make targets, and a workflow that builds at each push"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path
from typing import TYPE_CHECKING

from hanpan.commands.arguments import text
from hanpan.console import print_line, print_lines
from hanpan.messages.translation import translated

if TYPE_CHECKING:
    from hanpan.init.changes import Changes

_CI = ("github", "gitlab", "none")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan init`."""
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", default=Path(),
        help="the blog; default: the current folder",
    )  # fmt: skip
    parser.add_argument(
        "--ci", choices=_CI, help="whose workflow to write; default: that of the blog's host"
    )
    parser.add_argument(
        "--action", type=text, default="", metavar="NAME@COMMIT",
        help="the action that the workflow uses, if it is not hanpan's own",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="show all that would be written, and write nothing"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace files of hanpan's that have been changed"
    )


def run(arguments: Arguments) -> int:
    """Write the files, and return the exit code."""
    from hanpan.init.blog import read_blog
    from hanpan.init.changes import changes_of, write
    from hanpan.init.ci import FILES, is_repository_known

    blog = read_blog(arguments.folder)
    ci = arguments.ci or _CI[blog.is_on_gitlab]
    changes = changes_of(blog, ci, arguments.action, force=arguments.force)
    _show(changes, arguments)
    if not arguments.dry_run:
        for change in changes.files:
            write(change)
    has_workflow = any(change.name == FILES.get(ci) for change in changes.files)
    if has_workflow and ci == _CI[0] and not (arguments.action or is_repository_known()):
        line = "the workflow names OWNER/hanpan: put the address of hanpan there, or use --action"
        print_line(translated(line, arguments.lang), sys.stderr)
    _tell_next(changes, arguments)
    return 0


def _show(changes: Changes, arguments: Arguments) -> None:
    """Print what is written: differences of files that exist, and with --dry-run of all."""
    for change in changes.files:
        verb = "new" if change.before is None else "changed"
        line = f"{verb}: {os.path.relpath(change.path)}"
        print_line(translated(line, arguments.lang))
        if change.before is not None or arguments.dry_run:
            print_lines(change.difference())
    for path in changes.kept:
        line = f"left as it is: {os.path.relpath(path)} (--force replaces it)"
        print_line(translated(line, arguments.lang))
    from hanpan.reports.terminal import Reporter

    with Reporter(lang=arguments.lang) as reporter:
        reporter.tell_of("", changes.problems)


def _tell_next(changes: Changes, arguments: Arguments) -> None:
    if arguments.dry_run:
        line = "nothing has been written"
    elif changes.files:
        line = "next: `make pdf epub`, then commit these files"
    else:
        line = "nothing to change: hanpan has been added to this blog"
    print_line(translated(line, arguments.lang))
