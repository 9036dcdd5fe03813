"""Manual: the command line for those who are to type it: a manual page, completions of shells.

offers.py       what may stand behind an option, where argparse does not know
outline.py      the parser as plain data: commands, their arguments
man_page.py     hanpan(1), for man
bash.py, zsh.py, fish.py   completions

All is made from the parser, with nothing but the standard library: a wheel is built where nothing
else is installed (tools/build_hook.py).
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from hanpan.manual.bash import bash_completion
from hanpan.manual.fish import fish_completion
from hanpan.manual.man_page import man_page
from hanpan.manual.outline import CommandLine, outline
from hanpan.manual.zsh import zsh_completion

# shell -> what writes its completion, and where below share/ the shell looks for it
SHELLS: dict[str, tuple[Callable[[CommandLine], str], str]] = {
    "bash": (bash_completion, "bash-completion/completions/hanpan"),
    "zsh": (zsh_completion, "zsh/site-functions/_hanpan"),
    "fish": (fish_completion, "fish/vendor_completions.d/hanpan.fish"),
}
__all__ = ["SHELLS", "completion", "man_page", "outline", "shared_files"]


def completion(parser: ArgumentParser, shell: str) -> str:
    """Return the script that completes the command line in a shell, one of SHELLS."""
    write, _ = SHELLS[shell]
    return write(outline(parser))


def shared_files(parser: Callable[[str], ArgumentParser]) -> dict[str, str]:
    """Return the files that an installation has below share/, by their paths there.

    `parser` returns the parser in a language. Completions are in English: shells read one file,
    whatever the language of who types.
    """
    files = {place: write(outline(parser("en"))) for write, place in SHELLS.values()}
    pages = {"man/man1/hanpan.1": "en", "man/ko/man1/hanpan.1": "ko"}
    return files | {path: man_page(parser(lang), lang) for path, lang in pages.items()}
