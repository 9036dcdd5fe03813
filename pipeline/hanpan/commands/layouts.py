"""list the templates and stylesheets that a site may replace, or copy one into the site"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path

from hanpan import __version__
from hanpan.commands.arguments import text, unknown_name
from hanpan.console import print_line
from hanpan.messages.translation import translated
from hanpan.problems import Problem, UsageError

_ACTIONS = ("list", "copy")
# how a comment is written that neither browsers nor readers see
_COMMENTS = {
    ".css": "/* {} */\n",
    ".js": "// {}\n",
    ".html": "{{# {} -#}}\n",
    ".xhtml": "{{# {} -#}}\n",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan layouts`."""
    parser.add_argument("action", metavar="ACTION", help=", ".join(_ACTIONS))
    parser.add_argument(
        "name", metavar="NAME", type=text, nargs="*", help="what to copy, such as styles/tokens.css"
    )
    parser.add_argument(
        "--force", action="store_true", help="copy over what the site has of this name"
    )


def run(arguments: Arguments) -> int:
    """List or copy, and return the exit code."""
    from hanpan.plan.layouts import FOLDER, layout_names
    from hanpan.site import find_root

    here = Path.cwd()
    root, known = find_root(here / "_") or here, layout_names()
    if arguments.action not in _ACTIONS:
        raise UsageError(unknown_name("action", arguments.action, _ACTIONS))
    if arguments.action == _ACTIONS[0]:
        for name in known:
            is_own = os.path.lexists(root / FOLDER / name)
            own = translated(" (the site has its own)", arguments.lang) if is_own else ""
            print_line(f"{name}{own}")
        return 0
    if not arguments.name:
        problem = Problem("usage", "error", "name a layout to copy", remedy="`hanpan layouts list`")
        raise UsageError(problem)
    for name in arguments.name:
        if name not in known:
            raise UsageError(unknown_name("layout", name, known))
    for name in arguments.name:
        print_line(os.path.relpath(_copy(root, f"{FOLDER}/{name}", name, force=arguments.force)))
    return 0


def _copy(root: Path, target: str, name: str, *, force: bool) -> Path:
    """Copy a layout into the site, below a line that says what it is; return its path."""
    from hanpan.files import packaged_layouts, write_atomic
    from hanpan.roots import RefusedFile, Root

    remedy = "Edit that one, or replace it with --force."
    try:
        place = Root(root, links=False).place(target, make=True)
        if os.path.lexists(place) and not force:
            message = "the site has this layout already"
            shown = os.path.relpath(place)
            raise UsageError(Problem("layout", "error", message, shown, None, remedy))
        words = f"{name} of hanpan {__version__}. Compare it with ours when hanpan is updated."
        head = _COMMENTS.get(place.suffix, "").format(words)
        write_atomic(place, head.encode() + (packaged_layouts() / name).read_bytes())
    except RefusedFile as error:
        raise UsageError(error.problem) from None
    except OSError as error:
        message = f"it cannot be written: {error.strerror}"
        raise UsageError(Problem("layout", "error", message, target, None, remedy)) from None
    return place
