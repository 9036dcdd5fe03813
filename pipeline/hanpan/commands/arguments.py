"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from hanpan.plan.options import Options
from hanpan.problems import Problem, UsageError


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add SOURCE, the posts or folders that a command works on, and --drafts."""
    parser.add_argument(
        "source", metavar="SOURCE", type=Path, nargs="*",
        help="posts or folders; default: the site's posts folder",
    )  # fmt: skip
    add_drafts(parser)


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """Add --drafts."""
    parser.add_argument("--drafts", action="store_true", help="take in drafts, unpublished posts")


def add_editions(parser: argparse.ArgumentParser, table: Iterable[str]) -> None:
    """Add --edition, which takes the names of `table`."""
    *first, last = table
    known = f"{', '.join(first)} or {last}"
    parser.add_argument(
        "-e", "--edition", action="append", default=[], metavar="NAME",
        help=f"{known}; repeatable; default: all",
    )  # fmt: skip


def add_outcome(parser: argparse.ArgumentParser) -> None:
    """Add what says how a build runs, and how it ends."""
    add_jobs(parser)
    parser.add_argument("--strict", action="store_true", help="end in 1 when there are warnings")
    add_json(parser)


def add_why(parser: argparse.ArgumentParser) -> None:
    """Add --why."""
    parser.add_argument("--why", action="store_true", help="say why each step runs")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add --jobs."""
    parser.add_argument(
        "-j", "--jobs", type=count, default=0, metavar="N", help="worker processes; 0: one a core"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def add_site(parser: argparse.ArgumentParser) -> None:
    """Add --site and --offline."""
    parser.add_argument("--site", type=Path, metavar="FILE", help="the site's settings file")
    parser.add_argument("--offline", action="store_true", help="ask nothing of the network")


def add_out(parser: argparse.ArgumentParser) -> None:
    """Add --out."""
    parser.add_argument(
        "--out", type=Path, default=Path("out"), metavar="FOLDER", help="default: out"
    )


def count(text: str) -> int:
    """Return a number that is not negative; argparse tells of the ValueError."""
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def options_of(
    arguments: argparse.Namespace,
    sources: Sequence[Path] = (),
    table: Iterable[str] = (),
    *,
    write: bool = True,
) -> Options:
    """Return what the arguments ask for; where a command has no such argument, its default.

    `table` has the editions that may be named. Raises UsageError for one that it has not.
    """
    return Options(
        sources=tuple(sources),
        editions=_editions(getattr(arguments, "edition", ()), table),
        out=getattr(arguments, "out", Options().out),
        site=arguments.site,
        jobs=arguments.jobs,
        offline=arguments.offline,
        drafts=arguments.drafts,
        write=write,
    )


def _editions(names: Sequence[str], table: Iterable[str]) -> tuple[str, ...]:
    """Return the editions asked for, each once, in the table's order."""
    asked = [name for item in names for name in item.split(",") if name]
    unknown = [name for name in asked if name not in table]
    if unknown:
        known = ", ".join(table)
        raise UsageError(
            Problem("usage", "error", f"no edition `{unknown[0]}`", remedy=f"Use {known}.")
        )
    return tuple(name for name in table if name in asked)


def print_json(data: object) -> None:
    """Print what --json asks for."""
    print(json.dumps(data, ensure_ascii=False, indent=1))
