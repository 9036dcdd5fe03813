"""print the JSON Schema of site.toml or of front matter, for editors that complete and check"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments

from hanpan.console import print_json

KINDS = ("site", "post")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan schema`."""
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))


def run(arguments: Arguments) -> int:
    """Print the schema, and return the exit code."""
    from hanpan.messages.rules import rule_titles
    from hanpan.site.schema import site_schema
    from hanpan.source.front_matter.schema import post_schema

    if arguments.kind == "site":
        print_json(site_schema(arguments.lang, rule_titles()))
    else:
        print_json(post_schema(arguments.lang))
    return 0
