"""Manual: the command line for those who are to type it: a manual page, completions of shells.

offers.py       what may stand behind an option, where argparse does not know
outline.py      the parser as plain data: commands, their arguments
roff.py         hanpan(1), for man
bash.py, zsh.py, fish.py   completions

All is made from the parser, with nothing but the standard library: a wheel is built where nothing
else is installed (tools/build_hook.py). What writes is loaded when it is asked for: every start of
hanpan passes here, for its parser says what may stand behind an option.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

# shell -> where below share/ it looks for completions
SHELLS = {
    "bash": "bash-completion/completions/hanpan",
    "zsh": "zsh/site-functions/_hanpan",
    "fish": "fish/vendor_completions.d/hanpan.fish",
}
__all__ = ["SHELLS", "completion", "man_page", "shared_files"]


def completion(parser: ArgumentParser, shell: str) -> str:
    """Return the script that completes the command line in a shell, one of SHELLS."""
    from hanpan.manual.bash import bash_completion
    from hanpan.manual.fish import fish_completion
    from hanpan.manual.outline import outline
    from hanpan.manual.zsh import zsh_completion

    writers = {"bash": bash_completion, "zsh": zsh_completion, "fish": fish_completion}
    return writers[shell](outline(parser))


def man_page(parser: ArgumentParser, lang: str) -> str:
    """Return hanpan(1) in a language, as roff."""
    from hanpan.manual.roff import man_page as written

    return written(parser, lang)


def shared_files(parser: Callable[[str], ArgumentParser]) -> dict[str, str]:
    """Return the files that an installation has below share/, by their paths there.

    `parser` returns the parser in a language. Completions are in English: shells read one file,
    whatever the language of who types.
    """
    files = {place: completion(parser("en"), shell) for shell, place in SHELLS.items()}
    pages = {"man/man1/hanpan.1": "en", "man/ko/man1/hanpan.1": "ko"}
    return files | {path: man_page(parser(lang), lang) for path, lang in pages.items()}
