"""The command line: one function for each command, no logic. Heavy modules are imported inside."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.problems import HanpanError, Problem, UsageError

app = typer.Typer(
    name="hanpan",
    help="One Markdown post, every edition: HTML, PDF, EPUB and cross-post payloads.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Sources = Annotated[
    list[Path] | None, typer.Argument(help="Posts or folders. Default: the site's posts folder.")
]
EditionNames = Annotated[
    list[str] | None,
    typer.Option("--edition", "-e", help="html, pdf, epub or crosspost; repeatable."),
]
Out = Annotated[Path, typer.Option(help="Folder for the artifacts.")]
SiteFile = Annotated[Path | None, typer.Option("--site", help="The site's settings file.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0: one a core.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask nothing of the network.")]
Strict = Annotated[bool, typer.Option("--strict", help="End in 1 when there are warnings.")]
Drafts = Annotated[bool, typer.Option("--drafts", help="Take in drafts and unpublished posts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
PostPath = Annotated[Path, typer.Argument(help="The post's file.")]


@app.command()
def build(
    sources: Sources = None,
    edition: EditionNames = None,
    out: Out = Path("out"),
    site: SiteFile = None,
    jobs: Jobs = 0,
    offline: Offline = False,
    drafts: Drafts = False,
    strict: Strict = False,
    why: Annotated[bool, typer.Option("--why", help="Say why each step runs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Build the editions of posts; only what has changed is made again."""
    from pipeline import build as building
    from pipeline.terminal import Reporter

    options = building.Options(
        tuple(sources or ()), _editions(edition), out, site, jobs, offline, drafts
    )
    with Reporter(quiet=as_json, why=why) as reporter:
        outcome = building.build(options, reporter.progress(), reporter.waiting)
    reporter.close(outcome, out)
    if as_json:
        print(json.dumps(outcome.summary, ensure_ascii=False, indent=1))
    raise typer.Exit(outcome.exit_code(strict=strict))


@app.command()
def check(
    sources: Sources = None,
    site: SiteFile = None,
    jobs: Jobs = 0,
    offline: Offline = False,
    drafts: Drafts = False,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Find problems in posts; nothing is written."""
    from pipeline import build as building
    from pipeline.terminal import Reporter

    options = building.Options(
        tuple(sources or ()), (), Path("out"), site, jobs, offline, drafts, write=False
    )
    with Reporter(quiet=as_json) as reporter:
        outcome = building.check(options, reporter.progress())
    if as_json:
        listed = [
            problem
            for post in [*outcome.summary["posts"], {"problems": outcome.summary["problems"]}]
            for problem in post["problems"]
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        reporter.close(outcome)
    raise typer.Exit(outcome.exit_code(strict=strict))


@app.command()
def show(
    stage: Annotated[str, typer.Argument(help="source, body, meta or document.")],
    post: PostPath,
    site: SiteFile = None,
    offline: Offline = False,
) -> None:
    """Print a stage of a post's way: what pandoc is given, the body, the metadata, the document."""
    from pipeline.stages import STAGES, print_stage

    if stage not in STAGES:
        raise UsageError(
            Problem("usage", "error", f"no stage `{stage}`", remedy=f"Use {', '.join(STAGES)}.")
        )
    sys.stdout.write(print_stage(stage, post, site, offline=offline))


@app.command()
def new(
    title: Annotated[str, typer.Argument(help="The post's title.")],
    folder: Annotated[Path | None, typer.Option(help="Default: the site's posts folder.")] = None,
) -> None:
    """Begin a post: a file with today's date and front matter to fill in."""
    from pipeline.new import begin_post

    typer.echo(os.path.relpath(begin_post(title, folder)))


@app.command()
def clean(out: Out = Path("out")) -> None:
    """Remove what hanpan wrote into out/, and nothing else."""
    from pipeline.build.clean import clean as remove

    typer.echo(f"{remove(out)} files removed from {out}/")


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and which fonts are in use."""
    from pipeline.doctor import examine

    report, healthy = examine()
    typer.echo(report)
    raise typer.Exit(int(not healthy))


def _version(value: bool) -> None:
    if value:
        typer.echo(f"hanpan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Carry the options that belong to no command."""


def _editions(names: list[str] | None) -> tuple[str, ...]:
    """Return the editions asked for, each once, in the table's order."""
    from pipeline.editions import EDITIONS

    asked = [name for item in names or () for name in item.split(",") if name]
    unknown = [name for name in asked if name not in EDITIONS]
    if unknown:
        known = ", ".join(EDITIONS)
        raise UsageError(
            Problem("usage", "error", f"no edition `{unknown[0]}`", remedy=f"Use {known}.")
        )
    return tuple(name for name in EDITIONS if name in asked)


def main() -> None:
    """Run the command line; every expected error is told here, and nowhere else."""
    try:
        app()
    except HanpanError as error:
        problem = error.problem
        place = f"{problem.place()}: " if problem.path else ""
        typer.echo(f"{place}error: {problem.message}", err=True)
        if problem.remedy:
            typer.echo(f"    {problem.remedy}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("stopped; the next build goes on from here", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
