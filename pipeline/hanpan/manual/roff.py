"""hanpan(1): the manual page, in the macros of man(7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hanpan.manual.outline import Argument, Command, outline
from hanpan.messages.translation import translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser

_WORDS = {  # headings, as the manual pages of a language have them
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT",
           "FILES", "SEE ALSO"),
    "ko": ("이름", "사용법", "설명", "명령", "옵션", "종료 상태", "환경 변수", "파일", "관련 항목"),
}  # fmt: skip
_DATE = "2026-11-27"  # of the page's own words; what the parser says has none
_WIDTH = 78  # bytes of a line of the source, where its words allow that
_OF_HANGUL = 8  # bytes: \\[uAC00]
_OF_ALL = {"--help", "--lang"}  # described once
_INTRODUCTION = "Each COMMAND has a --help of its own."
_SUMMARY = "one Markdown post, every edition"
_STATUSES = {
    "0": "everything that was asked for has been built",
    "1": "an artifact could not be built; with --strict, there was a warning",
    "2": "the command was wrong, or site.toml is invalid",
    "130": "Ctrl-C; the next build continues from there",
}
_VARIABLES = {
    "HANPAN_LANG": "the language of messages: ko or en",
    "HANPAN_FUTURE": "1: include posts with a date in the future",
    "HANPAN_CACHE_URL": "where builds share their results",
    "HANPAN_CACHE_KEY": "the key with which shared results are signed",
    "HANPAN_CACHE_READ_ONLY": "1: take shared results, and leave none",
    "SOURCE_DATE_EPOCH": "the time of the build, in seconds since 1970",
    "NO_COLOR": "print without colours",
}
_FILES = {
    "site.toml": "the settings of the site",
    "assets.lock": "checksums of remote pictures; commit it",
    "baseline.toml": "problems that are known; commit it",
    "out/": "what was built",
    ".hanpan/": "files that were fetched",
}


def man_page(parser: ArgumentParser, lang: str) -> str:
    """Return the page in a language, ko or en, from the parser in that language."""
    name, synopsis, description, commands, options, status, environment, files, also = _WORDS[lang]
    line = outline(parser)
    sections = {
        name: [rf"hanpan \- {_escape(translated(_SUMMARY, lang))}"],
        synopsis: [_synopsis("", line.options), ".br", _synopsis("COMMAND", ())],
        description: [_escape(line.purpose), _escape(translated(_INTRODUCTION, lang))],
        options: list(_arguments(line.options)),
        commands: [text for command in line.commands for text in _command(command)],
        status: list(_rows(_STATUSES, lang)),
        environment: list(_rows(_VARIABLES, lang)),
        files: list(_rows(_FILES, lang)),
        also: [r"\fBpandoc\fR(1), \fBweasyprint\fR(1), \fBfc\-list\fR(1)"],
    }
    lines = [f'.TH HANPAN 1 {_DATE} "hanpan" ""']
    for heading, texts in sections.items():
        lines += [f".SH {heading}", *(line for text in texts for line in _lines(text))]
    return "\n".join(lines) + "\n"


def _synopsis(command: str, options: tuple[Argument, ...]) -> str:
    words = [r"\fBhanpan\fR", *(f"[{_form(option)}]" for option in options)]
    if command:
        words += [rf"\fI{command}\fR", r"[\fIARGUMENT\fR ...]"]
    return " ".join(words)


def _command(command: Command) -> Iterator[str]:
    words = [rf"hanpan {_escape(command.name)}"]
    for argument in command.positionals:
        word = _escape(argument.placeholder)
        word = f"{word} ..." if argument.is_repeated else word
        words.append(f"[{word}]" if argument.is_optional else word)
    yield f'.SS "{" ".join(words)}"'
    yield _escape(command.purpose)
    own = (each for each in command.options if _OF_ALL.isdisjoint(each.options))
    yield from _arguments((*command.positionals, *own))


def _arguments(arguments: tuple[Argument, ...]) -> Iterator[str]:
    for argument in arguments:
        yield ".TP"
        yield _form(argument)
        values = f" ({', '.join(argument.values)})" if _has_few(argument) else ""
        yield _escape(argument.help + values)


def _has_few(argument: Argument) -> bool:
    """Tell whether values are worth a list: they are in no other place of the page."""
    words = re.findall(r"[\w-]+", f"{argument.help} {argument.placeholder}")
    return 0 < len(argument.values) <= 24 and not set(argument.values) <= set(words)


def _form(argument: Argument) -> str:
    """Return an argument as it is typed."""
    placeholder = "|".join(rf"\fI{_escape(word)}\fR" for word in argument.placeholder.split("|"))
    if not argument.options:
        return placeholder
    names = ", ".join(rf"\fB{_escape(option)}\fR" for option in argument.options)
    return f"{names} {placeholder}" if argument.takes_value else names


def _rows(rows: dict[str, str], lang: str) -> Iterator[str]:
    for name, text in rows.items():
        yield ".TP"
        yield rf"\fB{_escape(name)}\fR"
        yield _escape(translated(text, lang))


def _lines(text: str) -> Iterator[str]:
    """Yield a text in lines, a request as it is."""
    if text.startswith("."):
        yield text
        return
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and sum(1 if char.isascii() else _OF_HANGUL for char in longer) > _WIDTH:
            yield line
            longer = rf"\&{word}" if word.startswith((".", "'")) else word
        line = longer
    yield line


def _escape(text: str) -> str:
    """Return text that roff takes as it is: no escapes, no requests, hyphens that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
