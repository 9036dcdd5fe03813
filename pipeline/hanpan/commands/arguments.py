"""The arguments of the command line: those of each command, and those that several share.

argparse, and not a library on top of it: those at hand take longer to load than a build in which
nothing has changed takes to run.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from hanpan import __version__

Command = Callable[[argparse.Namespace], int]


def make_parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; commands have their names and first lines."""
    whole = argparse.ArgumentParser(
        prog="hanpan",
        description="One Markdown post, every edition: HTML, PDF, EPUB and cross-post payloads.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"hanpan {__version__}")
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True)
    parsers = {}
    for command in commands:
        said = command.__doc__ or ""
        parsers[command.__name__] = subparsers.add_parser(
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
