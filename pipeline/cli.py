"""The command line: one function for each command, no logic. Heavy modules are imported inside.

argparse, and not a library on top of it: those at hand take longer to load than a build in which
nothing has changed takes to run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.problems import HanpanError, Problem, UsageError

if TYPE_CHECKING:
    from pipeline.build import Options

Arguments = argparse.Namespace
Command = Callable[[Arguments], int]


def build(arguments: Arguments) -> int:
    """build the editions of posts; only what has changed is made again"""
    from pipeline import build as building
    from pipeline.terminal import Reporter

    options = _build_options(arguments)
    with Reporter(quiet=arguments.json, why=arguments.why) as reporter:
        outcome = building.build(options, reporter.progress(), reporter.waiting)
    reporter.close(outcome, arguments.out)
    if arguments.json:
        _print_json(outcome.summary)
    return outcome.exit_code(strict=arguments.strict)


def book(arguments: Arguments) -> int:
    """make books of posts, as EPUB and PDF: those of site.toml, or a series, category or tag"""
    from pipeline import build as building
    from pipeline.editions import BOOK_EDITIONS
    from pipeline.terminal import Reporter

    request = building.Request(
        tuple(arguments.name), arguments.series, arguments.category, arguments.tag
    )
    options = building.Options(
        editions=_editions(arguments.edition, BOOK_EDITIONS),
        out=arguments.out,
        site=arguments.site,
        jobs=arguments.jobs,
        offline=arguments.offline,
        drafts=arguments.drafts,
    )
    with Reporter(quiet=arguments.json, why=arguments.why) as reporter:
        outcome = building.build_books(request, options, reporter.progress(), reporter.waiting)
    reporter.close(outcome, arguments.out)
    if arguments.json:
        _print_json(outcome.summary)
    return outcome.exit_code(strict=arguments.strict)


def check(arguments: Arguments) -> int:
    """find problems in posts; nothing is written"""
    from pipeline import build as building
    from pipeline.terminal import Reporter

    options = building.Options(
        sources=tuple(arguments.source),
        site=arguments.site,
        jobs=arguments.jobs,
        offline=arguments.offline,
        drafts=arguments.drafts,
        write=False,
    )
    with Reporter(quiet=arguments.json) as reporter:
        outcome = building.check(options, reporter.progress())
    reporter.close(outcome)
    if arguments.json:
        _print_json(outcome.listed())
    return outcome.exit_code(strict=arguments.strict)


def show(arguments: Arguments) -> int:
    """print a stage of a post's way: what pandoc is given, the body, the metadata, the document"""
    from pipeline.stages import STAGES, print_stage

    if arguments.stage not in STAGES:
        remedy = f"Use {', '.join(STAGES)}."
        raise UsageError(Problem("usage", "error", f"no stage `{arguments.stage}`", remedy=remedy))
    text = print_stage(arguments.stage, arguments.post, arguments.site, offline=arguments.offline)
    sys.stdout.write(text)
    return 0


def new(arguments: Arguments) -> int:
    """begin a post: a file with today's date and front matter to fill in"""
    from pipeline.new import begin_post

    print(os.path.relpath(begin_post(arguments.title, arguments.folder)))
    return 0


def preview(arguments: Arguments) -> int:
    """show posts in a browser while they are written, and payloads to paste from"""
    from pipeline.preview.serving import serve

    return serve(_build_options(arguments), port=arguments.port, open_page=arguments.open)


def vendor(arguments: Arguments) -> int:
    """copy remote pictures into the site, and name the copies in the posts"""
    from pipeline.terminal import Reporter
    from pipeline.vendor import vendor as copy_pictures

    done = copy_pictures(
        tuple(arguments.source),
        site=arguments.site,
        drafts=arguments.drafts,
        offline=arguments.offline,
        dry_run=arguments.dry_run,
    )
    with Reporter() as reporter:
        return reporter.vendored(done, dry_run=arguments.dry_run)


def publish(arguments: Arguments) -> int:
    """send posts to a platform through its API: as drafts, and never twice"""
    from pipeline import build as building
    from pipeline.publish import run
    from pipeline.terminal import Reporter

    mode = run.SHOW if arguments.dry_run else run.COMPARE if arguments.diff else run.SEND
    request = run.Request(
        arguments.platform, mode, arguments.publish, arguments.schedule, arguments.force
    )
    options = building.Options(
        tuple(arguments.post),
        out=arguments.out,
        site=arguments.site,
        jobs=arguments.jobs,
        offline=arguments.offline,
        drafts=arguments.drafts,
    )
    with Reporter(quiet=arguments.json) as reporter:
        done = run.publish(request, options, reporter.progress(), reporter.waiting)
        code, listed = reporter.published(done)
    if arguments.json:
        _print_json(listed)
    return code


def clean(arguments: Arguments) -> int:
    """remove what hanpan wrote into the out folder, and nothing else"""
    from pipeline.build.clean import clean as remove

    print(f"{remove(arguments.out)} files removed from {arguments.out}/")
    return 0


def doctor(arguments: Arguments) -> int:
    """say what is installed, what is missing, and which fonts are in use"""
    from pipeline.doctor import examine

    report, is_healthy = examine()
    print(report)
    return int(not is_healthy)


COMMANDS: tuple[Command, ...] = (
    build, book, preview, check, show, new, vendor, publish, clean, doctor,
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="hanpan",
        description="One Markdown post, every edition: HTML, PDF, EPUB and cross-post payloads.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"hanpan {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    parsers = {}
    for command in COMMANDS:
        said = command.__doc__ or ""
        parsers[command.__name__] = commands.add_parser(
            command.__name__, help=said, description=f"{said[0].upper()}{said[1:]}.",
            allow_abbrev=False,
        )  # fmt: skip
        parsers[command.__name__].set_defaults(run=command)
    for name in ("build", "preview", "check", "vendor"):
        _add_sources(parsers[name])
    for name in ("build", "book", "check"):
        _add_outcome(parsers[name])
    _add_books(parsers["book"])
    parsers["vendor"].add_argument(
        "--dry-run", action="store_true", help="say what would be done; nothing is written"
    )
    for name in ("build", "preview"):
        _add_editions(parsers[name], "html, pdf, epub or crosspost")
    _add_editions(parsers["book"], "pdf or epub")
    for name in ("build", "book"):
        parsers[name].add_argument("--why", action="store_true", help="say why each step runs")
    _add_preview(parsers["preview"])
    parsers["show"].add_argument("stage", metavar="STAGE", help="source, body, meta or document")
    parsers["show"].add_argument("post", metavar="POST", type=Path, help="the post's file")
    _add_publishing(parsers["publish"])
    for name in ("build", "book", "preview", "check", "show", "vendor", "publish"):
        _add_site_options(parsers[name])
    parsers["new"].add_argument("title", metavar="TITLE", help="the post's title")
    parsers["new"].add_argument(
        "--folder", type=Path, help="default: the site's posts folder", metavar="FOLDER"
    )
    for name in ("build", "book", "preview", "publish", "clean"):
        parsers[name].add_argument(
            "--out", type=Path, default=Path("out"), metavar="FOLDER", help="default: out"
        )
    return whole


def _add_sources(found: argparse.ArgumentParser) -> None:
    found.add_argument(
        "source", metavar="SOURCE", type=Path, nargs="*",
        help="posts or folders; default: the site's posts folder",
    )  # fmt: skip
    _add_drafts(found)


def _add_drafts(found: argparse.ArgumentParser) -> None:
    found.add_argument("--drafts", action="store_true", help="take in drafts, unpublished posts")


def _add_books(found: argparse.ArgumentParser) -> None:
    found.add_argument(
        "name", metavar="NAME", nargs="*", help="a [[book]] of site.toml; default: all of them"
    )
    for kind in ("series", "category", "tag"):
        found.add_argument(f"--{kind}", default="", metavar="NAME", help=f"make a book of a {kind}")
    _add_drafts(found)


def _add_publishing(found: argparse.ArgumentParser) -> None:
    found.add_argument("platform", metavar="PLATFORM", help="wordpress, ghost, devto, ...")
    found.add_argument("post", metavar="POST", type=Path, nargs="+", help="posts or folders")
    when = found.add_mutually_exclusive_group()
    when.add_argument("--publish", action="store_true", help="for everybody to see, not as drafts")
    when.add_argument(
        "--schedule", default="", metavar="WHEN", help="ISO 8601, in the site's time zone"
    )
    instead = found.add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true", help="show the requests; send nothing")
    instead.add_argument("--diff", action="store_true", help="show what differs; send nothing")
    found.add_argument("--force", action="store_true", help="overwrite what was edited there")
    _add_drafts(found)
    _add_jobs(found)
    _add_json(found)


def _add_outcome(found: argparse.ArgumentParser) -> None:
    _add_jobs(found)
    found.add_argument("--strict", action="store_true", help="end in 1 when there are warnings")
    _add_json(found)


def _add_preview(found: argparse.ArgumentParser) -> None:
    found.add_argument("--port", type=_count, metavar="N", help="default: the first free from 8420")
    found.add_argument(
        "--open", action=argparse.BooleanOptionalAction, default=None,
        help="open the page in a browser; default: where there is a desktop",
    )  # fmt: skip
    _add_jobs(found)


def _add_jobs(found: argparse.ArgumentParser) -> None:
    found.add_argument(
        "-j", "--jobs", type=_count, default=0, metavar="N", help="worker processes; 0: one a core"
    )


def _add_json(found: argparse.ArgumentParser) -> None:
    found.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_editions(found: argparse.ArgumentParser, editions: str) -> None:
    found.add_argument(
        "-e", "--edition", action="append", default=[], metavar="NAME",
        help=f"{editions}; repeatable; default: all",
    )  # fmt: skip


def _add_site_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--site", type=Path, metavar="FILE", help="the site's settings file")
    found.add_argument("--offline", action="store_true", help="ask nothing of the network")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


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


def _build_options(arguments: Arguments) -> Options:
    """Return what `build` and `preview` are to build."""
    from pipeline.build import Options
    from pipeline.editions import EDITIONS

    return Options(
        tuple(arguments.source),
        _editions(arguments.edition, EDITIONS),
        arguments.out,
        arguments.site,
        arguments.jobs,
        arguments.offline,
        arguments.drafts,
    )


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def main() -> None:
    """Run the command line; every expected error is told here, and nowhere else."""
    try:
        arguments = parser().parse_args()
        code = arguments.run(arguments)
        sys.stdout.flush()
    except HanpanError as error:
        problem = error.problem
        place = f"{problem.place()}: " if problem.path else ""
        print(f"{place}error: {problem.message}", file=sys.stderr)
        if problem.remedy:
            print(f"    {problem.remedy}", file=sys.stderr)
        code = error.exit_code
    except KeyboardInterrupt:
        print("stopped; the next build goes on from here", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
