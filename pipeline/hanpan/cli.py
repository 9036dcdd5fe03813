"""The command line: one function for each command, no logic. Heavy modules are imported inside."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hanpan.commands.arguments import Command, make_parser
from hanpan.problems import HanpanError, Problem, UsageError

if TYPE_CHECKING:
    from hanpan.builds import Options


def build(arguments: Arguments) -> int:
    """build the editions of posts; only what has changed is made again"""
    from hanpan import builds as building
    from hanpan.reports.terminal import Reporter

    options = _build_options(arguments)
    with Reporter(quiet=arguments.json, why=arguments.why) as reporter:
        outcome = building.build(options, reporter.progress(), reporter.waiting)
    reporter.close(outcome, arguments.out)
    if arguments.json:
        _print_json(outcome.summary)
    return outcome.exit_code(strict=arguments.strict)


def book(arguments: Arguments) -> int:
    """make books of posts, as EPUB and PDF: those of site.toml, or a series, category or tag"""
    from hanpan import builds as building
    from hanpan.editions import BOOK_EDITIONS
    from hanpan.reports.terminal import Reporter

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
    from hanpan import builds as building
    from hanpan.reports.terminal import Reporter

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
    from hanpan.commands.show import STAGES, print_stage

    if arguments.stage not in STAGES:
        remedy = f"Use {', '.join(STAGES)}."
        raise UsageError(Problem("usage", "error", f"no stage `{arguments.stage}`", remedy=remedy))
    text = print_stage(arguments.stage, arguments.post, arguments.site, offline=arguments.offline)
    sys.stdout.write(text)
    return 0


def new(arguments: Arguments) -> int:
    """begin a post: a file with today's date and front matter to fill in"""
    from hanpan.commands.new import begin_post

    print(os.path.relpath(begin_post(arguments.title, arguments.folder)))
    return 0


def preview(arguments: Arguments) -> int:
    """show posts in a browser while they are written, and payloads to paste from"""
    from hanpan.preview.serving import serve

    return serve(_build_options(arguments), port=arguments.port, open_page=arguments.open)


def vendor(arguments: Arguments) -> int:
    """copy remote pictures into the site, and name the copies in the posts"""
    from hanpan.reports.terminal import Reporter
    from hanpan.vendoring import vendor as copy_pictures

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
    from hanpan import builds as building
    from hanpan.publish import run
    from hanpan.reports.terminal import Reporter

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
    from hanpan.commands.clean import clean as remove

    print(f"{remove(arguments.out)} files removed from {arguments.out}/")
    return 0


def doctor(arguments: Arguments) -> int:
    """say what is installed, what is missing, and which fonts are in use"""
    from hanpan.commands.doctor import examine

    report, is_healthy = examine()
    print(report)
    return int(not is_healthy)


COMMANDS: tuple[Command, ...] = (
    build, book, preview, check, show, new, vendor, publish, clean, doctor,
)  # fmt: skip


def parser() -> ArgumentParser:
    """Return the parser of the whole command line."""
    return make_parser(COMMANDS)


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
    from hanpan.builds import Options
    from hanpan.editions import EDITIONS

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
