"""show the manual page"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path

from hanpan.console import print_data
from hanpan.manual import man_page


def add_arguments(parser: ArgumentParser) -> None:
    """Add nothing: `hanpan man` takes no arguments."""


def run(arguments: Arguments) -> int:
    """Show the page in a terminal, or print its source elsewhere; return the exit code."""
    page, viewer = man_page(arguments.parser, arguments.lang), shutil.which("man")
    if viewer is None or not sys.stdout.isatty():
        print_data(page)
        return 0
    with tempfile.TemporaryDirectory(prefix="hanpan-") as folder:
        path = Path(folder, "hanpan.1")
        path.write_text(page, "utf-8")
        return subprocess.run([viewer, str(path)]).returncode
