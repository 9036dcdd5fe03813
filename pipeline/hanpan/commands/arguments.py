"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import contextlib
import difflib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from hanpan.editions import BY_DEFAULT, EDITIONS
from hanpan.manual.offers import offer
from hanpan.media_types import POST_ENDINGS
from hanpan.plan.options import Options
from hanpan.problems import Problem, UsageError


def text(value: str) -> str:
    """Return an argument of which something is written. Raises ArgumentTypeError for bytes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("it is not valid UTF-8") from None
    return value


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add SOURCE, the posts or folders that a command works on, --drafts and --future."""
    parser.add_argument(
        "source", metavar="SOURCE", type=Path, nargs="*",
        help="posts or folders; default: the site's posts folder",
    )  # fmt: skip
    add_drafts(parser)


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """Add --drafts and --future."""
    parser.add_argument(
        "--drafts", action="store_true", help="include drafts and unpublished posts"
    )
    parser.add_argument(
        "--future", action="store_true", help="include posts with a date in the future"
    )


def add_editions(parser: argparse.ArgumentParser, table: Iterable[str]) -> None:
    """Add --edition, which takes the names of `table`."""
    *first, last = table
    known = f"{', '.join(first)} or {last}"
    others = ", ".join(name for name in table if name in EDITIONS and name not in BY_DEFAULT)
    usual = f"{known}; may be repeated; default: all"
    action = parser.add_argument(
        "-e", "--edition", action="append", default=[], metavar="NAME",
        help=f"{known}; may be repeated; default: all but {others}" if others else usual,
    )  # fmt: skip
    offer(action, lambda: table, is_list=True)


def add_outcome(parser: argparse.ArgumentParser) -> None:
    """Add --jobs, --strict and --json."""
    add_jobs(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings")
    add_json(parser)


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """Add --baseline."""
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE",
        help="the file with the problems that are known; default: baseline.toml of the site",
    )  # fmt: skip


def add_why(parser: argparse.ArgumentParser) -> None:
    """Add --why."""
    parser.add_argument("--why", action="store_true", help="report why each step runs")


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Add --profile."""
    parser.add_argument(
        "--profile", type=_report_file, metavar="FILE",
        help="write when which worker ran which step, for Perfetto or chrome://tracing",
    )  # fmt: skip


def add_report(parser: argparse.ArgumentParser) -> None:
    """Add --report."""
    parser.add_argument(
        "--report", type=_report_file, metavar="FILE",
        help="write the problems as Markdown, for a comment in a pull request",
    )  # fmt: skip


def add_shard(parser: argparse.ArgumentParser) -> None:
    """Add --shard."""
    parser.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="I/N",
        help="build the first of three parts of the posts: 1/3; `hanpan merge` puts them together",
    )  # fmt: skip


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add --force."""
    parser.add_argument(
        "--force", action="store_true", help="run every step again, also those that were given up"
    )


def add_cache(parser: argparse.ArgumentParser) -> None:
    """Add --cache."""
    parser.add_argument(
        "--cache", type=text, metavar="URL",
        help="share results through this folder or address; none: do not",
    )  # fmt: skip


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Add --cluster."""
    parser.add_argument(
        "--cluster", type=text, default="", metavar="ADDRESS",
        help="run the steps on the workers of a Dask scheduler, such as tcp://host:8786; "
        "local:4 starts four here",
    )  # fmt: skip


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add --jobs."""
    parser.add_argument(
        "-j",
        "--jobs",
        type=count,
        default=0,
        metavar="N",
        help="number of worker processes; default: one per processor",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def add_site(parser: argparse.ArgumentParser) -> None:
    """Add --site and --offline."""
    parser.add_argument(
        "--site",
        type=Path,
        metavar="FILE",
        help="the settings file; default: site.toml of the site",
    )
    parser.add_argument("--offline", action="store_true", help="work offline")


def add_out(parser: argparse.ArgumentParser) -> None:
    """Add --out."""
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("out"),
        metavar="FOLDER",
        help="where to write; default: out",
    )


def count(text: str) -> int:
    """Parse a whole number that is not negative; argparse reports the error."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number, 0 or more")
    return int(text)


def _report_file(value: str) -> Path:
    """Parse a file to write to, which is no post: `--profile posts/*.md` would lose the first."""
    path = Path(value)
    with contextlib.suppress(OSError), path.open("rb") as file:
        if path.suffix in POST_ENDINGS and file.read(3) == b"---":
            raise argparse.ArgumentTypeError(f"`{value}` is a post, and would be overwritten")
    return path


def _shard(value: str) -> tuple[int, int]:
    """Parse a part: its number, from 1, and how many there are."""
    number, slash, parts = value.partition("/")
    if not (slash and 1 <= count(number) <= count(parts)):
        raise argparse.ArgumentTypeError(f"`{value}` is no part such as 1/3, the first of three")
    return count(number), count(parts)


def options_of(
    arguments: argparse.Namespace,
    sources: Sequence[Path] = (),
    table: Collection[str] = (),
    *,
    write: bool = True,
) -> Options:
    """Return what the arguments ask for, with defaults for those that the command lacks.

    `table` has the editions that may be named. Raises UsageError for any other.
    """
    return Options(
        sources=tuple(sources),
        editions=_editions(getattr(arguments, "edition", ()), table),
        out=getattr(arguments, "out", Options().out),
        site=arguments.site,
        jobs=arguments.jobs,
        offline=arguments.offline,
        drafts=arguments.drafts,
        future=arguments.future,
        write=write,
        cache=getattr(arguments, "cache", None),
        shard=getattr(arguments, "shard", Options().shard),
        force=getattr(arguments, "force", False),
        cluster=getattr(arguments, "cluster", ""),
    )


def _editions(names: Sequence[str], table: Collection[str]) -> tuple[str, ...]:
    """Return the editions asked for, each once, in the table's order."""
    asked = [name for item in names for name in item.split(",") if name]
    unknown = [name for name in asked if name not in table]
    if unknown:
        raise UsageError(unknown_name("edition", unknown[0], table))
    return tuple(name for name in table if name in asked)


def unknown_name(kind: str, name: str, known: Collection[str]) -> Problem:
    """Return the problem of a name that is not in a table; a slip of the finger is pointed out."""
    close = difflib.get_close_matches(name, known, n=1)
    guess = f"; did you mean `{close[0]}`?" if close else ""
    remedy = f"Use one of: {', '.join(known)}."
    return Problem("usage", "error", f"unknown {kind} `{name}`{guess}", remedy=remedy)
