"""create a post: a file with today's date and front matter to fill in"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hanpan.commands.arguments import text
from hanpan.console import print_line
from hanpan.problems import Problem, UsageError, system_reason

_TEMPLATE = """---
title: "{title}"
excerpt: ""
categories:
  -
tags:
  -
last_modified_at: {date}
---

"""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan new`."""
    parser.add_argument("title", metavar="TITLE", type=text, help="the post's title")
    parser.add_argument(
        "--folder",
        type=Path,
        help="where to create it; default: the site's posts folder",
        metavar="FOLDER",
    )


def run(arguments: Arguments) -> int:
    """Write the file and print its path; return the exit code."""
    print_line(os.path.relpath(create_post(arguments.title, arguments.folder)))
    return 0


def create_post(title: str, folder: Path | None) -> Path:
    """Write a new post's file into `folder`, or the site's posts folder, and return its path.

    Raises UsageError if the file exists, or cannot be written.
    """
    from hanpan.files import write_atomic
    from hanpan.roots import real
    from hanpan.site import find_root, load_site
    from hanpan.source.slugs import slugify
    from hanpan.source.walk import DRAFTS, post_folders

    here = Path.cwd()
    site = load_site(find_root(here / "_") or here)
    if folder is None:
        folders = sorted(post_folders(site, real("out")), key=lambda place: place.name == DRAFTS)
        folder = folders[0] if folders else site.root / site.sources.posts[0]
        if not real(folder).is_relative_to(site.root):
            message = "the folder is outside the site: a link or `..` leads there"
            shown, remedy = os.path.relpath(folder), "Name the folder with --folder."
            raise UsageError(Problem("new", "error", message, shown, None, remedy))
    today = datetime.now(ZoneInfo(site.identity.timezone)).date().isoformat()
    path = folder / f"{today}-{slugify(title)}.md"
    if os.path.lexists(path):
        remedy = "Choose another title, or edit the post."
        problem = Problem(
            "new", "error", "the post already exists", os.path.relpath(path), None, remedy
        )
        raise UsageError(problem)
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    try:
        write_atomic(path, _TEMPLATE.format(title=escaped, date=today).encode())
    except OSError as error:
        reason = system_reason(error)
        message, remedy = f"the post cannot be written: {reason}", "Choose another --folder."
        problem = Problem("new", "error", message, os.path.relpath(path), None, remedy)
        raise UsageError(problem) from None
    return path
