"""Completion for fish, 3.0 and newer."""

from __future__ import annotations

from collections.abc import Iterator

from hanpan.manual.outline import Argument, Command, CommandLine

_HEAD = """# Completion of hanpan for fish, as `hanpan completion fish` prints it:
#     hanpan completion fish > ~/.config/fish/completions/hanpan.fish

# __hanpan_is COMMAND [NUMBER]: COMMAND is typed, with NUMBER arguments behind it
function __hanpan_is
    set -l words (commandline -opc)[2..-1]
    set -l valued {valued}
    set -l given
    set -l skip 0
    for word in $words
        if test $skip = 1
            set skip 0
        else if contains -- $word $valued
            set skip 1
        else if not string match -q -- '-*' $word
            set -a given $word
        end
    end
    if test -z "$argv[1]"
        test (count $given) -eq 0
        return
    end
    test "$given[1]" = "$argv[1]"; or return
    test (count $argv) -eq 1; or test (math (count $given) - 1) -eq $argv[2]
end

# __hanpan_own FOLDER: the names of the *.toml that a site has there
function __hanpan_own
    for path in $argv[1]/*.toml
        string replace -r '.*/(.*)\\.toml$' '$1' -- $path
    end
end

complete -c hanpan -f
"""


def fish_completion(line: CommandLine) -> str:
    """Return the script."""
    every = [*line.options, *(option for command in line.commands for option in command.options)]
    valued = {name: None for option in every if option.takes_value for name in option.options}
    lines = [_HEAD.replace("{valued}", " ".join(valued))]
    for option in line.options:
        lines.append(_complete("", _option(option)))
    for command in line.commands:
        words = f"-a {command.name} -d {_quote(command.purpose)}"
        lines.append(_complete("", words))
    for command in line.commands:
        lines += _command(command)
    return "\n".join(lines) + "\n"


def _command(command: Command) -> Iterator[str]:
    for option in command.options:
        yield _complete(command.name, _option(option))
    for number, argument in enumerate(command.positionals):
        condition = command.name if argument.is_repeated else f"{command.name} {number}"
        if argument.kind:
            yield _complete(condition, "-F")
        elif argument.values or argument.own:
            yield _complete(condition, f"-a {_values(argument)}")


def _complete(condition: str, words: str) -> str:
    condition = condition or '""'
    return f"complete -c hanpan -n '__hanpan_is {condition}' {words}"


def _option(option: Argument) -> str:
    words = []
    for name in option.options:
        words.append(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}")
    if option.takes_value:
        if option.values or option.own:
            words.append(f"-x -a {_values(option)}")
        elif option.kind == "folder":
            words.append("-x -a '(__fish_complete_directories)'")
        else:
            words.append("-r -F" if option.kind else "-x")
    return " ".join([*words, f"-d {_quote(option.help)}"])


def _values(argument: Argument) -> str:
    values = " ".join(argument.values)
    if argument.own:
        return f'"{values} (__hanpan_own {argument.own})"'
    if argument.is_list:
        return f'\'(__fish_complete_list , "string split \\" \\" \\"{values}\\"")\''
    return f'"{values}"'


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
