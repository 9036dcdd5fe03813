"""show posts in a browser while you write them, and payloads to copy and paste"""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from dataclasses import replace

from hanpan.commands.arguments import (
    add_cache,
    add_editions,
    add_jobs,
    add_out,
    add_site,
    add_sources,
    count,
    options_of,
)
from hanpan.editions import EDITIONS


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan preview`."""
    add_sources(parser)
    add_editions(parser, EDITIONS)
    parser.add_argument(
        "--port", type=count, metavar="N", help="default: the first free port from 8420"
    )
    parser.add_argument(
        "--open", action=argparse.BooleanOptionalAction, default=None,
        help="open the page in a browser; default: if there is a desktop",
    )  # fmt: skip
    add_jobs(parser)
    add_site(parser)
    add_cache(parser)
    add_out(parser)


def run(arguments: Arguments) -> int:
    """Serve until Ctrl-C, and return the exit code."""
    from hanpan.preview.serving import serve

    options = options_of(arguments, arguments.source, EDITIONS)
    options = replace(options, shares=False)  # not what is half-written
    return serve(options, port=arguments.port, open_page=arguments.open)
